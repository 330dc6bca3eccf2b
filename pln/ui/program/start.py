"""From an empty frame to the running program, and back: opening the profile, asking where it must, closing it."""

from __future__ import annotations

import gc
import logging
import sys
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, qInstallMessageHandler
from PySide6.QtWidgets import QApplication, QWidget

from pln.model.errors import PlnError, StoreFault
from pln.system.paths import Profile
from pln.system.settings import LookSettings, write_settings
from pln.system.settings import Theme as WantedTheme
from pln.ui import fonts
from pln.ui.commands import Registry
from pln.ui.commands.standard import add_standard
from pln.ui.main_thread import MainThread
from pln.ui.main_window import MainWindow
from pln.ui.place import PlaceId
from pln.ui.program.places import place_entries
from pln.ui.program.qt_messages import to_the_log
from pln.ui.program.search_source import StoreSearch
from pln.ui.theme import Mode, Theme

if TYPE_CHECKING:
    from pln.model.search import Hit
    from pln.services.kept_today import KeptToday
    from pln.services.opening import Opened
    from pln.services.tasks import Tasks
    from pln.services.unlocking import Unlocked
    from pln.system.clock import Clock
    from pln.system.secrets import Secrets
    from pln.ui.program.program import Program
    from pln.ui.program.session import Session
    from pln.ui.today.place import TodayPlace
    from pln.ui.unlock.page_actions import Done, Failed, Job, PageActions

_log = logging.getLogger(__name__)
_SWITCH_SECONDS = 0.001
_SEEN_SECONDS, _PAINT_MS = 1.0, 15


