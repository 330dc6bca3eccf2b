"""Together: everything between two people on one timeline, newest first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QLayout, QWidget

from pln.model.changes import Noun
from pln.model.timeline import TimelineItem
from pln.services.person_page import PersonPage
from pln.suggest.reasons import short_day, shortened
from pln.ui.people.kinds import JOURNAL, look_of, spoken_minutes
from pln.ui.people.marks_box import OnTick, marks_items
from pln.ui.people.row_stack import RowStack
from pln.ui.people.wrapped_button import TitleButton
from pln.ui.shell import Shell
from pln.ui.widgets.boxes import Grow, Item, column, row
from pln.ui.widgets.buttons import button
from pln.ui.widgets.labels import IconLabel, label

AT_FIRST = 8
_MORE = 8
_LONGEST = 700
_OPENING = 180


class TimelineView(QWidget):
    """Makes widgets for the newest items only; `grow` adds the next ones when the end comes into sight."""

    def __init__(self, shell: Shell, page: PersonPage, ticked: OnTick, shown: int = AT_FIRST) -> None:
        super().__init__()
        self._shell, self._items, self._ticked = shell, page.timeline, ticked
        self._name = page.person.first_name
        self.shown = 0
        self._rows = RowStack(20)
        self._more = button("", "link", run=self.grow)
        self._more.setObjectName("earlier")
        if self._items:
            self.setLayout(column(self._rows, row(self._more, None), None, spacing=16))
        else:
            self.setLayout(column(self._empty(), None))
        self._add(max(shown, AT_FIRST))

    def grow(self) -> None:
        """Show the next earlier items."""
        self._add(_MORE)

    @property
    def complete(self) -> bool:
        return self.shown >= len(self._items)

    def _add(self, number: int) -> None:
        fresh = self._items[self.shown : self.shown + number]
        today = self._shell.today()
        for item in fresh:
            self._rows.add(self._row(item, today))
        self._rows.laid()
        self.shown += len(fresh)
        self._more.setVisible(not self.complete)
        rest = len(self._items) - self.shown
        self._more.setText(self.tr("Show earlier (%1)").replace("%1", f"{rest:n}"))

    def _empty(self) -> QWidget:
        words = self.tr(
            "Nothing yet between you and %1. What you talk about, send and write will gather here, newest first."
        )
        return label(words.replace("%1", self._name), "lead", wrap=True)

    def _row(self, item: TimelineItem, today: date) -> QLayout:
        icon, role = look_of(item.kind)
        body = column(*self._content(item, today), spacing=7)
        return row(IconLabel(icon, role), Grow(body), spacing=14, top=True)

    def _content(self, item: TimelineItem, today: date) -> Sequence[Item]:
        head = row(Grow(self._title(item)), label(_when(item, today), "muted"), spacing=14, top=True)
        given = item.ref.noun in (Noun.ARTICLE, Noun.INTERACTION, Noun.ENTRY, Noun.HIGHLIGHT)
        length = _OPENING if item.kind == JOURNAL else _LONGEST
        body = item.body if len(item.body) <= length else shortened(item.body, length)
        prose = [label(body, "lead" if given else "body", wrap=True)] if body else []
        return [head, *prose, *marks_items(item.marks, today, self._ticked)]

    def _title(self, item: TimelineItem) -> QWidget:
        if item.ref.noun is Noun.INTERACTION:  # has no page of its own
            return label(item.title, "strong", wrap=True)
        title = TitleButton(item.title)
        title.setObjectName(f"item-{item.ref.noun}-{item.ref.id}")
        title.clicked.connect(lambda: self._shell.open(item.ref))
        return title


def _when(item: TimelineItem, today: date) -> str:
    day = short_day(item.day, today)
    return f"{day} · {spoken_minutes(item.minutes)}" if item.minutes else day
