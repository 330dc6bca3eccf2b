"""What becomes of articles with time: earlier wordings, sources of a story, removal, retention, the room they take."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from pln.model.differences import Piece, difference
from pln.model.errors import UsageError
from pln.model.feed import ArticleRow, ArticleVersion, Feed, FeedRoom
from pln.model.plain import from_plain, to_plain
from pln.model.retention import Retention, Seen, outlived
from pln.services.context import Context
from pln.services.preferences import Preferences, read_preferences
from pln.services.undo import UndoStep
from pln.store.unit_of_work import Work

__all__ = ["difference"]

AT_ONCE = 100
"""How many articles one unit of work deletes: whoever else wants to write waits for its end."""
_KEPT = "kept_for"
_CLOCK = "retention_clock"


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """Bytes. feeds: the largest first; index: of the search over them. Pictures lie in a file of their own."""

    feeds: tuple[FeedRoom, ...]
    index: int

    @property
    def texts(self) -> int:
        return sum(each.texts + each.more for each in self.feeds)


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedTaken:
    """The room of one feed in bytes. texts: full texts and earlier wordings included. pictures: those kept of it."""

    feed_id: int
    title: str
    articles: int
    texts: int
    pictures: int

    @property
    def all(self) -> int:
        return self.texts + self.pictures


def never() -> bool:
    return False


def article_versions(ctx: Context, article_id: int) -> tuple[ArticleVersion, ...]:
    """What an article said before its feed changed it, the oldest first; () where it never did."""
    with ctx.store.read() as work:
        return work.articles.versions(article_id)


def changes_since(ctx: Context, article_id: int, version: int = -1) -> tuple[Piece, ...]:
    """What changed from an earlier version (the last one) to now. Raises UsageError where there is none."""
    with ctx.store.read() as work:
        versions, now = work.articles.versions(article_id), work.articles.get(article_id)
    if now is None or not versions:
        raise UsageError("Nothing to compare", "This article has always said what it says now.")
    return difference(versions[version].text, now.text)


def sources_of(ctx: Context, article_id: int) -> tuple[ArticleRow, ...]:
    """The articles of all feeds that tell this story, the one that the lists show first."""
    with ctx.store.read() as work:
        return work.articles.rows(work.articles.sources(article_id))


def remove_articles(ctx: Context, ids: Iterable[int], *, origin: str = "") -> UndoStep | None:
    """Remove articles, in every feed that tells the same; no refresh brings them back, the step returned does.

    None where nothing was there.
    """
    wanted = tuple(ids)
    with ctx.write(origin) as work:
        gone = work.articles.remove(wanted)
    if not gone:
        return None
    number = len(set(gone) & set(wanted))
    label = f"{number} articles were removed" if number > 1 else "The article was removed"
    step = UndoStep(label=label, back=lambda work: work.articles.restore(gone))
    ctx.undo.push(step)
    return step


def storage(ctx: Context) -> Room:
    """How much room articles take. At 100,000 articles it takes a while: call it off the main thread."""
    with ctx.store.read() as work:
        return Room(feeds=work.article_room.by_feed(), index=work.article_room.index_bytes())


def rooms(ctx: Context) -> tuple[FeedTaken, ...]:
    """Every subscription with the room it takes, the largest first. Off the main thread, as `storage`.

    A picture that several feeds show counts with each of them.
    """
    with ctx.store.read() as work:
        feeds, texts = work.feeds.everything(), {each.feed_id: each for each in work.article_room.by_feed()}
        uses = {(use.feed_id, use.key) for use in work.article_pictures.uses()}
    sizes, pictures = ctx.store.pictures.sizes(), Counter[int]()
    for feed_id, key in uses:
        pictures[feed_id] += sizes.get(key, 0)
    taken = (_taken(feed, texts.get(feed.id), pictures[feed.id]) for feed in feeds)
    return tuple(sorted(taken, key=lambda each: (-each.all, each.title.casefold())))


def _taken(feed: Feed, room: FeedRoom | None, pictures: int) -> FeedTaken:
    title = feed.title or feed.url
    if room is None:
        return FeedTaken(feed_id=feed.id, title=title, articles=0, texts=0, pictures=pictures)
    return FeedTaken(
        feed_id=feed.id, title=title, articles=room.articles, texts=room.texts + room.more, pictures=pictures
    )


def feed_storage(ctx: Context, feed_id: int) -> tuple[FeedRoom, int]:
    """The room that one feed's articles take, and the bytes of its kept pictures. Off the main thread, as `storage`."""
    with ctx.store.read() as work:
        room = work.article_room.of_feed(feed_id)
        keys = {use.key for use in work.article_pictures.uses() if use.feed_id == feed_id}
    sizes = ctx.store.pictures.sizes() if keys else {}
    return room, sum(sizes.get(key, 0) for key in keys)


