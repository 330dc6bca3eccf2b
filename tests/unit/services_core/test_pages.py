"""What pages show: the brief, the timeline, the search, preferences, and the verbs that make them."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, Executable

from pln.model.changes import ChangeSet, Noun, Ref
from pln.model.contact import Handle, HandleKind, PartialDate, Person
from pln.model.errors import UsageError
from pln.model.feed import Feed
from pln.model.interaction import Interaction, InteractionKind
from pln.model.journal import Entry, Mention
from pln.model.marks import MarkState
from pln.model.meetup import Meetup, MeetupKind, MeetupState
from pln.model.suggestion import Energy
from pln.services.contacts import add_person, record_interaction, remove_person, save_person
from pln.services.context import Context
from pln.services.journal import save_entry
from pln.services.meetup_log import log_meetup
from pln.services.meetup_page import meetup_page, meetup_side
from pln.services.meetups import brief_for, close_mark, marks_of, next_meetup
from pln.services.person_page import person_page
from pln.services.preferences import Preferences, preferences, save_preferences
from pln.services.reading import Shelf, article_ids, keep_for, save_feed, star, totals
from pln.services.search import search
from store_fixtures import NOW, TODAY, entry_of, fill

DAY = timedelta(days=1)


def test_a_name_is_tidied_and_needed(context: Context) -> None:
    assert add_person(context, "  Ines \n Okafor ").name == "Ines Okafor"
    with pytest.raises(UsageError, match="name is needed"):
        add_person(context, " \t ")


def test_a_meetup_needs_somebody_who_is_known(context: Context) -> None:
    for who in ((), [(99, "")]):
        with pytest.raises(UsageError, match="Nothing was saved"):
            log_meetup(context, Meetup(kind=MeetupKind.TEA, day=TODAY), who)


def test_the_brief(context: Context) -> None:
    save_preferences(context, Preferences(own_interests=("Bees", "rowing")))
    ines = save_person(context, Person(
        name="Ines Okafor", birthday=PartialDate(12, 4), interests=("typography", "bees"),
        handles=(Handle(kind=HandleKind.EMAIL, value="ines@example.invalid"),),
    ))  # fmt: skip
    for number in range(5):
        notes = f"[ ] me: promise {number}\n[ ] Ines: answer {number}\n! lesson {number}\n? question {number}"
        day = TODAY - number * 10 * DAY
        log_meetup(context, Meetup(kind=MeetupKind.WALK, day=day, notes=notes), [(ines.id, "")])
    log_meetup(context, Meetup(kind=MeetupKind.TEA, day=TODAY + DAY, state=MeetupState.PLANNED), [(ines.id, "")])
    newest = marks_of(context, 1)
    close_mark(context, newest[0].id, MarkState.DONE)
    feed = save_feed(context, Feed(url="https://example.invalid/f"))
    with context.write("") as work:
        work.articles.take_in(feed.id, [entry_of("a", title="On hives")])
    (article,) = article_ids(context, Shelf())
    heard: list[ChangeSet] = []
    context.bus.subscribe(heard.append)
    keep_for(context, article, ines.id)
    keep_for(context, article, ines.id)
    assert heard[0].ids(Noun.PERSON) == {ines.id}
    brief = brief_for(context, ines.id)
    assert [meetup.day for meetup in brief.last] == [TODAY, TODAY - 10 * DAY, TODAY - 20 * DAY]
    assert brief.times_met == 5
    assert [mark.text for mark in brief.mine] == [f"promise {number}" for number in range(1, 5)]
    assert [mark.text for mark in brief.theirs] == [f"answer {number}" for number in range(5)]
    assert len(brief.questions) == len(brief.lessons) == 5
    assert brief.dates == (("Birthday", date(2026, 12, 4)),)
    assert (brief.common, brief.reading) == (("bees",), ((article, "On hives"),))
    assert brief.reach == ("email: ines@example.invalid",)
    found = next_meetup(context)
    assert found is not None
    assert found.day == TODAY + DAY
    with pytest.raises(UsageError):
        brief_for(context, 99)


@pytest.fixture
def queries(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the store is asked from here on."""
    asked: list[str] = []
    execute = Connection.execute

    def noted(self: Connection, statement: Executable, *values: Any, **options: Any) -> Any:
        asked.append(str(statement))
        return execute(self, statement, *values, **options)

    monkeypatch.setattr(Connection, "execute", noted)
    return asked


def test_a_long_timeline_asks_the_store_no_more_often_than_a_short_one(context: Context, queries: list[str]) -> None:
    ines = add_person(context, "Ines Okafor")
    asked = []
    for met in (1, 30):
        for number in range(met):
            day = TODAY - number * DAY
            log_meetup(context, Meetup(kind=MeetupKind.TEA, day=day, notes="! a lesson"), [(ines.id, "")])
        queries.clear()
        page = person_page(context, ines.id)
        asked.append(len(queries))
    assert sum(len(item.marks) for item in page.timeline) == 31
    assert asked[0] == asked[1]


