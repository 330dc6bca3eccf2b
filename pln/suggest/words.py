"""Words and their stems, enough to see that "gardening" and "gardens" are one subject. English, German and French.

Endings are taken off without asking for the language: both sides of a comparison go through the same mill, so a stem
need not be a word. Accents and case fall away; Chinese and Japanese, written without spaces, go by pairs of characters.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import lru_cache

from pln.suggest.stop_words import STOP_WORDS

_WORD = re.compile(r"[^\W_]{2,}")
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_SHORTEST_STEM = 4
_ENDINGS = tuple(
    sorted(
        (
            *("ations", "ation", "ating", "ated", "ate", "ators", "ator", "ements", "ement", "ments", "ment"),
            *("ings", "ing", "edly", "ed", "ers", "er", "es", "s", "e", "ly", "ness"),
            *("ungen", "ung", "heiten", "heit", "keiten", "keit", "ern", "ens", "en", "em", "isch", "ische"),
            *("euses", "euse", "eurs", "eur", "ements", "aux", "ites", "ite"),
        ),
        key=len,
        reverse=True,
    )
)
_DOUBLED = re.compile(r"([bdgmnprt])\1$")


def content(text: str) -> dict[str, str]:
    """The stems of a text in their order, each with the first of its words (case-folded). Stop words are left out."""
    found: dict[str, str] = {}
    for word in _WORD.findall(_folded(text)):
        for part, part_stem in _parts(word):
            found.setdefault(part_stem, part)
    return found


def counted(text: str) -> dict[str, int]:
    """How often each stem stands in a text. Stop words are left out."""
    found: dict[str, int] = {}
    for word, times in Counter(_WORD.findall(_folded(text))).items():
        for _, part_stem in _parts(word):
            found[part_stem] = found.get(part_stem, 0) + times
    return found


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()


@lru_cache(maxsize=50_000)
def _parts(word: str) -> tuple[tuple[str, str], ...]:
    """(word, stem) of one run of letters: none for a stop word, pairs of characters where words are not parted."""
    if _WIDE.search(word):
        return tuple((word[at : at + 2],) * 2 for at in range(len(word) - 1))
    return () if _bare(word) in STOP_WORDS else ((word, stem(word)),)


def stem(word: str) -> str:
    """The stem of one case-folded word; words that differ by an ending share it."""
    plain = _bare(word)
    while (shorter := _without_ending(plain)) != plain:
        plain = shorter
    return plain


def _bare(word: str) -> str:
    if word.isascii():
        return word
    return "".join(char for char in unicodedata.normalize("NFKD", word) if not unicodedata.combining(char))


def _without_ending(word: str) -> str:
    if word.endswith(("ies", "ied")) and len(word) > _SHORTEST_STEM + 1:
        return word[:-3] + "y"
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM and not word.endswith("ss"):
            return word[: -len(ending)]
    return _DOUBLED.sub(r"\1", word) if len(word) > _SHORTEST_STEM else word
