"""Background work and flight mode, told quietly at the foot of the window. Nobody is ever stopped by it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from pln.ui.widgets.boxes import row
from pln.ui.widgets.buttons import button
from pln.ui.widgets.chips import chip
from pln.ui.widgets.labels import ElidedLabel, label, set_tip
from pln.ui.widgets.progress import Progress


class Work:
    """One piece of background work as the user sees it. Use it on the main thread."""

    def __init__(self, line: StatusLine, text: str, cancel: Callable[[], object] | None) -> None:
        self._line = line
        self.text, self.cancel = text, cancel
        self.done, self.total = 0, 0

    def progress(self, done: int, total: int, text: str = "") -> None:
        """So many of so many; total 0 where nobody knows."""
        self.done, self.total = done, total
        self.text = text or self.text
        self._line.refresh()

    def finish(self) -> None:
        """It ended, well or not. What came of it is told by the place or by a toast."""
        self._line.drop(self)


def _nobody() -> None:
    """Nobody wants to be told."""


class StatusLine(QWidget):
    """Hidden while nothing runs, but in flight mode. Shows the work begun last, and how much else is running."""

    def __init__(self) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("tone", "rail")
        self.setProperty("edge", "top")
        self._works: list[Work] = []
        self._veiled = self._flying = False
        self._flight = chip(self.tr("Flight mode"), "accent", "wifi-off")
        set_tip(self._flight, self.tr("PLN asks nothing of the network. Everything stored stays readable."))
        self._land = button(self.tr("Switch off"), "link", run=self._end_flight)
        self._off: Callable[[], object] = _nobody
        self._text = ElidedLabel("", "muted")
        self._count = label("", "faint")
        self._bar = Progress(self.tr("Progress"))
        self._bar.setFixedWidth(160)
        self._cancel = button(self.tr("Cancel"), "link", run=self._cancel_shown)
        self.setLayout(
            row(
                self._flight,
                self._land,
                self._text,
                self._count,
                self._bar,
                self._cancel,
                spacing=14,
                margins=(24, 5, 24, 5),
            )
        )
        self.hide()

    def show_flight(self, on: bool, off: Callable[[], object] = _nobody) -> None:
        """Say that flight mode is on. off: called when the user wants it no longer."""
        self._flying, self._off = on, off
        self.refresh()

    def start(self, text: str, cancel: Callable[[], object] | None = None) -> Work:
        """Show work under way ("Refreshing 12 feeds"). cancel: called when the user cancels it."""
        work = Work(self, text, cancel)
        self._works.append(work)
        self.refresh()
        return work

    def drop(self, work: Work) -> None:
        if work in self._works:
            self._works.remove(work)
        self.refresh()

    def veil(self, on: bool) -> None:
        """Tell nothing, because the window is covered; afterwards what is under way then."""
        self._veiled = on
        self._text.setText("")
        self.refresh()

    def clear(self) -> None:
        """Nothing is told any more, also of what goes on."""
        self._works, self._flying = [], False
        self._off = _nobody  # it belongs to a program, which ends now
        for words in (self._text, self._count):
            words.setText("")
        self.refresh()

    def refresh(self) -> None:
        self.setVisible((bool(self._works) or self._flying) and not self._veiled)
        for each in (self._flight, self._land):
            each.setVisible(self._flying)
        for part in (self._count, self._bar, self._cancel):
            part.setVisible(bool(self._works))
        if not self._works or self._veiled:
            self._text.setText("")
            return
        shown, others = self._works[-1], len(self._works) - 1
        self._text.setText(shown.text)
        self._count.setText(self.tr("%n more running", "", others) if others else "")
        self._bar.set(shown.done, shown.total)
        self._bar.setVisible(shown.total > 0)
        self._cancel.setVisible(shown.cancel is not None)
        self._cancel.setEnabled(True)

    def _end_flight(self) -> None:
        self._off()

    def _cancel_shown(self) -> None:
        shown = self._works[-1]
        self._cancel.setEnabled(False)
        self._text.setText(self.tr("Stopping. What was done until now is kept."))
        if shown.cancel is not None:
            shown.cancel()
