"""What can be said about a planned meetup, and about one that fell through."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton, QWidget

from pln.model.meetup import Meetup, MeetupState
from pln.ui.commands import CommandId
from pln.ui.icons import set_icon
from pln.ui.shell import Shell
from pln.ui.widgets.buttons import button
from pln.ui.widgets.flow import FlowLayout
from pln.ui.widgets.labels import label, restyle


class PlanBar(QWidget):
    """Buttons for a plan; hidden for a meetup that happened."""

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self._shell = shell
        self._happened = self._button(self.tr("It happened"), CommandId.MEETUP_HAPPENED, "check")
        self._fell_through = self._button(self.tr("It fell through"), CommandId.MEETUP_FELL_THROUGH)
        self._calendar = self._button(self.tr("To the calendar…"), CommandId.MEETUP_CALENDAR, "calendar-plus")
        self._words = label("", "muted")
        self.setLayout(FlowLayout(self._words, self._happened, self._fell_through, self._calendar, spacing=8))
        self.hide()

    def show_meetup(self, meetup: Meetup) -> None:
        planned = meetup.state is MeetupState.PLANNED
        self._words.setText(self._said(meetup))
        self._words.setVisible(bool(self._words.text()))
        self._fell_through.setVisible(planned)
        self._calendar.setVisible(planned)
        self._happened.setText(self.tr("It happened") if planned else self.tr("It did happen"))
        self._dress_first(planned and meetup.day <= self._shell.today())
        self.setVisible(meetup.state is not MeetupState.HAPPENED)

    def _dress_first(self, day_is_here: bool) -> None:
        restyle(self._happened, "kind", "primary" if day_is_here else "normal")
        set_icon(self._happened, "check", "accent_ink" if day_is_here else "ink", 16, gap=4)

    def _said(self, meetup: Meetup) -> str:
        if meetup.state is MeetupState.FELL_THROUGH:
            return self.tr("It fell through. That happens.")
        return self.tr("Did it happen?") if meetup.day < self._shell.today() else ""

    def _button(self, text: str, command: CommandId, icon: str = "") -> QPushButton:
        return button(text, icon=icon, run=lambda: self._shell.registry.run(command))
