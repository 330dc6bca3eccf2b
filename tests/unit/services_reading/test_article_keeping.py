from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from pln.model.contact import Person
from pln.model.differences import Kept
from pln.model.errors import UsageError
from pln.model.feed import Feed, PictureLink
from pln.model.highlight import Highlight
from pln.model.offline import Picture
from pln.model.retention import Retention
from pln.services.article_keeping import (
    article_versions,
    changes_since,
    feed_storage,
    let_go,
    remove_articles,
    rooms,
    sources_of,
    storage,
    would_go,
    would_go_in_all,
    would_go_with,
)
from pln.services.context import Context, take_back
from pln.services.preferences import preferences, save_preferences
from pln.services.reading import Shelf, article_ids, keep_for
from pln.system.clock import FixedClock
from store_fixtures import NOW, entry_of

DAY = timedelta(days=1)


@pytest.fixture
def feed(context: Context) -> Feed:
    with context.write("") as work:
        return work.feeds.add(Feed(url="https://a.example.invalid/feed", title="Orchard notes"))


def test_an_edit_can_be_compared(context: Context, feed: Feed) -> None:
    with context.write("") as work:
        work.articles.take_in(feed.id, [entry_of("a", text="The pear is ripe")])
        (record,) = work.articles.ids(Shelf())
    with pytest.raises(UsageError):
        changes_since(context, record)
    with context.write("") as work:
        work.articles.take_in(feed.id, [entry_of("a", text="The quince is ripe")])
    assert [each.text for each in article_versions(context, record)] == ["The pear is ripe"]
    changed = [each.text for each in changes_since(context, record) if each.kept is not Kept.SAME]
    assert changed == ["pear", "quince"]
    assert [row.id for row in sources_of(context, record)] == [record]


def test_removing_is_undone(context: Context, feed: Feed) -> None:
    with context.write("") as work:
        work.articles.take_in(feed.id, [entry_of("a"), entry_of("b")])
    ids = article_ids(context, Shelf())
    step = remove_articles(context, ids[:1])
    assert step is not None
    assert article_ids(context, Shelf()) == ids[1:]
    assert remove_articles(context, ids[:1]) is None
    take_back(context, step)
    assert article_ids(context, Shelf()) == ids


def test_retention_spares_what_the_owner_did_something_with(context: Context, feed: Feed) -> None:
    names = ("read", "unread", "starred", "later", "tagged", "marked", "for Ines", "recent")
    entries = [entry_of(name, title=name, published=NOW - 900 * DAY) for name in names[:-1]]
    with context.write("") as work:
        work.articles.take_in(feed.id, [*entries, entry_of("recent", published=NOW - DAY)])
        ids = {name: work.articles.by_guid(feed.id, name) or 0 for name in names}
        work.articles.set_read([record for name, record in ids.items() if name != "unread"], NOW)
        work.articles.set_starred([ids["starred"]], NOW)
        work.articles.set_later([ids["later"]], NOW)
        work.rules.tag([ids["tagged"]], "garden")
        work.highlights.add(Highlight(article_id=ids["marked"], quote="x"))
        ines = work.people.add(Person(name="Ines Okafor"))
    keep_for(context, ids["for Ines"], ines.id)
    assert would_go(context, feed.id, Retention()) == 1
    assert let_go(context) == 1
    assert let_go(context) == 0
    assert set(article_ids(context, Shelf())) == set(ids.values()) - {ids["read"]}
    with context.write("") as work:
        assert work.articles.take_in(feed.id, entries) == (0, 0)  # still in the feed, but gone for good
    save_preferences(context, replace(preferences(context), keep_unread=False))
    assert let_go(context) == 1
    assert ids["unread"] not in article_ids(context, Shelf())


def test_a_feed_may_have_its_own_number_and_it_goes_in_small_bites(context: Context, feed: Feed) -> None:
    with context.write("") as work:
        work.articles.take_in(feed.id, [entry_of(str(n), published=NOW - n * DAY) for n in range(250)])
        work.articles.set_read(work.articles.ids(Shelf()), NOW)
        work.feeds.change(replace(feed, keep_count=20))
    newest = article_ids(context, Shelf())[:20]
    assert let_go(context, most=130) == 130
    assert let_go(context) == 100
    assert article_ids(context, Shelf()) == newest


