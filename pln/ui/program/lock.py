"""Locking the window: covered at once, what was typed saved, the store closed; and opened again where one was."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QThread, QTimer, Signal

from pln.model.errors import KeyringUnavailable, PlnError, UsageError, WrongSecret
from pln.services.journal_lock import lock_journal
from pln.services.safety import KEYRING, PASSPHRASE
from pln.services.vault import NeedsPassphrase, ways_in
from pln.ui.program.cover import Cover
from pln.ui.program.session import Session
from pln.ui.program.whereabouts import Whereabouts, go_back, whereabouts
from pln.ui.shell import Shell
from pln.ui.unlock.locked_page import LockedPage
from pln.ui.widgets.secret_clipboard import clear_secret

if TYPE_CHECKING:
    from pln.ui.program.start import Start

_log = logging.getLogger(__name__)
_BREATH_MS = 20  # for loops of menus and dialogs to unwind, before what they belong to goes
_AGAIN_MS, _JOBS_MS = 5_000, 500
_ASKED = (NeedsPassphrase, WrongSecret, UsageError, KeyringUnavailable)
_PATIENCE = 1200  # times _JOBS_MS: ten minutes for an import or a backup that is under way


class Lock(QObject):
    """locked: the window is covered. closed: the store behind it is closed, too. lifted: it was still open."""

    locked = Signal()
    closed = Signal()
    lifted = Signal()

    def __init__(self, start: Start) -> None:
        super().__init__(start)
        self._start = start
        self._cover: Cover | None = None
        self._page: LockedPage | None = None
        self._session: Session | None = None  # while it is covered and not yet ended
        self._there: Whereabouts | None = None
        self._resume: list[Callable[[Shell], object]] = []
        self._waited = 0
        self._settled = False
        self._next = QTimer(self, singleShot=True)
        self._next.timeout.connect(self._go_on)

    @property
    def page(self) -> LockedPage | None:
        """What is shown while the window is locked."""
        return self._page

    @property
    def there(self) -> Whereabouts | None:
        """Where one was when it was locked, until one is there again."""
        return self._there

    def lock(self, why: str = "") -> None:
        """Cover the window now; save, and close the store, as soon as that can be. why: for the log."""
        session = self._start.session
        if session is None or self._page is not None:
            return
        _log.info("locking: %s", why or "asked for")
        self._session, self._there = session, whereabouts(self._start.window)
        self._waited, self._settled = 0, False
        self._page = LockedPage(self._answered, **self._ways(session.program.wishes.lock_asks_words))
        self._cover = Cover(self._start.app, self._start.window, self._page)
        clear_secret()
        self._start.window.installEventFilter(self)
        self.locked.emit()
        self._next.start(_BREATH_MS)

    def refused(self, fault: PlnError) -> bool:
        """Say on the page why it did not open; False where there is no page, or another answer would not help."""
        if self._page is None or not isinstance(fault, _ASKED):
            return False
        self._start.pages.clear()  # the one that waits for the password store
        if isinstance(fault, NeedsPassphrase):
            self._page.ask_words(fault.sentence)
        else:
            self._page.refuse(fault)
        return True

    def take_away(self) -> None:
        """It opens: something else is shown from now on."""
        page, self._page = self._page, None
        if page is not None:
            page.forget()
            self._start.window.removeEventFilter(self)
            self._start.window.end_bare(page)

    def go_back(self, shell: Shell) -> bool:
        """Be where one was, with the dialogs that were open; False where it was not locked before."""
        there, resume = self._there, self._resume
        self._there, self._resume = None, []
        if there is None:
            return False
        go_back(self._start.window, there)
        for again in resume:
            again(shell)
        return True

    def over(self) -> None:
        """Nothing is to be gone back to."""
        self.take_away()
        self._next.stop()
        self._cover = self._session = self._there = None
        self._resume = []

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """What is not saved keeps the window open, as it does otherwise; but only its owner is asked about it."""
        if event.type() is QEvent.Type.Close and self._session is not None and not self._settled:
            self._go_on()
            if self._session is not None and not self._settled and self._page is not None:
                event.ignore()
                self._page.say(self.tr("Something is not saved yet. Open PLN first, and close it then."))
                return True
        return False

    # Behind the cover

    def _go_on(self) -> None:
        """One step towards a closed store; it comes back to it until that is done."""
        session = self._session
        if session is None or self._cover is None or self._page is None:
            return
        if QThread.currentThread().loopLevel() > 1:
            self._next.start(_BREATH_MS)
            return
        fault = session.settle(self._cover.dialogs)
        self._settled = fault is None
        session.tasks.give_way()  # each time: what ends may begin the next, as the pass that follows a refresh
        if fault is not None:
            said = self.tr("Something typed is not saved yet: %1. It waits behind the lock, and PLN keeps trying.")
            self._page.wait(said.replace("%1", fault.title))
            self._next.start(_AGAIN_MS)
        elif session.tasks.running and self._waited < _PATIENCE:
            self._waited += 1
            self._page.wait(self.tr("Something is still under way. The store closes when it is done."))
            self._next.start(_JOBS_MS)
        else:
            self._end(session)

    def _end(self, session: Session) -> None:
        assert self._cover is not None
        assert self._page is not None
        self._resume = [again for each in self._cover.dialogs if (again := _again(each)) is not None]
        self._page.wait("")
        self._session = None
        self._start.session = None
        self._start.pages.forget()
        session.leave()
        self._cover.drop()
        self._cover = None
        self._start.in_background(session.finish, lambda _done: self._closed(), self._not_closed)

    def _closed(self) -> None:
        self._start.collecting.everything()  # what was dropped holds texts of the store
        self.closed.emit()

    def _not_closed(self, error: BaseException) -> None:
        _log.error("the store was not closed in good order", exc_info=error)
        self._closed()

    # Opening again

    def _answered(self, words: str | None) -> None:
        session = self._session
        if session is None:
            self._start.open_profile(words, keyring=words is None)
        else:
            self._next.stop()
            self._prove(session, words)

    def _prove(self, session: Session, words: str | None) -> None:
        """The store is still open behind the cover: whoever wants to see it has to show that it opens for them.

        A journal with a lock of its own is locked with the window, whatever opens that again; only where something
        typed could not be saved does it stay as it was, with the text in it.
        """
        if self._cover is not None:
            self._settled = session.settle(self._cover.dialogs) is None
        settled, ctx = self._settled, session.program.ctx

        def job() -> None:
            self._start.prove(words)
            if settled:
                lock_journal(ctx)

        self._start.in_background(job, lambda _done: self._lift(), partial(self._not_proved, session))

    def _lift(self) -> None:
        if self._page is not None:
            self._page.forget()
        if self._cover is not None:
            self._start.window.removeEventFilter(self)
            self._cover.lift()
            self._page = None
        self.over()
        self.lifted.emit()

    def _not_proved(self, session: Session, error: BaseException) -> None:
        if not isinstance(error, PlnError):
            _log.error("the vault could not be tried", exc_info=error)
            error = PlnError(
                self.tr("That did not work"), self.tr("Something went wrong inside PLN. Please try again.")
            )
        if not self.refused(error) and self._page is not None:
            self._page.refuse(error)
        if self._session is session:
            self._next.start(_AGAIN_MS)

    def _ways(self, asks_words: bool) -> dict[str, bool]:
        known: frozenset[str] = frozenset({KEYRING, PASSPHRASE})
        with suppress(PlnError):  # the opening itself tells what is the matter
            known = ways_in(self._start.profile)
        keyring = KEYRING in known and not asks_words and not self._start.unattended
        return {"keyring": keyring, "passphrase": PASSPHRASE in known}


def _again(dialog: Any) -> Callable[[Shell], object] | None:
    """How to open a dialog once more, with what was typed into it; None where it does not know."""
    again = getattr(dialog, "again", None)
    return None if again is None else again()
