"""Reading: subscriptions, shelves, states. Fetching is in refreshing.py."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from pln.model.changes import Noun
from pln.model.errors import UsageError
from pln.model.feed import Article, ArticleRow, Feed, FeedRow, FeedState
from pln.services.context import Context
from pln.services.undo import UndoStep
from pln.store.articles import Shelf
from pln.store.unit_of_work import Work

__all__ = ["Shelf"]

_FOUND = 2000
_KEPT = "kept_for"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingPage:
    """One state of the place. ids: the shelf's articles, newest first, or in the order of `shelf.ids`.

    unread: those of them that are unread. totals: numbers of all articles, "unread", "starred", "later" and "all".
    """

    feeds: tuple[FeedRow, ...]
    totals: dict[str, int]
    ids: tuple[int, ...]
    unread: frozenset[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticlePage:
    """An article with its feed, and whose voice it is: (id, name), None for nobody's."""

    article: Article
    feed: Feed
    voice: tuple[int, str] | None


def reading_page(ctx: Context, shelf: Shelf) -> ReadingPage:
    """Feeds, numbers and one shelf. At 100,000 articles it takes a quarter of a second: call it off the main thread."""
    with ctx.store.read() as work:
        ids = _ids(work, shelf)
        unread = frozenset(ids if shelf.unread else _ids(work, replace(shelf, unread=True)))
        if shelf.ids is not None:
            here = frozenset(ids)
            ids = tuple(each for each in shelf.ids if each in here)
        return ReadingPage(feeds=work.feeds.rows(), totals=_totals(work), ids=ids, unread=unread)


def reading_numbers(ctx: Context) -> tuple[tuple[FeedRow, ...], dict[str, int]]:
    """Feeds and totals alone, as after an article was read: a tenth of the time."""
    with ctx.store.read() as work:
        return work.feeds.rows(), _totals(work)


def article_page(ctx: Context, article_id: int) -> ArticlePage:
    """Everything to show of an article. Raises UsageError for an unknown id."""
    with ctx.store.read() as work:
        article = work.articles.get(article_id)
        feed = None if article is None else work.feeds.get(article.feed_id)
        if article is None or feed is None:
            raise UsageError("No such article", "Its feed may have been removed.")
        names = {} if feed.person_id is None else work.people.names([feed.person_id])
    voice = next(iter(names.items()), None)
    return ArticlePage(article=article, feed=feed, voice=voice)


def voices_of(ctx: Context, feed_ids: Sequence[int]) -> dict[int, str]:
    """Whose voices these feeds are, by feed; nobody's are not in it."""
    with ctx.store.read() as work:
        feeds = [feed for each in feed_ids if (feed := work.feeds.get(each)) is not None]
        names = work.people.names([feed.person_id for feed in feeds if feed.person_id is not None])
    return {feed.id: names[feed.person_id] for feed in feeds if feed.person_id in names}


def find_articles(ctx: Context, shelf: Shelf, typed: str, *, best: bool = False) -> tuple[int, ...]:
    """Ids of a shelf's articles that hold every typed word, in the shelf's order; of at most 2,000 found in all.

    best: those first that speak most of these words, then those that were not weighed.
    """
    with ctx.store.read() as work:
        weighed = work.search.ranked(typed, _FOUND) if best else ()
        found = frozenset((*weighed, *work.search.ids(typed, Noun.ARTICLE, _FOUND)))
        if not found:
            return ()
        here = tuple(each for each in _ids(work, shelf) if each in found)
    there = frozenset(here)
    return tuple(dict.fromkeys((*(each for each in weighed if each in there), *here)))


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
    return change_feed(ctx, feed_id, lambda feed: replace(feed, person_id=person_id), origin=origin)


def rename_feed(ctx: Context, feed_id: int, title: str, *, origin: str = "") -> Feed:
    """Give a feed a name of one's own. Raises UsageError for an empty one."""
    title = " ".join(title.split())
    if not title:
        raise UsageError("A name is needed", "The feed keeps the name it has.")
    return change_feed(ctx, feed_id, lambda feed: replace(feed, title=title), origin=origin)


def move_feed(ctx: Context, feed_id: int, folder: str, *, origin: str = "") -> Feed:
    """Put a feed into a folder, nested with "/" ("Craft/Learning"); "" for none."""
    path = folder_path(folder)
    return change_feed(ctx, feed_id, lambda feed: replace(feed, folder=path), origin=origin)


def folder_path(typed: str) -> str:
    """A folder as it is stored: " Craft / Learning " is "Craft/Learning"."""
    parts = (" ".join(part.split()) for part in typed.split("/"))
    return "/".join(part for part in parts if part)


