"""Text as the names pass sees it: words without case, diacritics or invisible characters, each with its place.

Entities (&eacute;), percent escapes (%C3%A9) and marks inside a word (An*na*) are read as what a reader will see.
Scripts written without spaces give one word for each character, so that a name is found inside a run of them.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from pln.share.look_alikes import LOOK_ALIKES, undisguised


class Word(NamedTuple):
    """A folded word. start and end count characters of the original text, as do the starts of two of its letters.

    seen: the Latin word that a reader takes it for where that is another; see pln.share.look_alikes.
    """

    text: str
    start: int
    end: int
    second: int
    last: int
    seen: str = ""


_UNIT = re.compile(
    r"&(?:\#[0-9]{1,7}|\#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});"
    r"|(?:%[0-9A-Fa-f]{2})+"
    r"|[\u1100-\u115f\ua960-\ua97c][\u1160-\u11a7\ud7b0-\ud7c6]?[\u11a8-\u11ff\ud7cb-\ud7fb]?"
    r"|.",
    re.DOTALL,
)
_SPACELESS = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3130-\u318f\u3400-\u4dbf"
    "\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff]"
)
_CYRILLIC = re.compile("[\u0400-\u052f]{3,}")
# Case endings after folding (й has become и). The longest fits first.
_ENDING = re.compile(
    "(?:ами|ями|ыми|ими|ого|его|ому|ему|ою|ею|ои|еи|ии|ыи|ом|ем|ым|им|ых|их|ах|ях|ам|ям|а|я|у|ю|ы|и|е|о|ь)$"
)
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ŧ": "t", "ŋ": "n",
     "ى": "ي", "ة": "ه", "ـ": "", "ς": "σ"}
)  # fmt: skip
# Most texts need none of the folding below: a third of the time, a tenth for a large address book.
_NOT_PLAIN = re.compile(r"[^\x00-\x7f]|[&%*`~]")
_PLAIN_WORD = re.compile(r"[a-z0-9]+")
_EUROPEAN = re.compile("[\x00-\x24\x26-\x7f\xa0-\u036f\u0370-\u0482\u048a-\u052f\u1e00-\u1fff\u2010-\u2027]*")
_EUROPEAN_WORD = re.compile(r"[^\W_]+")
_INVISIBLE = re.compile("[\u00ad\u0300-\u036f*`~]")
_INSIDE_WORDS = frozenset("*`~")
# Letters and signs that show nothing: the Hangul fillers, an empty Braille cell.
_BLANK = frozenset("\u115f\u1160\u3164\uffa0\u2800")
_HANGUL = re.compile("[\uac00-\ud7a3]")


def words(text: str) -> list[Word]:
    """All words of a text in their order."""
    return list(_words(text)) if _NOT_PLAIN.search(text) else list(_plain_words(text))


def folded_words(text: str) -> tuple[str, ...]:
    """The words alone, for texts whose places do not matter: the same as `words` gives, ten times faster."""
    if not _NOT_PLAIN.search(text):
        return tuple(_PLAIN_WORD.findall(text.lower()))
    if "&" in text or not _EUROPEAN.fullmatch(text):
        return tuple(word.text for word in _words(text))
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    return tuple(map(stem, _EUROPEAN_WORD.findall(_INVISIBLE.sub("", folded).translate(_LETTERS))))


def key(text: str) -> str:
    """What two spellings of one name have in common: "Dvořák’s" and "dvorak S" give the same."""
    return " ".join(folded_words(text))


def _plain_words(text: str) -> Iterator[Word]:
    for found in _PLAIN_WORD.finditer(text.lower()):
        start, end = found.span()
        yield Word(found[0], start, end, start + 1, end - 1)


def _words(text: str) -> Iterator[Word]:
    run: list[tuple[str, int, int, str]] = []
    for char, start, end, seen in _seen_characters(text):
        if char in _INSIDE_WORDS:
            continue
        if not char:
            if run and run[-1][2] == start:
                run[-1] = (run[-1][0], run[-1][1], end, run[-1][3])
        elif _is_word(char) and not _SPACELESS.match(char):
            run.append((char, start, end, seen))
        else:
            yield from _word(run)
            run = []
            if _is_word(char):
                yield Word(char, start, end, end, start)
    yield from _word(run)


def _word(run: list[tuple[str, int, int, str]]) -> Iterator[Word]:
    if run:
        folded = "".join(char for char, _, _, _ in run)
        seen = "" if folded.isascii() else undisguised(folded, "".join(seen for _, _, _, seen in run))
        second = run[1][1] if len(run) > 1 else run[0][2]
        yield Word(stem(folded), run[0][1], run[-1][2], second, run[-1][1], seen)


def stem(word: str) -> str:
    """A Cyrillic word without its case ending ("анны", "анной" -> "анн"); any other word as it is.

    What is an ending and nothing else ("его", "ими") is a word of its own.
    """
    if not _CYRILLIC.fullmatch(word):
        return word
    return _ENDING.sub("", word) or word


def characters(text: str) -> Iterator[tuple[str, int, int]]:
    """(folded character or "" for an invisible one, start, end). Ends of invisible ones join the letter before."""
    for char, start, end, _seen in _seen_characters(text):
        yield char, start, end


def _seen_characters(text: str) -> Iterator[tuple[str, int, int, str]]:
    """As `characters`, each with the Latin letter that it looks like, or itself."""
    for unit in _UNIT.finditer(text):
        for piece, start, end in _decoded(unit[0], unit.start()):
            folded, alike = _fold(piece)
            if not folded:
                yield "", start, end, ""
            for char in folded:
                yield char, start, end, alike or char


def _decoded(unit: str, at: int) -> Iterator[tuple[str, int, int]]:
    if len(unit) > 2 and unit[0] == "&":
        for char in html.unescape(unit):
            yield char, at, at + len(unit)
    elif len(unit) > 2 and unit[0] == "%":
        yield from _percent(unit, at)
    else:
        yield unit, at, at + len(unit)


def _percent(unit: str, at: int) -> Iterator[tuple[str, int, int]]:
    for char in bytes.fromhex(unit.replace("%", "")).decode("utf-8", "replace"):
        size = min(3 * len(char.encode("utf-8")), len(unit)) if char != "\ufffd" else 3
        yield char, at, at + size
        at += size


@lru_cache(maxsize=20_000)
def _fold(piece: str) -> tuple[str, str]:
    """What it folds to, and the Latin letter that it looks like or ""."""
    composed = unicodedata.normalize("NFKC", piece).casefold()
    if not _HANGUL.match(composed):
        composed = unicodedata.normalize("NFKD", composed)
    folded = "".join(map(_plain, composed)).translate(_LETTERS)
    return folded, LOOK_ALIKES.get(piece) or LOOK_ALIKES.get(folded, "")


def _plain(char: str) -> str:
    category = unicodedata.category(char)
    if category in ("Mn", "Me", "Cf") or char in _BLANK:
        return ""
    return str(unicodedata.decimal(char)) if category == "Nd" else char


def _is_word(char: str) -> bool:
    return char.isalnum() or unicodedata.category(char) == "Mc"
