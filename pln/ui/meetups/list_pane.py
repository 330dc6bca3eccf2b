"""The list of meetups in its groups: coming up, just now, before."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pln.model.meetup import MeetupRow, MeetupState
from pln.services.meetup_page import MeetupLists
from pln.services.meetups import meetup_rows
from pln.ui.looking import close_where_looked_at
from pln.ui.meetups.words import plain_day, title, when
from pln.ui.shell import Shell
from pln.ui.widgets.boxes import Grow, column, hairline, row
from pln.ui.widgets.buttons import button
from pln.ui.widgets.labels import label
from pln.ui.widgets.list_view import ListView
from pln.ui.widgets.paged_model import PagedModel
from pln.ui.widgets.row_look import RowLook


class ListPane(QWidget):
    """chosen: brings a meetup's id. opened: Enter or a double click on it."""

    chosen = Signal(int)
    opened = Signal(int)

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self._shell = shell
        self.lists = MeetupLists(coming=(), unsaid=(), just_now=(), before=())
        model = PagedModel(self._fetch, self._spoken)
        self.list = ListView(self.tr("Meetups"), model, self._look)
        self.list.chosen.connect(self.chosen)
        self.list.opened.connect(self.opened)
        plan = button(self.tr("Plan"), icon="plus", run=lambda: shell.log_meetup(plan=True))
        close_where_looked_at(shell, plan)
        head = row(label(self.tr("Meetups"), "subtitle"), None, plan, margins=(16, 14, 16, 14))
        self.setLayout(column(head, hairline(), Grow(self.list), spacing=0))

    def show_lists(self, lists: MeetupLists) -> None:
        self._sections = {
            group[0]: words
            for group, words in (
                (lists.coming, self.tr("Coming up")),
                (lists.unsaid, self.tr("Did it happen?")),
                (lists.just_now, self.tr("Just now")),
                (lists.before, self.tr("Before")),
            )
            if group
        }
        self.lists = lists
        self._recent = frozenset(lists.just_now)
        self.list.set_ids(lists.ids)

    def _fetch(self, ids: Sequence[int]) -> list[MeetupRow | None]:
        found = {row.id: row for row in meetup_rows(self._shell.ctx, tuple(ids))}
        return [found.get(each) for each in ids]

    def _spoken(self, meetup: MeetupRow) -> str:
        look = self._look(meetup)
        return ", ".join(part for part in (look.title, look.over, look.second) if part)

    def _look(self, meetup: MeetupRow) -> RowLook:
        today = self._shell.today()
        long_past = meetup.state is not MeetupState.PLANNED and meetup.id not in self._recent
        return RowLook(
            title=title(meetup.kind, meetup.names),
            over=plain_day(meetup.day, today) if long_past else when(meetup.day, meetup.at, today),
            second=self._second(meetup),
            section=self._sections.get(meetup.id, ""),
        )

    def _second(self, meetup: MeetupRow) -> str:
        if meetup.state is MeetupState.FELL_THROUGH:
            return self.tr("Fell through")
        if meetup.state is MeetupState.PLANNED:
            return meetup.place or self.tr("Not decided yet")
        if meetup.id in self._recent and meetup.note_lines:
            lines = self.tr("1 line of notes so far"), self.tr("%1 lines of notes so far")
            return lines[meetup.note_lines > 1].replace("%1", str(meetup.note_lines))
        if meetup.open_promises:
            promises = self.tr("1 open promise"), self.tr("%1 open promises")
            return promises[meetup.open_promises > 1].replace("%1", str(meetup.open_promises))
        return meetup.place
