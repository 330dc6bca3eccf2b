"""Content lines of vCard 2.1, 3.0 and 4.0: folding, parameters, encodings, escapes."""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass

from pln.sources.people.text import settle

_BREAK = re.compile(r"\r+\n|\n|\r")  # "\r\r\n" is one break: some phones write it
_BOUNDARY = re.compile(r"\s*(?:BEGIN|END)\s*:", re.IGNORECASE)
_BASE64_LINE = re.compile(r"[A-Za-z0-9+/=]+\Z")
_BASE64_HEAD = re.compile(r";(?:ENCODING=)?\"?(?:BASE64|B)\"?(?:;|$)", re.IGNORECASE)
_QP_HEAD = re.compile(r";(?:ENCODING=)?\"?QUOTED-PRINTABLE\"?(?:;|$)", re.IGNORECASE)
_HEAD = re.compile(r'((?:[^":]++|"[^"]*+")*+):')
_PARAMS = re.compile(r';((?:[^";]++|"[^"]*+"|")*+)')
_NAME = re.compile(r"(?:([A-Za-z0-9_-]+)\.)?([A-Za-z0-9_-]+)")
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_ENCODINGS = frozenset({"BASE64", "B", "QUOTED-PRINTABLE", "8BIT", "7BIT"})
_LINE_OCTETS = 75


@dataclass(frozen=True, slots=True)
class ContentLine:
    """One property. name and parameter names in capitals; bare parameters of 2.1 stand as TYPE or ENCODING.

    value: with its escapes, but out of quoted-printable and its charset. raw: the unfolded line, word for word.
    row: where it starts, from 1. damaged: a letter of it fits no charset.
    """

    group: str
    name: str
    params: tuple[tuple[str, str], ...]
    value: str
    raw: str
    row: int
    damaged: bool = False

    def param(self, name: str) -> str:
        """The first value of a parameter, or the empty string."""
        return next((value for key, value in self.params if key == name), "")

    def types(self) -> list[str]:
        """The words of all TYPE parameters, in small letters."""
        words = ",".join(value for key, value in self.params if key == "TYPE")
        return [word.strip().lower() for word in words.split(",") if word.strip()]


def unfold(text: str) -> Iterator[tuple[int, str]]:
    """Logical lines with the row where each starts, blank ones left out.

    Joined are: lines that begin with a blank, soft breaks of quoted-printable, and base64 that goes on without indent.
    """
    parts: list[str] = []
    start = 0
    for row, line in enumerate(_BREAK.split(text), 1):
        piece = _continuation(parts, line)
        if piece is not None:
            parts.append(piece)
            continue
        if parts:
            yield start, _joined(parts)
        parts, start = ([line], row) if line.strip() else ([], row)
    if parts:
        yield start, _joined(parts)


def _continuation(parts: list[str], line: str) -> str | None:
    """What `line` adds to the line that `parts` began, or None where it begins a new one."""
    if not parts:
        return None
    if parts[-1].endswith("=") and _QP_HEAD.search(_head(parts[0])) and not _BOUNDARY.match(line):
        parts[-1] = parts[-1][:-1]
        return line
    if line[:1] in (" ", "\t"):
        return line[1:]
    if ":" not in line and _BASE64_LINE.match(line) and _BASE64_HEAD.search(_head(parts[0])):
        return line
    return None


def _head(line: str) -> str:
    found = _HEAD.match(line)
    return found[1] if found else line.partition(":")[0]


def _joined(parts: list[str]) -> str:
    if len(parts) == 1:
        return parts[0]
    line = "".join(parts)
    head = _head(line)
    if _BASE64_HEAD.search(head):  # blanks inside base64 come from folding with two of them
        return head + line[len(head) :].replace(" ", "").replace("\t", "")
    return line


