"""Keeping feeds, read and starred state alike here and on a server: values, and the pure rule of who follows whom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncAccount:
    """A server that speaks the Google Reader API. Its password is in the keyring, under `secret_name`.

    url: the address of its API, without a slash at its end. synced: when it was last done whole.
    """

    url: str
    id: int = 0
    uid: str = ""
    login: str = ""
    synced: datetime | None = None
    error: str = ""

    @property
    def secret_name(self) -> str:
        return f"sync-{self.uid}"


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoteFeed:
    """A subscription on the server. id: its name there ("feed/2")."""

    id: str
    url: str
    title: str = ""
    folder: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoteItem:
    """An article on the server. id: its number there, in decimal. html: as the server has it, not cleaned."""

    id: str
    feed_id: str
    url: str
    title: str
    author: str = ""
    published: datetime | None = None
    html: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalItem:
    """An article here, as far as matching and comparing need it."""

    id: int
    url: str
    title: str
    published: datetime | None
    state: State


@dataclass(frozen=True, slots=True)
class State:
    """What is kept alike of an article."""

    read: bool = False
    starred: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """What a record is called on the server, and the state in which both sides last agreed."""

    remote: str
    base: State = State()


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncReport:
    """What a sync did, in numbers of articles and of feeds.

    refused: feeds that the server did not take. left_out: titles of articles of the server that could not be read.
    """

    sent: int = 0
    received: int = 0
    taken_in: int = 0
    feeds_added_here: int = 0
    feeds_added_there: int = 0
    feeds_removed_here: int = 0
    feeds_removed_there: int = 0
    refused: tuple[str, ...] = field(default=())
    left_out: tuple[str, ...] = field(default=())


def agreed(base: State, here: State, there: State) -> State:
    """The state that both sides shall have. Whoever changed since they last agreed is followed.

    A flag has two values, so both sides cannot have changed it differently. Before they ever agreed the base is neither
    read nor starred: what was read or starred on either side stays so, and nothing that was done is lost.
    """
    return State(
        there.read if here.read == base.read else here.read,
        there.starred if here.starred == base.starred else here.starred,
    )


def matched(remote: Iterable[RemoteItem], local: Iterable[LocalItem]) -> dict[str, int]:
    """Which article of one feed is which: id on the server -> id here. By link, else by title and day; each once."""
    by_link: dict[str, int] = {}
    by_title: dict[tuple[str, str], int] = {}
    for article in local:
        by_link.setdefault(article.url, article.id)
        by_title.setdefault(_title_key(article.title, article.published), article.id)
    by_link.pop("", None)
    found: dict[str, int] = {}
    taken: set[int] = set()
    for item in remote:
        record = by_link.get(item.url, by_title.get(_title_key(item.title, item.published)))
        if record is not None and record not in taken:
            found[item.id] = record
            taken.add(record)
    return found


def _title_key(title: str, published: datetime | None) -> tuple[str, str]:
    return " ".join(title.split()).casefold(), "" if published is None else published.date().isoformat()