def test_what_was_promised_in_company_is_in_the_brief_of_each_and_beside_each_meetup(context: Context) -> None:
    ines, jon, bo = (add_person(context, name) for name in ("Ines Okafor", "Jon Ek", "Bo Ek"))
    notes = "[ ] me: send the pictures\n[ ] Jon: bring the map\n? who keeps the key\n[x] me: the bread"
    log_meetup(context, Meetup(kind=MeetupKind.WALK, day=TODAY - DAY, notes=notes), [(ines.id, ""), (jon.id, "")])
    tea = log_meetup(context, Meetup(kind=MeetupKind.TEA, day=TODAY), [(who.id, "") for who in (ines, jon, bo)])
    for who, theirs in ((ines, []), (jon, ["bring the map"])):
        beside = meetup_side(context, meetup_page(context, tea.id), who.id).brief
        for brief in (brief_for(context, who.id), beside):
            assert [mark.text for mark in brief.mine] == ["send the pictures"]
            assert [mark.text for mark in brief.theirs] == theirs
            assert [mark.text for mark in brief.questions] == ["who keeps the key"]
    assert (brief_for(context, bo.id).mine, brief_for(context, bo.id).questions) == ((), ())
    walk = meetup_page(context, tea.id - 1)
    assert meetup_side(context, walk, ines.id).brief.mine == ()  # what this meetup itself holds stands in its notes


def test_the_timeline_is_one_of_everything_newest_first(context: Context) -> None:
    a, b = add_person(context, "Ines Okafor"), add_person(context, "Jon Ek")
    lunch = Meetup(
        kind=MeetupKind.LUNCH, day=TODAY - 9 * DAY, at=time(12), place="Örn", notes="We ate.\n! try the soup"
    )
    log_meetup(context, lunch, [(a.id, ""), (b.id, "")])
    call = Meetup(kind=MeetupKind.CALL, day=TODAY - 5 * DAY, state=MeetupState.FELL_THROUGH)
    log_meetup(context, call, [(a.id, "")])
    record_interaction(context, Interaction(
        kind=InteractionKind.INTRODUCTION, person_id=b.id, other_id=a.id, day=TODAY - 7 * DAY, note="You two!"
    ))  # fmt: skip
    written = datetime(2026, 11, 20, 12, tzinfo=NOW.tzinfo)
    entry = save_entry(
        context, Entry(title="", body="Thought of @Ines", mentions=(Mention(a.id, "@Ines"),), created=written)
    )  # fmt: skip
    page = person_page(context, a.id)
    assert [(item.kind, item.title, item.body) for item in page.timeline] == [
        ("journal", "In your journal", "Thought of @Ines"),
        ("call", "Call (fell through)", ""),
        ("introduction", "You introduced two people", "Jon Ek and Ines Okafor · “You two!”"),
        ("lunch", "Lunch at Örn, with Jon Ek", "We ate."),
    ]
    assert page.timeline[0].ref == Ref(Noun.ENTRY, entry.id)
    assert [mark.text for mark in page.timeline[3].marks] == ["try the soup"]
    assert [contact.kind for contact in page.contacts] == ["lunch", "introduction"]
    with pytest.raises(UsageError):
        person_page(context, 99)


def test_the_search_puts_people_first_and_finds_them_by_one_letter_of_any_script(context: Context) -> None:
    fill(context.store)
    add_person(context, "山田 花子")
    add_person(context, "Kumquat Grower")
    hits = search(context, "kumquat")
    assert [hit.ref.noun.value for hit in hits] == ["person", "person", "meetup", "article", "entry"]
    assert hits[0].title == "Kumquat Grower"
    assert [hit.title for hit in search(context, "花")] == ["山田 花子"]
    assert [hit.title for hit in search(context, "k")][:1] == ["Kumquat Grower"]
    assert search(context, "  ") == ()
    assert len([hit for hit in search(context, "kumquat", limit=1) if hit.ref.noun is Noun.PERSON]) == 1


def test_a_removed_person_is_not_found(context: Context) -> None:
    remove_person(context, add_person(context, "Ines Okafor").id)
    assert search(context, "ines") == ()


def test_preferences_read_back_as_written(context: Context) -> None:
    assert preferences(context) == Preferences()
    wishes = Preferences(
        energy=Energy.QUIET, purpose="To learn how others bake.", own_interests=("bees", "rye"), paused_until=TODAY,
        resumed_on=TODAY - DAY, places=("journal",), sharing=True, share_folder="/shared", guidelines="No names.",
        cool_off_minutes=0, lock_minutes=0, lock_asks_words=True,
        refresh_minutes=5, welcomed=True,
    )  # fmt: skip
    assert save_preferences(context, wishes) == wishes == preferences(context)


def test_preferences_of_a_newer_program_do_not_stop_this_one(context: Context) -> None:
    with context.write("") as work:
        work.settings.put("preferences", {"energy": "roaring", "purpose": "p", "tides": True})
    assert preferences(context) == Preferences(purpose="p")


def test_totals_follow_what_is_done(context: Context) -> None:
    fill(context.store)
    (article,) = article_ids(context, Shelf())
    star(context, article)
    assert totals(context) == {"unread": 1, "starred": 1, "later": 0, "all": 1, "highlights": 0}
    star(context, article, starred=False)
    assert totals(context)["starred"] == 0
