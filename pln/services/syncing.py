"""Keep feeds, read and starred state alike here and on the owner's server (Google Reader API), both ways.

Local first: PLN goes on fetching feeds by itself. A sync compares three states of each article: here, there, and that
in which both last agreed. What was agreed upon is written only after the server has it, so that a sync that breaks off
is taken up where it was.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from pln.model.changes import Noun
from pln.model.errors import NetworkFault, PlnError, UnreadableInput, UsageError
from pln.model.feed import Feed, ParsedEntry
from pln.model.sync import Link, RemoteFeed, RemoteItem, State, SyncAccount, SyncReport, agreed, matched
from pln.services.context import Context
from pln.services.going_out import http_for
from pln.services.reading import folder_path
from pln.services.refreshing import never
from pln.services.sync_account import ORIGIN, sync_account
from pln.services.undo import UndoStep
from pln.sources.google_reader import EVERYTHING, READ, STARRED, GoogleReader, sign_in
from pln.sources.links import web_address
from pln.sources.single_entry import packed

_MOST = 1000  # items of one feed that are looked through the first time
_SEVERAL = 3
_OVERLAP = timedelta(days=2)  # looked at again: clocks differ, and servers fetch late

Progress = Callable[[int, int], None]


def sync(
    ctx: Context,
    *,
    password: str | None = None,
    on_progress: Progress = lambda done, total: None,
    cancelled: Callable[[], bool] = never,
) -> SyncReport:
    """One whole sync. password: where it is not in the password store.

    Raises UsageError without an account, NetworkFault, KeyringUnavailable, Cancelled."""
    account = sync_account(ctx)
    if account is None:
        raise UsageError("There is no sync server yet", "Name one in the settings, or with `pln sync server`.")
    try:
        password = ctx.secrets.get(account.secret_name) if password is None else password
        if password is None:
            raise NetworkFault("The server's password is not here", "Type it once more in the settings.")
        with http_for(ctx) as http:
            server = sign_in(http, account.url, account.login, password, cancelled=cancelled)
            report = _Sync(ctx, account, server, on_progress, cancelled).run()
    except PlnError as fault:
        _note(ctx, account, None, f"{fault.title}. {fault.sentence}")
        raise
    _note(ctx, account, ctx.clock.now(), "")
    return report


def _note(ctx: Context, account: SyncAccount, when: datetime | None, error: str) -> None:
    with ctx.write(ORIGIN) as work:
        work.sync.ended(account.id, when, error)


@dataclass
class _Counts:
    sent: int = 0
    received: int = 0
    taken_in: int = 0
    added_here: int = 0
    added_there: int = 0
    removed_here: int = 0
    removed_there: int = 0
    refused: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)

    def report(self) -> SyncReport:
        return SyncReport(
            sent=self.sent, received=self.received, taken_in=self.taken_in, feeds_added_here=self.added_here,
            feeds_added_there=self.added_there, feeds_removed_here=self.removed_here,
            feeds_removed_there=self.removed_there, refused=tuple(self.refused), left_out=tuple(self.left_out),
        )  # fmt: skip


class _Sync:
    """One sync under way: feeds first, then which article is which, then their states."""

    def __init__(
        self, ctx: Context, account: SyncAccount, server: GoogleReader, on_progress: Progress,
        cancelled: Callable[[], bool],
    ) -> None:  # fmt: skip
        self._ctx, self._account, self._server, self._step = ctx, account, server, on_progress
        self._cancelled = cancelled
        self._counts = _Counts()
        self._anew = False  # the server forgot what was agreed

    def run(self) -> SyncReport:
        feeds = self._feeds()
        unread = self._server.ids(EVERYTHING, without=READ)
        starred = self._server.ids(STARRED)
        for done, (record, remote) in enumerate(feeds.items()):
            self._step(done, len(feeds))
            self._link_items(record, remote)
        self._bring_starred(starred, {remote: record for record, remote in feeds.items()})
        self._settle(unread, starred)
        self._step(len(feeds), len(feeds))
        return self._counts.report()

    # Feeds

    def _feeds(self) -> dict[int, str]:
        """Feeds that are on both sides: id here -> name there."""
        there = {each.id: each for each in self._server.feeds()}
        with self._ctx.store.read() as work:
            here = {each.id: each for each in work.feeds.everything()}
            links = work.sync.links(self._account.id, Noun.FEED)
        if self._server_began_anew(there, links):
            self._drop_links()
            links, self._anew = {}, True
        self._end_links(here, there, links)
        known = {link.remote for link in links.values()}
        self._add_here([each for each in there.values() if each.id not in known], here)
        self._add_there([each for each in here.values() if each.id not in links], there)
        with self._ctx.store.read() as work:
            now = work.sync.links(self._account.id, Noun.FEED)
            live = {each.id for each in work.feeds.everything()}
        return {record: link.remote for record, link in now.items() if link.remote and record in live}

    def _server_began_anew(self, there: Mapping[str, RemoteFeed], links: Mapping[int, Link]) -> bool:
        """It knows none of several feeds any more: it was set up again, and nobody unsubscribed from everything."""
        linked = [link.remote for link in links.values() if link.remote]
        return len(linked) >= _SEVERAL and not any(each in there for each in linked)

    def _drop_links(self) -> None:
        with self._ctx.write(ORIGIN) as work:
            for noun in (Noun.FEED, Noun.ARTICLE):
                work.sync.drop(self._account.id, noun, list(work.sync.links(self._account.id, noun)))

    def _end_links(self, here: Mapping[int, Feed], there: Mapping[str, RemoteFeed], links: Mapping[int, Link]) -> None:
        """What one side removed since the last sync, the other removes too; here it can be undone."""
        for record, link in links.items():
            if not link.remote:
                continue
            if record not in here:
                if link.remote in there:
                    self._server.unsubscribe(link.remote)
                    self._counts.removed_there += 1
                with self._ctx.write(ORIGIN) as work:
                    work.sync.drop(self._account.id, Noun.FEED, [record])
            elif link.remote not in there:
                self._remove_here(here[record])

    def _remove_here(self, feed: Feed) -> None:
        """A voice stays: it belongs to somebody, not to the list of a server."""
        with self._ctx.write(ORIGIN) as work:
            if feed.person_id is not None:
                work.sync.put(self._account.id, Noun.FEED, {feed.id: Link("")})
                return
            work.feeds.remove(feed.id)
            work.sync.drop(self._account.id, Noun.FEED, [feed.id])
        self._counts.removed_here += 1
        label = f"{feed.title or feed.url} was removed, as on the server"
        self._ctx.undo.push(UndoStep(label=label, back=lambda work: work.feeds.restore(feed.id)))

    def _add_here(self, new: list[RemoteFeed], here: Mapping[int, Feed]) -> None:
        by_url = {each.url: each for each in here.values()}
        for remote in new:
            with self._ctx.write(ORIGIN) as work:
                feed = by_url.get(remote.url)
                if feed is None:
                    folder = "" if remote.folder == "Uncategorized" else folder_path(remote.folder)
                    feed = work.feeds.add(Feed(url=remote.url, title=remote.title, folder=folder))
                    self._counts.added_here += 1
                work.sync.put(self._account.id, Noun.FEED, {feed.id: Link(remote.id)})

    def _add_there(self, new: list[Feed], there: Mapping[str, RemoteFeed]) -> None:
        """New names are known only when the list is asked for again."""
        urls = {each.url for each in there.values()}
        mine = [each for each in new if each.url not in urls]
        for feed in mine:
            try:
                self._server.subscribe(feed.url, feed.title, feed.folder.rpartition("/")[2])
            except NetworkFault:
                self._counts.refused.append(feed.title or feed.url)
        if not mine:
            return
        names = {each.url: each.id for each in self._server.feeds()}
        with self._ctx.write(ORIGIN) as work:
            links = {feed.id: Link(names[feed.url]) for feed in mine if feed.url in names}
            work.sync.put(self._account.id, Noun.FEED, links)
        self._counts.added_there += len(links)

    # Which article is which

    def _link_items(self, feed_id: int, remote: str) -> None:
        since = None if self._account.synced is None or self._anew else self._account.synced - _OVERLAP
        self._link(feed_id, self._server.items(remote, since, _MOST))

    def _link(self, feed_id: int, items: tuple[RemoteItem, ...]) -> None:
        with self._ctx.write(ORIGIN) as work:
            links = work.sync.links(self._account.id, Noun.ARTICLE)
            known = {link.remote for link in links.values()}
            fresh = [each for each in items if each.id not in known]
            local = [each for each in work.sync.items(feed_id) if each.id not in links]
            found = matched(fresh, local)
            work.sync.put(self._account.id, Noun.ARTICLE, {record: Link(name) for name, record in found.items()})

    def _bring_starred(self, starred: frozenset[str], feeds: Mapping[str, int]) -> None:
        """What is starred there and not here any more, as feeds forget, is taken in from the server."""
        with self._ctx.store.read() as work:
            known = {link.remote for link in work.sync.links(self._account.id, Noun.ARTICLE).values()}
        lacking = self._server.items_of(sorted(starred - known))
        for name, record in feeds.items():
            mine = tuple(each for each in lacking if each.feed_id == name)
            entries = self._cleaned(mine)
            if entries:
                with self._ctx.write(ORIGIN) as work:
                    new, _ = work.articles.take_in(record, entries)
                self._counts.taken_in += new
                self._link(record, mine)

    def _cleaned(self, items: tuple[RemoteItem, ...]) -> list[ParsedEntry]:
        """Made fit to show, each in the worker: one that it cannot read is left out, and told."""
        entries = []
        for item in items:
            url = web_address(item.url, "")
            body = packed(
                guid=url or f"sync:{item.id}", title=item.title, author=item.author, published=item.published,
                html=item.html,
            )  # fmt: skip
            try:
                entries.append(self._ctx.parser.item(body, url=url, cancelled=self._cancelled))
            except UnreadableInput:
                self._counts.left_out.append(" ".join(item.title.split())[:100] or url or item.id)
        return entries

    # States

    def _settle(self, unread: frozenset[str], starred: frozenset[str]) -> None:
        with self._ctx.store.read() as work:
            links = work.sync.links(self._account.id, Noun.ARTICLE)
            local = {each.id: each.state for each in work.sync.items_of(list(links))}
        wanted: dict[int, State] = {}
        there: dict[int, State] = {}
        for record, here in local.items():
            link = links[record]
            there[record] = State(link.remote not in unread, link.remote in starred)
            wanted[record] = agreed(link.base, here, there[record])
        self._receive(wanted, local)
        self._send(wanted, there, links)
        agree = {
            record: replace(links[record], base=state)
            for record, state in wanted.items()
            if links[record].base != state
        }
        with self._ctx.write(ORIGIN) as work:
            work.sync.put(self._account.id, Noun.ARTICLE, agree)

    def _receive(self, wanted: Mapping[int, State], local: Mapping[int, State]) -> None:
        now = self._ctx.clock.now()
        changed = [record for record, state in wanted.items() if state != local[record]]
        if not changed:
            return
        with self._ctx.write(ORIGIN) as work:
            for on in (True, False):
                when = now if on else None
                read = [each for each in changed if wanted[each].read is on and local[each].read is not on]
                star = [each for each in changed if wanted[each].starred is on and local[each].starred is not on]
                work.articles.set_read(read, when)
                work.articles.set_starred(star, when)
        self._counts.received += len(changed)

    def _send(self, wanted: Mapping[int, State], there: Mapping[int, State], links: Mapping[int, Link]) -> None:
        for tag, flag in ((READ, "read"), (STARRED, "starred")):
            for on in (True, False):
                names = [
                    links[record].remote
                    for record, state in wanted.items()
                    if getattr(state, flag) is on and getattr(there[record], flag) is not on
                ]
                for batch in self._server.tag(names, tag, there=on):
                    self._counts.sent += len(batch)
