"""Identity, edits, twins, removal and shelves of articles, against a real encrypted file."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import timedelta

import pytest

from pln.model.changes import Noun
from pln.model.contact import Person
from pln.model.feed import Attachment, Feed, ParsedEntry, PictureLink
from pln.model.highlight import Highlight
from pln.store.article_versions import MOST
from pln.store.articles import Shelf
from pln.store.unit_of_work import Store, Work
from store_fixtures import NOW, assert_index_in_step, entry_of

DAY = timedelta(days=1)
TEXT = "How a quince is grafted on a hawthorn, with pictures and a word on the best week."


def _feed(work: Work, name: str, **values: object) -> Feed:
    return work.feeds.add(Feed(url=f"https://{name}.example.invalid/feed", title=name, **values))  # type: ignore[arg-type]


def _entries(count: int) -> list[ParsedEntry]:
    return [
        entry_of(f"id {n}", url=f"https://a.example.invalid/{n}", text=f"{TEXT} {n}", published=NOW - n * DAY)
        for n in range(1, count + 1)
    ]


def _one(work: Work, feed: Feed, guid: str) -> int:
    found = work.articles.by_guid(feed.id, guid)
    assert found is not None
    return found


# Identity ----------------------------------------------------------------------------------------------------------


def test_a_feed_whose_ids_all_change_brings_nothing_back_as_unread(store: Store) -> None:
    with store.write("") as work:
        feed = _feed(work, "a")
        found = _entries(9)
        work.articles.take_in(feed.id, found)
        ids = work.articles.ids(Shelf())
        work.articles.set_read(ids, NOW)
        renamed = [replace(each, guid=f"urn:{each.guid}") for each in found]
        assert work.articles.take_in(feed.id, renamed) == (0, 0)
        assert work.articles.take_in(feed.id, renamed) == (0, 0)
        assert work.articles.take_in(feed.id, found) == (0, 0)  # two servers that do not agree
        assert (work.articles.ids(Shelf()), work.articles.unread_total()) == (ids, 0)
    assert_index_in_step(store)


@pytest.mark.parametrize(
    "change",
    [
        {"url": "https://a.example.invalid/moved"}, {"published": NOW}, {"published": None},
        {"guid": "other", "url": "http://www.a.example.invalid/1/?utm_source=feed#top"},
        {"guid": "other", "url": "https://a.example.invalid/moved"}, {"guid": "other", "published": NOW},
    ],
)  # fmt: skip
def test_an_entry_that_changes_its_id_its_link_or_its_date_is_not_new_and_keeps_its_place(
    store: Store, change: dict[str, object]
) -> None:
    with store.write("") as work:
        feed = _feed(work, "a")
        work.articles.take_in(feed.id, _entries(3))
        before = work.articles.ids(Shelf())
        first, *others = _entries(3)
        assert work.articles.take_in(feed.id, [replace(first, **change), *others])[0] == 0  # type: ignore[arg-type]
        assert work.articles.ids(Shelf()) == before
        assert all(not work.articles.versions(each) for each in before)


def test_two_entries_of_a_link_blog_that_share_a_link_stay_two(store: Store) -> None:
    url = "https://b.example.invalid/story"
    with store.write("") as work:
        feed = _feed(work, "a")
        assert work.articles.take_in(feed.id, [entry_of("x", url=url), entry_of("y", url=url)]) == (2, 0)
        later = entry_of("z", url=url, title="Once more", published=NOW)
        assert work.articles.take_in(feed.id, [later, entry_of("y", url=url)]) == (1, 0)
        assert work.articles.total() == 3


def test_one_id_for_all_entries_of_a_feed(store: Store) -> None:
    with store.write("") as work:
        feed = _feed(work, "a")
        same = [replace(each, guid="https://a.example.invalid/") for each in _entries(4)]
        assert work.articles.take_in(feed.id, same) == (4, 0)
        assert work.articles.take_in(feed.id, same) == (0, 0)
        assert work.articles.take_in(feed.id, same[:1]) == (0, 0)
        assert work.articles.take_in(feed.id, same[:2]) == (0, 0)


# Edits -------------------------------------------------------------------------------------------------------------


def test_an_edit_keeps_what_was_read_before(store: Store) -> None:
    with store.write("") as work:
        feed = _feed(work, "a")
        (entry,) = _entries(1)
        work.articles.take_in(feed.id, [entry])
        record = _one(work, feed, entry.guid)
        work.articles.set_read([record], NOW)
        work.articles.set_starred([record], NOW)
        assert work.articles.take_in(feed.id, [replace(entry, html="<p>other markup</p>")]) == (0, 1)
        assert work.articles.versions(record) == ()
        new = replace(entry, title="Grafting, corrected", text="Other words")
        assert work.articles.take_in(feed.id, [new]) == (0, 1)
        article = work.articles.get(record)
        assert article is not None
        assert (article.title, article.edited_at, article.words) == ("Grafting, corrected", NOW, 2)
        assert (article.read_at, article.starred_at) == (NOW, NOW)
        (old,) = work.articles.versions(record)
        assert (old.title, old.text, old.html, old.until) == (entry.title, entry.text, "<p>other markup</p>", NOW)
        assert work.search.ids("hawthorn", Noun.ARTICLE) == ()
    assert_index_in_step(store)


def test_a_flapping_entry_keeps_each_wording_once_and_never_more_than_the_most(store: Store) -> None:
    with store.write("") as work:
        feed = _feed(work, "a")
        (entry,) = _entries(1)
        for _ in range(5):
            work.articles.take_in(feed.id, [entry])
            work.articles.take_in(feed.id, [replace(entry, text="flap")])
        record = _one(work, feed, entry.guid)
        assert {each.text for each in work.articles.versions(record)} == {entry.text, "flap"}
        for number in range(40):
            work.articles.take_in(feed.id, [replace(entry, text=f"wording {number}")])
        kept = [each.text for each in work.articles.versions(record)]
    assert (len(kept), kept[0], kept[-1]) == (MOST, entry.text, "wording 38")


# Twins -------------------------------------------------------------------------------------------------------------


def _story(guid: str = "1", **values: object) -> ParsedEntry:
    plain: dict[str, object] = {"url": "https://a.example.invalid/story", "title": "Grafting a quince", "text": TEXT}
    return entry_of(guid, **{**plain, **values})


def test_a_story_of_several_feeds_is_one_row_with_its_sources(store: Store) -> None:
    with store.write("") as work:
        a, b, c = (_feed(work, name) for name in "abc")
        work.articles.take_in(a.id, [_story()])
        work.articles.take_in(b.id, [_story("2", url="http://www.a.example.invalid/story/?utm_source=b", text="")])
        work.articles.take_in(c.id, [_story("3", title="Why I no longer graft", text="My own thoughts on it.")])
        first, second, third = _one(work, a, "1"), _one(work, b, "2"), _one(work, c, "3")
        assert set(work.articles.ids(Shelf())) == {first, third}
        assert work.articles.ids(Shelf(feed_id=b.id)) == (second,)
        assert work.articles.rows([first])[0].twins == 1
        assert work.articles.sources(second) == (first, second) == work.articles.sources(first)
        assert (work.articles.unread_total(), work.articles.total()) == (2, 2)
        assert [row.unread for row in work.feeds.rows()] == [1, 1, 1]
        assert len(work.search.hits("grafting")) == 1
        assert set(work.articles.set_read([second], NOW)) == {first, second}
        assert work.articles.unread_total() == 1
        work.articles.set_starred([first], NOW)
        assert (work.articles.starred_total(), len(work.articles.every_id())) == (1, 3)
    assert_index_in_step(store)


def test_a_twin_that_comes_later_is_unread_as_long_as_nobody_read_the_story(store: Store) -> None:
    with store.write("") as work:
        a, b, c = (_feed(work, name) for name in "abc")
        work.articles.take_in(a.id, [_story()])
        work.articles.take_in(b.id, [_story("2")])
        assert [row.unread for row in work.feeds.rows()] == [1, 1, 0]
        work.articles.set_read([_one(work, a, "1")], NOW)
        work.articles.take_in(c.id, [_story("3")])
        assert [row.unread for row in work.feeds.rows()] == [0, 0, 0]


def test_a_voice_stands_for_the_story(store: Store) -> None:
    with store.write("") as work:
        a = _feed(work, "a")
        work.articles.take_in(a.id, [_story()])
        voice = _feed(work, "b", person_id=work.people.add(Person(name="Ines Okafor")).id)
        work.articles.take_in(voice.id, [_story("2")])
        assert work.articles.ids(Shelf()) == (_one(work, voice, "2"),)


def test_when_a_feed_goes_the_twin_takes_its_place_and_gives_it_back(store: Store) -> None:
    with store.write("") as work:
        a, b = (_feed(work, name) for name in "ab")
        work.articles.take_in(a.id, [_story()])
        work.articles.take_in(b.id, [_story("2")])
        work.feeds.remove(a.id)
        assert work.articles.ids(Shelf()) == (_one(work, b, "2"),)
        work.feeds.restore(a.id)
        assert len(work.articles.ids(Shelf())) == 1
        assert len(work.articles.sources(_one(work, a, "1"))) == 2
    assert_index_in_step(store)


def test_without_links_the_title_the_day_and_the_text_must_agree(store: Store) -> None:
    with store.write("") as work:
        a, b, c, d = (_feed(work, name) for name in "abcd")
        work.articles.take_in(a.id, [_story(url="")])
        work.articles.take_in(b.id, [_story(url="", text=TEXT + " Indeed.")])
        work.articles.take_in(c.id, [_story(url="", published=NOW - 5 * DAY)])
        work.articles.take_in(d.id, [_story(url="", text="Something else entirely, though under the very same title.")])
        assert work.articles.total() == 3


def test_the_address_of_a_site_joins_nothing(store: Store) -> None:
    with store.write("") as work:
        for name in "ab":
            work.articles.take_in(_feed(work, name).id, [_story(url="https://a.example.invalid/")])
        assert work.articles.total() == 2


# Removal -----------------------------------------------------------------------------------------------------------


def test_a_removed_article_goes_at_once_comes_back_whole_and_never_by_a_refresh(store: Store) -> None:
    with store.write("") as work:
        feed = _feed(work, "a")
        work.articles.take_in(feed.id, _entries(3))
        one = _one(work, feed, "id 1")
        work.articles.set_starred([one], NOW)
        assert work.articles.remove([one]) == (one,)
        assert work.articles.remove([one]) == ()
        assert one not in work.articles.ids(Shelf()) + work.search.ids("hawthorn", Noun.ARTICLE)
        assert (work.articles.starred_total(), work.articles.total(), work.feeds.rows()[0].unread) == (0, 2, 2)
        assert work.articles.take_in(feed.id, _entries(3)) == (0, 0)
        assert work.search.missing() == []
    assert_index_in_step(store)
    with store.write("") as work:
        assert work.articles.restore([one]) == (one,)
        assert one in work.search.ids("hawthorn", Noun.ARTICLE)
        assert (work.articles.starred_total(), work.articles.total()) == (1, 3)
    assert_index_in_step(store)


def test_what_was_deleted_for_good_never_comes_back_not_even_under_another_id(store: Store) -> None:
    with store.write("") as work:
        feed = _feed(work, "a")
        work.articles.take_in(feed.id, _entries(3))
        one, two = _one(work, feed, "id 1"), _one(work, feed, "id 2")
        work.articles.remove([one, two])
        work.highlights.add(Highlight(article_id=two, quote="quince"))
        assert work.trash.empty(NOW + DAY)[Noun.ARTICLE] == 1  # the marked one stays
        assert work.articles.by_guid(feed.id, "id 1") is None
        assert work.articles.take_in(feed.id, _entries(3)) == (0, 0)
        renamed = [replace(each, guid=f"urn:{each.guid}") for each in _entries(3)]
        assert work.articles.take_in(feed.id, renamed) == (0, 0)
        graves = work.people.connection.exec_driver_sql("SELECT * FROM tombstone").all()
        assert len(graves) == 1
        assert "Title of" not in str(graves)
    assert_index_in_step(store)


def test_removing_a_story_removes_it_in_every_feed(store: Store) -> None:
    with store.write("") as work:
        a, b = (_feed(work, name) for name in "ab")
        work.articles.take_in(a.id, [_story()])
        work.articles.take_in(b.id, [_story("2")])
        gone = work.articles.remove([_one(work, a, "1")])
        assert (len(gone), work.articles.total(), work.articles.every_id()) == (2, 0, ())
        work.articles.restore(gone)
        assert (work.articles.total(), len(work.articles.every_id())) == (1, 2)
    assert_index_in_step(store)


# Shelves -----------------------------------------------------------------------------------------------------------


def test_shelves_of_later_and_of_tags_in_both_orders(store: Store) -> None:
    with store.write("") as work:
        a, b = _feed(work, "a"), _feed(work, "b", tags=("Garden",))
        work.articles.take_in(a.id, _entries(3))
        work.articles.take_in(b.id, [entry_of("else", published=NOW - 9 * DAY)])
        one, two = _one(work, a, "id 1"), _one(work, a, "id 2")
        work.rules.tag([two], "garden")
        assert work.articles.ids(Shelf(tag="GARDEN")) == (two, _one(work, b, "else"))
        article = work.articles.get(two)
        assert article is not None
        assert article.tags == ("garden",)
        assert work.articles.set_later([two, one], NOW) == (two, one)
        assert work.articles.ids(Shelf(later=True)) == (one, two)
        assert work.articles.ids(Shelf(later=True, oldest_first=True)) == (two, one)
        assert (work.articles.later_total(), work.articles.rows([one])[0].later) == (2, True)
        work.articles.set_read_to(one, 420)
        work.articles.set_read_to(two, 5000)
        assert [work.articles.get(each).read_to for each in (one, two)] == [420, 1000]  # type: ignore[union-attr]


def test_attachments_and_pictures_come_along(store: Store) -> None:
    sound = Attachment(url="https://a.example.invalid/s.mp3", kind="audio/mpeg", size=5)
    entry = entry_of("x", attached=(sound,), pictures=(PictureLink(key="k", url="https://a.example.invalid/p.png"),))
    with store.write("") as work:
        feed = _feed(work, "a")
        assert work.articles.take_in(feed.id, [entry]) == (1, 0)
        assert work.articles.take_in(feed.id, [entry]) == (0, 0)
        article = work.articles.get(_one(work, feed, "x"))
        assert article is not None
        assert article.attached == (sound,)
        assert work.people.connection.exec_driver_sql("SELECT key FROM article_picture").scalars().all() == ["k"]


def test_a_page_that_a_thousand_entries_name_is_no_story(store: Store) -> None:
    """A column's page, or "News" without links: comparing each with each kept the store for half a minute."""
    begun = time.process_time()
    for url, title in (("https://x.example.invalid/column", ""), ("", "News")):
        for name in ("a", "b"):
            with store.write("") as work:
                feed = _feed(work, f"{name}{len(title)}")
                entries = [
                    entry_of(f"{n}", url=url, title=title or f"{name} {n * 7919}", text=f"{name}{n} z{n} " * 60)
                    for n in range(1000)
                ]
                work.articles.take_in(feed.id, entries)
    with store.read() as work:
        assert work.articles.count_on(Shelf()) == 4000
    assert time.process_time() - begun < 10
