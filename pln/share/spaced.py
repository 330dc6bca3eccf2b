"""Letters that stand apart: "G r a c e", "G.r.a.c.e", and which names they spell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from pln.share.folding import Word
from pln.share.look_alikes import LOOK_ALIKES

_GAP = re.compile(r"\s{1,3}|[.\-–_·•|/+,]|\s[\-–·•|/+]\s")  # not ". ": initials are written so
_LEAST_ALONE = 3
_LEAST_INSIDE = 4  # "I saw a G r a c e": a letter before may belong to the sentence


def spaced_letters(text: str, row: Sequence[Word]) -> Iterator[list[Word]]:
    """Runs of three or more letters, each a word of its own, with small gaps between them."""
    run: list[Word] = []
    for word in row:
        if len(word.text) == 1 and word.text.isalpha():
            if run and not _GAP.fullmatch(text, run[-1].end, word.start):
                yield from _long_enough(run)
                run = []
            run.append(word)
        elif run:
            yield from _long_enough(run)
            run = []
    yield from _long_enough(run)


def _long_enough(run: list[Word]) -> Iterator[list[Word]]:
    if len(run) >= _LEAST_ALONE:
        yield run


class Spelled:
    """Names of one word, found in a run by their first letters."""

    def __init__(self) -> None:
        self._words: dict[str, set[str]] = {}

    def add(self, word: str) -> None:
        if len(word) >= _LEAST_ALONE:
            self._words.setdefault(word[:_LEAST_ALONE], set()).add(word)

    def find(self, run: Sequence[Word]) -> Iterator[tuple[str, int, int]]:
        """(word, place of its first letter in the run, of its last). Three letters count only with nothing around."""
        letters = _as_seen("".join(word.text for word in run))
        parts = _parts(run)
        for first in range(len(letters)):
            for word in self._words.get(letters[first : first + _LEAST_ALONE], ()):
                end = first + len(word)
                alone = first in parts and end in parts
                if letters.startswith(word, first) and (alone or len(word) >= _LEAST_INSIDE):
                    yield word, first, end - 1


def _as_seen(letters: str) -> str:
    seen = "".join(LOOK_ALIKES.get(letter, letter) for letter in letters)
    return seen if seen.isascii() else letters


def _parts(run: Sequence[Word]) -> set[int]:
    """Where a run begins and ends, and where a gap in it is wider than the narrowest ("G r a c e   H o")."""
    gaps = [after.start - before.end for before, after in pairwise(run)]
    narrow = min(gaps)
    return {0, len(run), *(at for at, gap in enumerate(gaps, 1) if gap > narrow)}
