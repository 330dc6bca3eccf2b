"""The head of a meetup: faces, title, when and where, its kind, and a menu of what can be done with it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QMenu, QWidget

from pln.services.meetup_page import MeetupPage
from pln.ui.commands import CommandId
from pln.ui.meetups.kind_choice import KindChoice
from pln.ui.meetups.words import title, where_and_when
from pln.ui.shell import Shell
from pln.ui.widgets.avatar import Avatar
from pln.ui.widgets.boxes import Grow, clear, column, row
from pln.ui.widgets.labels import label

_MOST_FACES = 3
_SPARE = 24  # pixels: a title that just fits would wrap by a rounding
_MENU = (
    CommandId.MEETUP_EDIT, CommandId.MEETUP_CALENDAR, CommandId.MEETUP_HAPPENED, CommandId.MEETUP_FELL_THROUGH,
    CommandId.MEETUP_REMOVE,
)  # fmt: skip


class Head(QWidget):
    """kind_taken: brings the MeetupKind chosen."""

    kind_taken = Signal(object)

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self._shell = shell
        self._faces = row(spacing=4)
        self.title = label("", "subtitle", wrap=True)
        self.second = label("", "lead", wrap=True)
        self.kind = KindChoice(self.tr("Kind of meetup, and more"), deeds=self._offer)
        self.kind.taken.connect(self.kind_taken)
        who = row(self._faces, Grow(column(self.title, self.second, spacing=2)), spacing=10)
        self._whole = row(Grow(who), row(self.kind, None), spacing=8)
        self.setLayout(self._whole)

    def show_page(self, page: MeetupPage) -> None:
        clear(self._faces)
        size = 48 if len(page.names) == 1 else 34
        for name in page.names[:_MOST_FACES]:
            self._faces.addWidget(Avatar(name, size))
        self.title.setText(title(page.meetup.kind, page.names))
        self.second.setText(where_and_when(page.meetup, self._shell.today()))
        self.kind.set_kind(page.meetup.kind)
        self._settle(self.width())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._settle(event.size().width())

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.LayoutRequest:  # a part has got another size, or its font only now
            self._settle(self.width())
        return super().event(event)

    def _settle(self, width: int) -> None:
        """The kinds stand beside the title where it keeps to one line there, else below."""
        self.title.ensurePolished()
        faces = self._faces.sizeHint().width()
        title = self.title.fontMetrics().horizontalAdvance(self.title.text())
        beside = faces + 10 + title + 8 + self.kind.sizeHint().width() + _SPARE <= width
        self._whole.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)

    def _offer(self, menu: QMenu) -> None:
        for wanted in _MENU:
            command = self._shell.registry.get(wanted)
            if command is not None and command.when():
                menu.addAction(command.title, partial(self._shell.registry.run, wanted))
