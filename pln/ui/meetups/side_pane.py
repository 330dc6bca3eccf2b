"""What stands beside a meetup: the brief of one person and the next time, with chips to switch between people."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QCheckBox, QWidget
from shiboken6 import isValid

from pln.model.highlight import Highlight
from pln.model.marks import Mark, MarkState
from pln.model.meetup import MeetupState
from pln.services.highlights import close_question
from pln.services.meetup_page import MeetupPage, MeetupSide, meetup_side
from pln.services.meetups import close_mark
from pln.services.reading import told_of
from pln.services.undo import UndoStep
from pln.ui import look
from pln.ui.meetups.brief_card import brief_card
from pln.ui.meetups.next_card import next_card
from pln.ui.shell import Shell
from pln.ui.widgets.boxes import clear, column, row
from pln.ui.widgets.cards import titled_card
from pln.ui.widgets.chips import chip_button
from pln.ui.widgets.flow import FlowLayout
from pln.ui.widgets.labels import label

_BESIDE = 620


class SidePane(QWidget):
    """arrived: brings the MeetupSide now shown. planning: a day was taken for the next time.

    questions: shown for planned meetups. The page before stays until the new one is read, so that nothing flickers.
    """

    arrived = Signal(object)
    planning = Signal(object)  # datetime.date

    def __init__(self, shell: Shell, origin: str) -> None:
        super().__init__()
        self._shell, self._origin = shell, origin
        self._page: MeetupPage | None = None
        self._asked = 0
        self.person: int | None = None
        self.side: MeetupSide | None = None
        self._chips = QWidget()
        self._cards = row(spacing=14)
        self.setLayout(column(self._chips, self._cards, None, spacing=14))
        self._chips.hide()

    def show_page(self, page: MeetupPage) -> None:
        """Show the brief of the person shown before, where they are in it, else of the first one."""
        same = self._page is not None and self._page.meetup.id == page.meetup.id
        self._page = page
        known = [who for who, _name in page.people]
        if not same or self.person not in known:
            self.person = known[0] if known else None
        self.reload()

    def reload(self) -> None:
        """Read what is shown anew, off the main thread."""
        self._asked += 1
        number, page, who, ctx = self._asked, self._page, self.person, self._shell.ctx
        if page is None or who is None:
            self.side = None
            clear(self._cards)
            self._chips.hide()
            return

        def job() -> MeetupSide | None:
            # Walking fast through a long list leaves questions behind that nobody waits for.
            return meetup_side(ctx, page, who) if number == self._asked else None

        self._shell.tasks.read(job, lambda side: self._arrived(number, side), self._shell.fail)

    def choose(self, person_id: int) -> None:
        self.person = person_id
        self.reload()

    def _arrived(self, number: int, side: MeetupSide | None) -> None:
        if isValid(self) and side is not None and number == self._asked:
            self.side = side
            self._draw(side)
            self.arrived.emit(side)

    def _draw(self, side: MeetupSide) -> None:
        assert self._page is not None
        several = len(self._page.people) > 1
        focused = self._focused_box()
        self._show_chips(several)
        clear(self._cards)
        self._cards.addWidget(
            brief_card(self._shell, side, self._tick, self._tell, side.person.first_name if several else ""), 1
        )
        if self._page.meetup.state is MeetupState.PLANNED:
            self._cards.addWidget(self._questions(side), 1)
        else:
            self._cards.addWidget(next_card(self._shell, side, self._plan))
        self._focus_box(focused)

    def _focused_box(self) -> int | None:
        """Which of the boxes has the focus."""
        boxes = self.findChildren(QCheckBox)
        return next((number for number, box in enumerate(boxes) if box.hasFocus()), None)

    def _focus_box(self, number: int | None) -> None:
        """A box ticked by keyboard is gone: the focus goes on to the one that took its place."""
        boxes = self.findChildren(QCheckBox)
        if number is not None and boxes:
            boxes[min(number, len(boxes) - 1)].setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Two cards stand side by side where there is room for both."""
        super().resizeEvent(event)
        beside = event.size().width() >= look.px(_BESIDE)
        self._cards.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)

    def _show_chips(self, several: bool) -> None:
        """One chip for each person, made anew for each meetup."""
        assert self._page is not None
        flow = self._chips.layout() or FlowLayout(spacing=6)
        clear(flow)
        self._chips.setLayout(flow)
        self._chips.setVisible(several)
        for who, name in self._page.people:
            chip = chip_button(name.split(" ", 1)[0], checkable=True, run=partial(self.choose, who))
            chip.setAccessibleName(self.tr("Brief of %1").replace("%1", name))
            chip.setChecked(who == self.person)
            flow.addWidget(chip)

    def _questions(self, side: MeetupSide) -> QWidget:
        lines = (label(question, "small", wrap=True) for question in side.questions)
        return titled_card(self.tr("Worth asking"), *lines, spacing=8)

    def _tick(self, mark: Mark | Highlight) -> None:
        ctx, origin = self._shell.ctx, self._origin
        if isinstance(mark, Highlight):
            self._shell.write(lambda: close_question(ctx, mark.id, origin=origin), self._ticked)
            return
        self._shell.write(lambda: close_mark(ctx, mark.id, MarkState.DONE, origin=origin), self._ticked)

    def _tell(self, article: int) -> None:
        ctx, origin, person = self._shell.ctx, self._origin, self.person
        if person is not None:
            self._shell.write(lambda: told_of(ctx, article, person, origin=origin), self._ticked)

    def _ticked(self, step: UndoStep) -> None:
        self._shell.toast(step.label, step)
        if isValid(self):
            self.reload()

    def _plan(self, day: date) -> None:
        self.planning.emit(day)
