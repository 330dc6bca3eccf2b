"""The laws of the map: everybody once, inside the frame, nobody on top of another, the same every time."""

from __future__ import annotations

import math
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pln.model.contact import Person
from pln.model.interaction import Contact
from pln.model.marks import Mark, MarkKind
from pln.model.meetup import Meetup, MeetupKind
from pln.model.suggestion import Network
from pln.suggest.network_map import GroupKind, Way, network_map
from pln.suggest.reach import learned, quarter_begin, quiet_edges, reach

TODAY = date(2026, 11, 22)
WORDS = st.lists(st.sampled_from(["Garden", "garden", "Choir", "Data", "陳", "x" * 60, *"abcdefgh"]), max_size=4)


@st.composite
def networks(draw: st.DrawFn) -> Network:
    size = draw(st.integers(0, 40))
    people = {
        number: Person(
            id=number, name=f"Person {number}", circles=tuple(dict.fromkeys(draw(WORDS))),
            interests=tuple(dict.fromkeys(draw(WORDS))),
            introduced_by=draw(st.none() | st.integers(0, size + 3)),
        )
        for number in range(1, size + 1)
    }  # fmt: skip
    silences = {number: draw(st.lists(st.integers(0, 2000), max_size=4)) for number in people}
    contacts = {
        number: tuple(Contact(number, TODAY - timedelta(days=ago), "coffee") for ago in sorted(days, reverse=True))
        for number, days in silences.items()
    }
    return Network(today=TODAY, people=people, contacts=contacts)


@pytest.mark.parametrize("way", list(Way))
@given(network=networks())
def test_everybody_is_placed_once_inside_the_frame(way: Way, network: Network) -> None:
    found = network_map(network, way)
    assert sorted(dot.person_id for dot in found.dots) == sorted(network.people)
    assert all(0 <= dot.x <= 1 and 0 <= dot.y <= 1 for dot in found.dots)
    assert all(0 <= number < len(found.groups) for dot in found.dots for number in dot.groups)
    assert all(one < other and {one, other} <= set(network.people) for one, other in found.lines)
    assert [group.size for group in found.groups] == [
        sum(number in dot.groups for dot in found.dots) for number in range(len(found.groups))
    ]


@pytest.mark.parametrize("way", list(Way))
@given(network=networks())
def test_the_same_people_give_the_same_picture(way: Way, network: Network) -> None:
    turned = Network(today=TODAY, people=dict(reversed(network.people.items())), contacts=network.contacts)
    assert network_map(network, way) == network_map(turned, way)


@pytest.mark.parametrize("way", list(Way))
@given(network=networks())
def test_nobody_stands_on_another(way: Way, network: Network) -> None:
    dots = network_map(network, way).dots
    for number, one in enumerate(dots):
        for other in dots[number + 1 :]:
            assert math.dist((one.x * 1000, one.y * 860), (other.x * 1000, other.y * 860)) > 5


def person(number: int, *circles: str) -> Person:
    return Person(id=number, name=f"Person {number}", circles=circles)


def test_somebody_of_two_circles_stands_between_them() -> None:
    people = [person(number, "Garden") for number in range(1, 9)] + [person(number, "Choir") for number in range(9, 17)]
    people.append(person(17, "Garden", "Choir"))
    found = network_map(Network(today=TODAY, people={one.id: one for one in people}), Way.CIRCLES)
    spots = {dot.person_id: dot for dot in found.dots}
    middle = {name: [spots[one.id].x for one in people if one.circles == (name,)] for name in ("Garden", "Choir")}
    left, right = sorted(sum(xs) / len(xs) for xs in middle.values())
    assert left + 0.1 < spots[17].x < right - 0.1
    assert len(spots[17].groups) == 2


def test_circles_beyond_eight_share_a_place() -> None:
    people = {number: person(number, f"Circle {number}") for number in range(1, 13)}
    kinds = [group.kind for group in network_map(Network(today=TODAY, people=people), Way.CIRCLES).groups]
    assert kinds.count(GroupKind.NAMED) == 8 and GroupKind.OTHERS in kinds


