"""What changed between two texts, word by word."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

_PART = re.compile(r"\s+|\w+|[^\w\s]")
_MOST = 20_000


class Kept(StrEnum):
    SAME = "same"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that are in both texts, in the old one alone, or in the new one alone."""

    kept: Kept
    text: str


def difference(old: str, new: str) -> tuple[Piece, ...]:
    """Pieces in reading order: those that are not NEW make up the old text, those that are not GONE the new one.

    Beyond 20,000 words the part that differs is not compared word by word, since that would take seconds.
    """
    before, after = _PART.findall(old), _PART.findall(new)
    start = _common(before, after)
    end = _common(before[start:][::-1], after[start:][::-1])
    middle = _compared(before[start : len(before) - end], after[start : len(after) - end])
    pieces = ((Kept.SAME, before[:start]), *middle, (Kept.SAME, before[len(before) - end :]))
    return tuple(Piece(kept, "".join(words)) for kept, words in pieces if words)


def _common(one: list[str], other: list[str]) -> int:
    for number, (mine, theirs) in enumerate(zip(one, other, strict=False)):
        if mine != theirs:
            return number
    return min(len(one), len(other))


def _compared(before: list[str], after: list[str]) -> list[tuple[Kept, list[str]]]:
    if len(before) + len(after) > _MOST:
        return [(Kept.GONE, before), (Kept.NEW, after)]
    found: list[tuple[Kept, list[str]]] = []
    for what, a, b, c, d in SequenceMatcher(None, before, after, autojunk=len(before) > 2_000).get_opcodes():
        if what == "equal":
            found.append((Kept.SAME, before[a:b]))
        else:
            found += [(Kept.GONE, before[a:b]), (Kept.NEW, after[c:d])]
    return found
