from __future__ import annotations

from dataclasses import replace

import pytest

from pln.model.changes import ChangeSet, Noun
from pln.model.contact import Person
from pln.model.errors import UsageError
from pln.model.feed import Feed, FeedState
from pln.services.context import Context, take_back
from pln.services.reading import (
    Shelf,
    article_page,
    change_feed,
    find_articles,
    folder_path,
    get_feed,
    give_voice,
    keep_for,
    keep_no_longer,
    kept_for,
    mark_all_read,
    mark_read,
    move_feed,
    pause_feed,
    reading_page,
    remove_feed,
    rename_feed,
    star,
)
from store_fixtures import entry_of


@pytest.fixture
def ids(context: Context) -> dict[str, int]:
    with context.write("") as work:
        elin = work.people.add(Person(name="Elin Berg")).id
        edges = work.feeds.add(Feed(url="https://edges.example/f", title="Edges", person_id=elin)).id
        guide = work.feeds.add(Feed(url="https://guide.example/f", title="Guide", folder="Craft/Tea")).id
        work.articles.take_in(edges, [entry_of(f"e{n}", text="weak ties") for n in range(3)])
        work.articles.take_in(guide, [entry_of(f"g{n}", text="strong tea") for n in range(4)])
    return {"elin": elin, "edges": edges, "guide": guide}


def test_a_page_is_read_in_one_state(context: Context, ids: dict[str, int]):
    page = reading_page(context, Shelf(feed_id=ids["edges"]))
    assert len(page.ids) == 3 and page.unread == frozenset(page.ids)
    assert page.totals == {"unread": 7, "starred": 0, "later": 0, "all": 7, "highlights": 0}
    assert [(row.title, row.voice, row.unread) for row in page.feeds] == [("Edges", "Elin Berg", 3), ("Guide", "", 4)]
    mark_read(context, page.ids[:1])
    assert reading_page(context, Shelf(feed_id=ids["edges"])).unread == frozenset(page.ids[1:])
    assert page.ids[0] not in reading_page(context, Shelf(unread=True)).ids


def test_ids_given_keep_their_order(context: Context, ids: dict[str, int]):
    first, second, *_ = reading_page(context, Shelf()).ids
    assert reading_page(context, Shelf(ids=(second, 999, first))).ids == (second, first)


def test_finding_stays_on_the_shelf(context: Context, ids: dict[str, int]):
    assert len(find_articles(context, Shelf(), "tea")) == 4
    assert find_articles(context, Shelf(feed_id=ids["edges"]), "tea") == ()
    assert len(find_articles(context, Shelf(folder="Craft"), "strong tea")) == 4


def test_an_article_knows_whose_voice_it_is(context: Context, ids: dict[str, int]):
    (record, *_) = reading_page(context, Shelf(feed_id=ids["edges"])).ids
    page = article_page(context, record)
    assert page.voice == (ids["elin"], "Elin Berg") and page.feed.title == "Edges"
    with pytest.raises(UsageError):
        article_page(context, 999)


def test_marking_all_read_is_taken_back_as_it_was(context: Context, ids: dict[str, int]):
    before = reading_page(context, Shelf(unread=True)).ids
    mark_read(context, before[:1])
    assert mark_all_read(context, before) is not None
    assert reading_page(context, Shelf(unread=True)).ids == ()
    assert mark_all_read(context, before) is None
    undone = take_back(context)
    assert undone is not None and undone.label == "6 marked read"
    assert reading_page(context, Shelf(unread=True)).ids == before[1:]


def test_one_article_can_be_taken_back_too(context: Context, ids: dict[str, int]):
    (record, *_) = reading_page(context, Shelf()).ids
    step = mark_all_read(context, [record])
    assert take_back(context, step) is step
    assert record in reading_page(context, Shelf()).unread


def test_reading_on_leaves_no_undo_behind(context: Context, ids: dict[str, int]):
    (record, *_) = reading_page(context, Shelf()).ids
    assert mark_read(context, [record]) == (record,)
    assert mark_read(context, [record]) == ()
    star(context, record)
    assert context.undo.top is None


