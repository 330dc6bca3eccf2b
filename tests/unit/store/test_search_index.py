"""What the search finds, in many scripts, for whatever is typed."""

from __future__ import annotations

import pytest

from pln.model.changes import Noun, Ref
from pln.model.contact import Person
from pln.model.journal import Entry
from pln.model.meetup import Meetup, MeetupKind
from pln.store.unit_of_work import Store
from store_fixtures import TODAY, assert_index_in_step, fill, indexed_words

TEXTS = {
    "diacritics": "Antonín Dvořák wrote about façades in Århus",
    "japanese": "東京タワーで朝ごはんを食べた",
    "chinese": "我们谈论学习网络",
    "korean": "서울에서 만났어요",
    "thai": "เราคุยกันเรื่องการเรียนรู้",
    "russian": "Разговор о ремесле",
    "operators": "to be OR not NEAR the AND of it",
    "apostrophe": "Siobhán O’Malley's garden",
    "fullwidth": "Ｃａｆｅ talk",
}


@pytest.fixture
def entries(store: Store) -> dict[str, int]:
    with store.write("") as work:
        return {name: work.journal.add(Entry(title=name, body=body)).id for name, body in TEXTS.items()}


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("dvorak", ["diacritics"]), ("DVOŘÁK", ["diacritics"]), ("dvo", ["diacritics"]), ("facades", ["diacritics"]),
        ("wrote dvor", ["diacritics"]), ("dvorak ", ["diacritics"]), ("dvora ", []),
        ("東京", ["japanese"]), ("京", ["japanese"]), ("朝ごはん", ["japanese"]), ("京東", []),
        ("学习", ["chinese"]), ("学网", []), ("서울", ["korean"]), ("만났", ["korean"]), ("เรียน", ["thai"]),
        ("ремес", ["russian"]), ("РАЗГОВОР", ["russian"]),
        ("OR", ["operators"]), ("not near", ["operators"]), ("AND", ["operators"]), ("to OR it", ["operators"]),
        ("NEAR(be not)", ["operators"]), ("o'malley", ["apostrophe"]), ("O’Mal", ["apostrophe"]),
        ("siobhan garden", ["apostrophe"]), ("cafe", ["fullwidth"]), ("title:operators", []),
        ('"be"', ["operators"]), ("be*", ["operators"]), ("^be", ["operators"]), ("- +be", ["operators"]),
        ("", []), ("   ", []), ("a", []), ("*", []), ('"', []), ("()", []), ("{title}", []), ("\x00", []), ("😀", []),
    ],
)  # fmt: skip
def test_finds(store: Store, entries: dict[str, int], typed: str, found: list[str]) -> None:
    with store.read() as work:
        assert work.search.ids(typed, Noun.ENTRY) == tuple(entries[name] for name in found)


HOSTILE = [
    "'; DROP TABLE person; --", 'x" OR "1"="1', "a\x00b", "\ud800", "\u202e\u0000\ufeff", "[[[[", "%_%", "NULL",
    "x" * 100_000, "many words " * 5_000, "\n\r\t", "e\u0301" * 500, "👩‍👩‍👧‍👦", "ﷺ" * 50, "-1", "search_docsize",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_words_are_stored_searched_and_shown_like_others(store: Store, text: str) -> None:
    with store.write("") as work:
        who = work.people.add(Person(name=f"Ana {text}", note=text, interests=(text,), circles=(text,)))
        work.meetups.add(Meetup(kind=MeetupKind.WALK, day=TODAY, people=(who.id,), notes=text, place=text), TODAY)
        work.journal.add(Entry(title=text, body=f"#{text} @{text}"))
    with store.read() as work:
        found = work.people.get(who.id)
        assert found is not None
        assert found.note == text.replace("\ud800", "\ufffd")
        assert Ref(Noun.PERSON, who.id) in [hit.ref for hit in work.search.hits("ana")]
        work.search.hits(text)
        work.people.ids(text)
        work.people.find(text)
    assert_index_in_step(store)


def test_hits_come_noun_by_noun_with_their_words(store: Store) -> None:
    ids = fill(store)
    with store.read() as work:
        hits = work.search.hits("kumquat")
    assert [(hit.ref.noun.value, hit.ref.id, hit.title, hit.when) for hit in hits] == [
        ("person", ids["person"], "Ines Okafor", ""),
        ("meetup", ids["meetup"], "Tea with Ines Okafor", "2026-11-22"),
        ("article", ids["article"], "Title of a", "2026-11-21"),
        ("entry", ids["entry"], "Thinking", "2026-11-22"),
    ]
    assert all("kumquat" in hit.snippet for hit in hits)


def test_newest_first_and_no_more_than_asked_for(store: Store) -> None:
    with store.write("") as work:
        ids = [work.journal.add(Entry(title="", body="quince")).id for _ in range(5)]
        assert work.search.ids("quince", Noun.ENTRY, limit=2) == (ids[4], ids[3])
        assert len(work.search.hits("quince", limit=3)) == 3


def test_people_of_a_meetup_are_named_in_their_order(store: Store) -> None:
    with store.write("") as work:
        a, b = work.people.add(Person(name="Zora Venn")), work.people.add(Person(name="Abel Ruiz"))
        work.meetups.add(Meetup(kind=MeetupKind.WALK, day=TODAY, people=(a.id, b.id), notes="quince"), TODAY)
        assert work.search.hits("quince")[0].title == "Walk with Zora Venn, Abel Ruiz"


def test_an_index_out_of_step_is_told_harms_no_search_and_can_be_built_anew(store: Store) -> None:
    ids = fill(store)
    words = indexed_words(store.path)
    with store.write("") as work:
        work.search.drop(Ref(Noun.ENTRY, ids["entry"]))
        work.search.put(Ref(Noun.PERSON, 99), "a ghost", "kumquat")
    assert store.check() == (
        "search index: 0 too few and 1 too many of kind person", "search index: 1 too few and 0 too many of kind entry",
    )  # fmt: skip
    with store.write("") as work:
        assert [hit.ref.noun for hit in work.search.hits("kumquat")] == [Noun.PERSON, Noun.MEETUP, Noun.ARTICLE]
        work.reindex()
    assert indexed_words(store.path) == words
