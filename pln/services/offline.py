"""What is kept for reading offline: asked for, looked at, counted. Fetching it is in keeping_offline.py."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pln.model.offline import MB, Budgets, FullText, Kept
from pln.services.context import Context
from pln.services.preferences import Preferences, preferences


def full_text(ctx: Context, article_id: int) -> FullText | None:
    """The text of an article's own page, or what became of fetching it; None where nobody wanted it."""
    with ctx.store.read() as work:
        return work.full_texts.get(article_id)


def want_full(ctx: Context, ids: Sequence[int], *, origin: str = "") -> tuple[int, ...]:
    """Note that the pages of these articles are wanted: the next pass fetches them first.

    Returns the articles that it was noted for: those that have an address and whose page is not there yet.
    """
    with ctx.write(origin) as work:
        return work.full_texts.want(ids)


def picture(ctx: Context, key: str) -> bytes | None:
    """A kept picture, PNG or JPEG; None where it is not kept. Quick enough for the window's thread."""
    return ctx.store.pictures.get(key)


def pictures_there(ctx: Context, keys: Iterable[str]) -> dict[str, tuple[int, int]]:
    """(width, height) in pixels of those of these pictures that are kept. Quick enough for the window's thread."""
    return ctx.store.pictures.there(keys)


def kept(ctx: Context) -> Kept:
    """How much is kept, for the card in Reading."""
    number, used = ctx.store.pictures.total()
    with ctx.store.read() as work:
        articles = work.articles.total()
    return Kept(articles=articles, pictures=number, used=used, room=budgets(preferences(ctx)).of_all)


def budgets(wishes: Preferences) -> Budgets:
    """No room at all where no pictures are wanted."""
    if not wishes.keep_pictures:
        return Budgets(of_a_feed=0, of_all=0)
    return Budgets(of_a_feed=wishes.feed_pictures_mb * MB, of_all=wishes.pictures_mb * MB)