def would_go(ctx: Context, feed_id: int, wish: Retention) -> int:
    """How many articles of a feed such a wish would delete, before it is saved."""
    with ctx.store.read() as work:
        return len(_outlived(work, feed_id, wish, _kept_for(work), ctx))


def would_go_with(ctx: Context, feed_id: int, days: int | None, count: int | None) -> int:
    """The same for a feed with settings of its own; None for what holds in general."""
    with ctx.store.read() as work:
        feed, general = work.feeds.get(feed_id), read_preferences(work)
        if feed is None:
            return 0
        wish = _wish(replace(feed, keep_days=days, keep_count=count), general)
        return len(_outlived(work, feed_id, wish, _kept_for(work), ctx))


def would_go_in_all(ctx: Context, days: int, count: int, *, unread: bool) -> int:
    """The same for all feeds, should this hold in general (`unread`: what was never read stays).

    Feeds with settings of their own go by these. It takes a while: call it off the main thread.
    """
    with ctx.store.read() as work:
        general = replace(read_preferences(work), keep_days=days, keep_count=count, keep_unread=unread)
        kept, feeds = _kept_for(work), work.feeds.everything()
        return sum(len(_outlived(work, feed.id, _wish(feed, general), kept, ctx)) for feed in feeds)


def let_go(ctx: Context, *, most: int = 1000, cancelled: Callable[[], bool] = never, origin: str = "retention") -> int:
    """Delete what has been kept long enough, a hundred at a time, and return how many: at most `most`.

    What was starred, put aside, tagged, highlighted or kept for somebody always stays. For moments of rest. After the
    clock jumped nothing is deleted for some days: the date may be wrong, and what is deleted does not come back.
    """
    if not _clock_seen(ctx, origin).trusted:
        return 0
    with ctx.store.read() as work:
        feeds, general = work.feeds.everything(), read_preferences(work)
    deleted = 0
    for feed in feeds:
        while deleted < most and not cancelled():
            number = _let_go_of(ctx, feed.id, _wish(feed, general), min(AT_ONCE, most - deleted), origin)
            deleted += number
            if not number:
                break
    return deleted


def _clock_seen(ctx: Context, origin: str) -> Seen:
    """What the clock did since the last time, noted for the next one."""
    now = ctx.clock.now()
    with ctx.store.read() as work:
        kept = work.settings.get(_CLOCK)
    try:
        seen = Seen(now) if kept is None else from_plain(Seen, kept).at(now)
    except ValueError:  # not ours: as if the clock had jumped
        seen = Seen(now, now)
    with ctx.write(origin) as work:
        work.settings.put(_CLOCK, to_plain(seen))
    return seen


def _let_go_of(ctx: Context, feed_id: int, wish: Retention, most: int, origin: str) -> int:
    with ctx.store.read() as work:
        if not _outlived(work, feed_id, wish, _kept_for(work), ctx):
            return 0
    with ctx.write(origin) as work:  # decided again: the owner may have starred one meanwhile
        gone = _outlived(work, feed_id, wish, _kept_for(work), ctx)[:most]
        return work.articles.bury(gone)


def _outlived(work: Work, feed_id: int, wish: Retention, kept: frozenset[int], ctx: Context) -> Sequence[int]:
    found = outlived(work.article_room.held(feed_id), wish, ctx.clock.now())
    return [each for each in found if each not in kept]


def _kept_for(work: Work) -> frozenset[int]:
    return frozenset(article for ids in work.settings.get(_KEPT, {}).values() for article in ids)


def _wish(feed: Feed, general: Preferences) -> Retention:
    return Retention(
        days=general.keep_days if feed.keep_days is None else feed.keep_days,
        count=general.keep_count if feed.keep_count is None else feed.keep_count, unread=general.keep_unread,
    )  # fmt: skip
