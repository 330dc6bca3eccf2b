"""The pages that stand alone in the window: asking for words, the recovery code, a fault, the welcome."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from pln.model.errors import PlnError, UsageError, WrongSecret
from pln.ui.program.cover import WITHOUT_STORE

if TYPE_CHECKING:
    from pln.services.tasks import Tasks
    from pln.ui.program.program import Program
    from pln.ui.program.start import Start
    from pln.ui.unlock.page_actions import Done, Failed, Job, PageActions


class Pages(QObject):
    """One page at a time. They are imported when they are wanted: most starts show none."""

    def __init__(self, start: Start) -> None:
        super().__init__(start)
        self._start, self._window = start, start.window
        self._shown: QWidget | None = None
        self._tasks: Tasks | None = None

    @property
    def shown(self) -> QWidget | None:
        return self._shown

    def show(self, page: QWidget) -> None:
        """Show a page alone, in place of the one before. Without a store nothing but the page can be used."""
        self.clear()
        self._shown = page
        if self._start.session is None:
            self._window.registry.allow_only(WITHOUT_STORE)
        self._window.show_bare(page)
        page.setFocus()

    def clear(self) -> None:
        page = self._shown
        self.forget()
        if page is not None:
            self._window.end_bare(page)

    def forget(self) -> None:
        """The page was taken away with everything else."""
        page, self._shown = self._shown, None
        if (forget := getattr(page, "forget", None)) is not None:
            forget()  # what was typed is kept no longer than its page

    def ask(self, *, first_time: bool, reason: str) -> None:
        from pln.ui.unlock.pages import PassphrasePage

        self.show(PassphrasePage(first_time, reason, self._start.open_profile, lambda: self._start.open_profile()))

    def refuse(self, fault: PlnError, typed: str | None = None) -> None:
        """Say why the profile was not opened, and what can be done. typed: the words it was to be opened with."""
        from pln.ui.unlock.pages import PassphrasePage
        from pln.ui.unlock.way_back_page import refusal_page

        if isinstance(self._shown, PassphrasePage) and isinstance(fault, WrongSecret | UsageError):
            self._shown.refuse(fault)
        else:
            _drop_frames(fault)
            self.show(refusal_page(fault, self._start.profile, self.actions(), typed or ""))

    def show_code(self, code: str, done: Callable[[], object]) -> None:
        from pln.services.vault import code_kept
        from pln.ui.unlock.pages import RecoveryCodePage
        from pln.ui.unlock.recovery_sheet import Sheet

        profile, program = self._start.profile, self._start.program
        made = None if program is None else program.ctx.clock.today()
        sheet = Sheet(code=code, store=profile.root.name, made=made)
        self.show(RecoveryCodePage(code, done, lambda: code_kept(profile), sheet=sheet))

    def welcome(self, program: Program, done: Callable[[], None]) -> None:
        from pln.ui.welcome.pages import WelcomePages

        self.show(WelcomePages(program, done))

    def actions(self) -> PageActions:
        from pln.ui.unlock.page_actions import PageActions

        start = self._start
        return PageActions(
            retry=start.try_again, leave=self._window.close, raise_other=start.raise_other, restored=start.reopen,
            run=self._run, look=start.look_only, secrets=start.secrets,
        )  # fmt: skip

    def close(self) -> None:
        """End what the pages have begun, and wait for it."""
        self.forget()
        if self._tasks is not None:
            self._tasks.close()

    def _run(self, title: str, job: Job, done: Done, failed: Failed) -> None:
        """A longer job of a page, told in the status line; there is no store, and so no session to run it."""
        from pln.services.tasks import Tasks
        from pln.ui.program.background import Background

        if self._tasks is None:
            self._tasks = Tasks(self._start.home.post)
            self._background = Background(self._tasks, self._window.status)

        def ended(result: object) -> None:
            done(result)

        def broken(error: BaseException) -> None:
            failed(error)

        self._tasks.start(title, job, ended, broken)


def _drop_frames(fault: BaseException) -> None:
    """The page keeps the fault; the frames it was raised in would keep words and keys with it."""
    each: BaseException | None = fault
    while each is not None:
        each.__traceback__ = None
        each = each.__cause__ or each.__context__
