"""Break endless words and paragraphs of an article: the time Qt needs for one grows much faster than its length."""

from __future__ import annotations

import re
from collections.abc import Iterator

MAX_WORD = 2000  # characters without a blank
MAX_PARAGRAPH = 20_000  # characters

_PLACE_TO_BREAK = "\u200b"  # zero width space
_NEW_BLOCK = "<div></div>"
_TOKEN = re.compile(r"<(?:[^>\"]|\"[^\"]*\")*>|&#?\w+;|[^<&\s]+|\s+|[<&]")
_BLOCK_TAG = re.compile(r"</?(?:p|div|li|ul|ol|dl|dt|dd|table|tr|td|th|blockquote|pre|h[1-6]|hr)\b")


def needs_breaks(text: str) -> bool:
    """Whether an article's text (a line for each block) holds a word or a paragraph that is too long."""
    if len(text) <= MAX_WORD or max(map(len, text.split("\n"))) <= MAX_WORD:
        return False
    return max(map(len, text.split("\n"))) > MAX_PARAGRAPH or max(map(len, text.split()), default=0) > MAX_WORD


def with_breaks(html: str) -> str:
    """The same HTML with a place to break in each endless word and a new block in each endless paragraph."""
    return "".join(_broken(html))


def _broken(html: str) -> Iterator[str]:
    word = paragraph = 0
    for match in _TOKEN.finditer(html):
        for piece in _pieces(match[0]):
            yield piece
            if piece[0] == "<" and len(piece) > 1:
                if _BLOCK_TAG.match(piece):
                    word = paragraph = 0
                continue
            length = 1 if piece[0] == "&" else len(piece)
            word = 0 if piece.isspace() else word + length
            paragraph += length
            if word >= MAX_WORD:
                yield _PLACE_TO_BREAK
                word = 0
            if paragraph >= MAX_PARAGRAPH and not word:
                yield _NEW_BLOCK
                paragraph = 0


def _pieces(token: str) -> Iterator[str]:
    """Cut a word's text where it alone is too long; tags and entities stay whole."""
    if token[0] in "<&" or len(token) <= MAX_WORD:
        yield token
        return
    for start in range(0, len(token), MAX_WORD):
        yield token[start : start + MAX_WORD]
