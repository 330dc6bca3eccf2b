"""Text for a terminal: aligned, and without anything that would command it."""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

_COMMANDS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_DIRECTIONS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_WIDEST = 60
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def harmless(text: str) -> str:
    """The text without control characters, which could move the cursor, set the title or turn the line around."""
    return _COMMANDS.sub("\ufffd", _DIRECTIONS.sub("", text))


def table(rows: Iterable[Sequence[str]]) -> tuple[str, ...]:
    """Rows in aligned columns two blanks apart; cells that are too wide are cut, the last one of a row is not."""
    cells = [[*(shortened(cell) for cell in row[:-1]), one_line(row[-1])] for row in rows if row]
    columns = max(map(len, cells), default=0)
    widths = [max((width(row[at]) for row in cells if at < len(row) - 1), default=0) for at in range(columns)]
    return tuple(
        "  ".join(padded(cell, widths[at]) if at < len(row) - 1 else cell for at, cell in enumerate(row)).rstrip()
        for row in cells
    )


def one_line(text: str) -> str:
    return " ".join(text.split())


def shortened(text: str, most: int = _WIDEST) -> str:
    """On one line, cut to a width."""
    whole = one_line(text)
    line = whole[: 4 * most]  # marks that combine take no column
    if len(line) == len(whole) and width(line) <= most:
        return line
    while width(line) > most - 1:
        line = line[:-1]
    return f"{line.rstrip()}…"


def padded(text: str, wanted: int) -> str:
    return text + " " * (wanted - width(text))


def width(text: str) -> int:
    """Columns that a text takes: two for the wide letters of East Asia, none for marks that combine."""
    if text.isascii():
        return len(text)
    wide = sum(unicodedata.east_asian_width(letter) in "WF" for letter in text)
    return len(text) + wide - sum(unicodedata.category(letter) in ("Mn", "Me", "Cf") for letter in text)


def indented(text: str, by: int = 3) -> tuple[str, ...]:
    return tuple(f"{' ' * by}{line}".rstrip() for line in text.splitlines())


def day(value: date | None) -> str:
    """22 Nov 2026; nothing for None."""
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}" if value else ""


def counted(number: int, one: str, many: str = "") -> str:
    """ "1 person", "3 people"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


_SPOKEN = {
    "person": ("person", "people"),
    "people": ("person", "people"),
    "entry": ("journal entry", "journal entries"),
    "entries": ("journal entry", "journal entries"),
    "drafts": ("share draft", "share drafts"),
    "share_log": ("line of the share log", "lines of the share log"),
    "responses": ("answer to a step", "answers to steps"),
}


def records(counts: Mapping[str, int]) -> str:
    """ "2 people, 1 journal entry": numbers of records by kind, without those of which there are none.

    Kinds come as one (a backup says "person") or as many (an export says "people").
    """
    return ", ".join(counted(number, *_spoken(kind)) for kind, number in counts.items() if number)


def _spoken(kind: str) -> tuple[str, str]:
    one = kind.removesuffix("s")
    return _SPOKEN.get(kind, (one, f"{one}s"))


def write(text: str) -> None:
    """To standard output, whatever letters it knows; a reader that went away (`| head`) is no fault."""
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="replace")
    try:
        print(text, flush=True)
    except BrokenPipeError:
        _silence_stdout()


def _silence_stdout() -> None:
    """So that the interpreter does not complain at its end, when it flushes what nobody reads."""
    import os

    with open(os.devnull, "w") as nowhere:  # noqa: PTH123  - a device, not a place
        os.dup2(nowhere.fileno(), sys.stdout.fileno())
