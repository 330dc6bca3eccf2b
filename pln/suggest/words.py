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
_WIDE_RUN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]+")
_SHORTEST_STEM = 4
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


def counted(text: str) -> dict[str, int]:
    """How often each stem stands in a text. Stop words are left out."""
    found: dict[str, int] = {}
    for word, times in Counter(_words(text)).items():
        word_stem = _stem_or_stop(word)
        found[word_stem] = found.get(word_stem, 0) + times
    found.pop("", None)
    return found


def _words(text: str) -> list[str]:
    folded = unicodedata.normalize("NFC", text).casefold()
    return _WORD.findall(_WIDE_RUN.sub(_in_pairs, folded) if _WIDE.search(folded) else folded)


def _in_pairs(run: re.Match[str]) -> str:
    chars = run.group()
    return f" {' '.join(chars[at : at + 2] for at in range(max(1, len(chars) - 1)))} "


@lru_cache(maxsize=50_000)
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
