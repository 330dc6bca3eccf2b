"""Saves notes within a second of typing, and never forgets what could not be saved."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal
from shiboken6 import isValid

from pln.model.errors import PlnError
from pln.model.marks import Mark
from pln.services.meetup_log import save_notes
from pln.ui.shell import Shell

_EVERY = 700  # milliseconds from the first letter typed; a pause in typing is not waited for
_AGAIN = 5_000  # milliseconds until another try after a fault


class NotesSaver(QObject):
    """Texts wait here by meetup until the store has them. saved: brings (meetup id, its marks).

    A text is read from its editor when it is due, not at each key: in a very long note that would be felt.
    """

    saved = Signal(int, object)

    def __init__(self, shell: Shell, origin: str, parent: QObject) -> None:
        super().__init__(parent)
        self._shell, self._origin = shell, origin
        self._typed: tuple[int, Callable[[], str]] | None = None
        self._waiting: dict[int, str] = {}
        self._failing = False
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.flush)

    def put(self, meetup_id: int, read: Callable[[], str]) -> None:
        """Something was typed into the notes of a meetup: keep them soon. `flush` before another one is shown."""
        self._typed = meetup_id, read
        if not self._timer.isActive():
            self._timer.start(_EVERY)

    def unsaved(self, meetup_id: int) -> str | None:
        """The text of a meetup that the store does not have yet; None where it has all."""
        self._take()
        return self._waiting.get(meetup_id)

    def flush(self) -> None:
        """Hand everything that waits to the writer now."""
        self._timer.stop()
        self._take()
        for meetup_id, text in tuple(self._waiting.items()):
            self._write(meetup_id, text)

    def settle(self) -> PlnError | None:
        """Store everything that waits, and wait until that is done; the fault where it cannot be."""
        self._timer.stop()
        self._take()
        ctx, origin = self._shell.ctx, self._origin
        for meetup_id, text in tuple(self._waiting.items()):
            try:
                self._shell.tasks.write(partial(save_notes, ctx, meetup_id, text, origin=origin)).result()
            except PlnError as fault:
                self._timer.start(_AGAIN)
                return fault
            del self._waiting[meetup_id]
        return None

    def _take(self) -> None:
        if self._typed is not None:
            meetup_id, read = self._typed
            self._typed, self._waiting[meetup_id] = None, read()

    def _write(self, meetup_id: int, text: str) -> None:
        ctx, origin = self._shell.ctx, self._origin
        self._shell.tasks.write(
            lambda: save_notes(ctx, meetup_id, text, origin=origin),
            lambda marks: self._done(meetup_id, text, marks),
            self._failed,
        )

    def _done(self, meetup_id: int, text: str, marks: tuple[Mark, ...]) -> None:
        if not isValid(self):
            return
        self._failing = False
        if self._waiting.get(meetup_id) == text:
            del self._waiting[meetup_id]
        self.saved.emit(meetup_id, marks)

    def _failed(self, error: BaseException) -> None:
        """Say it once; the text stays and is tried again."""
        if not isValid(self):
            return
        if not self._failing:
            self._shell.fail(error)
        self._failing = True
        self._timer.start(_AGAIN)
