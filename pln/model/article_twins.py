"""Whether two articles of different feeds tell the same story. In doubt they do not: one too many costs less."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pln.model.article_identity import title_key
from pln.model.link_key import names_a_page

BEGINNING = 600
"""How many characters of a text are compared."""
_LEAST_TEXT = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """link: its link_key. day: by which it is sorted. text: its first BEGINNING characters. voice: somebody's feed."""

    id: int
    feed_id: int
    link: str
    title: str
    day: datetime
    text: str
    voice: bool


def same_story(one: Story, other: Story) -> bool:
    """The same page under a like title or with a like text; without links, the same title, day and a like text.

    A link alone does not do: whoever links to a page to speak of it tells a story of their own.
    """
    if one.feed_id == other.feed_id or one.link != other.link:
        return False
    if one.link:
        return names_a_page(one.link) and (
            _alike(title_key(one.title), title_key(other.title)) or _alike_texts(one.text, other.text)
        )
    same = title_key(one.title) == title_key(other.title) != ""
    return same and one.day.date() == other.day.date() and _alike_texts(one.text, other.text)


def _alike_texts(one: str, other: str) -> bool:
    return min(len(one), len(other)) >= _LEAST_TEXT and _alike(one, other)


def _alike(one: str, other: str) -> bool:
    """Two thirds of the words are common to both."""
    mine, theirs = set(one.split()), set(other.split())
    return bool(mine) and 3 * len(mine & theirs) >= 2 * len(mine | theirs)
