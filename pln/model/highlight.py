"""Passages that the owner marked in articles, with notes in the margin."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class HighlightKind(StrEnum):
    """LESSON: something learned. QUESTION: to be asked of somebody, closed once it was."""

    HIGHLIGHT = "highlight"
    LESSON = "lesson"
    QUESTION = "question"


@dataclass(frozen=True, slots=True, kw_only=True)
class Highlight:
    """A passage of an article. quote: its words as they stood there. note: the owner's, in the margin.

    before, after: up to 64 characters around it. start: where it began in the article's text. These find it again in
    a text that was edited since. person_id: of whom a question is asked. closed_on: the day it was.
    """

    article_id: int
    quote: str
    id: int = 0
    uid: str = ""
    kind: HighlightKind = HighlightKind.HIGHLIGHT
    person_id: int | None = None
    before: str = ""
    after: str = ""
    start: int = 0
    note: str = ""
    created: datetime | None = None
    closed_on: date | None = None

    @property
    def is_open_question(self) -> bool:
        return self.kind is HighlightKind.QUESTION and self.closed_on is None

    @property
    def words(self) -> str:
        """What it says in one line: the note, or the passage where there is none."""
        return " ".join((self.note or self.quote).split())


@dataclass(frozen=True, slots=True, kw_only=True)
class HighlightRow:
    """A line of the list of highlights, with the article and whose voice it is ("" for nobody's).

    person: the name of whom it is to be asked, "" for nobody.
    """

    highlight: Highlight
    title: str
    author: str
    url: str
    published: datetime
    feed_id: int
    feed_title: str
    voice_id: int | None
    voice: str
    person: str
    day: date
