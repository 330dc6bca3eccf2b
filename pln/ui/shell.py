"""What a place may ask of the program around it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from datetime import date

    from pln.model.changes import ChangeSet, Ref
    from pln.model.journal import Entry
    from pln.model.meetup import Meetup
    from pln.services.context import Context
    from pln.services.tasks import Tasks
    from pln.services.undo import UndoStep
    from pln.ui.commands.registry import Registry
    from pln.ui.main_window import MainWindow
    from pln.ui.place import Place, PlaceId
    from pln.ui.reading.refresher import Refresher

Result = TypeVar("Result")


class Shell(Protocol):
    """Given to every place and dialog. Places exist only after the store is open, so `ctx` is always there.

    Reads of one page may be done on the main thread through the verbs of `pln.services`; everything that writes goes
    through `write`, everything long through `start` or `tasks.read`.
    """

    ctx: Context
    tasks: Tasks
    registry: Registry

    @property
    def refresher(self) -> Refresher:
        """What asks the feeds for news: one for the whole program, whether Reading was shown or not."""

    def window(self) -> MainWindow:
        """The main window, as parent of dialogs."""

    def today(self) -> date: ...

    def go(self, place: str) -> None:
        """Show a place: today, people, meetups, reading, journal, network."""

    def place(self, place: PlaceId) -> Place:
        """The place itself, made if need be, without showing it."""

    def open(self, ref: Ref) -> None:
        """Show one record in its place."""

    def write(self, job: Callable[[], Result], done: Callable[[Result], None] | None = None) -> None:
        """Run a short writing verb on the writer thread; `done` gets its result at home. Faults are shown."""

    def take_back(self, step: UndoStep | None = None) -> None:
        """Undo a step, or the last one."""

    def toast(self, text: str, undo: UndoStep | None = None) -> None:
        """Say something for ten seconds, with Undo where there is a step."""

    def trouble(self, error: BaseException) -> bool:
        """Tell lastingly what keeps the store from being used; False where the fault is none of these."""

    def fail(self, error: BaseException) -> None:
        """Tell a fault in words (PlnError), or report a bug; nothing is lost."""

    def log_meetup(self, *, people: tuple[int, ...] = (), meetup: Meetup | None = None, plan: bool = False) -> None:
        """Open the log (or plan) dialog, empty, for some people, or for an existing meetup."""

    def write_entry(self, draft: Entry | None = None) -> None:
        """Go to the journal with a new entry, begun as given."""

    def prepare_share(self, entry_id: int) -> None:
        """Open the share window on a copy of an entry."""

    def compose(self, *, to: tuple[str, ...], subject: str, body: str) -> None:
        """Hand a draft over to the mail program; nothing is sent. Without one the text goes to the clipboard."""

    def open_link(self, url: str) -> None:
        """Open an http, https or mailto address outside, after showing where it goes."""

    def subscribe(self, listener: Callable[[ChangeSet], None]) -> Callable[[], None]:
        """Hear of commits on the main thread; call what is returned to stop."""
