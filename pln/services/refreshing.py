"""Subscribing and refreshing: the verbs of reading that go out to the network."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from pln.durable.files import write_atomically
from pln.model.errors import Cancelled, UnreadableInput, UsageError
from pln.model.feed import Feed
from pln.services.context import Context
from pln.services.preferences import read_preferences
from pln.services.reading import folder_path
from pln.services.taking_in import Intake, RefreshReport
from pln.sources.address_guard import PrivateAddressRefused
from pln.sources.discover import FoundFeed, discover
from pln.sources.flight import refuse_in_flight
from pln.sources.http import Http
from pln.sources.opml import MAX_BYTES, OpmlFeed, read_opml, write_opml
from pln.sources.patience import Patience
from pln.sources.refresh import GENTLE, Pace, refresh

__all__ = ["FoundFeed", "PrivateAddressRefused", "RefreshReport"]

_ALLOWED = "allowed_places"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpmlReport:
    """What an OPML file brought. skipped: "name: reason" of each line that was not taken."""

    added: tuple[Feed, ...]
    known: int
    skipped: tuple[str, ...]


def never() -> bool:
    return False


def allow_place(ctx: Context, place: str, *, origin: str = "") -> None:
    """Let PLN fetch from one "host:port" in the home network or on this computer: the owner named it and agreed."""
    with ctx.write(origin) as work:
        work.settings.put(_ALLOWED, sorted({*work.settings.get(_ALLOWED, []), place}))


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
        with Http(allow=allowed_places(ctx)) as http:
            return tuple(discover(http, address, ctx.parser, cancelled=cancelled))
    except PrivateAddressRefused as refused:
        if not allow_local or refused.place in allowed_places(ctx):
            raise
        allow_place(ctx, refused.place)
    with Http(allow=allowed_places(ctx)) as http:
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
    try:
        with Http(allow=allowed_places(ctx)) as http:
            refresh(
                feeds.values(), http, ctx.parser, now, on_result=run.take, on_progress=on_progress,
                on_glance=run.glance, cancelled=cancelled, force=by_hand, pace=pace, patience=patience,
            )  # fmt: skip
    except Cancelled:
        run.store()
        raise
    report = run.report()
    if run.bugs:
        raise run.bugs[0]
    return report


def import_opml(ctx: Context, data: bytes, *, origin: str = "") -> OpmlReport:
    """Subscribe to everything in an OPML file, folders kept. Raises UnreadableInput where it is none."""
    file = read_opml(data)
    with ctx.write(origin) as work:
        here = {feed.url for feed in work.feeds.everything()}
        added = tuple(work.feeds.add(_subscription(each)) for each in file.feeds if each.url not in here)
    skipped = tuple(f"{each.name}: {each.reason}" for each in file.skipped)
    return OpmlReport(added=added, known=len(file.feeds) - len(added), skipped=skipped)


def export_opml(ctx: Context) -> bytes:
    """All subscriptions as OPML."""
    with ctx.store.read() as work:
        feeds = work.feeds.everything()
    outlines = [OpmlFeed(url=each.url, title=each.title, site_url=each.site_url, folder=each.folder) for each in feeds]
    return write_opml(outlines, title="PLN feeds", created=ctx.clock.now())


def import_opml_file(ctx: Context, path: Path, *, origin: str = "") -> OpmlReport:
    """The same from a file. Raises UnreadableInput also where it cannot be opened."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as fault:
        raise UnreadableInput(
            "The file could not be opened", "Nothing was changed. See whether it is still there and may be read."
        ) from fault
    return import_opml(ctx, data, origin=origin)


def export_opml_file(ctx: Context, path: Path) -> None:
    """Write all subscriptions to a file, whole or not at all. Raises StoreFault."""
    write_atomically(path, export_opml(ctx))


def allowed_places(ctx: Context) -> frozenset[str]:
    with ctx.store.read() as work:
        return frozenset(work.settings.get(_ALLOWED, []))


def _subscription(each: OpmlFeed) -> Feed:
    return Feed(url=each.url, title=each.title, site_url=each.site_url, folder=each.folder)
