from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pln.model.contact import Handle, HandleKind, PartialDate, Person
from pln.model.feed import Feed
from pln.model.interaction import Interaction, InteractionKind
from pln.model.journal import Entry, Mention
from pln.model.meetup import Meetup, MeetupKind, MeetupState
from pln.services.context import Context
from pln.ui.people.commands import commands
from pln.ui.people.place import PeoplePlace
from pln.ui.place import PlaceId
from pln.ui.theme import Mode, Theme
from store_fixtures import NOW, TODAY, context, entry_of, store
from ui.shell_double import ShellDouble, shell_of

__all__ = ["context", "store"]

NOTES = """She opens each week with one honest question.
[ ] me: send the paper
[x] Anna: name of the studio
! start with the question
? did the schools join"""


@dataclass(frozen=True, slots=True)
class Invented:
    anna: int
    bilal: int
    grace: int
    coffee: int
    article: int
    entry: int


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    made = Theme.install(qapp, Mode.LIGHT)
    yield made
    made.remove()


@pytest.fixture
def invented(context: Context) -> Invented:
    """Three people; a coffee with promises, an article sent, one laid aside and a mention of Anna."""
    with context.store.write("") as work:
        grace = work.people.add(Person(name="Grace Wanjiru", role="Engineer", org="Kivu Water", circles=("Garden",)))
        anna = work.people.add(
            Person(
                name="Anna Lindqvist", role="Community lead", org="Northlight", place="Malmö", pronouns="they/she",
                circles=("Mentors",), interests=("ceramics", "onboarding"), introduced_by=grace.id,
                how_met="at LearnFest", met_on="March 2025", birthday=PartialDate(12, 4), note="Prefers mornings.",
                handles=(Handle(kind=HandleKind.EMAIL, value="anna@northlight.example", label="work"),
                         Handle(kind=HandleKind.URL, value="https://anna.example"),
                         Handle(kind=HandleKind.PHONE, value="+46 70 123 45 67")),
                extra=("X-PHONETIC-FIRST-NAME:Anna",),
            )
        )  # fmt: skip
        bilal = work.people.add(Person(name="Bilal Osman", role="Learning designer", circles=("Mentors", "Garden")))
        coffee = work.meetups.add(
            Meetup(kind=MeetupKind.COFFEE, day=TODAY - timedelta(days=9), minutes=70, place="Café Lark",
                   people=(anna.id,), notes=NOTES), TODAY,
        )  # fmt: skip
        work.meetups.add(
            Meetup(kind=MeetupKind.WALK, day=TODAY - timedelta(days=80), people=(anna.id,), notes=""), TODAY
        )
        work.meetups.add(
            Meetup(kind=MeetupKind.TEA, day=date(2026, 11, 24), at=time(10), people=(bilal.id,),
                   state=MeetupState.PLANNED), TODAY,
        )  # fmt: skip
        feed = work.feeds.add(Feed(url="https://edges.example/feed", title="Edges", person_id=anna.id))
        work.articles.take_in(feed.id, [entry_of("a"), entry_of("b")])
        article, kept = work.articles.by_guid(feed.id, "a"), work.articles.by_guid(feed.id, "b")
        assert article is not None and kept is not None
        work.interactions.add(
            Interaction(kind=InteractionKind.ARTICLE, person_id=anna.id, day=TODAY - timedelta(days=25),
                        article_id=article, note="Exactly what I needed")
        )  # fmt: skip
        work.settings.put("kept_for", {str(anna.id): [kept]})
        entry = work.journal.add(
            Entry(title="On first questions", body="@Anna Lindqvist said it", created=NOW,
                  mentions=(Mention(anna.id, "@Anna Lindqvist"),))
        )  # fmt: skip
    return Invented(anna.id, bilal.id, grace.id, coffee.id, article, entry.id)


@pytest.fixture
def shell(qtbot: QtBot, theme: Theme, context: Context) -> Iterator[ShellDouble]:
    with shell_of(context, theme, {PlaceId.PEOPLE: PeoplePlace}, commands) as made:
        yield made


@pytest.fixture
def place(qtbot: QtBot, shell: ShellDouble, invented: Invented) -> PeoplePlace:
    """The place with the invented people, Anna's page in sight."""
    made = shell.window().go(PlaceId.PEOPLE)
    assert isinstance(made, PeoplePlace)
    shell.window().activateWindow()
    qtbot.waitUntil(lambda: made.person is not None and made.person.id == invented.anna)
    QApplication.processEvents()
    return made


@pytest.fixture
def show(qtbot: QtBot, place: PeoplePlace) -> Callable[[int], None]:
    """Choose somebody in the list and wait for their page."""

    def showing(person_id: int) -> None:
        place.list.view.choose(person_id)
        qtbot.waitUntil(lambda: place.person is not None and place.person.id == person_id)
        QApplication.processEvents()  # everything takes its place

    return showing
