"""What stands around the text of an article: its page's own text, the feeds that tell the same, its earlier words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from pln.model.feed import Article, ArticleRow
from pln.model.offline import FullText
from pln.services.article_keeping import article_versions, sources_of
from pln.services.context import Context
from pln.services.offline import full_text
from pln.services.reading import voices_of

_TEASER = 120  # words; where a feed brings fewer, the page is offered


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """full: the text of the page where it was asked for. sources: the same story in other feeds.

    voices: whose feeds these are, by feed; those that are nobody's are not in it. edited: when other words took the
    place of earlier ones that are kept. askable: the article has a page; scant: its feed brought so little that the
    page is offered unasked.
    """

    full: FullText | None = None
    sources: tuple[ArticleRow, ...] = ()
    voices: Mapping[int, str] = field(default_factory=dict)
    edited: datetime | None = None
    askable: bool = False
    scant: bool = False


def around(ctx: Context, article: Article) -> Around:
    """A few rows by their keys: quick enough for the window's thread."""
    others = [row for row in sources_of(ctx, article.id) if row.id != article.id]
    sources = tuple({row.feed_id: row for row in others}.values())
    versions = article_versions(ctx, article.id) if article.edited_at is not None else ()
    return Around(
        full=full_text(ctx, article.id), sources=sources, voices=voices_of(ctx, [row.feed_id for row in sources]),
        edited=versions[-1].until if versions else None, askable=bool(article.url),
        scant=len(article.text[:2000].split()) < _TEASER,
    )  # fmt: skip
