"""Reading: subscriptions, shelves, states. Fetching is in refreshing.py."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from pln.model.changes import Noun
from pln.model.errors import UsageError
from pln.model.feed import Article, ArticleRow, Feed, FeedRow
from pln.services.context import Context
from pln.services.undo import UndoStep
from pln.store.articles import Shelf
from pln.store.unit_of_work import Work

__all__ = ["Shelf"]


def feed_rows(ctx: Context) -> tuple[FeedRow, ...]:
    """Lines of the feed list, by folder and title, with unread counts."""
    with ctx.store.read() as work:
        return work.feeds.rows()


def get_feed(ctx: Context, feed_id: int) -> Feed:
    """Raises UsageError for an unknown id."""
    with ctx.store.read() as work:
        feed = work.feeds.get(feed_id)
    if feed is None:
        raise UsageError("No such feed", "It may have been removed.")
    return feed


def save_feed(ctx: Context, feed: Feed, *, origin: str = "") -> Feed:
    """Store a subscription or write a changed one. One that is already there is returned as it is."""
    with ctx.write(origin) as work:
        return work.feeds.change(feed) if feed.id else work.feeds.add(feed)


def give_voice(ctx: Context, feed_id: int, person_id: int | None, *, origin: str = "") -> Feed:
    """Say whose feed it is (None: nobody's)."""
    return save_feed(ctx, replace(get_feed(ctx, feed_id), person_id=person_id), origin=origin)


def remove_feed(ctx: Context, feed_id: int, *, origin: str = "") -> UndoStep:
    """Remove a subscription with its articles; the step returned brings all back, stars included."""
    feed = get_feed(ctx, feed_id)
    with ctx.write(origin) as work:
        if not work.feeds.remove(feed_id):
            raise UsageError("No such feed", "It may have been removed already.")
    label = f"{feed.title or feed.url} was removed"
    step = UndoStep(label=label, back=lambda work: work.feeds.restore(feed_id))
    ctx.undo.push(step)
    return step


def article_ids(ctx: Context, shelf: Shelf) -> tuple[int, ...]:
    """Ids of a shelf's articles, newest first."""
    with ctx.store.read() as work:
        return work.articles.ids(shelf)


def article_rows(ctx: Context, ids: tuple[int, ...]) -> tuple[ArticleRow, ...]:
    with ctx.store.read() as work:
        return work.articles.rows(ids)


def get_article(ctx: Context, article_id: int) -> Article:
    """An article with its text. Raises UsageError for an unknown id."""
    with ctx.store.read() as work:
        article = work.articles.get(article_id)
    if article is None:
        raise UsageError("No such article", "Its feed may have been removed.")
    return article


def totals(ctx: Context) -> dict[str, int]:
    """{"unread", "starred", "all"}: numbers of articles."""
    with ctx.store.read() as work:
        articles = work.articles
        return {"unread": articles.unread_total(), "starred": articles.starred_total(), "all": articles.total()}


def mark_read(ctx: Context, ids: Sequence[int], *, read: bool = True, origin: str = "") -> UndoStep | None:
    """Mark articles read or unread. Undoable where more than one was changed; None where nothing changed."""
    when = ctx.clock.now() if read else None
    with ctx.write(origin) as work:
        changed = work.articles.set_read(ids, when)
    return _pushed(ctx, changed, "read" if read else "unread", lambda work: _flip_read(work, changed, ctx, read=read))


def star(ctx: Context, article_id: int, *, starred: bool = True, origin: str = "") -> None:
    """Star an article, or take the star away."""
    with ctx.write(origin) as work:
        work.articles.set_starred([article_id], ctx.clock.now() if starred else None)


def keep_for(ctx: Context, article_id: int, person_id: int, *, origin: str = "") -> None:
    """Lay an article aside for the next meetup with somebody: it appears in their brief."""
    with ctx.write(origin) as work:
        kept = work.settings.get("kept_for", {})
        mine = kept.setdefault(str(person_id), [])
        if article_id not in mine:
            mine.append(article_id)
        work.settings.put("kept_for", kept)
        work.touch(Noun.PERSON, person_id)


def _flip_read(work: Work, ids: Sequence[int], ctx: Context, *, read: bool) -> None:
    work.articles.set_read(ids, None if read else ctx.clock.now())


def _pushed(ctx: Context, changed: Sequence[int], word: str, back: Callable[[Work], None]) -> UndoStep | None:
    if not changed:
        return None
    step = UndoStep(label=f"{len(changed)} marked {word}", back=back)
    if len(changed) > 1:
        ctx.undo.push(step)
    return step
