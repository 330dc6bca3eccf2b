"""Articles that hold a word of which one or two letters were typed: looked for in the newest ones first.

Nearly every article holds such a word, so the newest few answer at once, where the index would first gather all of
them. Only where the newest do not suffice is the index asked, and then few articles hold the word.
"""

from __future__ import annotations

import json
import re

from sqlalchemy import Connection

from pln.store.folding import begun, folded, match_expression

_LOOKED_AT = 150
_NEWEST = "SELECT id FROM search_article_docsize ORDER BY id DESC LIMIT ?"
_WITH = "SELECT rowid FROM search_article WHERE search_article MATCH ? ORDER BY rowid DESC LIMIT ?"
_TEXTS = (
    "SELECT j.value, a.title || ' ' || coalesce((SELECT f.text FROM article_full f WHERE f.article_id = a.id"
    " AND f.state = 'done'), b.text) FROM json_each(?) j JOIN article a ON a.id = j.value - ?"
    " JOIN article_body b ON b.article_id = a.id ORDER BY j.key"
)


def newest_begun(connection: Connection, typed: str, offset: int, limit: int) -> list[int] | None:
    """Row ids in the index, newest first; None where the index has to be asked. offset: row id less the article's."""
    whole, letters = begun(typed)
    if not letters:
        return None
    expression = match_expression(f"{whole} ")
    if expression:
        rows = connection.exec_driver_sql(_WITH, (expression, _LOOKED_AT))
    else:
        rows = connection.exec_driver_sql(_NEWEST, (_LOOKED_AT,))
    looked_at = list(rows.scalars())
    wanted = re.compile(rf"(?<![^\W_]){re.escape(folded(letters))}", re.IGNORECASE)
    found: list[int] = []
    for rowid, text in connection.exec_driver_sql(_TEXTS, (json.dumps(looked_at), offset)):
        if wanted.search(text if text.isascii() else folded(text)):
            found.append(rowid)
            if len(found) == limit:
                return found
    return found if len(looked_at) < _LOOKED_AT else None
