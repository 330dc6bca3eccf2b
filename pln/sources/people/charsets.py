"""Which character set an old address book was written in.

Address books are short, and general detectors need prose: on two lines with a Czech name they answer with a Baltic
page. What tells here is whether the letters beyond ASCII of each single word belong to one language.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

_WESTERN = (
    "äöüß",
    "éèêëàâçîïôûùœæÿ",
    "áéíóúñü",
    "áâãàçéêíóôõú",
    "àèéìòù",
    "åäöé",
    "æøåé",
    "àéèíïóòúüç",
    "ëïéè",
)
_ICELANDIC = ("áéíóúýþæðö",)
_CENTRAL = ("áčďéěíňóřšťúůýž", "ąćęłńóśźż", "áäčďéíĺľňóôŕšťúýž", "áéíóöőúüű", "čćđšž", "äöüß", "ăâîşţ")
_TURKISH = ("çğıöşüâîû", "äöüß", "éèêàâç")
_BALTIC = ("āčēģīķļņšūž", "ąčęėįšųūž", "äöõüšž", "ąćęłńóśźż")
_CYRILLIC = ("абвгдеёжзийклмнопрстуфхцчшщъыьэюя", "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя", "абвгдђежзијклљмнњопрстћуфхцчџш")
_GREEK = ("αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰ",)
_HEBREW = ("אבגדהוזחטיךכלםמןנסעףפץצקרשת",)

# In the order in which they are believed where two fit equally well.
_PAGES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("cp1252", _WESTERN),
    ("cp1250", _CENTRAL),
    ("iso8859_2", _CENTRAL),
    ("cp1254", _TURKISH),
    ("iso8859_15", _ICELANDIC),  # after Turkish, which differs from it in six letters and is met more often
    ("cp1257", _BALTIC),
    ("cp1255", _HEBREW),  # before Cyrillic: its letters look there like words without any capital
    ("cp1251", _CYRILLIC),
    ("koi8_r", _CYRILLIC),
    ("cp1253", _GREEK),
    ("mac_roman", _WESTERN),
    ("cp850", _WESTERN),
)
_ALPHABETS = {page: tuple(frozenset(letters) for letters in alphabets) for page, alphabets in _PAGES}
_BETWEEN_WORDS = re.compile(r"[\x00-@\[-`{-\x7f\u2018-\u201e\u2013\u2014\u2026\u2022\u20ac\xa0\xa7\xab\xb0\xb7\xbb]+")
_ENOUGH_LINES = 400
_FITS = 0.8


def guess_charset(data: bytes) -> str:
    """The name of the most likely charset of bytes that are not UTF-8; cp1252 where nothing speaks for another."""
    lines = [line for line in data.split(b"\n") if not line.isascii()][:_ENOUGH_LINES]
    sample = b"\n".join(lines)
    best = max(_ALPHABETS, key=lambda page: _fit(sample, page))  # the first of equals
    if _fit(sample, best) >= _FITS:
        return best
    return _by_statistics(sample) or "cp1252"


def _fit(sample: bytes, page: str) -> float:
    """The share of words with letters beyond ASCII that make sense in one of the page's languages, 0 to 1."""
    try:
        text = sample.decode(page)
    except UnicodeDecodeError:
        return 0.0
    words = [word for word in _BETWEEN_WORDS.split(text) if not word.isascii()]
    return sum(_makes_sense(word, _ALPHABETS[page]) for word in words) / max(len(words), 1)


def _makes_sense(word: str, alphabets: Iterable[frozenset[str]]) -> bool:
    foreign = {letter for letter in word.lower() if not letter.isascii()}
    return any(foreign <= alphabet for alphabet in alphabets) and not _shouts_inside(word)


def _shouts_inside(word: str) -> bool:
    """A capital beyond ASCII after a small letter: the mark of the wrong Cyrillic page."""
    return any(a.islower() and b.isupper() and not b.isascii() for a, b in pairwise(word))


def _by_statistics(sample: bytes) -> str | None:
    # Imported where it is needed: it costs 40 ms, and only old files from East Asia come here.
    from charset_normalizer import from_bytes

    best = from_bytes(sample).best()
    return best.encoding if best and not best.encoding.startswith("utf") else None
