"""Subscribing: what is behind some addresses, what it is like, and taking it on."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from pln.model.errors import NetworkFault, UnreadableInput, UsageError
from pln.model.feed import Feed
from pln.model.feed_preview import Length, Preview, preview_of
from pln.services.context import Context
from pln.services.going_out import http_for
from pln.services.reading import folder_path
from pln.services.refreshing import allow_place, allowed_places
from pln.sources.address_guard import PrivateAddressRefused
from pln.sources.discover import FoundFeed, discover, read_found
from pln.sources.profiles import ServerWanted, typed_addresses

__all__ = ["Length", "PrivateAddressRefused", "ServerWanted"]

_MOST_ADDRESSES = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A feed that was found. preview: None until it was read. here: the subscription, where there is one already."""

    url: str
    title: str
    preview: Preview | None = None
    here: Feed | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What some addresses led to. failed: (address, sentence) of those that led nowhere."""

    offers: tuple[Offer, ...]
    failed: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """How something new is to be kept. person_id: whose voice it is."""

    folder: str = ""
    person_id: int | None = None
    tags: tuple[str, ...] = ()
    full_text: bool = False


def never() -> bool:
    return False


def find_offers(ctx: Context, typed: str, *, allow_local: bool = False, cancelled: Callable[[], bool] = never) -> Found:
    """The feeds behind what was typed or pasted: one address or handle, or a text with several in it.

    allow_local: the owner knows that an address lies in the home network; its place is remembered as allowed.
    A single address raises what it meets: PrivateAddressRefused (a NetworkFault that names the place), ServerWanted,
    NetworkFault, UnreadableInput, UsageError. Of several, those that fail are told in the answer.
    """
    wanted = typed_addresses(typed)[:_MOST_ADDRESSES]
    if not wanted:
        raise UsageError("An address is needed", "Type the address of a feed, of a site, or of a profile.")
    found: dict[str, FoundFeed] = {}
    failed: list[tuple[str, str]] = []
    for address in wanted:
        try:
            feeds = _find(ctx, address, allow_local, cancelled)
        except (NetworkFault, UnreadableInput, UsageError) as fault:
            if len(wanted) == 1 or isinstance(fault, PrivateAddressRefused):
                raise
            failed.append((address, f"{fault.title}. {fault.sentence}"))
        else:
            found |= {feed.url: feed for feed in feeds if feed.url not in found}
    return Found(offers=tuple(_offer(ctx, feed) for feed in found.values()), failed=tuple(failed))


def preview(ctx: Context, offer: Offer, *, cancelled: Callable[[], bool] = never) -> Offer:
    """The offer with its preview; fetched where it was only named. Raises NetworkFault, UnreadableInput, Cancelled."""
    if offer.preview is not None:
        return offer
    with http_for(ctx) as http:
        read = read_found(http, FoundFeed(url=offer.url, title=offer.title), ctx.parser, cancelled=cancelled)
    seen = _offer(ctx, read)
    return replace(seen, title=offer.title or seen.title)


def subscribe_all(ctx: Context, offers: Sequence[Offer], wish: Wish, *, origin: str = "") -> tuple[Feed, ...]:
    """Take them on, in one unit of work. They are filled by the next refresh. Those here already are returned."""
    folder = folder_path(wish.folder)
    with ctx.write(origin) as work:
        return tuple(
            work.feeds.add(
                Feed(
                    url=offer.url, title=offer.title, site_url=offer.preview.site_url if offer.preview else "",
                    folder=folder, person_id=wish.person_id, tags=wish.tags, full_text=wish.full_text,
                )
            )
            for offer in offers
        )  # fmt: skip


def _find(ctx: Context, address: str, allow_local: bool, cancelled: Callable[[], bool]) -> list[FoundFeed]:
    try:
        with http_for(ctx) as http:
            return discover(http, address, ctx.parser, cancelled=cancelled)
    except PrivateAddressRefused as refused:
        if not allow_local or refused.place in allowed_places(ctx):
            raise
        allow_place(ctx, refused.place)
    with http_for(ctx) as http:
        return discover(http, address, ctx.parser, cancelled=cancelled)


_SAYS_NOTHING = re.compile(r"(?:rss|atom|json|feeds?|posts?|articles|entries|subscribe|[\s\d.|»>:-])*", re.IGNORECASE)


def _offer(ctx: Context, found: FoundFeed) -> Offer:
    """Named as its page names it, or where that says nothing ("RSS 2.0") as the feed does."""
    with ctx.store.read() as work:
        here = next((feed for feed in work.feeds.everything() if feed.url == found.url), None)
    seen = None if found.parsed is None else preview_of(found.parsed, ctx.clock.now())
    title = found.title
    if _SAYS_NOTHING.fullmatch(title):
        title = "" if found.parsed is None else found.parsed.title
    return Offer(url=found.url, title=title, preview=seen, here=here)
