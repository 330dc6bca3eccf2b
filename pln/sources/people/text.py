"""From the bytes of an address book to its text."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from pln.sources.people.charsets import guess_charset

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins with the same two bytes
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SNIFFED = 4096
_STRAY = re.compile("[\udc80-\udcff]")


@dataclass(frozen=True, slots=True)
class Text:
    """Decoded text. stray: the charset to read the few bytes with that are not UTF-8; they stand as lone surrogates.

    nuls: whether NULs were left out: they mean nothing in these files, and damaged ones are full of them.
    """

    text: str
    stray: str = ""
    nuls: bool = False


def decode(data: bytes) -> Text:
    """UTF-8, or UTF-16 and UTF-32 with or without their mark. Bytes that are none of it stay as lone surrogates."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _as_unicode(data[len(mark) :], encoding)
    return _as_unicode(data, _unmarked_utf16(data) or "utf-8")


def _as_unicode(data: bytes, encoding: str) -> Text:
    if encoding != "utf-8":
        text = data.decode(encoding, "replace")
        return Text(text.replace("\0", ""), nuls="\0" in text)
    plain = data.replace(b"\0", b"")
    nuls = len(plain) < len(data)
    try:
        return Text(plain.decode(), nuls=nuls)
    except UnicodeDecodeError:
        return Text(plain.decode(errors="surrogateescape"), _charset_of_strays(plain), nuls)


def _unmarked_utf16(data: bytes) -> str | None:
    head = data[:_SNIFFED]
    even, odd = head[::2].count(0), head[1::2].count(0)
    enough = max(len(head) // 8, 2)  # a quarter of the high bytes: headings are Latin in most tables
    if odd >= enough and odd > 10 * even:
        return "utf-16-le"
    if even >= enough and even > 10 * odd:
        return "utf-16-be"
    return None


def _charset_of_strays(data: bytes) -> str:
    """UTF-8 with a few damaged letters stays UTF-8; otherwise the older charset that fits."""
    text = data.decode(errors="surrogateescape")
    stray = sum(map(len, _STRAY.findall(text)))
    fine = sum(not char.isascii() for char in text) - stray
    return "utf-8" if fine > 4 * stray else guess_charset(data)


def settle(text: str, charset: str) -> tuple[str, bool]:
    """Read what stands as lone surrogates with a charset: (text, True where a letter could not be read)."""
    if text.isascii() or not _STRAY.search(text):
        return text, False
    data = text.encode(errors="surrogateescape")
    for candidate in ("utf-8", charset or "cp1252"):
        try:
            return data.decode(candidate), False
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode(errors="replace"), True


def whole_text(data: bytes) -> tuple[str, bool]:
    """The text of a file that is in one charset throughout: (text, True where a letter could not be read)."""
    found = decode(data)
    return settle(found.text, found.stray)