def test_interests_group_only_those_who_share_one() -> None:
    people = {
        1: Person(id=1, name="A", interests=("jazz", "tea")), 2: Person(id=2, name="B", interests=("Jazz",)),
        3: Person(id=3, name="C", interests=("maps",)),
    }  # fmt: skip
    found = network_map(Network(today=TODAY, people=people), Way.INTERESTS)
    assert [(group.kind, group.name, group.size) for group in found.groups] == [
        (GroupKind.NAMED, "jazz", 2),
        (GroupKind.NONE, "", 1),
    ]


def test_time_goes_from_left_to_right() -> None:
    people = {number: person(number) for number in (1, 2, 3, 4, 5)}
    contacts = {
        number: (Contact(number, TODAY - timedelta(days=ago), "tea"),)
        for number, ago in ((1, 3), (2, 60), (3, 200), (4, 900))
    }
    found = network_map(Network(today=TODAY, people=people, contacts=contacts), Way.TIME)
    assert [dot.person_id for dot in sorted(found.dots, key=lambda dot: dot.x)] == [1, 2, 3, 4, 5]
    assert found.dots[-1].last == ""


def test_a_line_is_a_meeting_in_small_company_or_an_introduction() -> None:
    people = {number: person(number) for number in range(1, 21)}
    people[4] = Person(id=4, name="D", introduced_by=3)
    crowd = Meetup(id=2, kind=MeetupKind.LUNCH, day=TODAY, people=tuple(range(1, 21)))
    hall = Meetup(id=3, kind=MeetupKind.EVENT, day=TODAY, people=(1, 5))
    small = Meetup(id=1, kind=MeetupKind.WALK, day=TODAY, people=(2, 1))
    network = Network(today=TODAY, people=people, meetups={1: small, 2: crowd, 3: hall})
    assert network_map(network, Way.CIRCLES, [(8, 7), (9, 99)]).lines == ((1, 2), (3, 4), (7, 8))


def talks(*companies: tuple[int, ...]) -> dict[int, Meetup]:
    return {
        number: Meetup(id=number, kind=MeetupKind.TEA, day=TODAY - timedelta(days=100 - number), people=company)
        for number, company in enumerate(companies, start=1)
    }


def test_reach_counts_the_last_ten_without_the_usual_circle() -> None:
    people = {1: person(1, "Mentors"), 2: person(2, "Garden"), 3: person(3)}
    network = Network(today=TODAY, people=people, meetups=talks(*[(1,)] * 9, (2,), (3,), (1, 2)))
    found = reach(network)
    assert found is not None and (found.outside, found.of, found.usual) == (2, 10, "Mentors")
    assert reach(Network(today=TODAY, people=people, meetups=talks((1,), (2,)))) is None
    assert reach(Network(today=TODAY, people={3: person(3)}, meetups=talks((3,), (3,), (3,)))) is None


def test_quiet_edges_are_few_by_name_and_leave_out_whom_one_meets_soon() -> None:
    people = {number: Person(id=number, name=f"{chr(90 - number)}") for number in range(1, 12)}
    old = [TODAY - timedelta(days=days) for days in (900, 600, 420)]
    contacts = {number: tuple(Contact(number, day, "tea") for day in old) for number in people}
    planned = {3: Meetup(id=9, kind=MeetupKind.TEA, day=TODAY, people=(3,))}
    found = quiet_edges(Network(today=TODAY, people=people, contacts=contacts, planned=planned))
    names = [people[edge.person_id].name for edge in found]
    assert len(found) == 5 and names == sorted(names)
    assert 3 not in {edge.person_id for edge in found}
    assert {edge.silence for edge in found} == {420}


def test_lessons_of_the_quarter_with_those_they_are_from() -> None:
    people = {1: person(1), 2: person(2)}
    meetups = talks((1,), (1, 2))
    lesson = lambda meetup, who, day: Mark(  # noqa: E731
        kind=MarkKind.LESSON, text="x", meetup_id=meetup, person_id=who, made_on=day
    )
    begin = quarter_begin(TODAY)
    assert begin == date(2026, 10, 1)
    marks = [lesson(1, 1, TODAY), lesson(2, None, begin), lesson(1, 1, begin - timedelta(days=1))]
    found = learned(marks, Network(today=TODAY, people=people, meetups=meetups))
    assert (found.lessons, found.people, found.most, found.ever) == (2, 2, 1, 3)
