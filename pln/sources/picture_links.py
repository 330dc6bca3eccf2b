"""Pictures of an article: which address is the picture's own, what it is called in the store, which only count readers.

An article's html names a picture `pln-img:KEY`. Only what was fetched for that key is ever shown in its place.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from itertools import pairwise

from pln.sources.links import web_address

MAX_PICTURES = 60  # of one article; those after them are told by their words
WIDEST = 1600  # pixels; of several sizes that a page offers, the largest one up to this

_SCHEME = "pln-img:"
_NAME = re.compile(r"pln-img:[0-9a-f]{24}")
_LAZY = ("data-src", "data-original", "data-lazy-src", "data-orig-file")
_CHOICES = ("srcset", "data-srcset", "data-lazy-srcset")
_WIDTH = re.compile(r"(\d{1,6})w,?", re.ASCII)
_TINY = frozenset({"0", "1", "2", "0px", "1px", "2px"})
_TINY_OR_HIDDEN = re.compile(r"(?:^|[;\s])(?:(?:width|height)\s*:\s*[012](?:px)?\s*(?:;|$)|display\s*:\s*none)", re.I)

ATTRIBUTES = frozenset({"src", "alt", "width", "height", "style", *_LAZY, *_CHOICES})


def key_of(address: str) -> str:
    """The name that a picture has in the store: 24 hexadecimal digits made from its absolute address."""
    return hashlib.blake2b(address.encode("utf-8", "replace"), digest_size=12).hexdigest()


def is_name(source: str) -> bool:
    """Whether a picture's source is already a name that this module gave."""
    return _NAME.fullmatch(source) is not None


def name_of(key: str) -> str:
    return _SCHEME + key


def counts_readers(attributes: Mapping[str, str]) -> bool:
    """Whether a picture is there to be fetched, not to be seen: known by its size."""
    if attributes.get("width") in _TINY or attributes.get("height") in _TINY:
        return True
    return "style" in attributes and _TINY_OR_HIDDEN.search(attributes["style"]) is not None


def address_of(attributes: Mapping[str, str], base: str) -> str:
    """The address of a picture, "" where it has none. Pages that load pictures late keep the real one aside."""
    for name in _CHOICES:
        if name in attributes and (found := web_address(_largest(attributes[name]), base)):
            return found
    for name in (*_LAZY, "src"):
        if name in attributes and (found := web_address(attributes[name], base)):
            return found
    return ""


def _largest(choices: str) -> str:
    """The widest picture of a srcset that is not wider than WIDEST; "" where widths are not told."""
    words = choices[:20_000].split()
    widths = [
        (int(match[1]), address.lstrip(","))
        for address, size in pairwise(words)
        if (match := _WIDTH.fullmatch(size)) and not address.endswith(",")
    ]
    fitting = [each for each in widths if each[0] <= WIDEST]
    return max(fitting, default=min(widths, default=(0, "")))[1]
