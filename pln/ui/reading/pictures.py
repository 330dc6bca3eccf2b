"""Pictures of a page: only those kept in the store, by their names; the others become a line of words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from html import escape, unescape
from typing import Protocol

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QImage

SCHEME = "pln-img:"
_NAME = re.compile(r"^pln-img:([0-9a-f]{8,64})$")
_IMG = re.compile(r"<img\b(?:[^>\"']|\"[^\"]*\"|'[^']*')*>")
_LEAD = re.compile(r'<p><img src="pln-img:[0-9a-f]{24}" alt=""></p>')
_SOURCE = re.compile(r"\bsrc=[\"']([^\"']*)[\"']")
_ALT = re.compile(r"\balt=(?:\"([^\"]*)\"|'([^']*)')")


class Pictures(Protocol):
    """Where pictures are kept. Both answers must be quick: they are asked on the window's thread."""

    def sizes(self, keys: Iterable[str]) -> Mapping[str, tuple[int, int]]:
        """(width, height) in pixels of those that are there."""

    def data(self, key: str) -> bytes | None:
        """A picture as it is kept, None where it is not."""


class NoPictures:
    """Nothing is kept."""

    def sizes(self, keys: Iterable[str]) -> Mapping[str, tuple[int, int]]:
        return {}

    def data(self, key: str) -> bytes | None:
        return None


def key_of(name: str) -> str:
    """The key in "pln-img:KEY"; "" for every other name."""
    found = _NAME.match(name)
    return found[1] if found else ""


def keys_in(html: str) -> tuple[str, ...]:
    """Keys of the pictures of a page, in their order, each once."""
    names = (_SOURCE.search(tag[0]) for tag in _IMG.finditer(html))
    return tuple(dict.fromkeys(key for name in names if name and (key := key_of(name[1]))))


def fitted(html: str, sizes: Mapping[str, tuple[int, int]], width: int) -> str:
    """The page with each picture as wide as it is, or as the text; in place of those not there, what they show.

    A wordless one at the head of the text that is not there leaves nothing behind.
    """
    if "<img" not in html:
        return html
    begun = html.find("<div>")
    first = _LEAD.match(html, begun + len("<div>")) if begun >= 0 else None
    if first is not None and keys_in(first[0])[0] not in sizes and not html.startswith("</div>", first.end()):
        html = html[: first.start()] + html[first.end() :]
    return _IMG.sub(lambda tag: _fit(tag[0], sizes, width), html)


def with_lead(full: str, given: str) -> str:
    """A page's own text; below the picture that its feed gave before the text, where the page brought none."""
    lead = _LEAD.match(given)
    return full if lead is None or "<img" in full else lead[0] + full


def fit_size(size: tuple[int, int], width: int) -> tuple[int, int]:
    """(width, height) drawn down so that it is no wider than so many pixels."""
    wide, high = size
    return (wide, high) if wide <= width else (width, max(1, round(high * width / wide)))


def as_shown(data: bytes | None, width: int, ratio: float) -> QImage:
    """A picture made for the screen, no wider than the text; an empty one where it cannot be read."""
    image = QImage.fromData(data) if data else QImage()
    most = max(1, round(width * ratio))
    if image.isNull() or image.width() <= most:
        return image
    return image.scaledToWidth(most, Qt.TransformationMode.SmoothTransformation)


def answer(pictures: Pictures, width: Callable[[], int], ratio: Callable[[], float], name: str) -> QImage | None:
    """What a document gets that asks for a name: a picture kept here, or None, which is refused."""
    key = key_of(name)
    image = as_shown(pictures.data(key), width(), ratio()) if key else QImage()
    return None if image.isNull() else image


def _fit(tag: str, sizes: Mapping[str, tuple[int, int]], width: int) -> str:
    name, alt = _SOURCE.search(tag), _ALT.search(tag)
    key = key_of(name[1]) if name else ""
    words = unescape((alt[1] or alt[2] or "") if alt else "").strip()
    if key not in sizes:
        return f'<span class="alt">{escape(_line(words))}</span>'
    wide, high = fit_size(sizes[key], width)
    return f'<img src="{SCHEME}{key}" alt="{escape(words)}" width="{wide}" height="{high}">'


def _line(words: str) -> str:
    told = QCoreApplication.translate("pictures", "[picture: %1]").replace("%1", words)
    return told if words else QCoreApplication.translate("pictures", "[picture]")
