"""From an empty frame to the running program, and back: opening the profile, locking it, closing it."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, qInstallMessageHandler
from PySide6.QtWidgets import QApplication, QWidget

from pln.model.errors import PlnError, StoreFault
from pln.system.instance import let_go, stay, stays
from pln.system.paths import Profile
from pln.system.settings import LookSettings, write_settings
from pln.system.settings import Theme as WantedTheme
from pln.ui import fonts
from pln.ui.commands import Registry
from pln.ui.commands.standard import add_standard
from pln.ui.main_thread import MainThread
from pln.ui.main_window import MainWindow
from pln.ui.place import PlaceId
from pln.ui.program.collecting import Collecting
from pln.ui.program.early_today import EarlyToday
from pln.ui.program.keyring_wait import KeyringWait
from pln.ui.program.look_at import first_line, open_copy
from pln.ui.program.pages import Pages
from pln.ui.program.places import place_entries
from pln.ui.program.qt_messages import to_the_log
from pln.ui.program.search_source import StoreSearch
from pln.ui.theme import Mode, Theme
from pln.ui.widgets.secret_clipboard import clear_secret

if TYPE_CHECKING:
    from pln.model.search import Hit
    from pln.services.opening import Opened
    from pln.services.unlocking import Unlocked
    from pln.system.clock import Clock
    from pln.system.secrets import Secrets
    from pln.ui.program.guard import Guard
    from pln.ui.program.lock import Lock
    from pln.ui.program.one_window import OneWindow
    from pln.ui.program.program import Program
    from pln.ui.program.session import Session
    from pln.ui.shell import Shell

_log = logging.getLogger(__name__)
_SWITCH_SECONDS = 0.001
_LISTEN_MS, _WATCH_MS = 300, 1500


class Start(QObject):
    """Holds everything that lives as long as the window. `session` and `program` are None while no store is open."""

    def __init__(
        self,
        app: QApplication,
        window: MainWindow,
        look: LookSettings,
        profile: Profile,
        passphrase_file: Path | None = None,
        log_level: int = logging.INFO,
        secrets: Secrets | None = None,
    ) -> None:
        """window: an empty frame, shown already; it is furnished here. look: as it was when the frame was shown.

        secrets: another password store than the computer's.
        """
        super().__init__()
        # Sixteen threads fetch feeds: with the usual 5 ms each could keep the window's thread waiting for so long.
        sys.setswitchinterval(_SWITCH_SECONDS)
        self.app, self.profile, self.passphrase_file = app, profile, passphrase_file
        self.look, self._log_level = look, log_level
        fonts.load()
        self.theme = Theme.install(app, Mode(self.look.theme.value), self.look.text_scale, self.look.reading_width)
        self.home = MainThread()
        stay(profile)
        self._opener = ThreadPoolExecutor(1, thread_name_prefix="pln-open")
        self._log_handler: logging.Handler | None = None
        self.session: Session | None = None
        self.search = StoreSearch()
        self.registry = Registry()
        self.window = window
        window.furnish(self.registry, place_entries(lambda: self.program), self.search, self._open_hit)
        add_standard(window, self.theme)
        self.pages = Pages(self)
        self._today = EarlyToday(window, self.home)
        self._opening = self._looks = False
        self._keyring = KeyringWait(
            self.home, self.show_page, lambda: self._opening, used=not self.unattended, asked=secrets
        )
        self._one: OneWindow | None = None
        self._guard: Guard | None = None
        self._lock: Lock | None = None
        self.collecting = Collecting(
            lambda: self._opening or (self.session is not None and not self.session.tasks.idle),
            lambda: timedelta(0) if self._guard is None else self._guard.idle.untouched(),
            self,
        )
        self._said = ""
        window.closing.connect(self._keep_look)
        qInstallMessageHandler(to_the_log)

    @property
    def program(self) -> Program | None:
        return None if self.session is None else self.session.program

    @property
    def unattended(self) -> bool:
        """A passphrase file stands in for the password store, which is not asked then."""
        return self.passphrase_file is not None

    @property
    def secrets(self) -> Secrets:
        """The password store, for whoever is off the window's thread."""
        return self._keyring.secrets

    def open_profile(self, words: str | None = None, *, keyring: bool = True) -> None:
        """Open the profile in a thread. words: passphrase or recovery code as typed, None where nobody was asked.

        keyring: ask this computer's password store first.
        """
        home = MainThread()
        self._opening = True
        if words is None:
            self._keyring.ask_again()
        self._opener.submit(self._open, words, keyring, home.post).add_done_callback(
            lambda ended: self.home.post(lambda: self._opened_or_not(ended, home, words))
        )

    def try_again(self) -> None:
        """Open the profile as usual, after it was refused."""
        self._looks = False
        self.open_profile()

    def look_only(self) -> None:
        """Open the profile to look at it, where nothing can be written."""
        self._looks = True
        self.open_profile()

    def lock(self, why: str = "") -> None:
        """Cover the window, save what was typed, close the store, and ask before it is opened again."""
        if self.session is not None:
            self._keyring.leave()  # a prompt that nobody answers must not keep the store open
            self.locking().lock(why)

    def locking(self) -> Lock:
        """Made when it is first wanted."""
        from pln.ui.program.lock import Lock

        if self._lock is None:
            self._lock = Lock(self)
        return self._lock

    def reopen(self, words: str | None = None, said: str = "") -> None:
        """The files of the profile were replaced, or are to be looked at anew: let go of all, open again.

        words: as for `open_profile`. said: told once it is open.
        """
        self._drop()
        self._said = said
        self.open_profile(words)

    def way_back(self, fault: StoreFault) -> None:
        """Close the store, and show what is the matter with it and what brings it back."""
        self._drop()
        self.pages.refuse(fault)

    def _drop(self) -> None:
        session, self.session = self.session, None
        if session is not None:
            session.end()
        if self._lock is not None:
            self._lock.over()
        self.pages.forget()
        self.window.empty()

    def show_page(self, page: QWidget) -> None:
        """Show a page alone, in place of the one before."""
        self.pages.show(page)

    def raise_other(self) -> None:
        """Bring the window that has the profile open forward, and end; where none answers, try to open it here."""
        from pln.ui.program.one_window import ask_first

        if ask_first(self.profile, 0):
            self.window.close()
        else:
            self.open_profile()

    def come_forward(self) -> None:
        """Before all other windows, also where it was put away."""
        self.window.setWindowState(self.window.windowState() & ~Qt.WindowState.WindowMinimized)
        self.window.show()
        self.window.raise_()
        self.window.activateWindow()

    def prove(self, words: str | None) -> None:
        """Try whether the vault opens, and keep nothing of it. Off the window's thread; raises as `unlock`."""
        from pln.services.vault import open_vault

        answer: Callable[[], str] | None = None if words is None else (lambda: words)
        open_vault(self.profile, self._keyring.secrets, answer, ask_keyring=words is None)

    def in_background(
        self, job: Callable[[], object], done: Callable[[object], object], failed: Callable[[BaseException], object]
    ) -> None:
        """Do something in turn with openings and closings of the store."""

        def ended(future: Future[object]) -> None:
            fault = future.exception()
            self.home.post(lambda: done(future.result()) if fault is None else failed(fault))

        self._opener.submit(job).add_done_callback(ended)

    def close(self) -> None:
        """End all background work, then close the store. Called once, after the event loop."""
        clear_secret()
        if self.app.clipboard().ownsClipboard():
            self.app.clipboard().clear()  # a Python object left on it at exit would crash Qt
        self.home.close()
        if self._one is not None:
            self._one.close()
        if self._guard is not None:
            self._guard.close()
        if self.session is not None:
            self.session.leave()
        self._keyring.close()
        self._opener.shutdown(wait=True)
        self.pages.close()
        if self.session is not None:
            self.session.finish()
        self.collecting.end()
        let_go(self.profile)
        if self._log_handler is not None:
            from pln.system.logs import stop_logging

            stop_logging(self._log_handler)
        qInstallMessageHandler(None)

    # Opening, off the window's thread

    def _open(self, words: str | None, keyring: bool, post: Callable[[Callable[[], None]], None]) -> Opened:
        # Heavy imports happen here, off the window's thread; the heaviest (SQLAlchemy) after Today was seen.
        from pln.system.clock import SystemClock

        clock, secrets = SystemClock(), self._keyring.secrets
        if self._looks:
            return open_copy(self, words, clock, post, keyring=keyring and self._keyring.asks)
        self.profile.create()
        try:
            unlocked = self._unlock(secrets, words, keyring, clock)
        finally:
            self._log_to_file()
        from pln.services.opening import open_store

        opened = open_store(unlocked, secrets, clock, post=post)
        import pln.services.today  # noqa: F401  - what Today needs next, still off the window's thread
        from pln.services.preferences import preferences

        try:
            preferences(opened.context)  # the window reads them first: where their page is damaged, it is told here
        except BaseException:
            opened.close()
            raise
        return opened

    def _unlock(self, secrets: Secrets, words: str | None, keyring: bool, clock: Clock) -> Unlocked:
        from pln.services.kept_today import glance
        from pln.services.unlocking import unlock

        answer: Callable[[], str] | None = None if words is None else (lambda: words)
        if self.unattended and words is None:
            answer = lambda: first_line(self.passphrase_file)  # noqa: E731
        unlocked = unlock(self.profile, secrets, answer, ask_keyring=keyring and self._keyring.asks)
        there = None if self._lock is None else self._lock.there
        if there is None or there.place is PlaceId.TODAY:
            kept = glance(unlocked, clock.today())
            if kept is not None:
                self.home.post(self._clear_pages)
                self._today.show_and_wait(kept)
        return unlocked

    def _log_to_file(self) -> None:
        from pln.system.logs import start_logging

        if self._log_handler is None:
            self._log_handler = start_logging(self.profile.log, self._log_level)

    # Opened, or not

    def _opened_or_not(self, ended: Future[Opened], home: MainThread, words: str | None) -> None:
        self.collecting.begin()
        self._opening = False
        QTimer.singleShot(_LISTEN_MS, self, self.listen)
        error = ended.exception()
        if error is None:
            self._begin(ended.result(), home)
        elif not isinstance(error, PlnError):
            _log.error("the profile could not be opened", exc_info=error)
            self.pages.refuse(
                StoreFault("PLN could not start", "Nothing was changed. The log in the profile folder says more.")
            )
        elif self._lock is None or not self._lock.refused(error):
            self._not_opened(error, words)

    def _not_opened(self, fault: PlnError, words: str | None) -> None:
        from pln.services.vault import NeedsPassphrase

        if isinstance(fault, NeedsPassphrase):
            self.pages.ask(first_time=fault.first_time, reason=fault.reason)
        else:
            self.pages.refuse(fault, words)

    def _begin(self, opened: Opened, home: MainThread) -> None:
        from pln.ui.program.session import Session

        self._clear_pages()
        self.session = Session(
            self.window, self.registry, self.search, opened, home, self.lock, self.reopen, self.way_back
        )
        program = self.session.program
        self._today.begin(program)
        if opened.recovery_code:
            self.pages.show_code(opened.recovery_code, lambda: self._welcome_or_on(program))
        else:
            self._welcome_or_on(program)
        self.window.release()
        self._tell_what_was_done(opened, program)
        QTimer.singleShot(_WATCH_MS, self, self._watch)

    def _tell_what_was_done(self, opened: Opened, program: Program) -> None:
        """That a backup is back, or that the file of the store was mended."""
        said, self._said = self._said, ""
        if opened.mended is not None:
            from pln.ui.unlock.way_back_words import mended_line

            said = mended_line(self.profile, opened.mended)
        if said:
            program.toast(said)

    def _watch(self) -> None:
        """From now on the window locks by itself, too."""
        from pln.ui.program.guard import Guard

        if self.session is None:
            return
        if self._guard is None:
            self._guard = Guard(self.app, self.locking(), self.session.program.ctx.clock)
        self._guard.watch(self.session)

    def _welcome_or_on(self, shell: Program) -> None:
        from pln.services.preferences import preferences

        self.pages.clear()
        if preferences(shell.ctx).welcomed:
            self._go_on(shell)
        else:
            self.pages.welcome(shell, lambda: self._welcomed(shell))

    def _welcomed(self, shell: Shell) -> None:
        self.pages.clear()
        self._go_on(shell)

    def _go_on(self, shell: Shell) -> None:
        """To Today, or to where one was before the window was locked."""
        if self._lock is None or not self._lock.go_back(shell):
            self.window.go(PlaceId.TODAY)

    def listen(self) -> None:
        """For second starts, once this process has the profile."""
        if self._one is None and stays(self.profile):
            from pln.ui.program.one_window import OneWindow

            self._one = OneWindow(self.profile, self.come_forward, self)

    def _clear_pages(self) -> None:
        self.pages.clear()
        self.registry.allow_only(None)
        if self._lock is not None:
            self._lock.take_away()

    def _open_hit(self, hit: Hit) -> None:
        if self.program is not None:
            self.program.open(hit.ref)

    def _keep_look(self) -> None:
        size = self.window.size()
        mode = WantedTheme(self.theme.mode.value)
        kept = LookSettings(
            theme=mode, width=size.width(), height=size.height(), maximised=self.window.isMaximized(),
            text_scale=self.theme.scale, reading_width=self.theme.measure, unknown=self.look.unknown,
        )  # fmt: skip
        with suppress(PlnError):
            write_settings(self.profile.settings, kept)