def pause_feed(ctx: Context, feed_id: int, *, paused: bool, origin: str = "") -> Feed:
    """Let a feed rest: it is not asked for news until it is taken up again. One that had ended may be tried again."""
    state = FeedState.PAUSED if paused else FeedState.ACTIVE
    return change_feed(ctx, feed_id, lambda feed: replace(feed, state=state, next_check=None), origin=origin)


def change_feed(ctx: Context, feed_id: int, change: Callable[[Feed], Feed], *, origin: str = "") -> Feed:
    """Change a subscription as it stands now, so that nothing that a refresh noted meanwhile is overwritten."""
    with ctx.write(origin) as work:
        feed = work.feeds.get(feed_id)
        if feed is None:
            raise UsageError("No such feed", "It may have been removed.")
        return work.feeds.change(change(feed))


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
        return _ids(work, shelf)


def _ids(work: Work, shelf: Shelf) -> tuple[int, ...]:
    if shelf.smart_id is None:
        return work.articles.ids(shelf)
    folder = work.smart_folders.get(shelf.smart_id)
    return () if folder is None else work.smart_folders.articles(folder, unread=shelf.unread)


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
    """{"unread", "starred", "later", "all", "highlights"}: numbers of articles, and of passages marked in them."""
    with ctx.store.read() as work:
        return _totals(work)


def _totals(work: Work) -> dict[str, int]:
    articles = work.articles
    return {
        "unread": articles.unread_total(),
        "starred": articles.starred_total(),
        "later": articles.later_total(),
        "all": articles.total(),
        "highlights": work.highlights.total(),
    }


def mark_read(ctx: Context, ids: Sequence[int], *, read: bool = True, origin: str = "") -> tuple[int, ...]:
    """Mark articles read or unread, as one does while reading; returns those whose state changed."""
    with ctx.write(origin) as work:
        return work.articles.set_read(ids, ctx.clock.now() if read else None)


def mark_all_read(ctx: Context, ids: Sequence[int], *, origin: str = "") -> UndoStep | None:
    """Mark a whole shelf read; the step returned brings back what was unread. None where nothing was."""
    with ctx.write(origin) as work:
        changed = work.articles.set_read(ids, ctx.clock.now())
    if not changed:
        return None
    number = len(set(changed) & set(ids))  # the same stories in other feeds count once
    step = UndoStep(label=f"{number} marked read", back=lambda work: work.articles.set_read(changed, None))
    ctx.undo.push(step)
    return step


def star(ctx: Context, article_id: int, *, starred: bool = True, origin: str = "") -> None:
    """Star an article, or take the star away."""
    with ctx.write(origin) as work:
        work.articles.set_starred([article_id], ctx.clock.now() if starred else None)


def keep_for(ctx: Context, article_id: int, person_id: int, *, origin: str = "") -> UndoStep:
    """Lay an article aside for the next meetup with somebody: it appears in their brief."""
    with ctx.write(origin) as work:
        _lay_aside(work, article_id, person_id, aside=True)
        name = work.people.names([person_id]).get(person_id, "")
    step = UndoStep(label=f"Kept for {name}", back=lambda work: _lay_aside(work, article_id, person_id, aside=False))
    ctx.undo.push(step)
    return step


def told_of(ctx: Context, article_id: int, person_id: int, *, origin: str = "") -> UndoStep:
    """Say that somebody was told of an article that was laid aside for them: it leaves their brief."""
    return _lay_back(ctx, article_id, person_id, "Told %1 of it", origin)


def keep_no_longer(ctx: Context, article_id: int, person_id: int, *, origin: str = "") -> UndoStep:
    """Take an article away again from what is laid aside for somebody."""
    return _lay_back(ctx, article_id, person_id, "No longer kept for %1", origin)


def _lay_back(ctx: Context, article_id: int, person_id: int, label: str, origin: str) -> UndoStep:
    with ctx.write(origin) as work:
        _lay_aside(work, article_id, person_id, aside=False)
        name = work.people.names([person_id]).get(person_id, "")
    step = UndoStep(
        label=label.replace("%1", name), back=lambda work: _lay_aside(work, article_id, person_id, aside=True)
    )  # fmt: skip
    ctx.undo.push(step)
    return step


def kept_for(ctx: Context, article_id: int) -> frozenset[int]:
    """The people for whom an article is laid aside."""
    with ctx.store.read() as work:
        kept = work.settings.get(_KEPT, {})
    return frozenset(int(person) for person, ids in kept.items() if article_id in ids)


def _lay_aside(work: Work, article_id: int, person_id: int, *, aside: bool) -> None:
    kept = work.settings.get(_KEPT, {})
    mine = [each for each in kept.get(str(person_id), []) if each != article_id]
    work.settings.put(_KEPT, {**kept, str(person_id): [*mine, article_id] if aside else mine})
    work.touch(Noun.PERSON, person_id)