def test_feeds_are_renamed_moved_given_paused(context: Context, ids: dict[str, int]):
    guide = ids["guide"]
    assert rename_feed(context, guide, "  My   guide ").title == "My guide"
    assert move_feed(context, guide, " A // b ").folder == "A/b"
    assert give_voice(context, guide, ids["elin"]).person_id == ids["elin"]
    assert give_voice(context, guide, None).person_id is None
    assert pause_feed(context, guide, paused=True).state is FeedState.PAUSED
    assert pause_feed(context, guide, paused=False).state is FeedState.ACTIVE
    with pytest.raises(UsageError):
        rename_feed(context, guide, " ")
    with pytest.raises(UsageError):
        change_feed(context, 999, lambda feed: feed)


def test_a_change_keeps_what_a_refresh_noted_meanwhile(context: Context, ids: dict[str, int]):
    old = get_feed(context, ids["guide"])
    change_feed(context, old.id, lambda feed: replace(feed, etag='"new"'))
    assert rename_feed(context, old.id, "Other").etag == '"new"'


@pytest.mark.parametrize(
    ("typed", "stored"), [("", ""), ("/", ""), (" a / b ", "a/b"), ("a//b/", "a/b"), ("x  y", "x y")]
)
def test_folder_paths(typed: str, stored: str):
    assert folder_path(typed) == stored


def test_kept_for_somebody_and_back(context: Context, ids: dict[str, int]):
    heard: list[ChangeSet] = []
    context.bus.subscribe(heard.append)
    (record, *_) = reading_page(context, Shelf()).ids
    step = keep_for(context, record, ids["elin"], origin="reading")
    keep_for(context, record, ids["elin"])
    assert step.label == "Kept for Elin Berg" and kept_for(context, record) == {ids["elin"]}
    assert heard[0].ids(Noun.PERSON) == {ids["elin"]}
    take_back(context, step)
    assert kept_for(context, record) == frozenset()


def test_no_longer_kept_and_back(context: Context, ids: dict[str, int]):
    first, second, *_ = reading_page(context, Shelf()).ids
    keep_for(context, first, ids["elin"])
    keep_for(context, second, ids["elin"])
    step = keep_no_longer(context, first, ids["elin"])
    assert step.label == "No longer kept for Elin Berg"
    assert (kept_for(context, first), kept_for(context, second)) == (frozenset(), {ids["elin"]})
    take_back(context, step)
    assert kept_for(context, first) == {ids["elin"]}


def test_a_removed_feed_comes_back_with_its_stars(context: Context, ids: dict[str, int]):
    (record, *_) = reading_page(context, Shelf(feed_id=ids["edges"])).ids
    star(context, record)
    step = remove_feed(context, ids["edges"])
    assert reading_page(context, Shelf(starred=True)).ids == ()
    take_back(context, step)
    assert reading_page(context, Shelf(starred=True)).ids == (record,)


def test_the_best_match_comes_first_and_none_is_lost(context: Context):
    with context.write("") as work:
        feed = work.feeds.add(Feed(url="https://leaf.example/f", title="Leaf")).id
        other = work.feeds.add(Feed(url="https://cup.example/f", title="Cup")).id
        texts = {
            "much": "tea, and more tea: all of it is tea",
            "little": "once there was tea, and then for very long nothing but talk of the weather and the road",
            "begun": "a teapot",
        }
        work.articles.take_in(feed, [entry_of(guid, text=text) for guid, text in texts.items()])
        work.articles.take_in(other, [entry_of("elsewhere", text="tea tea tea")])
        much, little, begun = (work.articles.by_guid(feed, guid) for guid in texts)
        assert much is not None
        work.articles.set_read([much], context.clock.now())
    shelf = Shelf(feed_id=feed)
    assert set(find_articles(context, shelf, "tea")) == {much, little, begun}
    assert find_articles(context, shelf, "tea", best=True) == (much, little, begun), "what only begins so comes last"
    assert find_articles(context, replace(shelf, unread=True), "tea", best=True) == (little, begun)
    assert find_articles(context, shelf, "zebra", best=True) == ()
