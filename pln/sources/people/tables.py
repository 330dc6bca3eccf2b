"""Rows out of a delimited text: where the heading is, what parts the cells, and which line each row starts on."""

from __future__ import annotations

import csv
import re
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from typing import Literal

from pln.sources.people.words import Field, field_of, plain

_SEARCHED_LINES = 60
_LONGEST_HEADING_LINE = 20_000
_LONGEST_HEADING, _LONGEST_LONE_HEADING = 200, 60
_TRIED_LINES, _TRIED_LETTERS = 200, 100_000
_DELIMITERS = (",", ";", "\t", "|")
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z")
_MOST_MENDED = 10
# Headings that tell a dialect without naming a field of a person.
_TELLING = re.compile(r"connected on|(?:e mail|phone|website|address|organization) \d+ .+|(?:business|home|work) .+")
_ENOUGH_ALONE = frozenset({Field.NAME, Field.GIVEN, Field.FAMILY, Field.EMAIL})

# The usual limit of 128 KB is less than a long note. Files are capped before they come here.
csv.field_size_limit(64 * 1024 * 1024)


@dataclass(frozen=True, slots=True)
class Header:
    """The heading of a table. row: its line, from 1."""

    columns: tuple[str, ...]
    delimiter: str
    row: int


@dataclass(frozen=True, slots=True)
class Row:
    """A record. line: where it starts in the file, from 1."""

    cells: list[str]
    line: int


def physical_lines(text: str) -> list[str]:
    """The lines of a text with their ends; only CR, LF and CRLF end a line."""
    return _LINE.findall(text)


def find_header(lines: list[str]) -> Header | None:
    """The line that names most columns PLN knows, among the first sixty; preambles before it are passed over."""
    best: tuple[int, Header] | None = None
    first = next((row for row, line in enumerate(lines, 1) if line.strip()), 0)
    for row, line in enumerate(lines[:_SEARCHED_LINES], 1):
        for delimiter in _DELIMITERS if len(line) < _LONGEST_HEADING_LINE else ():
            columns = tuple(cell.strip() for cell in _cells(line, delimiter))
            known = _known(columns, begins=row == first)
            if known > (best[0] if best else 0):
                header = Header(columns, delimiter, row)
                best = (known, header) if _heads_rows(lines, header, begins=row == first) else best
    return best[1] if best else None


def _known(columns: tuple[str, ...], *, begins: bool) -> int:
    """How many of the columns are known; 0 where it is too little to tell a heading from a sentence.

    begins: whether the file begins with them. Only there one known column is enough, among short headings.
    """
    if any(len(column) > _LONGEST_HEADING for column in columns):
        return 0
    fields = [field_of(column) for column in columns]
    known = sum(bool(found or _TELLING.fullmatch(plain(column))) for found, column in zip(fields, columns, strict=True))
    if known > 1:
        return known
    short = all(len(column) <= _LONGEST_LONE_HEADING and column[:1] not in tuple("#<>{[") for column in columns)
    return known if begins and short and any(found in _ENOUGH_ALONE for found in fields) else 0


def _heads_rows(lines: list[str], header: Header, *, begins: bool) -> bool:
    """Whether the lines below have its number of columns: some where the file begins with it, else half of them."""
    below = list(_tried(lines[header.row : header.row + _TRIED_LINES]))
    wanted = len(header.columns)
    quotings: tuple[Literal[0, 3], ...] = (csv.QUOTE_MINIMAL, csv.QUOTE_NONE)
    for quoting in quotings:
        records = [cells for cells in csv.reader(below, delimiter=header.delimiter, quoting=quoting) if cells]
        fitting = sum(len(cells) == wanted for cells in records)
        if 2 * fitting >= len(records) or (begins and wanted > 1 and _any_cells(records)):
            return True
    return False


def _any_cells(records: list[list[str]]) -> bool:
    """Trailing columns may be left out, so more than one is enough."""
    return any(len(cells) > 1 for cells in records)


def _tried(lines: list[str]) -> Iterator[str]:
    letters = 0
    for line in lines:
        letters += len(line)
        if letters > _TRIED_LETTERS:
            return
        yield line


def _cells(line: str, delimiter: str, quoting: Literal[0, 3] = csv.QUOTE_MINIMAL) -> list[str]:
    return next(csv.reader([line], delimiter=delimiter, quoting=quoting), [])


@dataclass(slots=True)
class Table:
    """The rows after a heading. mended: lines whose quotes are never closed; they were read as they stand."""

    lines: list[str]
    header: Header
    mended: list[int] = field(default_factory=list)

    def rows(self) -> Iterator[Row]:
        """All records but blank lines, in the order of the file. To be gone through once."""
        at = self.header.row
        while at < len(self.lines):
            at = yield from self._until_unclosed(at)

    def _until_unclosed(self, at: int) -> Generator[Row, None, int]:
        """Records from one line on; returns the line to go on with where a quote was never closed."""
        feed = _Feed(self.lines, at)
        quoting: Literal[0, 3] = csv.QUOTE_MINIMAL if len(self.mended) < _MOST_MENDED else csv.QUOTE_NONE
        for cells in csv.reader(feed, delimiter=self.header.delimiter, quoting=quoting):
            if feed.at == len(self.lines) and quoting == csv.QUOTE_MINIMAL and self._is_unclosed(at):
                self.mended.append(at + 1)
                yield Row(_cells(self.lines[at].rstrip("\r\n"), self.header.delimiter, csv.QUOTE_NONE), at + 1)
                return at + 1
            if cells:
                yield Row(cells, at + 1)
            at = feed.at
        return len(self.lines)

    def _is_unclosed(self, at: int) -> bool:
        try:
            list(csv.reader(self.lines[at:], delimiter=self.header.delimiter, strict=True))
        except csv.Error as error:
            return "unexpected end" in str(error)
        return False


class _Feed:
    """Hands out lines and knows how many of them are gone."""

    def __init__(self, lines: list[str], at: int) -> None:
        self._lines = lines
        self.at = at

    def __iter__(self) -> _Feed:
        return self

    def __next__(self) -> str:
        if self.at >= len(self._lines):
            raise StopIteration
        self.at += 1
        return self._lines[self.at - 1]
