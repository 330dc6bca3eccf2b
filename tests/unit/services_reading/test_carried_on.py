"""What was marked while reading goes on: into the brief, the timeline, the questions to take, what was learned."""

from __future__ import annotations

from datetime import timedelta

import pytest

from pln.model.contact import Person
from pln.model.feed import Feed
from pln.model.highlight import Highlight, HighlightKind
from pln.model.meetup import Meetup, MeetupKind, MeetupState
from pln.services.context import Context, take_back
from pln.services.highlights import close_question, get_highlight, remove_highlight
from pln.services.map import network_page
from pln.services.meetup_page import meetup_page, meetup_side, questions_for
from pln.services.meetups import brief_for
from pln.services.timeline import timeline_of
from store_fixtures import TODAY, entry_of


@pytest.fixture
def ids(context: Context) -> dict[str, int]:
    """Ines writes a feed; Bilal is met in three days."""
    with context.write("") as work:
        ines = work.people.add(Person(name="Ines Okafor"))
        bilal = work.people.add(Person(name="Bilal Osman"))
        feed = work.feeds.add(Feed(url="https://example.invalid/feed", title="Edges", person_id=ines.id))
        work.articles.take_in(feed.id, [entry_of("a", title="On edges", text="Walk first. Ask the second question.")])
        article = work.articles.by_guid(feed.id, "a") or 0
        plan = Meetup(
            kind=MeetupKind.WALK, day=TODAY + timedelta(days=3), people=(bilal.id,), state=MeetupState.PLANNED
        )
        lesson = Highlight(
            article_id=article, quote="Walk first.", kind=HighlightKind.LESSON, note="Walking opens a talk"
        )
        question = Highlight(
            article_id=article, quote="Ask the second question.", kind=HighlightKind.QUESTION, person_id=bilal.id,
            note="which second question do you ask",
        )  # fmt: skip
        return {
            "ines": ines.id, "bilal": bilal.id, "article": article, "plan": work.meetups.add(plan, TODAY).id,
            "lesson": work.highlights.add(lesson).id, "question": work.highlights.add(question).id,
        }  # fmt: skip


def test_a_question_stands_in_the_brief_until_it_is_asked(context: Context, ids: dict[str, int]) -> None:
    assert [each.id for each in brief_for(context, ids["bilal"]).to_ask] == [ids["question"]]
    assert brief_for(context, ids["ines"]).to_ask == ()
    step = close_question(context, ids["question"])
    assert brief_for(context, ids["bilal"]).to_ask == ()
    assert get_highlight(context, ids["question"]).closed_on == TODAY
    take_back(context, step)
    assert len(brief_for(context, ids["bilal"]).to_ask) == 1


def test_it_is_among_the_questions_to_take_along(context: Context, ids: dict[str, int]) -> None:
    assert questions_for(context, ids["bilal"], TODAY)[0] == "Which second question do you ask?"
    side = meetup_side(context, meetup_page(context, ids["plan"]), ids["bilal"])
    assert side.questions[0] == "Which second question do you ask?"
    assert [each.id for each in side.brief.to_ask] == [ids["question"]]


def test_both_stand_on_the_timelines(context: Context, ids: dict[str, int]) -> None:
    with context.store.read() as work:
        of_bilal, of_ines = timeline_of(work, ids["bilal"]), timeline_of(work, ids["ines"])
    asked = next(item for item in of_bilal if item.kind == "question")
    assert (asked.day, asked.ref.id) == (TODAY, ids["question"]) and "On edges" in asked.body
    learned = next(item for item in of_ines if item.kind == "lesson")
    assert learned.ref.id == ids["lesson"] and learned.body.startswith("Walking opens a talk · “Walk first.”")


def test_a_lesson_counts_as_learned_from_whose_voice_it_is(context: Context, ids: dict[str, int]) -> None:
    found = network_page(context).learned
    assert (found.lessons, found.people, found.ever) == (1, 1, 1)
    assert [mark.text for mark in brief_for(context, ids["ines"]).lessons] == ["Walking opens a talk"]
    remove_highlight(context, ids["lesson"])
    assert network_page(context).learned.ever == 0


def test_a_lesson_of_nobodys_feed_counts_without_a_person(context: Context, ids: dict[str, int]) -> None:
    with context.write("") as work:
        feed = work.feeds.by_url("https://example.invalid/feed")
        assert feed is not None
        from dataclasses import replace

        work.feeds.change(replace(feed, person_id=None))
    found = network_page(context).learned
    assert (found.lessons, found.people) == (1, 0)
