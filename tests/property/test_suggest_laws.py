"""What holds for every network, every answer and every day."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from pln.model.contact import Person, RhythmWish
from pln.model.interaction import Contact
from pln.model.suggestion import Candidate, Energy, Response, StepKind, Verdict
from pln.suggest.choose import Choice, choose
from pln.suggest.reasons import ago, long_ago, shortened
from pln.suggest.rhythm import Prior, pace, rhythm_words
from pln.suggest.words import content, stem
from unit.suggest.invented import TODAY, step

IDS = st.integers(1, 8)
DAYS = st.integers(0, 40).map(lambda back: TODAY - timedelta(days=back))
PEOPLE = st.fixed_dictionaries(
    {
        id_: st.builds(
            Person,
            id=st.just(id_),
            name=st.just(f"Person {id_}"),
            source=st.sampled_from(["", "contacts.vcf"]),
            created=DAYS.map(lambda day: datetime(day.year, day.month, day.day, tzinfo=UTC)),
            circles=st.lists(st.sampled_from(["Garden", "Mentors"]), unique=True).map(tuple),
            paused_until=st.none() | st.integers(-3, 3).map(lambda days: TODAY + timedelta(days=days)),
        )
        for id_ in range(1, 9)
    }
)


@st.composite
def candidates(draw: st.DrawFn) -> list[Candidate]:
    found = []
    for number in range(draw(st.integers(0, 14))):
        people = draw(st.lists(IDS, min_size=1, max_size=2, unique=True))
        kind = draw(st.sampled_from(list(StepKind)))
        found.append(step(f"{kind}:{number}", kind, *people, value=draw(st.sampled_from([0.2, 0.5, 0.9]))))
    return found


@st.composite
def answers(draw: st.DrawFn) -> list[Response]:
    return draw(
        st.lists(
            st.builds(
                Response,
                key=st.builds("{}:{}".format, st.sampled_from(list(StepKind)), st.integers(0, 14)),
                kind=st.sampled_from(list(StepKind)),
                person_id=IDS,
                verdict=st.sampled_from(list(Verdict)),
                at=DAYS.map(lambda day: datetime(day.year, day.month, day.day, 9, tzinfo=UTC)),
                until=st.none() | st.integers(-9, 9).map(lambda days: TODAY + timedelta(days=days)),
                id=st.integers(1, 99),
            ),
            max_size=5,
        )
    )


LAST = st.dictionaries(IDS, DAYS)
SETTING = st.tuples(candidates(), answers(), st.sampled_from(list(Energy)), PEOPLE, LAST)


def chosen(setting: tuple) -> Choice:
    found, responses, energy, people, last = setting
    return choose(found, responses, energy, TODAY, people, last)


@given(SETTING)
def test_never_more_than_the_budget_and_never_two_for_one_person(setting: tuple):
    choice = chosen(setting)
    assert len(choice.shown) <= setting[2].steps
    people = [id_ for one in (*choice.shown, *choice.more) for id_ in one.people]
    assert len(people) == len(set(people))


@given(SETTING)
def test_what_was_declined_or_rests_is_never_shown(setting: tuple):
    _, responses, _, people, _ = setting
    choice = chosen(setting)
    for one in (*choice.shown, *choice.more):
        assert not any(people[id_].paused_until and people[id_].paused_until > TODAY for id_ in one.people)
        for said in responses:
            assert said.verdict is not Verdict.NEVER_PERSON or said.person_id not in one.people
            assert said.verdict is not Verdict.NEVER_REASON or said.kind != one.kind or said.person_id not in one.people
            assert said.verdict not in (Verdict.NOT_THIS, Verdict.DONE) or said.key != one.key


@given(SETTING)
def test_imported_people_come_one_at_a_time(setting: tuple):
    _, _, _, people, last = setting
    choice = chosen(setting)
    shown = (*choice.shown, *choice.more)
    new = [one for one in shown if any(people[id_].source and id_ not in last for id_ in one.people)]
    assert len(new) <= 1


@given(SETTING, st.randoms(use_true_random=False))
def test_the_order_of_the_input_does_not_matter(setting: tuple, random):
    found, responses, *rest = setting
    mixed_found, mixed_responses = list(found), list(responses)
    random.shuffle(mixed_found)
    random.shuffle(mixed_responses)
    assert (
        chosen((mixed_found, sorted(mixed_responses, key=lambda one: one.id), *rest)).shown
        == chosen((found, sorted(responses, key=lambda one: one.id), *rest)).shown
    )


@given(SETTING, candidates())
def test_more_candidates_never_bring_a_hidden_one_back(setting: tuple, more: list[Candidate]):
    found, *rest = setting
    before = {one.candidate.key: one.reason_out for one in chosen((found, *rest)).explained}
    extra = [replace(one, key=f"extra:{one.key}") for one in more]
    after = {one.key for one in chosen(([*found, *extra], *rest)).shown}
    waiting = ("", "can wait", "another step for this person is shown", "others come first this time")
    assert not {key for key, reason in before.items() if reason not in waiting} & after


@given(st.lists(st.integers(0, 900), min_size=1, max_size=30), st.sampled_from(list(RhythmWish)), st.integers(0, 900))
def test_another_contact_never_makes_somebody_more_due(backs: list[int], wish: RhythmWish, resumed: int):
    person = Person(id=1, name="Anna", rhythm_wish=wish)
    log = sorted((Contact(1, TODAY - timedelta(days=back), "coffee") for back in backs), key=lambda one: one.day)
    resumed_on = TODAY - timedelta(days=resumed)
    before = pace(person, log, TODAY, Prior(), resumed_on)
    after = pace(person, [*log, Contact(1, TODAY, "coffee")], TODAY, Prior(), resumed_on)
    for one in (before, after):
        assert one.expected is None or one.expected[0] <= (one.around or date.min) <= one.expected[1]
        assert "late" not in rhythm_words(one, TODAY) and "-" not in rhythm_words(one, TODAY)
    assert after.expected is None or after.expected[0] > TODAY


@given(st.text(max_size=200), st.integers(2, 60))
def test_any_text_can_be_shortened_and_read_for_words(text: str, length: int):
    assert len(shortened(text, length)) <= max(length, 0)
    assert all(content(text))
    for word in content(text).values():
        assert stem(stem(word)) == stem(word)


@given(st.integers(-4000, 4000))
def test_any_day_can_be_said(days: int):
    day = TODAY - timedelta(days=days)
    assert ago(day, TODAY)
    assert days < 0 or long_ago(day, TODAY)
