"""Fetch what will be read: the full texts of pages, then their pictures, newest articles first, within the budgets."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from pln.model.errors import NetworkFault, NoConnection
from pln.model.feed import PictureLink
from pln.model.offline import FullState, FullText, PageToFetch, Picture, PictureUse
from pln.model.offline_room import Room, best_uses, in_order_of_fetching, to_let_go
from pln.services.context import Context
from pln.services.going_out import http_for
from pln.services.offline import budgets
from pln.services.preferences import preferences
from pln.sources.flight import FlightMode, refuse_in_flight
from pln.sources.gather import HOST_GAP, HostIsBusy, gather
from pln.sources.http import never
from pln.sources.offline_fetch import Asking, fetch_page, fetch_picture
from pln.sources.page_bounds import PageText
from pln.sources.parse import Parser
from pln.sources.patience import Patience
from pln.system.hygiene import harden_process

Settled = tuple[FullText, PageText | None]
Tried = Picture | NoConnection | None

ORIGIN = "refresh"  # as that of a refresh: views draw themselves anew only now and then

_PAGES_AT_ONCE = 200
_IN_ONE_UNIT = 8
_TRIM_EVERY = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class OfflineReport:
    """What a pass kept. refused: pages that brought no fuller text. pictures: that came. let_go: that gave way."""

    pages: int = 0
    refused: int = 0
    pictures: int = 0
    let_go: int = 0


def keep_offline(
    ctx: Context, *, on_progress: Callable[[int, int], None] = lambda done, total: None,
    cancelled: Callable[[], bool] = never, origin: str = ORIGIN, gap: float = HOST_GAP,
) -> OfflineReport:  # fmt: skip
    """Fetch the pages and pictures of what will be read, and let go of what has no room.

    Works in the calling thread for as long as it takes; what is unread, starred or put aside counts as what will be
    read. gap: seconds between two requests at one host. Raises FlightMode, Cancelled, and StoreFault where the disk is
    full; what came until then is kept.
    """
    refuse_in_flight()
    with _asking(ctx, origin) as asking, Parser(settle=harden_process) as reader:
        run = _Pass(ctx, asking, reader, cancelled, origin, gap, on_progress)
        run.fetch_pages()
        run.fetch_pictures()
    return run.report


def fetch_full(
    ctx: Context, article_id: int, *, cancelled: Callable[[], bool] = never, origin: str = ""
) -> FullText | None:
    """Fetch one article's page now, and its pictures; None where it has no address. Raises NetworkFault, Cancelled."""
    with ctx.store.read() as work:
        page = work.full_texts.page(article_id)
    if page is None:
        return None
    with _asking(ctx, origin) as asking, Parser(settle=harden_process) as reader:
        try:
            full, found = fetch_page(asking, page, reader, cancelled)
        except HostIsBusy as busy:
            raise NetworkFault("The server asks for patience", busy.sentence) from busy
        with ctx.write(origin) as work:
            work.full_texts.put(full, _links(found))
        run = _Pass(ctx, asking, reader, cancelled, origin, HOST_GAP, lambda done, total: None)
        run.fetch_pictures(only=frozenset(link.key for link in _links(found)))
    return full


@contextmanager
def _asking(ctx: Context, origin: str) -> Iterator[Asking]:
    """Servers that asked for patience are left alone, whoever met them; those met now are noted for all."""
    now = ctx.clock.now()
    with ctx.store.read() as work:
        patience = Patience(work.fetched.host_waits(now))
    with http_for(ctx) as http:
        try:
            yield Asking(http, now, patience)
        finally:
            if patience.granted:
                with ctx.write(origin) as work:
                    work.fetched.wait_for(patience.granted, now)


