"""Subscribing and refreshing: the verbs of reading that go out to the network."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from pln.durable.files import write_atomically
from pln.model.errors import UnreadableInput, UsageError
from pln.model.feed import Feed, FeedState, FetchResult, Outcome
from pln.services.context import Context
from pln.services.reading import folder_path
from pln.sources.address_guard import PrivateAddressRefused
from pln.sources.discover import FoundFeed, discover
from pln.sources.http import Http
from pln.sources.opml import MAX_BYTES, OpmlFeed, read_opml, write_opml
from pln.sources.refresh import GENTLE, Pace, refresh
from pln.store.unit_of_work import Work

__all__ = ["FoundFeed", "PrivateAddressRefused"]

_ALLOWED = "allowed_places"


@dataclass(frozen=True, slots=True, kw_only=True)
class RefreshReport:
    """How a refresh went. failed: (feed title or address, sentence).

    offline: several servers were asked and none could be reached, so nothing was noted against any feed.
    """

    asked: int
    new: int
    changed: int
    failed: tuple[tuple[str, str], ...]
    offline: bool = False


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
    """Ask the feeds that are due (or those in `only`) for news and store it, each feed in a unit of its own.

    force: those that are not due as well, but for servers that asked for patience.
    Works in the calling thread for as long as it takes. Raises Cancelled; what arrived until then is stored.
    """
    with ctx.store.read() as work:
        feeds = {feed.id: feed for feed in work.feeds.everything() if not only or feed.id in only}
    run = _Intake(ctx, feeds, origin)
    now = ctx.clock.now()
    wanted = [feed for feed in feeds.values() if only or not _wants_patience(feed, now)]
    with Http(allow=allowed_places(ctx)) as http:
        refresh(
            wanted, http, ctx.parser, now, on_result=run.take, on_progress=on_progress,
            cancelled=cancelled, force=force or bool(only), pace=pace,
        )  # fmt: skip
    return run.report()


def _wants_patience(feed: Feed, now: datetime) -> bool:
    """Its server said when it may be asked again (429, 503): not even a refresh by hand comes before."""
    return bool(feed.error) and feed.next_check is not None and feed.next_check > now


class _Intake:
    """Stores answers as they come. Those that say "nobody answered" wait until some server did answer.

    Without a connection every feed would be marked as failing, though nothing is wrong with any of them.
    """

    def __init__(self, ctx: Context, feeds: Mapping[int, Feed], origin: str) -> None:
        self._ctx, self._feeds, self._origin = ctx, feeds, origin
        self._asked, self._new, self._changed = 0, 0, 0
        self._failed: list[tuple[str, str]] = []
        self._unreached: list[FetchResult] = []
        self._connected = False

    def take(self, result: FetchResult) -> None:
        self._asked += 1
        if result.error:
            feed = self._feeds[result.feed_id]
            self._failed.append((feed.title or feed.url, result.error))
        if not result.reached and not self._connected:
            self._unreached.append(result)
            return
        self._connected = True
        self._store_all()
        self._store(result)

    def report(self) -> RefreshReport:
        servers = {urlsplit(self._feeds[result.feed_id].url).netloc for result in self._unreached}
        offline = len(servers) > 1  # a single one may be down itself
        if not offline:
            self._store_all()
        return RefreshReport(
            asked=self._asked, new=self._new, changed=self._changed, failed=tuple(self._failed), offline=offline
        )

    def _store_all(self) -> None:
        for result in self._unreached:
            self._store(result)
        self._unreached = []

    def _store(self, result: FetchResult) -> None:
        with self._ctx.write(self._origin) as work:
            new, changed = _take_in(work, result, self._ctx)
        self._new, self._changed = self._new + new, self._changed + changed


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


def _take_in(work: Work, result: FetchResult, ctx: Context) -> tuple[int, int]:
    """Store one answer; (new, changed) articles. A feed removed meanwhile is left alone."""
    feed = work.feeds.get(result.feed_id)
    if feed is None:
        return 0, 0
    counts = (0, 0)
    if result.parsed is not None:
        counts = work.articles.take_in(feed.id, result.parsed.entries)
        feed = replace(feed, title=feed.title or result.parsed.title, site_url=result.parsed.site_url or feed.site_url)
    work.feeds.change(_asked(feed, result, ctx, _new_url(work, feed, result)))
    return counts


def _new_url(work: Work, feed: Feed, result: FetchResult) -> str:
    """The address after a lasting move, unless another subscription has it."""
    if result.moved_to and work.feeds.by_url(result.moved_to) is None:
        return result.moved_to
    return feed.url


def _asked(feed: Feed, result: FetchResult, ctx: Context, url: str) -> Feed:
    return replace(
        feed, url=url, etag=result.etag, last_modified=result.last_modified, body_hash=result.body_hash,
        checked=ctx.clock.now(), next_check=result.retry_after, error=result.error,
        error_count=feed.error_count + 1 if result.error else 0,
        state=FeedState.GONE if result.outcome is Outcome.GONE else feed.state,
    )  # fmt: skip
