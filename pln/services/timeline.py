"""One timeline of everything between the owner and a person."""

from __future__ import annotations

from pln.model.changes import Noun, Ref
from pln.model.highlight import HighlightKind, HighlightRow
from pln.model.interaction import Interaction, InteractionKind
from pln.model.journal import Entry
from pln.model.marks import Mark, prose
from pln.model.meetup import Meetup, MeetupState
from pln.model.timeline import TimelineItem
from pln.store.highlights import Which
from pln.store.unit_of_work import Work


def timeline_of(work: Work, person_id: int) -> tuple[TimelineItem, ...]:
    """Meetups, things given, questions kept for them, what was learned from their writing, journal mentions, newest
    first."""
    meetups = work.meetups.with_person(person_id)
    names = work.people.names({who for meetup in meetups for who in meetup.people})
    marks = work.meetups.marks_of_many([each.id for each in meetups])
    items = [_met(each, names, person_id, marks[each.id]) for each in meetups]
    items += _given(work, person_id)
    items += [_asked(row) for row in work.highlights.rows(work.highlights.ids(Which(person_id=person_id)))]
    lessons = work.highlights.ids(Which(voice_id=person_id, kind=HighlightKind.LESSON))
    items += [_learned(row) for row in work.highlights.rows(lessons)]
    items += [_written(entry) for entry in work.journal.get_many(work.journal.ids_naming(person_id))]
    return tuple(sorted(items, key=lambda item: (item.day, item.at is not None, item.at), reverse=True))


def _met(meetup: Meetup, names: dict[int, str], person_id: int, marks: tuple[Mark, ...]) -> TimelineItem:
    others = tuple(names[who] for who in meetup.people if who != person_id and who in names)
    title = meetup.kind.spoken
    if meetup.place:
        title += f" at {meetup.place}"
    if others:
        title += f", with {', '.join(others)}"
    if meetup.state is not MeetupState.HAPPENED:
        title += f" ({meetup.state})"
    return TimelineItem(
        day=meetup.day, at=meetup.at, kind=meetup.kind.value, title=title, body=prose(meetup.notes),
        ref=Ref(Noun.MEETUP, meetup.id), minutes=meetup.minutes, marks=marks,
    )  # fmt: skip


_GIVEN = {
    InteractionKind.ARTICLE: "You shared an article",
    InteractionKind.THANKS: "You said thank you",
    InteractionKind.INTRODUCTION: "You introduced two people",
    InteractionKind.MESSAGE: "You wrote",
}


def _given(work: Work, person_id: int) -> list[TimelineItem]:
    given = work.interactions.with_person(person_id)
    titles = work.articles.titles([each.article_id for each in given if each.article_id is not None])
    names = work.people.names({who for each in given for who in (each.person_id, each.other_id) if who is not None})
    return [_gift(each, titles, names) for each in given]


def _gift(each: Interaction, titles: dict[int, str], names: dict[int, str]) -> TimelineItem:
    about = titles.get(each.article_id or 0, "")
    if each.other_id is not None:
        about = f"{names.get(each.person_id, '')} and {names.get(each.other_id, '')}"
    body = " · ".join(part for part in (about, f"“{each.note}”" if each.note else "") if part)
    ref = Ref(Noun.ARTICLE, each.article_id) if each.article_id else Ref(Noun.INTERACTION, each.id)
    return TimelineItem(day=each.day, at=None, kind=each.kind.value, title=_GIVEN[each.kind], body=body, ref=ref)


def _asked(row: HighlightRow) -> TimelineItem:
    """A question from reading: on the day it was kept, or asked."""
    each = row.highlight
    title = "You asked about something you read" if each.closed_on else "You read something to ask about"
    return TimelineItem(
        day=each.closed_on or row.day, at=None, kind=each.kind.value, title=title, body=_passage(row),
        ref=Ref(Noun.HIGHLIGHT, each.id),
    )  # fmt: skip


def _learned(row: HighlightRow) -> TimelineItem:
    return TimelineItem(
        day=row.day, at=None, kind=row.highlight.kind.value, title="You learned from what they wrote",
        body=_passage(row), ref=Ref(Noun.HIGHLIGHT, row.highlight.id),
    )  # fmt: skip


def _passage(row: HighlightRow) -> str:
    quote = f"“{' '.join(row.highlight.quote.split())}”"
    return " · ".join(part for part in (row.highlight.note, quote, row.title) if part)


def _written(entry: Entry) -> TimelineItem:
    assert entry.created is not None
    when = entry.created.astimezone()
    opening = " ".join(entry.body.split())[:240]
    return TimelineItem(
        day=when.date(), at=when.time().replace(tzinfo=None), kind="journal", title=entry.title or "In your journal",
        body=opening, ref=Ref(Noun.ENTRY, entry.id),
    )  # fmt: skip
