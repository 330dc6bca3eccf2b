"""The two sides of the journal's place: the desk one writes at, and in its place the page of a locked journal."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from pln.services.journal_lock import JournalState, state
from pln.ui.journal.locked_page import LockedJournal
from pln.ui.shell import Shell


class DeskOrLock(QStackedWidget):
    """opened: the words were right."""

    opened = Signal()

    def __init__(self, shell: Shell, desk: QWidget) -> None:
        super().__init__()
        self._shell, self._desk = shell, desk
        self._wanted: Callable[[], object] | None = None
        self._made: LockedJournal | None = None  # once made it stays: an answer may still be on its way to it
        self.addWidget(desk)

    @property
    def is_locked(self) -> bool:
        """So says the store; what is seen follows at the next `cover` or `uncover`."""
        return state(self._shell.ctx) is JournalState.LOCKED

    @property
    def page(self) -> LockedJournal | None:
        """Of the locked journal, None while the desk is seen."""
        return None if self.currentWidget() is self._desk else self._made

    def cover(self) -> None:
        """Show the page that asks for the words."""
        if self._made is None:
            self._made = LockedJournal(self._shell)
            self._made.opened.connect(self.opened)
            self.addWidget(self._made)
        self.setCurrentWidget(self._made)
        if self.isVisible():
            self._made.setFocus()

    def uncover(self) -> None:
        """Show the desk, and do what was wanted meanwhile."""
        if self._made is not None:
            self._made.forget()
        wanted, self._wanted = self._wanted, None
        self.setCurrentWidget(self._desk)
        if wanted is not None:
            wanted()

    def postpone(self, wanted: Callable[[], object]) -> bool:
        """True where this has to wait until the journal is open; it is done then."""
        page = self.page
        if page is None:
            return False
        self._wanted = wanted
        page.wait(self.tr("What you were about to open or write comes when the journal is open."))
        page.setFocus()
        return True