def parse_line(raw: str, row: int = 0, stray: str = "") -> ContentLine | None:
    """The property on an unfolded line, or None where it is none. stray: charset of bytes that are not UTF-8."""
    head = _head(raw)
    named = _NAME.match(head)
    if named is None or len(head) == len(raw) or head[named.end() : named.end() + 1] not in ("", ";"):
        return None
    params = tuple(_parameter(text) for text in _PARAMS.findall(head[named.end() :]))
    declared = next((value for name, value in params if name == "CHARSET"), "")
    encoding = next((value.upper() for name, value in params if name == "ENCODING"), "")
    line, damaged = _settled(raw, declared, stray)
    value = line[len(_head(line)) + 1 :]
    if encoding == "QUOTED-PRINTABLE":
        value, damaged = _from_quoted_printable(value, declared)
    return ContentLine(named[1] or "", named[2].upper(), params, value, line, row, damaged)


def _settled(raw: str, declared: str, stray: str) -> tuple[str, bool]:
    if "\x1b" in raw and declared:  # ISO-2022: seven bits, so that it looks like ASCII
        try:
            return raw.encode().decode(declared), False
        except (UnicodeError, LookupError):
            return raw, True
    return settle(raw, declared if declared.upper() not in ("", "UTF-8", "US-ASCII") else stray)


def _parameter(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        return ("ENCODING" if name.upper() in _ENCODINGS else "TYPE"), name.strip()
    if value.startswith('"') and value.endswith('"') and value.count('"') == 2:
        value = value[1:-1]
    return name.strip().upper(), _from_caret(value.strip())


def _from_caret(text: str) -> str:
    if "^" not in text:
        return text
    return re.sub(r"\^([n'^])", lambda found: {"n": "\n", "'": '"', "^": "^"}[found[1]], text)


def _from_quoted_printable(value: str, declared: str) -> tuple[str, bool]:
    data = binascii.a2b_qp(value.encode(errors="surrogateescape"))
    for charset in (declared,) if declared and value.isascii() else ("utf-8", "cp1252"):
        try:
            return data.decode(charset), False
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode(errors="replace"), True


def unescaped(value: str, *, old: bool = False) -> str:
    """Text from its written form, line ends as "\\n", no NUL. old: vCard 2.1, where a backslash is mostly just one."""
    text = _BREAK.sub("\n", value).replace("\0", "") if "\r" in value or "\0" in value else value
    if "\\" not in text:
        return text
    if old:
        return re.sub(r"\\([;,:])", r"\1", text)
    return _ESCAPE.sub(lambda found: "\n" if found[1] in "nN" else found[1], text)


def escaped(text: str) -> str:
    """The written form of a text: backslash, semicolon, comma and line end escaped."""
    text = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return _BREAK.sub(r"\\n", text)


def split_escaped(value: str, separator: str) -> list[str]:
    """The parts of a value between separators that are not escaped; the parts keep their escapes."""
    if "\\" not in value:
        return value.split(separator)
    return re.findall(rf"(?:^|{separator})((?:[^\\{separator}]++|\\.|\\$)*+)", value, re.DOTALL)


def quoted(value: str) -> str:
    """A parameter value, quoted, with RFC 6868 carets."""
    carets = value.replace("^", "^^").replace('"', "^'")
    return f'"{_BREAK.sub("^n", carets)}"'


def from_data_uri(line: ContentLine) -> str:
    """The line that our writer put into a data URI (X-PLN-FORM), word for word; empty for any other line."""
    form = line.param("X-PLN-FORM")
    if not form:
        return ""
    name = line.raw.partition(";")[0]
    return f"{name};{form}:{line.value.partition('base64,')[2]}"


def fold(line: str) -> bytes:
    """A line as bytes, in pieces of at most 75 octets, never inside a letter, each ended by CRLF."""
    data = line.encode(errors="replace")
    if len(data) <= _LINE_OCTETS:
        return data + b"\r\n"
    pieces, start, room = [], 0, _LINE_OCTETS
    while start < len(data):
        end = min(start + room, len(data))
        while end < len(data) and data[end] & 0xC0 == 0x80:
            end -= 1
        pieces.append(data[start:end])
        start, room = end, _LINE_OCTETS - 1
    return b"\r\n ".join(pieces) + b"\r\n"
