"""Small files that hold one link: what Windows (.url), macOS (.webloc) and Linux desktops (.desktop) make of a drag."""

from __future__ import annotations

import plistlib
import re
from xml.parsers.expat import ExpatError

from pln.sources.links import web_address

SUFFIXES = (".url", ".webloc", ".desktop")
MAX_BYTES = 64 * 1024
_LINE = re.compile(rb"^\s*URL\s*=\s*(\S+)", re.IGNORECASE | re.MULTILINE)


def link_in(data: bytes) -> str:
    """The web address in such a file, "" where there is none."""
    if len(data) > MAX_BYTES:
        return ""
    if data[:8] == b"bplist00" or b"<plist" in data[:1000]:
        return _of_plist(data)
    found = _LINE.search(data.replace(b"\x00", b""))
    return web_address(found[1].decode("utf-8", "replace")) if found else ""


def _of_plist(data: bytes) -> str:
    try:
        found = plistlib.loads(data)
    except (ValueError, ExpatError, OverflowError, RecursionError, IndexError, TypeError, AttributeError, KeyError):
        return ""
    url = found.get("URL") if isinstance(found, dict) else None
    return web_address(url) if isinstance(url, str) else ""
