"""The real program around one place, on a real store, without the other places: what leaves the place is noted down.

    @pytest.fixture
    def shell(qtbot, theme, context):
        with shell_of(context, theme, {PlaceId.PEOPLE: PeoplePlace}, commands) as made:
            yield made

Writes run on the writer thread and come home through the event loop: wait for what is to be seen (`qtbot.waitUntil`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent

from pln.model.changes import Ref
from pln.model.journal import Entry
from pln.model.meetup import Meetup
from pln.model.search import Hit
from pln.services.bus import Bus
from pln.services.context import Context
from pln.services.tasks import Tasks
from pln.services.undo import UndoStep
from pln.ui.commands import Command, Registry
from pln.ui.commands.standard import add_standard
from pln.ui.main_thread import MainThread
from pln.ui.main_window import MainWindow
from pln.ui.place import Place, PlaceEntry, PlaceId, PlaceWidget
from pln.ui.program.background import Background
from pln.ui.program.program import Program
from pln.ui.shell import Shell
from pln.ui.theme import Theme
from pln.ui.widgets.boxes import column
from pln.ui.widgets.empty import EmptyState

Make = Callable[[Shell], Place]
Commands = Callable[[Shell], Iterable[Command]]


@dataclass(slots=True)
class Noted:
    """What a place asked of the program, in order."""

    opened: list[Ref] = field(default_factory=list)
    logged: list[dict[str, Any]] = field(default_factory=list)
    written: list[Entry | None] = field(default_factory=list)
    shared: list[int] = field(default_factory=list)
    composed: list[tuple[tuple[str, ...], str, str]] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    toasts: list[tuple[str, UndoStep | None]] = field(default_factory=list)
    faults: list[BaseException] = field(default_factory=list)


class ShellDouble(Program):
    """Program, but what would open another place, a dialog or another program is noted in `noted` instead.

    `open` goes there too where the record's place is one of the real ones. Toasts and faults are noted and shown.
    """

    def __init__(self, window: MainWindow, ctx: Context, tasks: Tasks, registry: Registry) -> None:
        self.noted = Noted()
        self.real_places: frozenset[PlaceId] = frozenset()
        super().__init__(window, ctx, tasks, registry)

    def open(self, ref: Ref) -> None:
        self.noted.opened.append(ref)
        homes = {"person": PlaceId.PEOPLE, "meetup": PlaceId.MEETUPS, "article": PlaceId.READING,
                 "feed": PlaceId.READING, "entry": PlaceId.JOURNAL}  # fmt: skip
        if homes.get(ref.noun.value) in self.real_places:
            super().open(ref)

    def toast(self, text: str, undo: UndoStep | None = None) -> None:
        self.noted.toasts.append((text, undo))
        super().toast(text, undo)

    def fail(self, error: BaseException) -> None:
        self.noted.faults.append(error)
        super().fail(error)

    def log_meetup(self, *, people: tuple[int, ...] = (), meetup: Meetup | None = None, plan: bool = False) -> None:
        self.noted.logged.append({"people": people, "meetup": meetup, "plan": plan})

    def write_entry(self, draft: Entry | None = None) -> None:
        self.noted.written.append(draft)

    def prepare_share(self, entry_id: int) -> None:
        self.noted.shared.append(entry_id)

    def compose(self, *, to: tuple[str, ...], subject: str, body: str) -> None:
        self.noted.composed.append((to, subject, body))

    def open_link(self, url: str) -> None:
        self.noted.links.append(url)


class OtherPlace(PlaceWidget):
    """Stands where a place is that the test is not about."""

    def __init__(self, place: PlaceId) -> None:
        super().__init__()
        self.id = place
        self.setLayout(column(EmptyState("Somewhere else.")))

    def refresh(self) -> None:
        pass


class NoSearch:
    def ask(self, text: str, reply: Callable[[Sequence[Hit]], None]) -> None:
        reply(())


@contextmanager
def shell_of(
    ctx: Context, theme: Theme, places: Mapping[PlaceId, Make], *commands: Commands, size: tuple[int, int] = (1360, 860)
) -> Iterator[ShellDouble]:
    """A shown window with these places (the others are empty) and commands. Everything ends with the block."""
    made: list[ShellDouble] = []
    home, registry = MainThread(), Registry()
    ctx = replace(ctx, bus=Bus(home.post))
    window = MainWindow(
        registry, [_entry(one, places.get(one), made) for one in PlaceId], NoSearch(), lambda _hit: None
    )
    add_standard(window, theme)
    tasks = Tasks(home.post)
    background = Background(tasks, window.status)
    shell = ShellDouble(window, ctx, tasks, registry)
    shell.real_places = frozenset(places)
    made.append(shell)
    for offered in commands:
        registry.add(*offered(shell))
    window.resize(*size)
    window.show()
    try:
        yield shell
    finally:
        window.close()  # first, as in the program: places store what is unsaved when it closes
        tasks.close()
        home.close()
        shell.close()
        window.deleteLater()
        del background
        for _ in range(3):
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            QCoreApplication.processEvents()


def _entry(place: PlaceId, make: Make | None, made: list[ShellDouble]) -> PlaceEntry:
    icons = {"today": "sun", "people": "users", "meetups": "coffee", "reading": "book-open",
             "journal": "feather", "network": "waypoints"}  # fmt: skip
    maker = (lambda: OtherPlace(place)) if make is None else (lambda: make(made[0]))
    return PlaceEntry(id=place, title=place.capitalize(), icon=icons[place], make=maker)
