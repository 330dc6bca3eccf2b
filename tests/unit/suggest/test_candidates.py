"""Each kind of step: when it comes, when it does not, and what it says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from pln.model.changes import Noun, Ref
from pln.model.contact import PartialDate, Person, RhythmWish
from pln.model.interaction import Contact
from pln.model.marks import Mark, MarkKind, MarkState
from pln.model.meetup import Meetup, MeetupKind, MeetupState
from pln.model.suggestion import Candidate, Network, StepAction, StepKind
from pln.suggest.candidates import (
    article as article_step,
)  # fmt: skip
from pln.suggest.candidates import (
    birthday,
    dormant,
    find_all,
    introduction,
    question,
    rhythm,
    their_promise,
    warm,
)
from pln.suggest.candidates import (
    promise as promise_step,
)
from pln.suggest.match import matches
from pln.suggest.reasons import sentence
from pln.suggest.rhythm import paces
from unit.suggest.invented import (
    ANNA,
    BILAL,
    MEI,
    TODAY,
    TOMAS,
    article,
    days_ago,
    every,
    log,
    network,
    promise,
)  # fmt: skip

ANNA_L = Person(id=ANNA, name="Anna Lindqvist")
BILAL_O = Person(id=BILAL, name="Bilal Osman")
PLANNED = Meetup(kind=MeetupKind.COFFEE, day=TODAY + timedelta(days=9), state=MeetupState.PLANNED, people=(ANNA,))


def found(find: Callable[..., object], net: Network) -> list[Candidate]:
    return list(find(net, paces(net), matches(net)))  # type: ignore[call-overload]


def one(find: Callable[..., object], net: Network) -> Candidate:
    (candidate,) = found(find, net)
    return candidate


def mark(kind: MarkKind, days: int, text: str = "name of the studio", **more: object) -> Mark:
    settings = {"kind": kind, "text": text, "meetup_id": 1, "made_on": days_ago(days), "id": 3, "person_id": ANNA}
    return Mark(**settings | more)  # type: ignore[arg-type]


def met(kind: MeetupKind, days: int, notes: str = "", people: tuple[int, ...] = (ANNA,), id_: int = 1) -> Meetup:
    return Meetup(id=id_, kind=kind, day=days_ago(days), notes=notes, people=people, place="Café Lark")


# Promises -------------------------------------------------------------------------------------------------------------


def test_a_promise_of_mine_tells_when_over_what_and_in_which_words():
    net = network(ANNA_L, marks=(promise(17, "send the paper", days_ago(9)),), meetups={1: met(MeetupKind.COFFEE, 9)})
    step = one(promise_step.find, net)
    assert (step.key, step.people, step.ref) == ("promise:17", (ANNA,), Ref(Noun.MARK, 17))
    assert step.title == "Send Anna the paper you promised"
    assert step.chip == "Promise · 9 days"
    assert (step.action, step.action_label) == (StepAction.WRITE, "Write to Anna")
    assert sentence(step.facts) == "You promised it over coffee on 12 November: “send the paper”."
    assert step.facts[0].ref == Ref(Noun.MEETUP, 1)
    assert step.draft.startswith("Hello Anna,\n") and "send the paper" in step.draft


def test_a_saved_article_that_was_meant_is_named():
    saved = article(5, "What makes a community of practice last", starred=True)
    other = article(6, "The paper of the year")
    marks = (promise(17, "send the communities-of-practice paper", days_ago(9)),)
    step = one(promise_step.find, network(ANNA_L, marks=marks, articles=(saved, other)))
    assert step.facts[1].quote == saved.title and step.facts[1].ref == Ref(Noun.ARTICLE, 5)
    assert saved.title in step.draft and step.subject == saved.title
    assert len(one(promise_step.find, network(ANNA_L, marks=marks, articles=(other,))).facts) == 1


def test_a_promise_among_several_goes_to_the_one_it_names():
    meetup = met(MeetupKind.LUNCH, 5, people=(BILAL, ANNA))
    for text, person in (("send anna the notes", ANNA), ("send the notes", BILAL)):
        net = network(ANNA_L, BILAL_O, marks=(promise(1, text, days_ago(5), person_id=None),), meetups={1: meetup})
        assert one(promise_step.find, net).people == (person,)


@pytest.mark.parametrize(
    "closed",
    [
        mark(MarkKind.MINE, 9, state=MarkState.DONE),
        mark(MarkKind.MINE, 9, state=MarkState.LET_GO),
        mark(MarkKind.MINE, 9, person_id=99),
        mark(MarkKind.MINE, 9, person_id=None),
        mark(MarkKind.THEIRS, 9),
        mark(MarkKind.MINE, -1),
    ],
)
def test_no_promise_where_it_is_closed_or_nobody_knows_whose(closed: Mark):
    assert found(promise_step.find, network(ANNA_L, marks=(closed,))) == []


def test_a_promise_of_theirs_is_asked_about_after_two_weeks_and_not_before_a_meetup():
    for days, times in ((13, 0), (14, 1), (365, 1), (366, 0)):
        net = network(ANNA_L, marks=(mark(MarkKind.THEIRS, days),))
        assert len(found(their_promise.find, net)) == times
    assert found(their_promise.find, network(ANNA_L, marks=(mark(MarkKind.THEIRS, 20),), planned={ANNA: PLANNED})) == []
    step = one(their_promise.find, network(ANNA_L, marks=(mark(MarkKind.THEIRS, 21),)))
    assert step.title == "Ask Anna about “name of the studio”"
    assert "3 weeks ago" in step.draft


@pytest.mark.parametrize(
    ("find", "kind", "said"),
    [
        (promise_step.find, MarkKind.MINE, "You promised it on a walk on 17 October"),
        (their_promise.find, MarkKind.THEIRS, "Anna offered it on a walk on 17 October"),
        (question.find, MarkKind.QUESTION, "You noted it on a walk on 17 October, to ask next time"),
    ],
)
def test_every_kind_of_mark_points_at_the_meetup_it_was_noted_at(
    find: Callable[..., object], kind: MarkKind, said: str
):
    noted = mark(kind, 35)
    fact = one(find, network(ANNA_L, marks=(noted,), meetups={1: met(MeetupKind.WALK, 35)})).facts[0]
    assert (fact.text, fact.day, fact.quote, fact.ref) == (said, noted.made_on, noted.text, Ref(Noun.MEETUP, 1))
    unknown = one(find, network(ANNA_L, marks=(noted,))).facts[0]
    assert unknown.text == said.replace(" on a walk", "")


def test_a_question_long_open_is_asked_unless_a_meetup_is_planned():
    assert found(question.find, network(ANNA_L, marks=(mark(MarkKind.QUESTION, 29),))) == []
    old = mark(MarkKind.QUESTION, 40, "did the schools join?")
    assert found(question.find, network(ANNA_L, marks=(old,), planned={ANNA: PLANNED})) == []
    step = one(question.find, network(ANNA_L, marks=(old, mark(MarkKind.QUESTION, 35, "other", id=4))))
    assert step.title == "Ask Anna: did the schools join?"
    assert "Did the schools join?" in step.draft


# Meetups --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("days", "times"), [(0, 0), (1, 1), (2, 1), (3, 0)])
def test_a_thank_you_belongs_to_the_two_days_after(days: int, times: int):
    assert len(found(warm.find, network(ANNA_L, meetups={1: met(MeetupKind.WALK, days)}))) == times


def test_a_thank_you_keeps_what_was_learned():
    net = network(ANNA_L, meetups={1: met(MeetupKind.COFFEE, 1, "! start with the question\n[ ] me: send it")})
    step = one(warm.find, net)
    assert step.title == "Thank Anna for the coffee yesterday"
    assert step.facts[1].quote == "start with the question"
    assert "start with the question" in step.draft and "send it" not in step.draft


def test_no_thank_you_twice_nor_for_an_event_nor_one_that_fell_through():
    meetup = met(MeetupKind.COFFEE, 2)
    thanked = {ANNA: log(ANNA, [days_ago(1)], "message")}
    assert found(warm.find, network(ANNA_L, meetups={1: meetup}, contacts=thanked)) == []
    assert found(warm.find, network(ANNA_L, meetups={1: replace(meetup, kind=MeetupKind.EVENT)})) == []
    assert found(warm.find, network(ANNA_L, meetups={1: replace(meetup, state=MeetupState.FELL_THROUGH)})) == []
    same_day = {ANNA: (*log(ANNA, [days_ago(2)]), Contact(ANNA, days_ago(2), "thanks"))}
    assert found(warm.find, network(ANNA_L, meetups={1: meetup}, contacts=same_day)) == []


def test_rhythm_comes_within_its_range_and_says_how_often():
    assert found(rhythm.find, network(ANNA_L, contacts={ANNA: every(ANNA, 35, 9, days_ago(9))})) == []
    step = one(rhythm.find, network(ANNA_L, contacts={ANNA: every(ANNA, 35, 9, days_ago(36), "tea")}))
    assert step.title == "Plan the next tea with Anna"
    assert (step.action, step.action_label, step.chip) == (StepAction.PLAN, "Plan a tea", "Rhythm · 5 weeks")
    assert sentence(step.facts) == (
        "You are in touch about every five weeks. The last time was over tea on 16 October."
    )


def test_no_rhythm_where_a_meetup_is_planned_or_none_is_wanted():
    due = {ANNA: every(ANNA, 35, 9, days_ago(40))}
    assert found(rhythm.find, network(ANNA_L, contacts=due, planned={ANNA: PLANNED})) == []
    for wish in (RhythmWish.NONE, RhythmWish.WHEN_IT_FITS):
        assert found(rhythm.find, network(replace(ANNA_L, rhythm_wish=wish), contacts=due)) == []
    assert found(rhythm.find, network(replace(ANNA_L, paused_until=TODAY + timedelta(days=2)), contacts=due)) == []


def test_right_after_a_pause_of_the_app_nothing_is_due():
    due = {ANNA: every(ANNA, 35, 9, days_ago(60))}
    assert found(rhythm.find, network(ANNA_L, contacts=due))
    assert found(rhythm.find, network(ANNA_L, contacts=due, resumed_on=TODAY)) == []


def test_somebody_never_met_comes_only_where_it_was_wished_for():
    assert found(rhythm.find, network(ANNA_L)) == []
    step = one(rhythm.find, network(replace(ANNA_L, rhythm_wish=RhythmWish.SEASONAL)))
    assert step.title == "Say hello to Anna"
    assert step.facts[0].text == "You would like to be in touch every season"


# Days, articles -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("month", "day", "chip"), [(11, 21, "today"), (12, 1, "1 Dec"), (12, 2, None), (11, 20, None)])
def test_a_birthday_comes_ten_days_ahead(month: int, day: int, chip: str | None):
    steps = found(birthday.find, network(replace(ANNA_L, birthday=PartialDate(month, day, 1988))))
    assert [step.chip for step in steps] == ([f"Birthday · {chip}"] if chip else [])
    assert all("38" not in step.title + step.draft + sentence(step.facts) for step in steps)


def test_a_birthday_on_a_leap_day_and_across_the_year():
    leap = replace(ANNA_L, birthday=PartialDate(2, 29))
    assert one(birthday.find, network(leap, today=date(2027, 2, 22))).facts[0].day == date(2027, 3, 1)
    new_year = one(birthday.find, network(replace(ANNA_L, birthday=PartialDate(1, 2)), today=date(2026, 12, 28)))
    assert new_year.key == "date:1:2027"
    assert "Saturday, 2 January 2027" in new_year.facts[0].text


def test_the_best_article_for_each_person_one_is_in_touch_with():
    likes = replace(ANNA_L, interests=("jazz", "ceramics"))
    articles = (article(5, "Jazz", starred=True), article(6, "Ceramics and jazz"))
    assert found(article_step.find, network(likes, articles=articles)) == []
    step = one(article_step.find, network(likes, articles=articles, contacts={ANNA: every(ANNA, 30, 3, days_ago(20))}))
    assert step.title == "Send Anna “Ceramics and jazz”"
    assert (step.action, step.action_label, step.ref) == (StepAction.READ, "Read, then send", Ref(Noun.ARTICLE, 6))
    assert "“Ceramics and jazz” (Edges)" in step.draft


# Introductions --------------------------------------------------------------------------------------------------------

SEEKS = Person(id=MEI, name="Mei Chen", asks=("someone who has run a pilot",))
HAS = Person(id=BILAL, name="Bilal Osman", offers=("ran a pilot with two schools",))
IN_TOUCH = {BILAL: log(BILAL, [days_ago(20)]), MEI: log(MEI, [days_ago(30)])}


def test_an_ask_meets_an_offer_and_the_one_who_can_give_is_asked_first_without_a_name():
    call = met(MeetupKind.CALL, 18, "She asked for someone who has run a pilot.", (MEI,))
    step = one(introduction.find, network(SEEKS, HAS, contacts=IN_TOUCH, meetups={1: call}))
    assert (step.key, step.people) == ("introduction:2:3", (BILAL, MEI))
    assert step.title == "Introduce Bilal to Mei"
    assert step.facts[0].text == "Mei asked you on 3 November for someone who has run a pilot"
    assert step.facts[0].quote == "She asked for someone who has run a pilot."
    assert "Mei" not in step.draft and "No is fine" in step.draft


def test_rare_shared_interests_are_enough_and_common_ones_are_not():
    def pair(*crowd: Person) -> list[Candidate]:
        one_, other = (replace(person, asks=(), offers=(), interests=("onboarding",)) for person in (SEEKS, HAS))
        everybody = (one_, other, *crowd)
        return found(
            introduction.find, network(*everybody, contacts={p.id: log(p.id, [days_ago(9)]) for p in everybody})
        )

    assert pair()[0].facts[0].text.startswith("Both care about onboarding")
    assert pair(*(Person(id=n, name=f"P{n}", interests=("Onboarding",)) for n in range(10, 20))) == []


@pytest.mark.parametrize(
    ("one_", "other", "more"),
    [
        (replace(SEEKS, introduced_by=BILAL), HAS, {}),
        (replace(SEEKS, org="Otter Labs"), replace(HAS, org="otter labs"), {}),
        (SEEKS, HAS, {"meetups": {1: met(MeetupKind.EVENT, 400, people=(BILAL, MEI))}}),
        (SEEKS, HAS, {"contacts": IN_TOUCH | {MEI: log(MEI, [days_ago(30)], company=(BILAL,))}}),
        (SEEKS, HAS, {"contacts": {MEI: IN_TOUCH[MEI]}}),
        (SEEKS, replace(HAS, paused_until=TODAY + timedelta(days=9)), {}),
        (replace(SEEKS, asks=("a piano teacher",)), HAS, {}),
    ],
)
def test_no_introduction_of_people_who_know_each_other_or_have_nothing_in_common(
    one_: Person, other: Person, more: dict[str, object]
):
    assert found(introduction.find, network(one_, other, **{"contacts": IN_TOUCH} | more)) == []


# Long quiet -----------------------------------------------------------------------------------------------------------

TOMAS_R = Person(id=TOMAS, name="Tomás Ríos", interests=("peer review",))
QUIET = {TOMAS: every(TOMAS, 42, 8, days_ago(426))}


def test_a_rich_tie_long_quiet_comes_with_a_way_in():
    post = article(6, "Peer review as a conversation", voice_id=TOMAS)
    step = one(dormant.find, network(TOMAS_R, contacts=QUIET, articles=(post,)))
    assert step.title == "Pick the thread up with Tomás"
    assert (step.chip, step.action_label, step.ref) == ("Old friend", "Read, then write", Ref(Noun.ARTICLE, 6))
    assert sentence(step.facts) == (
        "You used to be in touch every six weeks; the last time was 14 months ago. "
        "Tomás wrote something new: “Peer review as a conversation”."
    )
    plain = one(dormant.find, network(TOMAS_R, contacts=QUIET))
    assert (plain.action, plain.action_label) == (StepAction.WRITE, "Write to Tomás")


def test_no_old_friend_where_there_was_little_or_it_is_not_long():
    assert found(dormant.find, network(TOMAS_R, contacts={TOMAS: every(TOMAS, 42, 3, days_ago(426))})) == []
    assert found(dormant.find, network(TOMAS_R, contacts={TOMAS: every(TOMAS, 42, 8, days_ago(200))})) == []
    assert found(dormant.find, network(replace(TOMAS_R, rhythm_wish=RhythmWish.NONE), contacts=QUIET)) == []
    assert found(rhythm.find, network(TOMAS_R, contacts=QUIET)) == []


def test_two_old_friends_at_most_the_best_known_and_another_by_turns():
    crowd = [Person(id=n, name=f"P{n}") for n in range(1, 13)]
    contacts = {n: every(n, 30, 5 + (n == 7), days_ago(500)) for n in range(1, 13)}
    others = set()
    for week in range(20):
        net = network(*crowd, contacts=contacts, today=TODAY + timedelta(weeks=week))
        steps = found(dormant.find, net)
        assert steps[0].people == (7,) and len(steps) == 2
        others.add(steps[1].people)
    assert len(others) >= 5


# All together ---------------------------------------------------------------------------------------------------------


def test_every_candidate_is_whole_and_says_nothing_pressing():
    crowd = [Person(id=n, name=f"P{n}", interests=("jazz",), birthday=PartialDate(11, 25)) for n in range(1, 5)]
    net = network(
        *crowd,
        contacts={1: every(1, 30, 9, days_ago(31)), 2: every(2, 30, 9, days_ago(500)), 3: log(3, [days_ago(1)])},
        meetups={1: met(MeetupKind.LETTER, 1, "! patience", (3,))},
        marks=(promise(1, "send the paper", days_ago(3)), mark(MarkKind.THEIRS, 30, id=2), mark(MarkKind.QUESTION, 40)),
        articles=(article(5, "Jazz"),),
    )
    steps = list(find_all(net, paces(net), matches(net)))
    assert {step.kind for step in steps} == set(StepKind)
    assert len({step.key for step in steps}) == len(steps)
    for step in steps:
        assert step.title and step.chip and step.facts and step.action_label and step.draft and step.subject
        assert 0 <= step.value <= 1
        words = f"{step.title} {step.chip} {sentence(step.facts)} {step.draft}".casefold()
        assert not any(word in words for word in ("overdue", "you haven", "should", "late ", "must"))
