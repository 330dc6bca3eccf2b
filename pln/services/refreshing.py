"""Subscribing and refreshing: the verbs of reading that go out to the network."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta

from pln.model.errors import Cancelled, UsageError
from pln.model.feed import Feed
from pln.services.allowed_places import allow_place, allowed_places
from pln.services.context import Context
from pln.services.feed_passwords import passwords_of
from pln.services.going_out import http_for
from pln.services.preferences import read_preferences
from pln.services.reading import folder_path
from pln.services.taking_in import Intake, RefreshReport
from pln.sources.address_guard import PrivateAddressRefused
from pln.sources.discover import FoundFeed, discover
from pln.sources.flight import FlightMode, refuse_in_flight
from pln.sources.patience import Patience
from pln.sources.refresh import GENTLE, Pace, is_due, refresh

__all__ = ["FoundFeed", "PrivateAddressRefused", "RefreshReport", "allow_place", "allowed_places"]


def never() -> bool:
    return False


def find_feeds(
    ctx: Context, address: str, *, allow_local: bool = False, cancelled: Callable[[], bool] = never
) -> tuple[FoundFeed, ...]:
    """The feeds behind a feed's or a site's address.

    allow_local: the owner knows that the address lies in the home network; its place is remembered as allowed.
    Raises PrivateAddressRefused (a NetworkFault that names the place), NetworkFault, or UnreadableInput.
    """
    if not address.strip():
        raise UsageError("An address is needed", "Type the address of a feed or of a site.")
    try:
        with http_for(ctx) as http:
            return tuple(discover(http, address, ctx.parser, cancelled=cancelled))
    except PrivateAddressRefused as refused:
        if not allow_local or refused.place in allowed_places(ctx):
            raise
        allow_place(ctx, refused.place)
    with http_for(ctx) as http:
        return tuple(discover(http, address, ctx.parser, cancelled=cancelled))


def subscribe(
    ctx: Context, found: FoundFeed, *, folder: str = "", person_id: int | None = None, origin: str = ""
) -> Feed:
    """Subscribe to a feed found before. It is filled by the next refresh. One already there is returned."""
    with ctx.write(origin) as work:
        return work.feeds.add(Feed(url=found.url, title=found.title, folder=folder_path(folder), person_id=person_id))


def refresh_feeds(
    ctx: Context, *, only: Sequence[int] = (), force: bool = False,
    on_progress: Callable[[int, int], None] = lambda done, total: None,
    cancelled: Callable[[], bool] = never, origin: str = "refresh", pace: Pace = GENTLE,
) -> RefreshReport:  # fmt: skip
    """Ask the feeds that are due (or those in `only`) for news and store it, a few feeds in one unit of work.

    force: those that are not due as well. Servers that asked for patience are never asked before their time.
    Works in the calling thread for as long as it takes. Raises Cancelled; what arrived until then is stored. In flight
    mode it raises FlightMode, and nothing is noted against any feed.
    """
    refuse_in_flight()
    now = ctx.clock.now()
    with ctx.store.read() as work:
        feeds = {feed.id: feed for feed in work.feeds.everything() if not only or feed.id in only}
        patience = Patience(work.fetched.host_waits(now))
        wishes = read_preferences(work)
    run = Intake(ctx, feeds, origin, patience, timedelta(minutes=wishes.refresh_minutes))
    by_hand = force or bool(only)
    secrecy = passwords_of(ctx, [feed for feed in feeds.values() if by_hand or is_due(feed, now)])
    try:
        with http_for(ctx) as http:
            refresh(
                feeds.values(), http, ctx.parser, now, on_result=run.take, on_progress=on_progress,
                on_glance=run.glance, cancelled=cancelled, force=by_hand, pace=pace, patience=patience, secrecy=secrecy,
            )  # fmt: skip
    except (Cancelled, FlightMode):
        run.store()
        raise
    report = run.report()
    if run.bugs:
        raise run.bugs[0]
    return report
