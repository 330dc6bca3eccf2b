"""Servers that asked to be left alone, and until when: for all feeds that lie there, and for hops to them."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from datetime import datetime
from urllib.parse import urlsplit

from pln.model.errors import NetworkFault
from pln.model.feed_health import HostWait

ASK_FOR_PATIENCE = (429, 503)
"""The answers of a server that is to be left alone for a while."""


class HostWaits(NetworkFault):
    """A request was not made, because its server asked for patience before. until: it may be made again."""

    def __init__(self, wait: HostWait) -> None:
        super().__init__("The server asks for patience", wait.sentence)
        self.until = wait.until


class Patience:
    """The waits of a run: those known at its start, and those that it met. Used from several threads."""

    def __init__(self, waits: Iterable[HostWait] = ()) -> None:
        self._lock = threading.Lock()
        self._waits = {wait.host: wait for wait in waits}
        self._granted: list[HostWait] = []

    @property
    def granted(self) -> tuple[HostWait, ...]:
        """The waits that this run met, to be kept for the next ones."""
        with self._lock:
            return tuple(self._granted)

    def grant(self, wait: HostWait) -> None:
        """A server asked for patience. Of two times the later one holds."""
        with self._lock:
            known = self._waits.get(wait.host)
            if known is None or known.until < wait.until:
                self._waits[wait.host] = wait
                self._granted.append(wait)

    def wait_of(self, host: str, now: datetime) -> HostWait | None:
        """What this host asked for, if that is not over."""
        if not self._waits:
            return None
        with self._lock:
            wait = self._waits.get(host)
        return wait if wait is not None and wait.until > now else None

    def check(self, host: str, now: datetime) -> None:
        """Raises HostWaits where this host is to be left alone."""
        wait = self.wait_of(host, now)
        if wait is not None:
            raise HostWaits(wait)


def told_wait(until: datetime, now: datetime) -> str:
    """A wait as a sentence, with its end as the clock on the wall shows it."""
    here = until.astimezone()
    when = f"{here:%H:%M}" if here.date() == now.astimezone().date() else f"{here:%Y-%m-%d, %H:%M}"
    return f"The server asks for patience; PLN will not ask it before {when}."


def host_of_url(url: str) -> str:
    """The host and port that requests for an address go to; all unreadable addresses count as one host, ""."""
    try:
        return urlsplit(url).netloc.rpartition("@")[2].lower()
    except ValueError:
        return ""
