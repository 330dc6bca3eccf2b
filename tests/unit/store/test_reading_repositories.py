"""Feeds and articles, against a real encrypted file."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from pln.model.changes import Noun
from pln.model.contact import Person
from pln.model.errors import UsageError
from pln.model.feed import Article, Attachment, Feed, FeedState
from pln.store.articles import Shelf
from pln.store.unit_of_work import Store
from store_fixtures import NOW, assert_index_in_step, entry_of

HOUR = timedelta(hours=1)


@pytest.fixture
def feed(store: Store) -> Feed:
    with store.write("") as work:
        return work.feeds.add(Feed(url="https://a.example.invalid/feed", title="Orchard notes", folder="Craft/Trees"))


def test_a_feed_reads_back_as_written(store: Store) -> None:
    with store.write("") as work:
        who = work.people.add(Person(name="Ines Okafor"))
        new = Feed(
            url="https://b.example.invalid/?a=1&b=%20", uid="u", title="B", site_url="https://b.example.invalid/",
            folder="X/Y", person_id=who.id, state=FeedState.PAUSED, etag='W/"1"', last_modified="Mon, 01 Jan",
            body_hash="h", checked=NOW, next_check=NOW + HOUR, error="It did not answer.", error_count=2,
            added=NOW - HOUR,
        )  # fmt: skip
        stored = work.feeds.add(new)
    with store.read() as work:
        assert work.feeds.get(stored.id) == replace(new, id=stored.id) == work.feeds.by_url(new.url)
        assert work.feeds.of_person(who.id) == (stored,) == work.feeds.everything()
        assert (work.feeds.rows()[0].voice, work.feeds.total()) == ("Ines Okafor", 1)
    with store.write("") as work:
        work.people.remove(who.id)
        assert work.feeds.rows()[0].voice == ""


def test_the_same_address_is_one_subscription(store: Store, feed: Feed) -> None:
    with store.write("") as work:
        assert work.feeds.add(Feed(url=feed.url, title="Another name")) == feed
        other = work.feeds.add(Feed(url="https://c.example.invalid/"))
    with pytest.raises(UsageError), store.write("") as work:
        work.feeds.change(replace(other, url=feed.url))
    with pytest.raises(UsageError), store.write("") as work:
        work.feeds.change(Feed(id=99, url="https://d.example.invalid/"))


def test_a_check_is_remembered_and_faults_are_counted_until_it_goes_well(store: Store, feed: Feed) -> None:
    with store.write("") as work:
        for error, count in (("Silence.", 1), ("Silence.", 2), ("", 0)):
            work.feeds.checked(feed.id, NOW, error)
            found = work.feeds.get(feed.id)
            assert found is not None
            assert (found.error, found.error_count, found.checked) == (error, count, NOW)


def test_a_removed_feed_takes_its_articles_along_and_brings_them_back(store: Store, feed: Feed) -> None:
    with store.write("") as work:
        work.articles.take_in(feed.id, [entry_of("a", text="quince"), entry_of("b", text="quince")])
        ids = work.articles.ids(Shelf())
        work.articles.set_starred(ids[:1], NOW)
    with store.write("") as work:
        assert work.feeds.remove(feed.id)
        assert not work.feeds.remove(feed.id)
        assert (work.articles.ids(Shelf()), work.articles.total(), work.feeds.rows()) == ((), 0, ())
        assert work.search.ids("quince", Noun.ARTICLE) == ()
    assert work.changes.touches(Noun.ARTICLE)
    assert_index_in_step(store)
    with store.write("") as work:
        assert work.articles.take_in(feed.id, [entry_of("c", text="late")]) == (0, 0)  # was on its way meanwhile
        assert work.feeds.add(Feed(url=feed.url)).id == feed.id
        assert (work.articles.ids(Shelf()), work.articles.starred_total()) == (ids, 1)
        assert set(work.search.ids("quince", Noun.ARTICLE)) == set(ids)
    assert_index_in_step(store)


def test_taking_in_tells_new_from_changed_and_keeps_what_the_owner_did(store: Store, feed: Feed) -> None:
    first = [entry_of("a", text="pear"), entry_of("b", text="plum"), entry_of("b", text="plum, twice in the feed")]
    with store.write("") as work:
        assert work.articles.take_in(feed.id, first) == (2, 0)
        a = work.articles.by_guid(feed.id, "a")
        assert a is not None
        work.articles.set_read([a], NOW)
        assert work.articles.take_in(feed.id, first) == (0, 0)
        assert work.articles.take_in(feed.id, [entry_of("a", text="quince", title="New")]) == (0, 1)
        found = work.articles.get(a)
        assert found is not None
        assert (found.title, found.text, found.read_at) == ("New", "quince", NOW)
        assert work.articles.by_guid(feed.id, "b") is not None
    assert_index_in_step(store)


def test_an_article_reads_back_as_written(store: Store, feed: Feed) -> None:
    new = Article(
        feed_id=feed.id, guid="g", title="Grafting", uid="u", url="https://a.example.invalid/g", author="B. Ek",
        published=NOW - HOUR, received=NOW, html="<p>How</p>", text="How", read_at=NOW, starred_at=NOW - HOUR,
        words=1, tags=("fruit",), attached=(Attachment(url="https://a.example.invalid/s.mp3"),), read_to=7,
    )  # fmt: skip
    with store.write("") as work:
        stored = work.articles.add(new)
        assert work.articles.get(stored.id) == stored == replace(new, id=stored.id)
        assert work.articles.everything() == (stored,)
    assert_index_in_step(store)


def test_newest_first_and_a_date_to_come_does_not_stay_on_top(store: Store, feed: Feed) -> None:
    with store.write("") as work:
        work.articles.take_in(feed.id, [
            entry_of("old", published=NOW - 9 * HOUR), entry_of("next year", published=NOW + 9000 * HOUR),
            entry_of("first undated", published=None), entry_of("second undated", published=None),
            entry_of("new", published=NOW - HOUR),
        ])  # fmt: skip
        ids = work.articles.ids(Shelf())
        titles = [row.title.removeprefix("Title of ") for row in work.articles.rows(ids)]
    assert titles == ["next year", "first undated", "second undated", "new", "old"]
    assert list(ids) == sorted(ids, reverse=True)


def test_shelves(store: Store, feed: Feed) -> None:
    with store.write("") as work:
        other = work.feeds.add(Feed(url="https://b.example.invalid/", folder="Craft"))
        strange = work.feeds.add(Feed(url="https://c.example.invalid/", folder="Craft%"))
        for each in (feed, other, strange):
            work.articles.take_in(each.id, [entry_of("a"), entry_of("b")])
        everything = work.articles.ids(Shelf())
        mine = work.articles.ids(Shelf(feed_id=feed.id))
        assert (len(everything), len(mine)) == (6, 2)
        assert set(work.articles.ids(Shelf(folder="Craft"))) == set(everything) - set(
            work.articles.ids(Shelf(feed_id=strange.id))
        )
        assert set(work.articles.set_read(mine, NOW)) == set(mine)
        assert work.articles.set_read(mine, NOW) == ()
        assert work.articles.set_starred(mine[:1], NOW) == mine[:1]
        assert (work.articles.unread_total(), work.articles.starred_total(), work.articles.total()) == (4, 1, 6)
        assert work.articles.ids(Shelf(starred=True)) == mine[:1]
        assert work.articles.ids(Shelf(unread=True, ids=mine)) == ()
        assert [row.unread for row in work.feeds.rows()] == [2, 2, 0]  # by folder


def test_texts_for_matching_are_unread_or_starred_and_recent(store: Store, feed: Feed) -> None:
    with store.write("") as work:
        work.articles.take_in(feed.id, [entry_of(name, text=name * 5000) for name in ("ab", "cd", "ef")])
        work.articles.take_in(feed.id, [entry_of("old", published=NOW - 9000 * HOUR)])
        ab, cd, ef = (work.articles.by_guid(feed.id, name) or 0 for name in ("ab", "cd", "ef"))
        work.articles.set_read([ab, cd], NOW)
        work.articles.set_starred([ab], NOW)
        found = work.articles.recent_texts(NOW - 48 * HOUR)
    assert {each.id for each in found} == {ab, ef}
    assert max(len(each.text) for each in found) == 2000


def test_large_marks_are_told_as_bulk(store: Store, feed: Feed) -> None:
    with store.write("") as work:
        work.articles.take_in(feed.id, [entry_of(str(number)) for number in range(2500)])
    with store.write("") as work:
        assert len(work.articles.set_read(work.articles.ids(Shelf()), NOW)) == 2500
    assert (work.changes.refs, work.changes.bulk_nouns) == (frozenset(), {Noun.ARTICLE})


def test_halves_of_characters_from_a_broken_feed_are_replaced_and_the_guid_stays_the_same(
    store: Store, feed: Feed
) -> None:
    broken = entry_of("\ud83d", title="Sun \ud83c", text="quince \udfff")
    with store.write("") as work:
        assert work.articles.take_in(feed.id, [broken]) == (1, 0)
        assert work.articles.take_in(feed.id, [broken]) == (0, 0)
        (row,) = work.articles.rows(work.articles.ids(Shelf()))
        assert row.title == "Sun \ufffd"
        assert work.search.ids("quince", Noun.ARTICLE) == (row.id,)
    assert_index_in_step(store)
