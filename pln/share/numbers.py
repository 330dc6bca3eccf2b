"""Phone numbers in a text, however they are written: by their last seven digits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from pln.share.folding import characters

_KEY = 7
_SHORTEST = 5
_RUN = re.compile(r"\d(?:[^\w,;:]{0,3}\d){4,}", re.ASCII)


class Number(NamedTuple):
    """Where a known number stands. reach: where it begins with its country code, zeros and plus sign."""

    start: int
    end: int
    reach: int
    ids: tuple[int, ...]


class KnownNumbers:
    def __init__(self) -> None:
        self._ids: dict[str, dict[str, tuple[int, ...]]] = {}

    def add(self, digits: str, person_id: int) -> None:
        same = self._ids.setdefault(digits[-_KEY:], {})
        same[digits] = (*same.get(digits, ()), person_id)

    def find(self, text: str) -> Iterator[Number]:
        """Numbers that agree in seven digits with a known one; shorter ones must agree wholly."""
        if not self._ids:
            return
        places = [(char, start, end) for char, start, end in characters(text) if char]
        for run in _RUN.finditer("".join(char for char, _, _ in places)):
            yield from self._in_run(text, [place for place in places[run.start() : run.end()] if place[0].isdecimal()])

    def _in_run(self, text: str, places: list[tuple[str, int, int]]) -> Iterator[Number]:
        """From left to right; a number found is not part of the next."""
        digits = "".join(digit for digit, _, _ in places)
        base = 0
        for last in range(_SHORTEST, len(digits) + 1):
            known = dict(self._ending(digits[base:last], whole=base == 0 and last == len(digits)))
            if known:
                begins = [_beginnings(digits[base:last], number) for number in known]
                first, reach = (base + min(each) for each in zip(*begins, strict=True))
                ids = tuple(dict.fromkeys(who for each in known.values() for who in each))
                yield Number(places[first][1], places[last - 1][2], _before_plus(text, places[reach][1]), ids)
                base = last

    def _ending(self, digits: str, *, whole: bool) -> Iterator[tuple[str, tuple[int, ...]]]:
        """Known numbers that these digits end with; those of fewer than seven digits only where nothing is left."""
        for length in range(_SHORTEST, min(_KEY, len(digits)) + 1):
            for number, ids in self._ids.get(digits[-length:], {}).items():
                if len(number) >= _KEY or (whole and digits.lstrip("0") == number):
                    yield number, ids


def _beginnings(digits: str, number: str) -> tuple[int, int]:
    """Where the agreement of the digits' end begins, and where the whole number probably does."""
    first = len(digits)
    for digit in reversed(number):
        if first == 0 or digits[first - 1] != digit:
            break
        first -= 1
    if first <= 3 or (digits.startswith("00") and first <= 5):
        return first, 0
    reach = first
    while digits[reach - 1] == "0":
        reach -= 1
    return first, reach


def _before_plus(text: str, start: int) -> int:
    opening = re.search(r"[+＋(]{1,2}$", text[max(0, start - 2) : start])
    return start - len(opening[0]) if opening else start
