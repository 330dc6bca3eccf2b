"""The door to people files: what is it, and who is in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from pln.model.errors import UnreadableInput
from pln.model.importing import ReadFile
from pln.sources.people.columns import dialect_of
from pln.sources.people.csv_read import read_table
from pln.sources.people.formats import Format
from pln.sources.people.tables import find_header, physical_lines
from pln.sources.people.text import Text, decode, settle
from pln.sources.people.vcard_read import read_vcards

LARGEST_FILE = 50 * 1024 * 1024
_HEAD = 256 * 1024
_BEGIN = re.compile(r"^[^\S\r\n]*BEGIN[^\S\r\n]*:[^\S\r\n]*(\w+)", re.IGNORECASE | re.MULTILINE)
_CALENDARS = frozenset({"VCALENDAR", "VEVENT"})
_CARD = b"BEGIN:VCARD"  # whatever its names hold, this was meant to be read
_STRANGERS = (
    (b"PK\x03\x04", "It is an archive or a spreadsheet. Unpack it, or save the sheet as CSV, and choose that file."),
    (b"%PDF", "It is a PDF. Export the people as vCard or CSV, and choose that file."),
    (b"\xd0\xcf\x11\xe0", "It is an old office document. Save it as CSV, and choose that file."),
    (b"\x1f\x8b", "It is compressed. Unpack it, and choose the file that is inside."),
    (b"SQLite format 3", "It is a database. Export the people as vCard or CSV, and choose that file."),
)
_MOSTLY_BINARY = 0.05


def recognise(data: bytes, name: str = "") -> Format:
    """What a file is, by what stands in it; UNKNOWN where it is no people file. `name` decides nothing by itself."""
    return _recognised(decode(data[:_HEAD]))


def read_people_file(path: Path, *, id_of: Mapping[str, int] | None = None) -> ReadFile:
    """Everyone in a file. Raises UnreadableInput as read_people does, and where the file cannot be opened."""
    try:
        size = path.stat().st_size
        if size > LARGEST_FILE:
            raise _too_large(size)
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableInput(
            "The file could not be opened",
            f"The system says: {error.strerror or 'it cannot be read'}. Nothing was changed. "
            "Look whether it is still there and may be read.",
        ) from error
    return read_people(data, path.name, id_of=id_of)


def read_people(data: bytes, name: str = "", *, id_of: Mapping[str, int] | None = None) -> ReadFile:
    """Everyone in the bytes of a vCard file or a table. Each row is either a draft or skipped with its reason.

    id_of: uid -> id of people already known, for who introduced whom.
    Raises UnreadableInput: empty, larger than 50 MB, or no people file.
    """
    _check(data)
    found = decode(data)
    kind = _recognised(Text(found.text[:_HEAD], found.stray))
    if kind is Format.CALENDAR:
        raise UnreadableInput(
            "This is a calendar", "There are no people in it. Nothing was changed. Import it under Meetups instead."
        )
    read = read_vcards(found, id_of or {}) if kind is Format.VCARD else _table(found)
    return replace(read, warnings=(*read.warnings, *_remarks(read, found)))


def _remarks(read: ReadFile, found: Text) -> Iterator[str]:
    if found.nuls:
        yield "The file holds empty bytes (NUL); they were left out."
    if not read.drafts and not read.skipped:
        yield "There is nobody in this file."


def _table(found: Text) -> ReadFile:
    text, damaged = settle(found.text, found.stray)
    read = read_table(text)
    if damaged:
        told = "Some letters could not be read and stand as �. Save the file as UTF-8 to be certain."
        read = replace(read, warnings=(*read.warnings, told))
    return read


def _recognised(found: Text) -> Format:
    """By the first line; then by the headings of a table, whose notes may hold anything; then by any BEGIN."""
    begins = [(match.start(), match[1].upper()) for match in _BEGIN.finditer(found.text)]
    first = len(found.text) - len(found.text.lstrip())
    if begins and begins[0][0] <= first:
        return _begun(begins[0][1])
    header = find_header(physical_lines(settle(found.text, found.stray)[0]))
    dialect = dialect_of(header.columns) if header else Format.UNKNOWN
    if dialect is not Format.UNKNOWN:
        return dialect
    return next((kind for _, name in begins if (kind := _begun(name)) is not Format.UNKNOWN), Format.UNKNOWN)


def _begun(name: str) -> Format:
    if name == "VCARD":
        return Format.VCARD
    return Format.CALENDAR if name in _CALENDARS else Format.UNKNOWN


def _check(data: bytes) -> None:
    if len(data) > LARGEST_FILE:
        raise _too_large(len(data))
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise UnreadableInput("The file is empty", "There is nothing in it. Nothing was changed. Export it once more.")
    for magic, sentence in _STRANGERS:
        if data.startswith(magic):
            raise UnreadableInput("This is no people file", f"{sentence} Nothing was changed.")
    if not data.lstrip().startswith(_CARD) and _looks_binary(data[:_HEAD]):
        raise UnreadableInput(
            "This is no people file",
            "It holds no text. Nothing was changed. Export the people as vCard or CSV, and choose that file.",
        )


def _looks_binary(head: bytes) -> bool:
    """Whether too much of it are control characters; NULs alone may be UTF-16 or damage."""
    control = sum(head.count(code) for code in (*range(1, 9), *range(14, 27), 28, 29, 30, 31))
    return control > _MOSTLY_BINARY * len(head)


def _too_large(size: int) -> UnreadableInput:
    return UnreadableInput(
        "The file is too large",
        f"It has {size // (1024 * 1024)} MB; people files are read up to {LARGEST_FILE // (1024 * 1024)} MB. "
        "Nothing was changed. Export it in parts, or without photos.",
    )
