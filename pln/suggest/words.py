"""Words and their stems, enough to see that "gardening" and "gardens" are one subject. English, German and French.

Endings are taken off without asking for the language: both sides of a comparison go through the same mill, so a stem
need not be a word. Accents and case fall away; Chinese and Japanese, written without spaces, go by pairs of characters.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection
from functools import lru_cache

from pln.suggest.stop_words import STOP_WORDS

_WORD = re.compile(r"[^\W_]{2,}")
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_WIDE_RUN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]+")
_SHORTEST_STEM = 4
_KEPT_BY_STEM = 3  # letters at the beginning of a word that its stem has, too
_ENDINGS = frozenset(
    (
        *("ations", "ation", "ating", "ated", "ate", "ators", "ator", "ements", "ement", "ments", "ment"),
        *("ings", "ing", "edly", "ed", "ers", "er", "es", "s", "e", "ly", "ness"),
        *("ungen", "ung", "heiten", "heit", "keiten", "keit", "ern", "ens", "en", "em", "isch", "ische"),
        *("euses", "euse", "eurs", "eur", "aux", "ites", "ite"),
    )
)
_LONGEST_ENDING = max(map(len, _ENDINGS))
_DOUBLED = re.compile(r"([bdgmnprt])\1$")


def content(text: str) -> dict[str, str]:
    """The stems of a text in their order, each with the first of its words (case-folded). Stop words are left out."""
    found: dict[str, str] = {}
    for word in _words(text):
        found.setdefault(_stem_or_stop(word), word)
    found.pop("", None)
    return found


class Wanted(dict[str, str]):
    """A word as written (case-folded) to its stem, "" where that is none of those wanted. It learns as it is asked.

    Most words of many texts are not wanted: looked at once, they cost no stem and leave nothing behind in a cache.
    """

    def __init__(self, stems: Collection[str]) -> None:
        super().__init__()
        self._stems = stems
        self._beginnings = {one[:_KEPT_BY_STEM] for one in stems}

    def __missing__(self, word: str) -> str:
        plain = _bare(word)
        found = stem(plain) if plain[:_KEPT_BY_STEM] in self._beginnings and plain not in STOP_WORDS else ""
        self[word] = found = found if found in self._stems else ""
        return found


def counted(text: str, wanted: Wanted) -> dict[str, int]:
    """How often each of the wanted stems stands in a text, those that do. Stop words are left out."""
    found = Counter(map(wanted.__getitem__, _words(text)))
    del found[""]
    return found


def _words(text: str) -> list[str]:
    if text.isascii():
        return _WORD.findall(text.lower())
    folded = unicodedata.normalize("NFC", text).casefold()
    return _WORD.findall(_WIDE_RUN.sub(_in_pairs, folded) if _WIDE.search(folded) else folded)


def _in_pairs(run: re.Match[str]) -> str:
    chars = run.group()
    return f" {' '.join(chars[at : at + 2] for at in range(max(1, len(chars) - 1)))} "


@lru_cache(maxsize=20_000)
def _stem_or_stop(word: str) -> str:
    return "" if _bare(word) in STOP_WORDS else stem(word)


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
    if word.endswith("ss"):
        return word
    for length in range(min(_LONGEST_ENDING, len(word) - _SHORTEST_STEM), 0, -1):
        if word[-length:] in _ENDINGS:
            return word[:-length]
    return _DOUBLED.sub(r"\1", word) if len(word) > _SHORTEST_STEM else word
