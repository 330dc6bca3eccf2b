"""Articles that hold a word of which only the beginning was typed: looked for in the newest ones first.

Many articles hold such a word, so the newest few answer at once, where the index would first gather all of them. Only
where the newest do not suffice is the index asked, and then few articles hold the word.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import defaultdict
from functools import cache

from sqlalchemy import Connection

from pln.store.folding import begun, folded, match_expression

_LOOKED_AT, _ENOUGH_TO_TELL = 400, 50
_NEWEST = "SELECT id FROM search_article_docsize ORDER BY id DESC LIMIT ?"
_WITH = "SELECT rowid FROM search_article WHERE search_article MATCH ? ORDER BY rowid DESC LIMIT ?"
_TEXTS = (  # CROSS keeps the order of the list; asked to sort, the engine would read all texts before the first
    "SELECT j.value, a.title || ' ' || coalesce((SELECT f.text FROM article_full f WHERE f.article_id = a.id"
    " AND f.state = 'done'), b.text) FROM json_each(?) j CROSS JOIN article a ON a.id = j.value - ?"
    " CROSS JOIN article_body b ON b.article_id = a.id"
)
# Latin, letterlike signs, letters in circles, wide letters: the index takes such a letter for the one without marks.
_LETTERS = ((0x80, 0x250), (0x1E00, 0x1F00), (0x2100, 0x2190), (0x24B6, 0x24EA), (0xFF21, 0xFF5B))
_LIGATURES = re.compile("[\ufb00-\ufb06\u01c4-\u01cc\u01f1-\u01f3\u0132\u0133]")
_MARKS = "[\u0300-\u036f]*"


def newest_begun(connection: Connection, typed: str, offset: int, limit: int) -> list[int] | None:
    """Row ids in the index, newest first; None where the index has to be asked. offset: row id less the article's."""
    before, letters = begun(typed)
    if not letters or limit > _LOOKED_AT:
        return None
    expression = match_expression(f"{before} ")
    if expression:
        rows = connection.exec_driver_sql(_WITH, (expression, _LOOKED_AT))
    else:
        rows = connection.exec_driver_sql(_NEWEST, (_LOOKED_AT,))
    looked_at = list(rows.scalars())
    holds = _Beginning(letters).is_in
    found: list[int] = []
    texts = connection.exec_driver_sql(_TEXTS, (json.dumps(looked_at), offset))
    for number, (rowid, text) in enumerate(texts, 1):
        if holds(text):
            found.append(rowid)
            if len(found) == limit:
                return found
        if number >= _ENOUGH_TO_TELL and len(found) * _LOOKED_AT < limit * number:
            texts.close()
            return None  # so few hold the word that the index is the quicker one
    return found if len(looked_at) < _LOOKED_AT else None


class _Beginning:
    """Whether a text has a word that begins with these letters, as the index takes words."""

    def __init__(self, letters: str) -> None:
        self._letters = "".join(_plain(each) for each in letters.lower())
        spelt = re.escape(self._letters)  # first what is looked for, then what may not stand before: much the faster
        self._plain = re.compile(rf"{spelt}(?<![^\W_]{spelt})")
        marked = _MARKS.join(f"[{re.escape(each)}{_variants().get(each, '')}]" for each in self._letters)
        self._marked = re.compile(rf"(?<![^\W_]){marked}")

    def is_in(self, text: str) -> bool:
        text = text.lower()
        if text.isascii():  # looked for as it stands first: a pattern takes ten times as long
            return self._letters in text and self._plain.search(text) is not None
        if _LIGATURES.search(text):
            text = unicodedata.normalize("NFKC", text)
        return self._marked.search(text) is not None


def _plain(letter: str) -> str:
    """A Latin letter without its marks; every other as it is."""
    found = folded(letter)
    return found if len(found) == 1 and found.isascii() else letter


@cache
def _variants() -> dict[str, str]:
    """For each plain letter those that differ from it by their marks: "e" -> "éèêë..."."""
    found: defaultdict[str, str] = defaultdict(str)
    for start, end in _LETTERS:
        for letter in map(chr, range(start, end)):
            plain = _plain(letter)
            if plain != letter and letter == letter.lower():
                found[plain] += letter
    return dict(found)
