"""People and circles, against a real encrypted file."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from pln.model.changes import Noun, Ref
from pln.model.contact import Handle, HandleKind, NamingConsent, PartialDate, Person, RhythmWish
from pln.model.errors import UsageError
from pln.model.meetup import Meetup, MeetupKind
from pln.store.unit_of_work import Store
from store_fixtures import NOW, TODAY, assert_index_in_step

WHOLE = Person(
    name="Žofie Ångström", uid="f" * 32, given="Žofie", family="Ångström", nickname="Zo", pronouns="she/her",
    org="Lantern Works", role="Lead illustrator", place="Brno", birthday=PartialDate(12, 4),
    note="Keeps bees.\nTwo hives.",
    how_met="at a reading", met_on="2019-05", naming=NamingConsent.NO, rhythm_wish=RhythmWish.SEASONAL,
    paused_until=date(2027, 1, 1), interests=("bees", "typography"), asks=("a printer",), offers=("lino cutting",),
    circles=("Illustrators", "Choir"),
    handles=(Handle(kind=HandleKind.EMAIL, value="zofie@example.invalid", label="work"),
             Handle(kind=HandleKind.PHONE, value="+420 000 000 000")),
    extra=("X-SHOE-SIZE:38",), source="a card", created=datetime(2020, 1, 2, 3, 4, 5, 678000, UTC),
)  # fmt: skip


def test_a_person_reads_back_as_written(store: Store) -> None:
    with store.write("test") as work:
        stored = work.people.add(WHOLE)
    assert stored == replace(WHOLE, id=stored.id)
    with store.read() as work:
        assert work.people.get(stored.id) == stored
        assert work.people.by_uid("f" * 32) == stored
        assert work.people.everyone() == (stored,)
        assert work.people.total() == 1


def test_a_name_is_enough_and_the_rest_is_given(store: Store) -> None:
    with store.write("") as work:
        stored = work.people.add(Person(name="Tomas Berg"))
    assert (stored.id, stored.uid, stored.created) == (1, f"{1:032x}", NOW)


def test_many_at_once_keep_their_order_and_never_share_a_uid(store: Store) -> None:
    with store.write("") as work:
        added = work.people.add_many([Person(name="A", uid="x"), Person(name="B", uid="x"), Person(name="C")])
    assert [each.name for each in added] == ["A", "B", "C"]
    assert len({each.uid for each in added}) == 3
    with store.read() as work:
        assert work.people.get_many([each.id for each in added]) == added


def test_change_writes_all_parts_anew(store: Store) -> None:
    with store.write("") as work:
        first = work.people.add(WHOLE)
        changed = work.people.change(
            replace(first, name="Zofie Berg", circles=("Choir",), handles=first.handles[1:], birthday=None)
        )
    with store.read() as work:
        assert work.people.get(first.id) == changed
        assert [circle.name for circle in work.people.circles()] == ["Choir"]
    assert_index_in_step(store)


def test_change_keeps_uid_and_created_where_none_are_given(store: Store) -> None:
    with store.write("") as work:
        first = work.people.add(WHOLE)
        work.people.change(Person(id=first.id, name="Zo"))
        found = work.people.get(first.id)
    assert found is not None
    assert (found.uid, found.created) == (first.uid, first.created)


def test_changing_somebody_who_is_not_there_is_told_and_nothing_written(store: Store) -> None:
    with pytest.raises(UsageError), store.write("") as work:
        work.people.change(Person(id=77, name="Nobody", circles=("Ghosts",)))
    with store.read() as work:
        assert work.people.circles() == ()


def test_a_removed_person_is_out_of_lists_and_search_and_comes_back_whole(store: Store) -> None:
    with store.write("") as work:
        who = work.people.add(WHOLE)
    with store.write("") as work:
        assert work.people.remove(who.id)
        assert not work.people.remove(who.id)
    assert work.changes.refs == {Ref(Noun.PERSON, who.id)}
    with store.read() as work:
        assert (work.people.ids(), work.people.find("zo"), work.people.circles(), work.people.total()) == (
            (),
            (),
            (),
            0,
        )
        assert work.search.ids("bees", Noun.PERSON) == ()
        assert work.people.names([who.id]) == {who.id: who.name}  # meetups still say who it was
    assert_index_in_step(store)
    with store.write("") as work:
        assert work.people.restore(who.id)
        assert not work.people.restore(who.id)
        assert work.people.get(who.id) == who
        assert work.search.ids("bees", Noun.PERSON) == (who.id,)
    assert_index_in_step(store)


def test_what_is_saved_of_a_removed_person_stays_out_of_the_search(store: Store) -> None:
    with store.write("") as work:
        who = work.people.add(WHOLE)
        work.people.remove(who.id)
        work.people.change(replace(who, note="wasps"))
        assert work.search.ids("wasps", Noun.PERSON) == ()
    assert_index_in_step(store)


def test_a_new_name_is_found_in_old_meetups_but_not_in_removed_ones(store: Store) -> None:
    with store.write("") as work:
        who = work.people.add(Person(name="Mia Sund"))
        kept = work.meetups.add(Meetup(kind=MeetupKind.TEA, day=TODAY, people=(who.id,)), TODAY)
        gone = work.meetups.add(Meetup(kind=MeetupKind.TEA, day=TODAY, people=(who.id,)), TODAY)
        work.meetups.remove(gone.id)
        work.people.change(replace(who, name="Mia Falk"))
        assert work.search.ids("falk", Noun.MEETUP) == (kept.id,)
        assert work.search.ids("sund", Noun.MEETUP) == ()
    assert_index_in_step(store)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", ["Ágnes Toth", "agnes vela", "Bruno Ek", "山田 花子"]),
        ("agnes", ["Ágnes Toth", "agnes vela"]),
        ("TOTH ág", ["Ágnes Toth"]),
        ("lantern", ["Bruno Ek"]),
        ("bruno@example", ["Bruno Ek"]),
        ("山田", ["山田 花子"]),
        ("choir", ["agnes vela"]),
        ("%", []),
        ("_", []),
        ("' OR 1=1 --", []),
    ],
)
def test_the_list_is_in_order_of_names_and_found_by_any_part(store: Store, typed: str, found: list[str]) -> None:
    with store.write("") as work:
        work.people.add(Person(name="山田 花子"))
        work.people.add(
            Person(
                name="Bruno Ek", org="Lantern Works",
                handles=(Handle(kind=HandleKind.EMAIL, value="bruno@example.invalid"),),
            )
        )  # fmt: skip
        work.people.add(Person(name="agnes vela", circles=("Choir",)))
        work.people.add(Person(name="Ágnes Toth"))
        names = work.people.names(work.people.ids(typed))
        assert [names[each] for each in work.people.ids(typed)] == found


def test_the_picker_puts_names_that_begin_so_first(store: Store) -> None:
    with store.write("") as work:
        work.people.add(Person(name="Anna Marsh", role="Editor", org="Lantern Works"))
        work.people.add(Person(name="Marta Quist"))
        assert work.people.find("mar") == ((2, "Marta Quist", ""), (1, "Anna Marsh", "Editor · Lantern Works"))
        assert work.people.find("mar", limit=1) == ((2, "Marta Quist", ""),)


def test_circles_are_one_whatever_their_case_and_count_their_members(store: Store) -> None:
    with store.write("") as work:
        work.people.add(Person(name="A", circles=("Choir", "ÉCOLE")))
        work.people.add(Person(name="B", circles=("choir", "école")))
        third = work.people.add(Person(name="C", circles=("Bakers",)))
        assert [(each.name, each.size) for each in work.people.circles()] == [("Choir", 2), ("ÉCOLE", 2), ("Bakers", 1)]
        assert work.people.ids(in_circle="Bakers") == (third.id,)


def test_ids_are_never_used_again(store: Store) -> None:
    with store.write("") as work:
        first = work.people.add(Person(name="A"))
    with pytest.raises(RuntimeError), store.write("") as work:
        work.people.add(Person(name="B"))
        raise RuntimeError
    with store.write("") as work:
        work.people.remove(first.id)
        assert work.trash.empty(NOW.replace(year=2030))[Noun.PERSON] == 1
        assert work.people.get(first.id) is None
        assert work.people.add(Person(name="C")).id > first.id