class Start(QObject):
    """Holds everything that lives as long as the window. `session` and `program` are None until the store is open."""

    def __init__(
        self,
        app: QApplication,
        window: MainWindow,
        look: LookSettings,
        profile: Profile,
        passphrase_file: Path | None = None,
        log_level: int = logging.INFO,
    ) -> None:
        """window: an empty frame, shown already; it is furnished here. look: as it was when the frame was shown."""
        super().__init__()
        # Sixteen threads fetch feeds: with the usual 5 ms each could keep the window's thread waiting for so long.
        sys.setswitchinterval(_SWITCH_SECONDS)
        self._app, self._profile, self._passphrase_file = app, profile, passphrase_file
        self.look, self._log_level = look, log_level
        fonts.load()
        self.theme = Theme.install(app, Mode(self.look.theme.value), self.look.text_scale, self.look.reading_width)
        self.home = MainThread()
        self._opener = ThreadPoolExecutor(1, thread_name_prefix="pln-open")
        self._log_handler: logging.Handler | None = None
        self._page_tasks: Tasks | None = None
        self.session: Session | None = None
        self._bare: QWidget | None = None
        self._kept: KeptToday | None = None
        self._early: TodayPlace | None = None
        self._seen = Event()
        self.search = StoreSearch()
        self.registry = Registry()
        self.window = window
        window.furnish(self.registry, place_entries(lambda: self.program), self.search, self._open_hit)
        add_standard(window, self.theme)
        window.closing.connect(self._keep_look)
        qInstallMessageHandler(to_the_log)

    @property
    def program(self) -> Program | None:
        return None if self.session is None else self.session.program

    def open_profile(self, words: str | None = None, *, keyring: bool = True) -> None:
        """Open the profile in a thread. words: passphrase or recovery code as typed, None to ask this computer's
        password store first. keyring: whether that may be asked at all.
        """
        home = MainThread()
        self._opener.submit(self._open, words, keyring, home.post).add_done_callback(
            lambda ended: self.home.post(lambda: self._opened_or_not(ended, home))
        )

    def reopen(self) -> None:
        """The files of the profile were replaced, or are about to be looked at anew: let go of all, open again."""
        session, self.session = self.session, None
        if session is not None:
            session.end()
        self.window.empty()
        self.open_profile()

    def show_page(self, page: QWidget) -> None:
        """Show a page alone, in place of the one before."""
        self._clear_bare()
        self._bare = page
        self.window.show_bare(page)
        page.setFocus()

    def close(self) -> None:
        """End all background work, then close the store. Called once, after the event loop."""
        if self._app.clipboard().ownsClipboard():
            self._app.clipboard().clear()  # a Python object left on it at exit would crash Qt
        self.home.close()
        if self.session is not None:
            self.session.leave()
        self._opener.shutdown(wait=True)
        if self._page_tasks is not None:
            self._page_tasks.close()
        if self.session is not None:
            self.session.finish()
        if self._log_handler is not None:
            from pln.system.logs import stop_logging

            stop_logging(self._log_handler)
        qInstallMessageHandler(None)

    # Opening, off the window's thread

    def _open(self, words: str | None, keyring: bool, post: Callable[[Callable[[], None]], None]) -> Opened:
        # Heavy imports happen here, off the window's thread; the heaviest (SQLAlchemy) after Today was seen.
        from pln.system.clock import SystemClock
        from pln.system.secrets import KeyringSecrets, NoSecrets

        clock, secrets = SystemClock(), NoSecrets() if self._passphrase_file else KeyringSecrets()
        self._profile.create()
        try:
            unlocked = self._unlock(secrets if keyring else NoSecrets(), words, clock)
        finally:
            self._log_to_file()
        from pln.services.opening import open_store

        opened = open_store(unlocked, secrets, clock, post=post)
        import pln.services.today  # noqa: F401  - what Today needs next, still off the window's thread

        return opened

    def _unlock(self, secrets: Secrets, words: str | None, clock: Clock) -> Unlocked:
        from pln.services.kept_today import glance
        from pln.services.unlocking import unlock

        answer: Callable[[], str] | None = None if words is None else (lambda: words)
        if self._passphrase_file is not None and words is None:
            answer = lambda: _first_line(self._passphrase_file)  # noqa: E731
        unlocked = unlock(self._profile, secrets, answer)
        self._kept = glance(unlocked, clock.today())
        if self._kept is not None:
            self.home.post(self._show_kept)
            self._seen.wait(_SEEN_SECONDS)  # imports hold the interpreter: the window is to be painted first
        return unlocked

    def _log_to_file(self) -> None:
        from pln.system.logs import start_logging

        if self._log_handler is None:
            self._log_handler = start_logging(self._profile.log, self._log_level)

    def _show_kept(self) -> None:
        """Today as it was last, while the store is being opened; the other places wait."""
        from pln.ui.today.place import TodayPlace

        assert self._kept is not None
        self._clear_bare()
        self.window.hold()
        place = self.window.go(PlaceId.TODAY)
        assert isinstance(place, TodayPlace)
        place.show_kept(self._kept.page)
        self._early = place
        QTimer.singleShot(_PAINT_MS, self, self._seen.set)

    # Opened, or not

    def _opened_or_not(self, ended: Future[Opened], home: MainThread) -> None:
        gc.freeze()  # what was imported stays for good: walking it in every full collection stops the window for 80 ms
        gc.enable()  # off since the start (see pln.app)
        error = ended.exception()
        if error is None:
            self._begin(ended.result(), home)
            return
        from pln.services.vault import NeedsPassphrase

        if isinstance(error, NeedsPassphrase):
            self._ask(first_time=error.first_time, reason=error.sentence)
        elif isinstance(error, PlnError):
            self._refuse(error)
        else:
            _log.error("the profile could not be opened", exc_info=error)
            self._refuse(
                StoreFault("PLN could not start", "Nothing was changed. The log in the profile folder says more.")
            )

    def _begin(self, opened: Opened, home: MainThread) -> None:
        from pln.ui.program.session import Session

        self._clear_bare()
        self.session = Session(self.window, self.registry, self.search, opened, home)
        early, self._early = self._early, None
        if early is not None and self._kept is not None:
            early.begin(self.session.program, holds=self._kept.holds)
        if opened.recovery_code:
            self._show_code(opened.recovery_code)
        else:
            self._welcome_or_today()
        self.window.release()

    def _welcome_or_today(self) -> None:
        from pln.services.preferences import preferences

        assert self.program is not None
        self._clear_bare()
        if preferences(self.program.ctx).welcomed:
            self.window.go(PlaceId.TODAY)
            return
        from pln.ui.welcome.pages import WelcomePages

        self.show_page(WelcomePages(self.program, self._welcomed))

    def _welcomed(self) -> None:
        self._clear_bare()
        self.window.go(PlaceId.TODAY)

    # Pages shown without a store

    def _ask(self, *, first_time: bool, reason: str) -> None:
        from pln.ui.unlock.pages import PassphrasePage

        self.show_page(PassphrasePage(first_time, reason, self.open_profile))

    def _refuse(self, fault: PlnError) -> None:
        from pln.model.errors import UsageError, WrongSecret
        from pln.ui.unlock.pages import PassphrasePage

        if isinstance(self._bare, PassphrasePage) and isinstance(fault, (WrongSecret, UsageError)):
            self._bare.refuse(fault)
            return
        self.show_page(_refusal(fault, self._profile, self._actions()))

    def _show_code(self, code: str) -> None:
        from pln.ui.unlock.pages import RecoveryCodePage

        self.show_page(RecoveryCodePage(code, self._welcome_or_today))

    def _actions(self) -> PageActions:
        from pln.ui.unlock.page_actions import PageActions

        return PageActions(
            retry=self.open_profile, leave=self.window.close, raise_other=lambda: None, restored=self.reopen,
            run=self._run,
        )  # fmt: skip

    def _run(self, title: str, job: Job, done: Done, failed: Failed) -> None:
        """A longer job of a page, told in the status line; there is no store, and so no session to run it."""
        from pln.services.tasks import Tasks
        from pln.ui.program.background import Background

        if self._page_tasks is None:
            self._page_tasks = Tasks(self.home.post)
            self._page_background = Background(self._page_tasks, self.window.status)
        self._page_tasks.start(title, job, lambda result: _call(done, result), lambda error: _call(failed, error))

    def _clear_bare(self) -> None:
        if self._bare is not None:
            self.window.end_bare(self._bare)
            self._bare = None

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
            write_settings(self._profile.settings, kept)


def _refusal(fault: PlnError, profile: Profile, actions: PageActions) -> QWidget:
    from pln.ui.unlock.pages import FaultPage

    return FaultPage(fault, actions.retry, actions.leave)


def _call(what: Callable[..., object], value: object) -> None:
    what(value)


def _first_line(file: Path | None) -> str:
    assert file is not None
    try:
        return file.read_text("utf-8").split("\n", 1)[0].removesuffix("\r")
    except (OSError, UnicodeDecodeError) as error:
        raise StoreFault("The passphrase file cannot be read", f"PLN needs a text file at {file}.") from error
