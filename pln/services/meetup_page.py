"""What the Meetups place shows, each part read in one state of the store."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, time, timedelta

from pln.model.changes import Noun, Ref
from pln.model.contact import HandleKind, Person
from pln.model.errors import UsageError
from pln.model.interaction import InteractionKind
from pln.model.marks import Mark, MarkKind
from pln.model.meetup import Meetup, MeetupState
from pln.model.suggestion import Pace
from pln.model.timeline import Brief
from pln.services.context import Context
from pln.services.meetups import brief_for
from pln.services.preferences import read_preferences
from pln.store.unit_of_work import Work
from pln.suggest.brief import three_questions
from pln.suggest.candidates.warm import thank_you
from pln.suggest.phrasing import meetup_name
from pln.suggest.prompts import Prompt, parse_prompts
from pln.suggest.reasons import on_day
from pln.suggest.rhythm import owner_prior, pace
from pln.system.resources import resource

_LOOKED_AT = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetupLists:
    """Ids. coming: planned from today on, soonest first. unsaid: planned for a day gone by, soonest first.

    just_now: today and yesterday; before: the rest; both newest first.
    """

    coming: tuple[int, ...]
    unsaid: tuple[int, ...]
    just_now: tuple[int, ...]
    before: tuple[int, ...]

    @property
    def ids(self) -> tuple[int, ...]:
        return self.coming + self.unsaid + self.just_now + self.before


def meetup_lists(ctx: Context) -> MeetupLists:
    """All meetups in their groups. Some milliseconds with 10,000 of them."""
    today = ctx.clock.today()
    with ctx.store.read() as work:
        planned = work.meetups.get_many(work.meetups.coming_ids())
        past = work.meetups.past_ids()
        recent = _recent(work, past, today - timedelta(days=1))
    return MeetupLists(
        coming=tuple(each.id for each in planned if each.day >= today),
        unsaid=tuple(each.id for each in planned if each.day < today),
        just_now=past[:recent],
        before=past[recent:],
    )


def _recent(work: Work, past: tuple[int, ...], since: date) -> int:
    """How many of the newest lie on that day or later."""
    for start in range(0, len(past), _LOOKED_AT):
        days = [each.day for each in work.meetups.get_many(past[start : start + _LOOKED_AT])]
        older = next((number for number, day in enumerate(days) if day < since), None)
        if older is not None:
            return start + older
    return len(past)


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetupPage:
    """people: (id, name) of those met, in their order. entries: of the journal that came from this meetup."""

    meetup: Meetup
    people: tuple[tuple[int, str], ...]
    marks: tuple[Mark, ...]
    entries: tuple[int, ...]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(name for _id, name in self.people)

    @property
    def lessons(self) -> tuple[str, ...]:
        return tuple(mark.text for mark in self.marks if mark.kind is MarkKind.LESSON)


def meetup_page(ctx: Context, meetup_id: int) -> MeetupPage:
    """One meetup. Raises UsageError for an unknown id."""
    with ctx.store.read() as work:
        meetup = work.meetups.get(meetup_id)
        if meetup is None:
            raise UsageError("No such meetup", "It may have been removed.")
        names = work.people.names(meetup.people)
        return MeetupPage(
            meetup=meetup,
            people=tuple((who, names[who]) for who in meetup.people if who in names),
            marks=work.meetups.marks_of(meetup_id),
            entries=work.journal.ids_about(Ref(Noun.MEETUP, meetup_id)),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetupSide:
    """What stands beside a meetup about one of its people.

    brief: as it was before this meetup; open promises and questions are those of other meetups.
    coming: the next other meetup planned with them. thanked: a thank-you was noted since.
    questions: up to three to take along.
    """

    person: Person
    brief: Brief
    pace: Pace
    coming: Meetup | None
    thanked: bool
    questions: tuple[str, ...]

    @property
    def mail(self) -> tuple[str, ...]:
        """Where the thank-you goes: their first mail address, if there is one."""
        return self.person.of_kind(HandleKind.EMAIL)[:1]


def meetup_side(ctx: Context, page: MeetupPage, person_id: int) -> MeetupSide:
    """Tens of milliseconds in a long log: call it off the main thread. Raises UsageError for an unknown person."""
    meetup, today = page.meetup, ctx.clock.today()
    brief = brief_for(ctx, person_id)
    with ctx.store.read() as work:
        person = work.people.get(person_id)
        assert person is not None  # brief_for has seen them
        company = work.meetups.with_person(person_id)
        logs = work.contacts.contacts()
        rhythm = pace(
            person, logs.get(person_id, ()), today, owner_prior(logs), read_preferences(work).resumed_on
        )  # fmt: skip
        given = work.interactions.with_person(person_id)
    brief = _as_before(brief, meetup, company)
    thanked = any(each.kind is InteractionKind.THANKS and each.day >= meetup.day for each in given)
    return MeetupSide(
        person=person, brief=brief, pace=rhythm, coming=_next(company, meetup, today), thanked=thanked,
        questions=three_questions(brief, meetup_prompts(), meetup.day),
    )  # fmt: skip


def letter_of_thanks(page: MeetupPage, person: Person, today: date) -> tuple[str, str]:
    """Subject and body of a short thank-you, with what was learned."""
    meetup = page.meetup
    body = thank_you(person.first_name, meetup, on_day(meetup.day, today), page.lessons)
    return f"Thank you for the {meetup_name(meetup.kind)}", body


def questions_for(ctx: Context, person_id: int, day: date) -> tuple[str, ...]:
    """Up to three questions to take along to somebody on a day. Raises UsageError for an unknown person."""
    return three_questions(brief_for(ctx, person_id), meetup_prompts(), day)


def places_used(ctx: Context) -> tuple[str, ...]:
    """Where one met before, the latest first."""
    with ctx.store.read() as work:
        return work.meetups.places()


def meetup_prompts() -> tuple[Prompt, ...]:
    return parse_prompts(resource("prompts", "meetups.toml").read_text("utf-8"))


def _as_before(brief: Brief, meetup: Meetup, company: tuple[Meetup, ...]) -> Brief:
    earlier = [
        each
        for each in company
        if each.state is MeetupState.HAPPENED and each.id != meetup.id and _moment(each) <= _moment(meetup)
    ]
    return replace(
        brief, last=tuple(earlier[:3]), times_met=len(earlier), mine=_of_others(brief.mine, meetup),
        theirs=_of_others(brief.theirs, meetup), questions=_of_others(brief.questions, meetup),
    )  # fmt: skip


def _of_others(marks: tuple[Mark, ...], meetup: Meetup) -> tuple[Mark, ...]:
    return tuple(mark for mark in marks if mark.meetup_id != meetup.id)


def _next(company: tuple[Meetup, ...], meetup: Meetup, today: date) -> Meetup | None:
    planned = (each for each in company if each.state is MeetupState.PLANNED and each.id != meetup.id)
    return min((each for each in planned if each.day >= today), key=_moment, default=None)


def _moment(meetup: Meetup) -> tuple[date, time]:
    return meetup.day, meetup.at or time(0)
