"""A real encrypted store and an open context for tests, and an oracle for the search index.

Fixtures are taken by importing them in a folder's conftest.py.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from pln.model.contact import Person
from pln.model.feed import Feed, ParsedEntry
from pln.model.journal import Entry
from pln.model.meetup import Meetup, MeetupKind
from pln.services.context import Context
from pln.store.connection import connect
from pln.store.unit_of_work import Store
from pln.system.clock import FixedClock
from pln.system.paths import Profile

KEY, SALT = bytes(range(32)), bytes(range(100, 116))
TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def counted_uids() -> Callable[[], str]:
    numbers = itertools.count(1)
    return lambda: f"{next(numbers):032x}"


def make_store(path: Path, **options: object) -> Store:
    return Store(path, KEY, SALT, **{"now": lambda: NOW, "new_uid": counted_uids(), **options})  # type: ignore[arg-type]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An open store whose clock stands at noon of TODAY and whose uids count from 1. Sound at the end of every test."""
    opened = make_store(tmp_path / "store.db")
    yield opened
    found = opened.check()
    assert found == (), found
    opened.close()


@pytest.fixture
def context(tmp_path: Path, store: Store) -> Iterator[Context]:
    """What every verb of the services takes, on that store; its key file is beside it, as backups need it."""
    from vault_fixtures import keys_of  # which takes its key from here

    ctx = Context(store=store, profile=Profile(tmp_path).create(), clock=FixedClock.on(TODAY))
    ctx.profile.vault.write_bytes(keys_of()[0])
    yield ctx
    ctx.parser.close()


def entry_of(guid: str, **values: object) -> ParsedEntry:
    plain: dict[str, object] = {
        "title": f"Title of {guid}", "url": "", "author": "", "published": NOW - timedelta(days=1),
        "html": "", "text": "",
    }  # fmt: skip
    return ParsedEntry(guid=guid, **{**plain, **values})  # type: ignore[arg-type]


def fill(store: Store, word: str = "kumquat") -> dict[str, int]:
    """One record of each searched noun, every one holding a word; their ids by noun."""
    with store.write("") as work:
        person = work.people.add(Person(name="Ines Okafor", note=word))
        meetup = work.meetups.add(
            Meetup(kind=MeetupKind.TEA, day=TODAY, people=(person.id,), notes=f"{word}\n[ ] me: send the recipe"), TODAY
        )
        feed = work.feeds.add(Feed(url="https://example.invalid/feed", title="Orchard notes"))
        work.articles.take_in(feed.id, [entry_of("a", text=word)])
        article = work.articles.by_guid(feed.id, "a")
        assert article is not None
        entry = work.journal.add(Entry(title="Thinking", body=word))
    return {"person": person.id, "meetup": meetup.id, "feed": feed.id, "article": article, "entry": entry.id}


def indexed_words(path: Path) -> list[tuple[object, ...]]:
    """Every word of the search index with its record, column and place."""
    connection = connect(path, KEY, SALT)
    try:
        found: list[tuple[object, ...]] = []
        for index in ("search", "search_article"):
            connection.execute(f"CREATE VIRTUAL TABLE temp.{index}_words USING fts5vocab(main, {index}, instance)")
            words = f'SELECT term, doc, col, "offset" FROM {index}_words ORDER BY 1, 2, 3, 4'
            found += connection.execute(words).fetchall()
        return found
    finally:
        connection.close()


def assert_index_in_step(store: Store) -> None:
    """The index holds, word for word, what building it anew from the tables gives."""
    assert store.check() == ()
    before = indexed_words(store.path)
    with store.write("") as work:
        work.reindex()
    assert indexed_words(store.path) == before
