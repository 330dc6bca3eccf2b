"""What hangs on an article beside what its feed says now. Taken together by the export of everything."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pln.model.feed import PictureLink


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierWords:
    """What an article said before it was edited, until then."""

    at: datetime
    title: str = ""
    html: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageText:
    """The text of the article's own page, as it was on a day. html is sanitised."""

    at: datetime
    html: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleAround:
    """versions: oldest first. page: None where the page was not fetched, or gave nothing."""

    versions: tuple[EarlierWords, ...] = ()
    page: PageText | None = None
    pictures: tuple[PictureLink, ...] = ()
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tombstone:
    """An article that was removed and must not come back with its feed's next answer."""

    feed_id: int
    guid: str
    link_key: str = ""
    at: datetime
