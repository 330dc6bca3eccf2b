"""Interactions, the log of contact, answers, settings, the trash."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy.exc import DBAPIError

from pln.model.changes import Noun, Ref
from pln.model.contact import Person
from pln.model.errors import StoreFault
from pln.model.feed import Feed
from pln.model.interaction import Contact, Interaction, InteractionKind
from pln.model.journal import Entry, Mention
from pln.model.meetup import Meetup, MeetupKind, MeetupState
from pln.model.suggestion import Response, StepKind, Verdict
from pln.store.unit_of_work import Store
from store_fixtures import NOW, TODAY, assert_index_in_step, entry_of, fill

DAY = timedelta(days=1)


@pytest.fixture
def three(store: Store) -> tuple[int, ...]:
    with store.write("") as work:
        return tuple(each.id for each in work.people.add_many([Person(name=name) for name in ("A", "B", "C")]))


def test_an_interaction_reads_back_and_its_removal_is_told_to_both_people(store: Store, three: tuple[int, ...]) -> None:
    new = Interaction(
        kind=InteractionKind.INTRODUCTION, person_id=three[0], other_id=three[1], day=TODAY, note="You two!", uid="i"
    )
    with store.write("") as work:
        stored = work.interactions.add(new)
    assert stored == replace(new, id=stored.id, created=NOW)
    both = {Ref(Noun.INTERACTION, stored.id), Ref(Noun.PERSON, three[0]), Ref(Noun.PERSON, three[1])}
    assert work.changes.refs == both
    with store.read() as work:
        assert work.interactions.by_uid("i") == stored
        for who in three[:2]:
            assert work.interactions.with_person(who) == (stored,) == work.interactions.everything()
        assert work.interactions.with_person(three[2]) == ()
    for act in ("remove", "restore"):
        with store.write("") as work:
            assert getattr(work.interactions, act)(stored.id)
            assert not getattr(work.interactions, act)(stored.id)
        assert work.changes.refs == both


def test_articles_that_were_sent(store: Store) -> None:
    ids = fill(store)
    with store.write("") as work:
        sent = work.interactions.add(
            Interaction(
                kind=InteractionKind.ARTICLE, person_id=ids["person"], article_id=ids["article"], day=TODAY
            )
        )  # fmt: skip
        assert work.interactions.sent_articles() == {(ids["article"], ids["person"])}
        work.interactions.remove(sent.id)
        assert work.interactions.sent_articles() == frozenset()


def test_only_real_contact_is_in_the_log(store: Store, three: tuple[int, ...]) -> None:
    a, b, c = three
    meetup = Meetup(kind=MeetupKind.TEA, day=TODAY - 5 * DAY, people=(a, b))
    with store.write("") as work:
        work.meetups.add(meetup, TODAY)
        work.meetups.add(replace(meetup, day=TODAY + DAY, state=MeetupState.PLANNED), TODAY)
        work.meetups.add(replace(meetup, day=TODAY - DAY, state=MeetupState.FELL_THROUGH), TODAY)
        work.meetups.add(replace(meetup, day=TODAY - DAY, kind=MeetupKind.EVENT), TODAY)
        work.journal.add(Entry(title="", body="@A", mentions=(Mention(a, "@A"),)))
        work.interactions.add(
            Interaction(kind=InteractionKind.INTRODUCTION, person_id=a, other_id=c, day=TODAY - 9 * DAY)
        )
        log = work.contacts.contacts()
        rows = work.contacts.rows([c, a, 99, b])
        assert {who: work.contacts.contacts_of(who) for who in three} == log
        assert work.contacts.contacts_of(99) == ()
    assert log == {
        a: (Contact(a, TODAY - 9 * DAY, "introduction"), Contact(a, TODAY - 5 * DAY, "tea", (b,))),
        b: (Contact(b, TODAY - 5 * DAY, "tea", (a,)),),
        c: (Contact(c, TODAY - 9 * DAY, "introduction"),),
    }
    assert [(row.id, row.last_contact, row.next_meetup) for row in rows] == [
        (c, TODAY - 9 * DAY, None), (a, TODAY - 5 * DAY, TODAY + DAY), (b, TODAY - 5 * DAY, TODAY + DAY),
    ]  # fmt: skip


def test_answers_are_kept_and_can_be_taken_back_but_their_ids_stay_used(store: Store) -> None:
    new = Response(
        key="promise:17", kind=StepKind.PROMISE, person_id=1, verdict=Verdict.LATER, at=NOW, until=date(2026, 12, 1)
    )
    with store.write("") as work:
        first = work.responses.add(new)
        assert work.responses.everything() == (first,)
        assert work.responses.take_back(first.id)
        assert not work.responses.take_back(first.id)
        assert work.responses.add(new).id > first.id


def test_settings_hold_whatever_json_holds(store: Store) -> None:
    with store.write("") as work:
        assert work.settings.get("a", 5) == 5
        work.settings.put("a", {"b": [1, None, "ü\ud800"]})
        work.settings.put("a", {"b": [2]})
        work.settings.put("none", None)
        assert work.settings.everything() == {"a": {"b": [2]}, "none": None}
        assert work.settings.get("none", 5) is None
    assert work.changes.bulk_nouns == {Noun.SETTING}


def test_the_trash_keeps_what_is_recent_and_whoever_is_still_named(store: Store) -> None:
    ids = fill(store)
    with store.write("") as work:
        alone = work.people.add(Person(name="Nobody's friend"))
        for repository, record in (
            (work.people, ids["person"]), (work.people, alone.id),
            (work.journal, ids["entry"]), (work.feeds, ids["feed"]),
        ):  # fmt: skip
            assert repository.remove(record)
        assert set(work.trash.empty(NOW).values()) == {0}
    with store.write("") as work:
        gone = work.trash.empty(NOW + DAY)
    assert {noun: count for noun, count in gone.items() if count} == {Noun.ENTRY: 1, Noun.FEED: 1, Noun.PERSON: 1}
    assert work.changes.bulk_nouns == {Noun.ENTRY, Noun.FEED, Noun.PERSON}
    with store.read() as work:
        assert work.people.get(alone.id) is None
        assert work.people.names([ids["person"]]) == {ids["person"]: "Ines Okafor"}
        assert (work.articles.get(ids["article"]), work.journal.get(ids["entry"])) == (None, None)
        assert len(work.meetups.marks_of(ids["meetup"])) == 1
    assert_index_in_step(store)


def test_a_reader_cannot_write(store: Store) -> None:
    with pytest.raises((StoreFault, DBAPIError)), store.read() as work:
        work.people.add(Person(name="Sneaked in"))
    with store.read() as work:
        assert work.people.total() == 0


def test_a_unit_that_fails_leaves_nothing(store: Store) -> None:
    ids = fill(store)
    with pytest.raises(ZeroDivisionError), store.write("") as work:
        work.people.remove(ids["person"])
        work.articles.take_in(ids["feed"], [entry_of("z")])
        work.feeds.add(Feed(url="https://z.example.invalid/"))
        1 / 0  # noqa: B018
    with store.read() as work:
        assert (work.people.total(), work.articles.total(), work.feeds.total()) == (1, 1, 1)
    assert_index_in_step(store)


def test_units_do_not_nest(store: Store) -> None:
    with store.write(""):  # noqa: SIM117
        with pytest.raises(RuntimeError, match="nest"), store.write(""):
            pass
    with store.write("") as work:
        work.people.add(Person(name="Works again"))
