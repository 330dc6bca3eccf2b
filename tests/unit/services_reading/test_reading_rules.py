"""Rules on a real store: kept, tried, applied, taken back; and smart folders."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from pln.model.errors import UsageError
from pln.model.feed import Feed
from pln.model.reading_rules import Act, Condition, Rule
from pln.model.smart_folders import SmartFolder, from_body, to_body
from pln.services.context import Context
from pln.services.reading import Shelf, article_ids
from pln.services.reading_rules import (
    apply_to_stored,
    mute_words,
    remove_rule,
    rules,
    rules_on_new,
    save_rule,
    set_mute_words,
    try_rule,
)
from pln.services.smart_folders import (
    count_smart,
    remove_smart_folder,
    save_smart_folder,
    smart_articles,
    smart_folder_of,
    smart_rows,
)
from pln.store.unit_of_work import Store
from store_fixtures import NOW, entry_of

CLAY = Rule(name="Clay", conditions=(Condition(words=("clay",)),), acts=(Act.TAG, Act.STAR, Act.LATER), tags=("craft",))


def _feed(store: Store, **values: object) -> Feed:
    with store.write("") as work:
        return work.feeds.add(Feed(url="https://kiln.example/feed", title="Kiln", folder="Craft", **values))  # type: ignore[arg-type]


def _take_in(store: Store, feed: Feed, **texts: str) -> dict[str, int]:
    """Articles by guid, with the rules at work on the new ones."""
    with store.write("") as work:
        newest = work.rules.newest()
        work.articles.take_in(feed.id, [entry_of(guid, text=text) for guid, text in texts.items()])
        rules_on_new(work, [feed], newest)
        return {guid: work.articles.by_guid(feed.id, guid) or 0 for guid in texts}


def _state(store: Store, record: int) -> tuple[bool, bool, bool, tuple[str, ...]]:
    """Read, starred, later, tags."""
    with store.read() as work:
        article = work.articles.get(record)
        assert article is not None
        tags = work.rules.tags_of([record]).get(record, ())
        return article.read_at is not None, article.starred_at is not None, article.later_at is not None, tags


def test_a_rule_works_on_what_comes_in_and_on_that_alone(context: Context) -> None:
    feed = _feed(context.store)
    before = _take_in(context.store, feed, old="clay pots")
    save_rule(context, CLAY)
    new = _take_in(context.store, feed, new="more clay", other="tea")
    assert _state(context.store, before["old"]) == (False, False, False, ())
    assert _state(context.store, new["new"]) == (False, True, True, ("craft",))
    assert _state(context.store, new["other"]) == (False, False, False, ())


def test_a_rule_is_tried_without_writing(context: Context) -> None:
    feed = _feed(context.store)
    ids = _take_in(context.store, feed, a="clay", b="tea", c="clay again")
    trial = try_rule(context, CLAY)
    assert (trial.fitting, trial.looked_at) == (2, 3)
    assert {row.id for row in trial.rows} == {ids["a"], ids["c"]}
    assert _state(context.store, ids["a"]) == (False, False, False, ())
    assert rules(context) == ()


def test_what_a_rule_did_to_stored_articles_is_taken_back_exactly(context: Context) -> None:
    feed = _feed(context.store)
    ids = _take_in(context.store, feed, a="clay", b="clay too")
    with context.store.write("") as work:
        work.articles.set_starred([ids["a"]], NOW)
    step = apply_to_stored(context, CLAY)
    assert step is not None
    assert _state(context.store, ids["b"]) == (False, True, True, ("craft",))
    with context.store.write("") as work:
        step.back(work)
    assert _state(context.store, ids["a"]) == (False, True, False, ())
    assert _state(context.store, ids["b"]) == (False, False, False, ())
    assert apply_to_stored(context, replace(CLAY, conditions=(Condition(words=("porcelain",)),))) is None


def test_muted_words_count_as_read(context: Context) -> None:
    feed = _feed(context.store)
    assert set_mute_words(context, "crypto, web  three") == ("crypto", "web three")
    ids = _take_in(context.store, feed, a="all about web three", b="clay")
    assert [_state(context.store, ids[each])[0] for each in "ab"] == [True, False]
    assert mute_words(context) == ("crypto", "web three")
    assert rules(context) == ()
    set_mute_words(context, " ")
    assert mute_words(context) == ()
    assert not _state(context.store, _take_in(context.store, feed, c="crypto")["c"])[0]


def test_who_wants_to_be_told_is_told_but_not_of_what_is_muted(context: Context) -> None:
    feed = _feed(context.store, notify=True)
    set_mute_words(context, "crypto")
    with context.store.write("") as work:
        work.articles.take_in(feed.id, [entry_of("a", text="clay"), entry_of("b", text="crypto")])
        assert rules_on_new(work, [feed], 0) == (work.articles.by_guid(feed.id, "a"),)


def test_a_rule_is_removed_and_comes_back(context: Context) -> None:
    rule = save_rule(context, CLAY)
    changed = save_rule(context, replace(rule, name="Pots", enabled=False))
    assert rules(context) == (changed,)
    step = remove_rule(context, rule.id)
    assert rules(context) == ()
    with context.store.write("") as work:
        step.back(work)
    assert rules(context) == (changed,)
    with pytest.raises(UsageError):
        save_rule(context, Rule(name="Nothing"))


def test_a_search_within_a_smart_folder_keeps_its_conditions(context: Context) -> None:
    kept = save_smart_folder(context, SmartFolder(name="Later", words="tea", later=True, days=7))
    made = smart_folder_of(context, Shelf(smart_id=kept.id), " green  leaves ")
    assert made == SmartFolder(name="green leaves", words="tea green leaves", later=True, days=7)
    assert smart_folder_of(context, Shelf(folder="Craft", unread=True), "x") == SmartFolder(
        name="x", words="x", folder="Craft", unread=True
    )
    with pytest.raises(UsageError):
        smart_folder_of(context, Shelf(smart_id=kept.id + 1), "x")


def test_a_smart_folder_shows_what_fits(context: Context) -> None:
    feed = _feed(context.store, tags=("Making",))
    ids = _take_in(context.store, feed, a="clay pots", b="clay wheel", c="tea")
    with context.store.write("") as work:
        work.articles.set_read([ids["a"]], NOW)
        work.articles.set_starred([ids["c"]], NOW)
        work.rules.tag([ids["b"]], "Wheel")
        work.articles.take_in(feed.id, [entry_of("old", text="clay", published=NOW - timedelta(days=60))])
        old = work.articles.by_guid(feed.id, "old")

    def shown(**values: object) -> set[int]:
        folder = save_smart_folder(context, SmartFolder(name="x", **values))  # type: ignore[arg-type]
        found, unread = smart_articles(context, folder.id)
        assert count_smart(context, folder) == len(found)
        assert unread == frozenset(found) - {ids["a"]}
        return set(found)

    assert shown(words="clay") == {ids["a"], ids["b"], old}
    assert shown(words="clay", days=30) == {ids["a"], ids["b"]}
    assert shown(words="clay", unread=True) == {ids["b"], old}
    assert shown(starred=True) == {ids["c"]}
    assert shown(tag="wheel") == {ids["b"]}
    assert shown(tag="making") == {*ids.values(), old}
    assert shown(folder="Craft") == shown(feed=feed.uid) == {*ids.values(), old}
    assert shown(folder="Cra") == shown(later=True) == shown(words="!!") == set()


def test_a_smart_folder_is_listed_changed_and_removed(context: Context) -> None:
    feed = _feed(context.store)
    _take_in(context.store, feed, a="clay", b="tea")
    folder = save_smart_folder(context, SmartFolder(name=" My  clay ", words="clay"))
    assert [(row.name, row.unread) for row in smart_rows(context)] == [("My clay", 1)]
    save_smart_folder(context, replace(folder, name="Both", words="", folder="Craft"))
    assert [(row.name, row.unread) for row in smart_rows(context)] == [("Both", 2)]
    step = remove_smart_folder(context, folder.id)
    assert smart_rows(context) == ()
    assert smart_articles(context, folder.id) == ((), frozenset())
    with context.store.write("") as work:
        step.back(work)
    assert [row.name for row in smart_rows(context)] == ["Both"]
    for nothing in (SmartFolder(name="x"), SmartFolder(name=" ", words="clay")):
        with pytest.raises(UsageError):
            save_smart_folder(context, nothing)
    assert len(article_ids(context, Shelf())) == 2


def test_a_smart_folder_comes_back_as_it_was_kept() -> None:
    folder = SmartFolder(name="x", words="a b", unread=True, tag="t", days=3, feed="f", folder="A/B")
    assert from_body("x", to_body(folder)) == folder
    for nonsense in ("", "[]", '{"days": true, "words": 3}', '{"days": -1}'):
        assert from_body("x", nonsense) == SmartFolder(name="x")