def test_storage_tells_the_bytes_of_each_feed(context: Context, feed: Feed) -> None:
    with context.write("") as work:
        work.articles.take_in(feed.id, [entry_of("a", html="<p>ü</p>", text="ü")])
    room = storage(context)
    assert [(each.feed_id, each.articles, each.texts) for each in room.feeds] == [(feed.id, 1, 11)]
    assert (room.texts, room.index > 0) == (11, True)
    assert feed_storage(context, feed.id) == (room.feeds[0], 0)
    assert feed_storage(context, feed.id + 1)[0].articles == 0


def test_the_room_of_a_feed_counts_its_pictures_alone(context: Context, feed: Feed) -> None:
    mine, other = (
        PictureLink(key="mine", url="https://a.example/1"),
        PictureLink(key="other", url="https://b.example/2"),
    )
    with context.write("") as work:
        another = work.feeds.add(Feed(url="https://b.example.invalid/feed"))
        work.articles.take_in(feed.id, [replace(entry_of("a"), pictures=(mine,))])
        work.articles.take_in(another.id, [replace(entry_of("b"), pictures=(other,))])
    sizes = {"mine": 100, "other": 7}
    context.store.pictures.put(
        {key: Picture(kind="png", width=1, height=1, data=b"x" * size) for key, size in sizes.items()}
    )
    assert feed_storage(context, feed.id)[1] == 100


def test_what_would_go_is_told_before_it_is_saved(context: Context, feed: Feed) -> None:
    with context.write("") as work:
        other = work.feeds.add(Feed(url="https://b.example.invalid/feed", keep_days=0))
        for each in (feed, other):
            names = [f"{each.id} {n}" for n in range(6)]
            work.articles.take_in(each.id, [entry_of(name, title=name, published=NOW - 100 * DAY) for name in names])
        ids = work.articles.ids(Shelf(feed_id=feed.id))
        work.articles.set_read([*ids[:4], *work.articles.ids(Shelf(feed_id=other.id))], NOW)
    assert would_go_in_all(context, 30, 0, unread=True) == 4, "the other feed keeps its own for ever"
    assert would_go_in_all(context, 30, 0, unread=False) == 6
    assert would_go_with(context, feed.id, 30, None) == 4
    assert would_go_with(context, feed.id, None, None) == 0
    assert would_go_with(context, feed.id, 0, 1) == 3
    assert would_go_with(context, 999, 30, None) == 0
    assert let_go(context) == 0, "nothing was saved"


def test_a_clock_a_year_ahead_deletes_nothing(context: Context, feed: Feed) -> None:
    with context.write("") as work:
        work.articles.take_in(feed.id, [entry_of("a", published=NOW - 500 * DAY), entry_of("b")])
        work.articles.set_read(work.articles.ids(Shelf()), NOW)

    def at(days: float) -> int:
        return let_go(replace(context, clock=FixedClock(NOW + days * DAY)))

    assert [at(0), at(365), at(366), at(0), at(1)] == [0, 0, 0, 0, 0]
    assert len(article_ids(context, Shelf())) == 2
    assert [at(365), at(366), at(367), at(368.1)] == [0, 0, 0, 1], "a date that stays is believed"


def test_all_feeds_by_the_room_they_take(context: Context, feed: Feed) -> None:
    link = PictureLink(key="0" * 24, url="https://a.example.invalid/p.png")
    with context.write("") as work:
        small = work.feeds.add(Feed(url="https://b.example.invalid/feed", title="Small"))
        empty = work.feeds.add(Feed(url="https://c.example.invalid/feed"))
        gone = work.feeds.add(Feed(url="https://d.example.invalid/feed", title="Gone"))
        work.articles.take_in(feed.id, [entry_of("a", text="pear " * 100), entry_of("b", text="plum")])
        work.articles.take_in(small.id, [entry_of("a", text="quince", pictures=(link,))])
        work.articles.take_in(gone.id, [entry_of("a", text="quince " * 1000)])
        work.feeds.remove(gone.id)
    assert [(each.title, each.articles, each.pictures) for each in rooms(context)] == [
        ("Orchard notes", 2, 0), ("Small", 1, 0), (empty.url, 0, 0),
    ]  # fmt: skip
    context.store.pictures.put({link.key: Picture(kind="png", width=1, height=1, data=b"p" * 5000)})
    first, second, _ = rooms(context)
    assert (first.title, first.texts, first.pictures) == ("Small", 6, 5000)
    assert second.all == second.texts == storage(context).feeds[-2].texts
    assert first.texts + first.pictures == sum((feed_storage(context, small.id)[0].texts, 5000))
