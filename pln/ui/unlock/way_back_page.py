"""Where a profile does not open: what is the matter, the newest backup there is, and what can be done about it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget
from shiboken6 import isValid

from pln.model.errors import PlnError, StoreFault, Trouble, WrongSecret
from pln.services.restoring import Restored
from pln.services.vault import NeedsPassphrase
from pln.services.ways_back import Ways, bring_back, take_keys, ways_of
from pln.system.clock import SystemClock
from pln.system.paths import Profile
from pln.ui.files.path_field import Chooser, choose_file
from pln.ui.files.restore_form import RestoreForm
from pln.ui.unlock.page_actions import PageActions
from pln.ui.unlock.pages import BarePage, FaultPage, promise
from pln.ui.unlock.way_back_words import after, brought_line, lead, none_line, room_line, title
from pln.ui.widgets.boxes import Grow, column, hairline, row
from pln.ui.widgets.buttons import button
from pln.ui.widgets.cards import card
from pln.ui.widgets.labels import IconLabel, label, restyle

_BRINGS = (Trouble.DAMAGED, Trouble.EMPTY, Trouble.STORE_MISSING)
_KEYS = (Trouble.KEYS_MISSING, Trouble.KEYS_DAMAGED)
_CAN_BRING = (*_BRINGS, *_KEYS, Trouble.NEWER)
_log = logging.getLogger(__name__)


def refusal_page(fault: PlnError, profile: Profile, actions: PageActions, typed: str = "") -> BarePage:
    """The page for a profile that was not opened. typed: the words that were to open it, "" where nobody was asked."""
    if isinstance(fault, StoreFault) and fault.trouble is not Trouble.OTHER:
        return WayBackPage(fault, profile, actions, typed=typed)
    return FaultPage(fault, actions.retry, actions.leave)


class WayBackPage(BarePage):
    """Shows the newest backup with its date and counts, and brings it back by one click where that helps.

    Whatever gives way is set aside: nothing here takes anything away. typed: words that were typed just now; they are
    tried before anybody is asked, and kept until `forget`.
    """

    def __init__(
        self, fault: StoreFault, profile: Profile, actions: PageActions, choose: Chooser = choose_file, *,
        typed: str = "",
    ) -> None:  # fmt: skip
        super().__init__()
        self.typed = typed
        self.fault, self._profile, self._actions, self._choose = fault, profile, actions, choose
        trouble = fault.trouble
        self.ways = Ways()
        self.form: RestoreForm | None = None
        self.newest = label(self.tr("Looking for the newest backup…"), "body", wrap=True)
        self.problem = label("", "danger", wrap=True)
        self.busy = label("", "muted", wrap=True)
        self.problem.hide()
        self.busy.hide()
        self._form_place = column(spacing=0)
        self.bring = button(self.tr("Bring this backup back"), _kind(trouble in _BRINGS), run=self._bring)
        self.keys = button(self.tr("Take the keys from this backup"), "primary", icon="key", run=self._take_keys)
        self.other = button(self.tr("Another backup…"), "normal", run=self._choose_another)
        self.raise_other = button(self.tr("Show the other window"), "primary", run=actions.raise_other)
        self.look = button(self.tr("Look only"), "primary", icon="eye", run=self._look)
        retries = trouble in (Trouble.NEWER, Trouble.FULL)
        self.retry = button(self.tr("Try again"), _kind(retries), run=actions.retry)
        self.leave = button(self.tr("Close PLN"), "quiet", run=actions.leave)
        self._offer()
        said = label(lead(fault, profile), "lead", wrap=True, selectable=True)
        room = room_line(profile) if trouble is Trouble.FULL else ""
        rows = self._rows()
        self._last = rows[-1]
        what_then = label(after(trouble), "muted", wrap=True)
        self.fill(
            label(title(fault), "display", wrap=True), said, *([label(room, "muted", wrap=True)] if room else []),
            card(row(IconLabel("history", "muted", 18), Grow(self.newest), spacing=12)),
            self._form_place, self.busy, self.problem, *rows, what_then, hairline(), promise(),
        )  # fmt: skip
        self.setFocusProxy(self._first())
        # Not while the page is made: whoever shows it wants to hold it first.
        QTimer.singleShot(0, self, self._search)

    def forget(self) -> None:
        """Leave nothing of what was typed."""
        self.typed = ""
        if self.form is not None and isValid(self.form):
            self.form.forget()

    def _rows(self) -> tuple[QHBoxLayout, ...]:
        """At the end what is done, the quiet one left and the primary right; before it what else there is."""
        trouble = self.fault.trouble
        if trouble not in _CAN_BRING:
            return (row(self.leave, None, self.retry, self.look, self.raise_other, spacing=8),)
        if trouble in _BRINGS:
            return row(self.other, None, spacing=8), row(self.leave, None, self.retry, self.bring, spacing=8)
        return (
            row(self.other, self.bring, None, spacing=8), row(self.leave, None, self.retry, self.keys, spacing=8)
        )  # fmt: skip

    @property
    def _buttons(self) -> tuple[QPushButton, ...]:
        return self.bring, self.keys, self.other, self.raise_other, self.look, self.retry

    def _offer(self) -> None:
        trouble = self.fault.trouble
        self.keys.setVisible(trouble in _KEYS)
        self.bring.setVisible(trouble in _CAN_BRING)
        self.other.setVisible(trouble in _CAN_BRING)
        self.raise_other.setVisible(trouble is Trouble.IN_USE)
        self.look.setVisible(trouble is Trouble.READ_ONLY and self._actions.look is not None)
        self.bring.setEnabled(False)
        self.keys.setEnabled(False)

    def _first(self) -> QWidget:
        shown = (self.keys, self.raise_other, self.look)
        return next((each for each in shown if not each.isHidden()), self.retry)

    # The newest backup

    def _search(self) -> None:
        profile = self._profile
        self._run(self.tr("Looking for backups"), lambda _task: ways_of(profile), self._found, self._not_found)

    def _found(self, ways: Ways) -> None:
        self.ways = ways
        self.newest.setText(none_line(self._profile, ways) if ways.newest is None else brought_line(ways))
        self.bring.setEnabled(ways.newest is not None)
        self.keys.setEnabled(ways.newest is not None)
        if ways.newest is None:
            self._none_found()
        elif self.fault.trouble in _BRINGS:
            self._go_to(self.bring)

    def _none_found(self) -> None:
        """Then the first thing to do is to look for one."""
        self.bring.hide()
        self.keys.hide()
        self.other.setText(self.tr("Choose a backup…"))
        self.other.setAccessibleName(self.other.text())
        if self.fault.trouble in (*_BRINGS, *_KEYS):
            restyle(self.other, "kind", "primary")
            self._last.addWidget(self.other)
            self._go_to(self.other)

    def _go_to(self, first: QPushButton) -> None:
        self.setFocusProxy(first)
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _not_found(self, error: BaseException) -> None:
        _log.error("backups could not be looked for", exc_info=error)
        self._found(Ways())

    # Another one, and the words that open it

    def _choose_another(self) -> None:
        form = self._show_form()
        (form.choice if self.ways.backups else form.place).setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_form(self) -> RestoreForm:
        if self.form is None:
            self.form = RestoreForm(self._run, self.ways.backups, self._choose)
            self._form_place.addWidget(self.form)
            self.form.entered.connect(self._enter)
            self.form.changed.connect(self._changed)
            self.keys.setVisible(self.fault.trouble in _KEYS)
            self.bring.setVisible(True)
            self.other.setVisible(bool(self.ways.backups))  # else the form itself has a button for it, and nothing more
            self._changed()
        return self.form

    def _changed(self) -> None:
        path = self._path()
        there = path is not None
        if there or self.ways.newest is not None:
            self.newest.setText(brought_line(self.ways, path))
        self.bring.setEnabled(there)
        self.keys.setEnabled(there)
        self.problem.hide()

    def _enter(self) -> None:
        self._take_keys() if self.fault.trouble in _KEYS else self._bring()

    def _path(self) -> Path | None:
        if self.form is not None:
            return self.form.path()
        return None if self.ways.newest is None else self.ways.newest.path

    def _words(self) -> str:
        return "" if self.form is None else self.form.words.text()

    # What is done

    def _bring(self) -> None:
        self._do(self.tr("Reading the backup to its end…"), bring_back, self._brought)

    def _take_keys(self) -> None:
        self._do(self.tr("Trying the keys of the backup…"), take_keys, self._brought)

    def _do(self, title: str, work: Callable[..., Any], done: Callable[[Any], object]) -> None:
        path = self._path()
        if path is None or not path.is_file():
            self._say(self.tr("Choose a backup that is there. Nothing was changed."))
            return
        profile, secrets, given, typed = self._profile, self._actions.secrets, self._words(), self.typed

        def by(words: str) -> Any:
            return work(profile, path, secrets, words, SystemClock())

        self._set_busy(title)
        self._run(title, lambda _task: _by_words(by, given, typed), done, self._failed)

    def _brought(self, came: tuple[Restored | Path | None, str]) -> None:
        found, words = came
        earlier = found.earlier if isinstance(found, Restored) else found
        self.forget()
        said = self._said(earlier, keys=not isinstance(found, Restored))
        QTimer.singleShot(0, partial(self._actions.restored, words or None, said))

    def _said(self, earlier: Path | None, *, keys: bool) -> str:
        came = self.tr("The keys of the backup open your store.") if keys else self.tr("The backup is back.")
        if earlier is None:
            return came
        kept = self.tr("What was there before is kept in %1.")
        return f"{came} {kept.replace('%1', earlier.relative_to(self._profile.root).as_posix())}"

    def _look(self) -> None:
        if self._actions.look is not None:
            self._actions.look()

    def _failed(self, error: BaseException) -> None:
        self._set_busy("")
        if isinstance(error, NeedsPassphrase):
            self._show_form().words.setFocus(Qt.FocusReason.OtherFocusReason)
            ask = self.tr("Please give the passphrase or the recovery code that was in force when it was made.")
            other = self.tr("What you typed at the start does not open this backup.")
            self._say(f"{other} {ask}" if self.typed else ask)
        elif isinstance(error, PlnError):
            self._say(f"{error.title}. {error.sentence}")
        else:
            _log.error("a way back failed", exc_info=error)
            self._say(self.tr("That did not work. Nothing was changed. The log in the profile folder says more."))

    def _say(self, text: str) -> None:
        self.problem.setText(text)
        self.problem.show()

    def _set_busy(self, title: str) -> None:
        self.problem.hide()
        self.busy.setText(title)
        self.busy.setVisible(bool(title))
        for each in self._buttons:
            each.setEnabled(not title)
        if self.form is not None:
            self.form.setEnabled(not title)

    def _run(
        self, title: str, job: Callable[[Any], Any], done: Callable[[Any], object],
        failed: Callable[[BaseException], object],
    ) -> None:  # fmt: skip
        """What comes home when the page is gone is for nobody."""
        self._actions.run(
            title, job, lambda found: done(found) if isValid(self) else None,
            lambda error: failed(error) if isValid(self) else None,
        )  # fmt: skip


def _by_words(work: Callable[[str], Any], given: str, typed: str) -> tuple[Any, str]:
    """What comes of it, and the words that opened it: those given for it, else those typed before, else none at all.

    With none this computer's password store is asked. Raises as the work does.
    """
    if not given and typed:
        with suppress(WrongSecret):  # the passphrase may have been changed since the backup was made
            return work(typed), typed
    return work(given), given


def _kind(first: bool) -> str:
    return "primary" if first else "normal"
