"""From a network to the cards of a day."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

from pln.model.contact import Person
from pln.model.suggestion import Energy, StepKind, Verdict
from pln.suggest.brief import common_ground
from pln.suggest.reasons import sentence
from pln.suggest.today import explain, suggest
from unit.suggest.invented import ANNA, BILAL, MEI, TODAY, TOMAS, every, log, network, said, story


def test_the_story_gives_a_promise_an_introduction_and_an_old_friend():
    choice = suggest(story(), Energy.STEADY)
    assert [(step.title, step.chip, step.action_label) for step in choice.shown] == [
        ("Send Anna the paper you promised", "Promise · 9 days", "Write to Anna"),
        ("Introduce Bilal to Mei", "Introduction", "Draft an introduction"),
        ("Pick the thread up with Tomás", "Old friend", "Read, then write"),
    ]
    assert [sentence(step.facts) for step in choice.shown] == [
        "You promised it over coffee on 12 November: “send the communities-of-practice paper”. "
        "It is saved in Reading: “What makes a community of practice last”.",
        "Both care about onboarding and allotments, and as far as you noted they have not met. "
        "Mei asked you on 3 November for someone who has run a pilot: "
        "“She asked for someone who has run a pilot”.",
        "You used to be in touch every six weeks; the last time was 14 months ago. "
        "Tomás wrote something new: “Peer review as a conversation”.",
    ]


def test_quiet_shows_the_promise_alone_and_once_it_is_done_nothing():
    (only,) = suggest(story(), Energy.QUIET).shown
    assert only.kind is StepKind.PROMISE
    done = replace(story(), responses=(said(only, Verdict.DONE),))
    assert suggest(done, Energy.QUIET).shown == ()


def test_not_this_brings_another():
    first = suggest(story(), Energy.STEADY)
    declined = replace(story(), responses=(said(first.shown[0], Verdict.NOT_THIS),))
    after = suggest(declined, Energy.STEADY)
    assert first.shown[0].key not in {step.key for step in after.shown}
    assert ANNA in {id_ for step in after.shown for id_ in step.people}


def test_the_same_day_gives_the_same_list():
    assert suggest(story(), Energy.OPEN) == suggest(story(), Energy.OPEN)


def test_an_empty_network_is_a_quiet_day():
    choice = suggest(network(), Energy.OPEN)
    assert (choice.shown, choice.waiting, choice.explained) == ((), 0, ())


def test_contact_of_later_days_is_not_known_on_an_earlier_one():
    net = replace(story(), contacts={**story().contacts, BILAL: log(BILAL, [TODAY + timedelta(days=5)], "tea")})
    assert "Introduce Bilal to Mei" not in {step.title for step in suggest(net, Energy.OPEN).shown}


def test_a_week_of_days_never_passes_the_budget():
    for days in range(7):
        day = replace(story(), today=TODAY + timedelta(days=days))
        for energy in Energy:
            assert len(suggest(day, energy).shown) <= energy.steps


def test_the_explanation_is_plain_and_whole():
    told = explain(suggest(story(), Energy.STEADY))
    assert json.loads(json.dumps(told)) == told
    assert [one["shown"] for one in told[:3]] == [True, True, True]
    assert not any(one["shown"] for one in told[3:]) and all(one["reason_out"] for one in told[3:])
    assert told[0]["facts"][0] == {  # type: ignore[index]
        "text": "You promised it over coffee on 12 November", "day": "2026-11-12",
        "quote": "send the communities-of-practice paper", "ref": {"noun": "meetup", "id": 1},
    }  # fmt: skip


def test_five_hundred_imported_people_bring_one_step_at_most():
    people = [Person(id=n, name=f"P{n}", source="Connections.csv", interests=("jazz",)) for n in range(10, 510)]
    everybody = {**story().people, **{person.id: person for person in people}}
    shown = suggest(replace(story(), people=everybody), Energy.OPEN).shown
    assert sum(step.people[0] >= 10 for step in shown) <= 1


def test_common_ground_is_shared_interests_and_people_both_know():
    people = story().people
    mei = replace(people[MEI], introduced_by=TOMAS)
    together = every(MEI, 30, 2, TODAY)
    with_anna = tuple(replace(contact, company=(ANNA,)) for contact in together)
    assert common_ground(mei, ("Gardening", "mentors"), people) == ("mentoring", "Tomás")
    assert common_ground(mei, (), people, with_anna) == ("Tomás", "Anna")
    assert common_ground(people[BILAL], ("", "the"), people) == ()
