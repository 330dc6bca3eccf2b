"""One form of words for the search index and for what is typed into a search field."""

from __future__ import annotations

import re
import unicodedata

from pln.store.column_types import whole

# Scripts written without spaces: every character becomes a word of its own, and a typed run becomes a phrase.
_ALONE = r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]"
_UNSPACED = re.compile(f"({_ALONE})")
# A step of the interpreter that nobody else can cut in: a megabyte at once kept the window waiting for 15 to 40 ms.
# A piece ends before an ASCII character, which is never joined with what stands before it.
_PIECE = re.compile(r".{1,32768}[^\x00-\x7f]*", re.DOTALL)
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*", re.UNICODE)
_IS_ONE = re.compile(rf"(?:(?!{_ALONE})[^\W_])+")


# A whole page pasted into a search field is no search; the engine limits the depth of its expressions.
MOST_WORDS = 32


def folded(text: str) -> str:
    """Case and diacritics taken away, for comparing names ("Dvořák" -> "dvorak"). Length may change."""
    parts = unicodedata.normalize("NFKD", whole(text))
    return "".join(char for char in parts if not unicodedata.combining(char)).casefold()


def spaced(text: str) -> str:
    """The text as it goes into the index."""
    return text if text.isascii() else "".join(_spaced(piece) for piece in _PIECE.findall(text))


def _spaced(piece: str) -> str:
    return _UNSPACED.sub(r" \1 ", unicodedata.normalize("NFKC", whole(piece)))


def begun(typed: str) -> tuple[str, str]:
    """(what stands before, the letters) where the last word was only begun, else (typed, "")."""
    typed = unicodedata.normalize("NFKC", typed)
    words = list(_WORD.finditer(typed))
    last = words[-1] if words else None
    if last is None or last.end() != len(typed) or len(words) > MOST_WORDS or not _IS_ONE.fullmatch(last.group()):
        return typed, ""
    return typed[: last.start()], last.group()


def match_expression(typed: str) -> str:
    """An FTS5 expression for what is typed: every word must be there, the last one may be just begun.

    At most MOST_WORDS count. "" where nothing searchable was typed. A single Latin letter just begun after other words
    does not count yet: nearly every text holds it, and finding them all takes a third of a second at 100,000 articles.
    Quotes make everything a plain word, so no operator can be injected.
    """
    typed = unicodedata.normalize("NFKC", typed)
    found = _WORD.findall(typed)[:MOST_WORDS]
    if not found:
        return ""
    open_ended = bool(_WORD.search(typed[-1:])) and not _UNSPACED.search(typed[-1:])
    if open_ended and len(found) > 1 and len(found[-1]) == 1 and found[-1].isascii():
        found, open_ended = found[:-1], False
    words = [_quoted(word) for word in found]
    if open_ended:
        words[-1] += "*"
    return " AND ".join(words)


def _quoted(word: str) -> str:
    parts = " ".join(_UNSPACED.sub(r" \1 ", word).replace("'", " ").replace("’", " ").split())
    return f'"{parts}"'
