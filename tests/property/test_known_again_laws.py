"""An entry whose id is new is looked up, not compared with all there is: it must come to the same.

And what was deleted for good does not come back, whichever one of its traits its feed changes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pln.model.article_identity import Traits, known_again
from pln.model.feed import Feed, ParsedEntry
from pln.store.article_alike import Alike, of_entry
from pln.store.article_rows import arrived, title_mark
from pln.store.instants import instant
from pln.store.unit_of_work import Store, Work
from store_fixtures import NOW, entry_of, store
from unit.store.test_list_speed import quickest

__all__ = ["store"]

LINKS = st.sampled_from(["", "https://a.example/", "https://a.example/one", "https://a.example/two", "not a link"])
TITLES = st.sampled_from(["", "Weekly", "Grafting", "grafting ", "Quince"])
DATES = st.sampled_from([None, NOW, NOW - timedelta(days=1), NOW + timedelta(microseconds=300)])
ENTRIES = st.lists(st.tuples(LINKS, TITLES, DATES), max_size=8)
SHARED = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
"""The examples share a store; each has a feed of its own."""


def entries(traits: Sequence[tuple[str, str, datetime | None]], name: str) -> list[ParsedEntry]:
    return [
        entry_of(f"{name} {number}", url=url, title=title, published=published)
        for number, (url, title, published) in enumerate(traits)
    ]


def new_feed(work: Work) -> int:
    number = work.people.connection.exec_driver_sql("SELECT count(*) FROM feed").scalar_one()
    return work.feeds.add(Feed(url=f"https://a.example/feed/{number}", title="Orchard")).id


def everything(work: Work, feed: int) -> list[Traits]:
    """All that the feed has or had, as an oracle wants it: articles first, each in the order of its row."""
    run = work.people.connection.exec_driver_sql
    columns = "guid, link_key, title, published"
    here = run(f"SELECT id, {columns} FROM article WHERE feed_id = ? ORDER BY id", (feed,)).all()
    gone = run(f"SELECT rowid AS id, {columns} FROM tombstone WHERE feed_id = ? ORDER BY rowid", (feed,)).all()
    found = [(row, row.id, title_mark(row.title)) for row in here]
    found += [(row, -1 - number, row.title) for number, row in enumerate(gone)]
    return [
        Traits(
            key=key, guid=row.guid, link=row.link_key, title=title,
            published=None if row.published is None else instant(row.published),
        )
        for row, key, title in found
    ]  # fmt: skip


@SHARED
@given(ENTRIES, ENTRIES, ENTRIES)
def test_looking_up_finds_what_comparing_with_everything_finds(
    store: Store,
    dead: list[tuple[str, str, datetime | None]],
    here: list[tuple[str, str, datetime | None]],
    new: list[tuple[str, str, datetime | None]],
) -> None:
    with store.write("") as work:
        feed = new_feed(work)
        work.articles.take_in(feed, entries(dead, "dead"))
        rows = work.people.connection.exec_driver_sql("SELECT id FROM article WHERE feed_id = ?", (feed,))
        work.articles.bury([row.id for row in rows.all()])
        work.articles.take_in(feed, entries(here, "here"))
        found = list(map(arrived, entries(new, "new")))
        alike = Alike(work.people.connection, feed, found)
        asked = [of_entry(number, each) for number, each in enumerate(found)]
        all_there_is = everything(work, feed)
        few = [*alike.articles(), *alike.tombstones()]
        assert _named(known_again(asked, few), few) == _named(known_again(asked, all_there_is), all_there_is)


def _named(pairs: dict[int, int], records: Sequence[Traits]) -> dict[int, str]:
    guids = {each.key: each.guid for each in records}
    return {number: guids[key] for number, key in pairs.items()}


CHANGES = st.sampled_from(["nothing", "guid", "guid and url", "guid and title", "guid and published"])


@SHARED
@given(st.lists(CHANGES, min_size=1, max_size=8), st.integers(0, 3))
def test_what_was_deleted_for_good_does_not_return(store: Store, changes: list[str], others: int) -> None:
    with store.write("") as work:
        feed = new_feed(work)
        found = [
            entry_of(
                f"{feed}-{n}", url=f"https://a.example/{feed}/{n}", title=f"Leaf {n}", published=NOW - timedelta(n)
            )
            for n in range(len(changes))
        ]
        work.articles.take_in(feed, found)
        gone = [record for each in found if (record := work.articles.by_guid(feed, each.guid)) is not None]
        assert len(gone) == len(found)
        assert work.articles.bury(gone) == len(gone)
        fresh = [entry_of(f"fresh {feed}-{n}", url=f"https://a.example/{feed}/fresh/{n}") for n in range(others)]
        back = [_changed(each, change) for each, change in zip(found, changes, strict=True)]
        assert work.articles.take_in(feed, [*fresh, *back]) == (others, 0)
        assert work.articles.take_in(feed, [*back, *fresh]) == (0, 0)


def _changed(entry: ParsedEntry, change: str) -> ParsedEntry:
    values = {"guid": f"new {entry.guid}", "url": f"{entry.url}/new", "title": f"{entry.title}, new", "published": NOW}
    return replace(entry, **{name: value for name, value in values.items() if name in change})  # type: ignore[arg-type]


@pytest.mark.parametrize("count", [2_000, pytest.param(100_000, marks=pytest.mark.long)])
def test_many_tombstones_of_one_feed_cost_an_intake_little(store: Store, count: int) -> None:
    """Loading them all took 1.4 seconds of processor time for 100,000."""
    with store.write("") as work:
        feed = new_feed(work)
        stones = [(feed, f"old {n}", f"a.example/old/{n}", title_mark(f"Old {n}"), n, n) for n in range(count)]
        work.people.connection.exec_driver_sql("INSERT INTO tombstone VALUES (?, ?, ?, ?, ?, ?)", stones)
    numbers = iter(range(1000))

    def intake() -> None:
        number = next(numbers)
        with store.write("") as work:
            again = entry_of(f"again {number}", url=f"https://a.example/old/{number}", title=f"Old {number}")
            assert work.articles.take_in(feed, [again, entry_of(f"new {number}")]) == (1, 0)

    assert quickest(intake, 3) < 0.05 + count * 4e-6
