"""What lives from the opening of a store to its closing: the program around it, its background work, its commands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from pln.model.errors import PlnError, StoreFault
from pln.services.opening import Opened
from pln.services.tasks import Tasks
from pln.ui.commands import Registry
from pln.ui.files.restore_command import restore_command
from pln.ui.looking import close_window, open_window
from pln.ui.main_thread import MainThread
from pln.ui.main_window import MainWindow
from pln.ui.program.at_rest import AtRest
from pln.ui.program.background import Background
from pln.ui.program.commands import add_program_commands, lock_command
from pln.ui.program.program import Program
from pln.ui.program.search_source import StoreSearch
from pln.ui.program.trouble_bar import Troubles


class Session:
    """Begins with an open store. home: brings results of this session to the window's thread, and of no other.

    lock, reopen: what the commands run that lock the window, or that let a backup take the place of the store.
    way_back: closes the store and shows the page of what is the matter with it.
    """

    def __init__(
        self, window: MainWindow, registry: Registry, search: StoreSearch, opened: Opened, home: MainThread,
        lock: Callable[[], object], reopen: Callable[[], object] = lambda: None,
        way_back: Callable[[StoreFault], object] = lambda _fault: None,
    ) -> None:  # fmt: skip
        self._window, self._registry, self._search, self._opened, self._home = window, registry, search, opened, home
        self.tasks = Tasks(home.post)
        self._background = Background(self.tasks, window.status)
        self.program = Program(window, opened.context, self.tasks, registry)
        search.connect(opened.context, self.tasks)
        before = {each.id for each in registry.all()}
        add_program_commands(self.program)
        registry.add(lock_command(lock), restore_command(self.program, self.settle, reopen))
        self._commands = [each.id for each in registry.all() if each.id not in before]
        self.program.troubles = Troubles(self.program, window, opened.context.profile.root, self.settle, way_back)
        self.rest = None if opened.looks else AtRest(self.program, window)
        if opened.looks:
            self.program.troubles.look_only()
            close_window(window, registry)

    def settle(self, dialogs: Sequence[QWidget] = ()) -> PlnError | None:
        """Store what was typed and is not stored yet, and wait for it. The first fault where that cannot be."""
        faults = [_settled(each) for each in (*self._window.made_places(), *dialogs)]
        return next((fault for fault in faults if fault is not None), None)

    def leave(self) -> None:
        """Nothing comes home any more. On the window's thread; `finish` follows."""
        self._home.close()
        if self._opened.looks:
            open_window(self._window, self._registry)
        self.program.close()
        self._search.disconnect()
        self._registry.remove(*self._commands)

    def finish(self) -> None:
        """End all background work, then close the store. On any thread."""
        self.tasks.close()
        self._opened.close()

    def end(self) -> None:
        """Both at once, where nobody minds waiting."""
        self.leave()
        self.finish()


def _settled(one: Any) -> PlnError | None:
    """Places and dialogs in which something can be typed know how to store it."""
    settle: Callable[[], PlnError | None] | None = getattr(one, "settle", None)
    return None if settle is None else settle()
