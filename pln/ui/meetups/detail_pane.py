"""One meetup: head, notes, and what may follow. The side moves in beside, above or below the notes by room and need."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from pln.model.meetup import MeetupState
from pln.services.meetup_page import MeetupPage
from pln.ui import look
from pln.ui.meetups.follow_up import FollowUp
from pln.ui.meetups.head import Head
from pln.ui.meetups.notes_edit import NotesEdit, hint_row
from pln.ui.meetups.plan_bar import PlanBar
from pln.ui.meetups.side_pane import SidePane
from pln.ui.shell import Shell
from pln.ui.widgets.boxes import Grow, column, pane, row
from pln.ui.widgets.scroll import Page

_SIDE = 242
_BESIDE = 860  # pixels of width from which the side stands beside the notes
_STACKED = 460  # pixels of width under which the parts of the follow-up stand one below the other


class DetailPane(QWidget):
    """Arranges the parts; the place wires them."""

    def __init__(self, shell: Shell, side: SidePane) -> None:
        super().__init__()
        self.side = side
        self.head = Head(shell)
        self.plan_bar = PlanBar(shell)
        self.notes = NotesEdit(self.tr("Notes"), self.tr("What you talked about, what stayed with you"))
        self.notes.setMinimumHeight(look.px(200))
        self.follow_up = FollowUp(shell)
        self._planned = False
        self._above, self._below = column(), column()
        main = column(
            self.head, self.plan_bar, self._above, Grow(self.notes), hint_row(), self.follow_up, self._below, spacing=14
        )
        self._right_box = column()
        self._right = pane(column(Page(self._right_box, margins=(16, 22, 14, 22))), edge="left", width=look.px(_SIDE))
        self.setLayout(row(Grow(Page(main, margins=(26, 22, 26, 22))), spacing=0))
        layout = self.layout()
        assert layout is not None
        layout.addWidget(self._right)
        self._place_side()

    def show_page(self, page: MeetupPage) -> None:
        """Show all but the notes, which the place brings in its own way."""
        self.head.show_page(page)
        self.plan_bar.show_meetup(page.meetup)
        self._planned = page.meetup.state is MeetupState.PLANNED
        if self._planned:
            self.notes.setPlaceholderText(self.tr("What you would like to talk about"))
        else:
            self.notes.setPlaceholderText(self.tr("What you talked about, what stayed with you"))
        self._place_side()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_side()

    def _place_side(self) -> None:
        """Before a meetup the brief comes first; afterwards it stands beside the notes, or below where it is narrow."""
        beside = self.width() >= look.px(_BESIDE) and not self._planned
        box = self._above if self._planned else self._right_box if beside else self._below
        self.follow_up.stack(self.width() < look.px(_STACKED))
        if box.indexOf(self.side) < 0:
            box.addWidget(self.side)
        self._right.setVisible(beside)
