"""The invented network is large enough, sound, calm on its day, and the same each time."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from pln.model.changes import Noun
from pln.model.contact import NamingConsent, RhythmWish
from pln.model.marks import MarkKind, MarkState
from pln.model.meetup import MeetupState
from pln.model.suggestion import Energy
from pln.services.demo import fill
from pln.services.exporting import export_all
from pln.services.preferences import preferences
from pln.services.search import search
from pln.services.today import for_your_people, today_page
from unit.services_demo.demo_store import DAY, demo_context

STEPS = ["Send Anna the paper you promised", "Introduce Bilal to Mei", "Pick the thread up with Tomás"]


def test_it_is_large_enough_to_be_tried(empty):
    report = fill(empty, DAY)
    assert (report.people, report.feeds) == (40, 12)
    assert report.meetups > 200
    assert report.articles >= 60
    assert report.entries >= 25
    assert empty.store.check() == ()


def test_meetups_go_back_two_years(filled):
    with filled.store.read() as work:
        meetups = work.meetups.everything()
    past = [meetup.day for meetup in meetups if meetup.state is MeetupState.HAPPENED]
    assert min(past) <= DAY - timedelta(days=730)
    assert max(past) < DAY
    assert {meetup.day for meetup in meetups if meetup.state is MeetupState.PLANNED} == {
        DAY + timedelta(days=3),
        DAY + timedelta(days=12),
    }


def test_today_is_what_the_design_shows(filled):
    page = today_page(filled)
    assert page.energy is Energy.STEADY
    assert [step.title for step in page.steps] == STEPS
    assert page.steps[0].chip == "Promise · 9 days"
    assert page.steps[0].facts[1].quote == "What makes a community of practice last"
    assert page.waiting >= 4
    assert page.worth is not None
    assert page.worth.title == "Learning on the edge of your network"
    assert page.worth.names[:2] == ("Bilal Osman", "Anna Lindqvist")


def test_the_next_coffee_is_with_mei(filled):
    page = today_page(filled)
    assert page.meetup is not None
    assert page.meetup.day == DAY + timedelta(days=3)
    assert page.brief is not None
    assert page.brief.name == "Mei Chen"
    assert page.brief.times_met == 2
    assert page.brief.last[0].notes.startswith("Her pilot with 12 mentors was about to start.")
    assert [mark.text for mark in page.brief.questions] == ["how the first week went"]
    assert len(page.brief.theirs) == 1
    assert set(page.brief.common) >= {"onboarding", "allotments"}


@pytest.mark.parametrize("day", ["2024-02-29", "2025-12-31", "2026-06-01", "2027-03-14"])
def test_every_day_begins_the_same_way(tmp_path, day):
    ctx = demo_context(tmp_path, date.fromisoformat(day))
    fill(ctx, date.fromisoformat(day))
    assert [step.title for step in today_page(ctx).steps] == STEPS
    ctx.close()


def test_two_fillings_for_one_day_are_equal(tmp_path):
    copies = []
    for name in ("one", "two"):
        ctx = demo_context(tmp_path / name, DAY)
        fill(ctx, DAY)
        export_all(ctx, tmp_path / f"{name}-export")
        ctx.close()
        folder = tmp_path / f"{name}-export"
        copies.append(
            {path.relative_to(folder): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
        )
    assert copies[0]
    assert copies[0] == copies[1]


def test_people_differ_in_all_that_the_program_tells_apart(filled):
    with filled.store.read() as work:
        people = work.people.everyone()
        circles = {circle.name for circle in work.people.circles()}
        met = {who for meetup in work.meetups.everything() for who in meetup.people}
    assert circles == {"Community people", "Learning designers", "Engineers", "Researchers", "Garden", "Mentors"}
    assert {person.rhythm_wish for person in people} >= {*RhythmWish} - {RhythmWish.OFTEN}
    assert {person.naming for person in people} == set(NamingConsent)
    assert sum(person.paused_until is not None for person in people) == 2
    assert sum(person.rhythm_wish is RhythmWish.NONE for person in people) == 1
    assert [person.name for person in people if person.id not in met] == ["Mateusz Król"]
    soon = [p for p in people if p.birthday and p.birthday.next_after(DAY) - DAY < timedelta(days=30)]
    assert len(soon) == 2
    by_id = {person.id: person for person in people}
    assert any(p.introduced_by and by_id[p.introduced_by].introduced_by for p in people), "a chain of introductions"
    names = "".join(person.name for person in people)
    assert all(letter in names for letter in "林ليअÞř")


def test_promises_are_open_and_kept_both_ways(filled):
    with filled.store.read() as work:
        marks = [mark for each in work.meetups.everything() for mark in work.meetups.marks_of(each.id)]
    told = {(mark.kind, mark.state) for mark in marks}
    assert told >= {
        (kind, state) for kind in (MarkKind.MINE, MarkKind.THEIRS) for state in (MarkState.OPEN, MarkState.DONE)
    }
    assert all(mark.closed_on is None or mark.made_on <= mark.closed_on <= DAY for mark in marks)
    assert sum(mark.kind is MarkKind.LESSON for mark in marks) > 40


@pytest.mark.parametrize(
    ("typed", "noun"),
    [
        ("anna", Noun.PERSON), ("晓梅", Noun.PERSON), ("rios", Noun.PERSON), ("compost", Noun.MEETUP),
        ("kettle question", Noun.ARTICLE), ("envelopes", Noun.ENTRY),
    ],
)  # fmt: skip
def test_search_finds(filled, typed, noun):
    assert noun in {hit.ref.noun for hit in search(filled, typed)}


def test_the_journal_names_people_and_keeps_things_private(filled):
    with filled.store.read() as work:
        entries = work.journal.get_many(work.journal.ids())
    assert not any("{" in entry.body for entry in entries)
    assert sum(len(entry.mentions) for entry in entries) > 20
    assert all(mention.text in entry.body for entry in entries for mention in entry.mentions)
    assert all(entry.created is not None and entry.created.date() <= DAY for entry in entries)
    assert sum("<!-- private -->" in entry.body for entry in entries) == 3
    assert sum(bool(entry.prompt) for entry in entries) >= 4
    assert sum(entry.about is not None for entry in entries) >= 5
    assert sum("Next small step" in entry.body for entry in entries) >= 4


def test_sharing_is_off_and_the_welcome_is_over(filled):
    wishes = preferences(filled)
    assert wishes.welcomed
    assert wishes.purpose
    assert not wishes.sharing


def test_something_was_given(filled):
    with filled.store.read() as work:
        given = [each.kind.value for each in work.interactions.everything()]
        told = [each.note for each in work.interactions.everything() if each.kind.value == "article"]
    assert given.count("article") == 2
    assert all(told)
    assert given.count("introduction") == 1
    assert "thanks" in given


def test_articles_are_read_starred_unread_and_fit_people(filled):
    with filled.store.read() as work:
        numbers = work.articles.total(), work.articles.unread_total(), work.articles.starred_total()
        feeds = work.feeds.rows()
    total, unread, starred = numbers
    assert 0 < starred < unread < total
    assert {feed.voice for feed in feeds} == {"", "Elin Berg", "Tomás Ríos", "Kwame Owusu"}
    assert {"Voices", "Craft"} <= {feed.folder for feed in feeds}
    assert len(for_your_people(filled)) >= 5