class _Pass:
    """One pass under way."""

    def __init__(
        self, ctx: Context, asking: Asking, reader: Parser, cancelled: Callable[[], bool], origin: str, gap: float,
        on_progress: Callable[[int, int], None],
    ) -> None:  # fmt: skip
        self._ctx, self._asking, self._reader = ctx, asking, reader
        self._cancelled, self._origin, self._gap, self._on_progress = cancelled, origin, gap, on_progress
        self._pages = self._refused = self._pictures = self._let_go = 0

    @property
    def report(self) -> OfflineReport:
        return OfflineReport(pages=self._pages, refused=self._refused, pictures=self._pictures, let_go=self._let_go)

    def fetch_pages(self) -> None:
        with self._ctx.store.read() as work:
            pages = work.full_texts.to_fetch(_PAGES_AT_ONCE)
        came: list[Settled] = []
        try:
            for done, settled in enumerate(self._settled_pages(pages), 1):
                came += [settled] if settled is not None else []
                if len(came) >= _IN_ONE_UNIT:
                    self._store_pages(came)
                self._on_progress(done, len(pages))
        finally:
            self._store_pages(came)

    def fetch_pictures(self, only: frozenset[str] | None = None) -> None:
        """Those of `only`, or of all that will be read."""
        file, now = self._ctx.store.pictures, self._ctx.clock.now()
        with self._ctx.store.read() as work:
            uses = best_uses(work.article_pictures.uses())
        sizes, limits = file.sizes(), budgets(preferences(self._ctx))
        self._trim(uses)
        room = Room(sizes, uses, limits)
        wanted = in_order_of_fetching(uses, {*sizes, *file.tried_in_vain(now)})
        if only is not None:
            wanted = [use for key in only if (use := uses.get(key)) is not None and key not in sizes]
        if not limits.of_all:
            return
        batch = _Batch(self._ctx)
        try:
            for done, (number, found) in enumerate(self._settled_pictures(wanted, room), 1):
                batch.add(wanted[number], found)
                if isinstance(found, Picture):
                    room.take(wanted[number], len(found.data))
                    self._pictures += 1
                    if self._pictures % _TRIM_EVERY == 0:
                        batch.flush()
                        self._trim(uses)
                self._on_progress(done, len(wanted))
        finally:
            batch.close()
        self._trim(uses)

    def _settled_pages(self, pages: tuple[PageToFetch, ...]) -> Iterator[Settled | None]:
        """None for a page of which nothing is known now."""

        def fetch(number: int, is_over: Callable[[], bool]) -> Settled | None:
            try:
                return fetch_page(self._asking, pages[number], self._reader, is_over)
            except (FlightMode, HostIsBusy):
                raise
            except NoConnection:
                return None
            except NetworkFault as fault:
                record = pages[number].article_id
                return FullText(
                    article_id=record, state=FullState.FAILED, error=fault.sentence, at=self._asking.now
                ), None

        for _number, found in gather([page.url for page in pages], fetch, cancelled=self._cancelled, gap=self._gap):
            yield found

    def _settled_pictures(self, wanted: list[PictureUse], room: Room) -> Iterator[tuple[int, Tried]]:
        def fetch(number: int, is_over: Callable[[], bool]) -> Tried:
            try:
                return fetch_picture(self._asking, wanted[number].url, self._reader, is_over)
            except FlightMode:
                raise
            except NoConnection as fault:
                return fault
            except NetworkFault:
                return None

        yield from gather(
            [use.url for use in wanted], fetch, wanted=lambda number: room.has_for(wanted[number]),
            cancelled=self._cancelled, gap=self._gap,
        )  # fmt: skip

    def _store_pages(self, came: list[Settled]) -> None:
        if not came:
            return
        with self._ctx.write(self._origin) as work:
            for full, found in came:
                work.full_texts.put(full, _links(found))
        self._pages += sum(full.state is FullState.DONE for full, _ in came)
        self._refused += sum(full.state is FullState.FAILED for full, _ in came)
        came.clear()

    def _trim(self, uses: dict[str, PictureUse]) -> None:
        file = self._ctx.store.pictures
        gone = to_let_go(file.sizes(), uses, budgets(preferences(self._ctx)))
        file.drop(gone)
        self._let_go += len(gone)


class _Batch:
    """Pictures on their way into the file, a few in one transaction.

    Those of servers that could not be reached count as tried only where some server was: else it is this computer
    that is offline.
    """

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self._came: dict[str, Picture] = {}
        self._missing: list[str] = []
        self._unreached: list[str] = []
        self._connected = False

    def add(self, use: PictureUse, found: Tried) -> None:
        if isinstance(found, NoConnection):
            self._unreached.append(use.key)
            return
        self._connected = True
        if found is None:
            self._missing.append(use.key)
        else:
            self._came[use.key] = found
        if len(self._came) >= _IN_ONE_UNIT:
            self.flush()

    def flush(self) -> None:
        file, came, missing = self._ctx.store.pictures, self._came, self._missing
        self._came, self._missing = {}, []
        file.put(came)
        file.note_missing(missing, self._ctx.clock.now())

    def close(self) -> None:
        if self._connected:
            self._missing += self._unreached
        self.flush()


def _links(found: PageText | None) -> tuple[PictureLink, ...]:
    return () if found is None else found.pictures
