from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from pln.model.contact import Handle, HandleKind, Person
from pln.model.meetup import Meetup, MeetupKind
from pln.services.context import Context
from pln.ui.place import PlaceId
from pln.ui.theme import Mode, Theme
from pln.ui.today.place import TodayPlace
from store_fixtures import TODAY, context, store
from ui.shell_double import ShellDouble, shell_of

__all__ = ["context", "store"]


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    made = Theme.install(qapp, Mode.LIGHT)
    yield made
    made.remove()


@pytest.fixture
def promised(context: Context) -> Context:
    """Anna, to whom a paper was promised nine days ago."""
    with context.write("test") as work:
        mail = Handle(kind=HandleKind.EMAIL, value="anna@example.org")
        anna = work.people.add(Person(name="Anna Lindqvist", given="Anna", handles=(mail,)))
        day = TODAY.replace(day=13)
        notes = "We spoke of pilots.\n[ ] me: send her the paper on pilots"
        work.meetups.add(Meetup(kind=MeetupKind.COFFEE, day=day, people=(anna.id,), notes=notes), TODAY)
    return context


@pytest.fixture
def shell(qtbot: object, theme: Theme, promised: Context) -> Iterator[ShellDouble]:
    with shell_of(promised, theme, {PlaceId.TODAY: TodayPlace}) as made:
        yield made


@pytest.fixture
def empty_shell(qtbot: object, theme: Theme, context: Context) -> Iterator[ShellDouble]:
    with shell_of(context, theme, {PlaceId.TODAY: TodayPlace}) as made:
        yield made
