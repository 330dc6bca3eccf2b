"""The palette: a field over the window, rows below it, all by keyboard."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QDate, QEvent, QLocale, QObject, Qt
from PySide6.QtGui import QColor, QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QWidget

from pln.model.search import Hit
from pln.ui import look
from pln.ui.commands import Registry
from pln.ui.palette.rows import Group, PaletteRow, SearchSource, command_rows, fit, hit_rows
from pln.ui.widgets.boxes import column, hairline, row
from pln.ui.widgets.labels import IconLabel, label
from pln.ui.widgets.list_view import ListView
from pln.ui.widgets.paged_model import PagedModel
from pln.ui.widgets.row_look import RowLook, row_height

_WIDTH, _TOP = 620, 84


class PaletteOverlay(QWidget):
    """Lies over its parent while open. Esc or a click beside it closes it and gives the focus back.

    open_hit: brings a found record into sight. Replies that a newer text has overtaken are dropped.
    """

    def __init__(
        self, parent: QWidget, registry: Registry, source: SearchSource, open_hit: Callable[[Hit], object]
    ) -> None:
        super().__init__(parent)
        self._over = parent
        self._registry, self._source, self._open_hit = registry, source, open_hit
        self._asked = 0
        self._rows: list[PaletteRow] = []
        self._commands: list[PaletteRow] = []
        self._before: QWidget | None = None
        self.field = self._make_field()
        self.list = ListView(self.tr("Found"), PagedModel(self._fetch, _spoken), self._look)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.clicked.connect(lambda index: self._take(index.row()))
        self._nothing = label(self.tr("Nothing found. Try fewer or other words."), "muted")
        self._frame = self._make_frame()
        parent.installEventFilter(self)
        self.hide()

    def open(self, text: str = "") -> None:
        """Show the palette with the field ready to type in."""
        self._before = self.window().focusWidget()
        self.setGeometry(self._over.rect())
        self.field.setText(text)
        self.field.selectAll()
        self._typed(text)
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def close_palette(self) -> None:
        self._asked += 1
        self.hide()
        if self._before is not None and self._before.isVisible():
            self._before.setFocus(Qt.FocusReason.PopupFocusReason)
        self._before = None

    def forget(self) -> None:
        """Leave nothing of what was looked for and found."""
        self._asked += 1
        self.field.clear()
        self._rows = []
        self.list.set_ids(())

    def rows(self) -> Sequence[PaletteRow]:
        return tuple(self._rows)

    def _make_field(self) -> QLineEdit:
        field = QLineEdit()
        field.setProperty("kind", "bare")
        field.setPlaceholderText(self.tr("Search people, notes, articles, journal, or say what to do"))
        field.setAccessibleName(self.tr("Search or command"))
        field.textEdited.connect(self._typed)
        field.installEventFilter(self)
        return field

    def _make_frame(self) -> QFrame:
        frame = QFrame(self)
        frame.setProperty("role", "float")
        head = row(
            IconLabel("search", "faint", 18), self.field, label("Esc", "kbd"), spacing=10, margins=(16, 8, 14, 8)
        )
        self._nothing.setContentsMargins(16, 12, 16, 12)
        frame.setLayout(column(head, hairline(), self.list, self._nothing, spacing=0, margins=(0, 0, 0, 6)))
        return frame

    def _typed(self, text: str) -> None:
        self._asked += 1
        asked = self._asked
        self._commands = command_rows(self._registry, text)
        self._show([*self._still_fitting(text), *self._commands])
        if text.strip():
            self._source.ask(text, lambda hits: self._answered(asked, hits))

    def _still_fitting(self, text: str) -> list[PaletteRow]:
        """What earlier letters found and still fits: the list does not flicker until the new answer is here."""
        found = (shown for shown in self._rows if shown.group is not Group.COMMANDS)
        return [shown for shown in found if fit(text, f"{shown.title} {shown.detail}") is not None]

    def _answered(self, asked: int, hits: Sequence[Hit]) -> None:
        if asked == self._asked:
            self._show([*hit_rows(hits, self._open_hit), *self._commands])

    def _show(self, rows: list[PaletteRow]) -> None:
        self._rows = rows
        self.list.set_ids(())
        self.list.set_ids(tuple(range(len(rows))))
        self._nothing.setVisible(not rows)
        self.list.setVisible(bool(rows))
        self._place()
        if rows:
            self.list.choose(0)

    def _place(self) -> None:
        width = min(look.px(_WIDTH), self.width() - 48)
        wanted = sum(row_height(self._look(shown), width) for shown in self._rows)
        room = self.height() - _TOP - 120
        self.list.setFixedHeight(max(1, min(wanted, room)))
        self._frame.setFixedWidth(width)
        self._frame.adjustSize()
        self._frame.move((self.width() - width) // 2, min(_TOP, self.height() // 8))

    def _take(self, number: int) -> None:
        chosen = self._rows[number]
        self.close_palette()
        chosen.run()

    def _fetch(self, ids: Sequence[int]) -> list[PaletteRow]:
        return [self._rows[number] for number in ids]

    def _look(self, shown: PaletteRow) -> RowLook:
        number = next((n for n, known in enumerate(self._rows) if known is shown), 0)
        begins = number == 0 or self._rows[number - 1].group is not shown.group
        return RowLook(
            title=shown.title,
            second=shown.detail,
            hint=self._hint(shown),
            section=self._group_title(shown.group) if begins else "",
            avatar=shown.title if shown.person else "",
            mark="" if shown.person else shown.icon,
            strong=shown.group is not Group.COMMANDS,
            lined=False,
        )

    def _hint(self, shown: PaletteRow) -> str:
        if shown.group is Group.COMMANDS:
            return QKeySequence(shown.hint).toString(QKeySequence.SequenceFormat.NativeText)
        day = QDate.fromString(shown.hint, Qt.DateFormat.ISODate)
        return QLocale().toString(day, "d MMM yyyy") if day.isValid() else shown.hint

    def _group_title(self, group: Group) -> str:
        return {
            Group.PEOPLE: self.tr("People"),
            Group.MEETUPS: self.tr("Meetups"),
            Group.ARTICLES: self.tr("Articles"),
            Group.HIGHLIGHTS: self.tr("Highlights"),
            Group.JOURNAL: self.tr("Journal"),
            Group.COMMANDS: self.tr("Commands"),
        }[group]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.field and isinstance(event, QKeyEvent):
            if event.type() is QEvent.Type.ShortcutOverride and event.key() == Qt.Key.Key_Escape:
                event.accept()
                return True
            if event.type() is QEvent.Type.KeyPress:
                return self._key(event.key())
        if watched is self._over and event.type() is QEvent.Type.Resize and self.isVisible():
            self.setGeometry(self._over.rect())
            self._place()
        return super().eventFilter(watched, event)

    def _key(self, key: int) -> bool:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Tab: 1, Qt.Key.Key_Backtab: -1}
        if key in steps:
            self.list.step(steps[Qt.Key(key)])
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if (number := self.list.chosen_id()) is not None:
                self._take(number)
            return True
        if key == Qt.Key.Key_Escape:
            self.close_palette()
            return True
        return False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self._frame.geometry().contains(event.position().toPoint()):
            self.close_palette()

    def paintEvent(self, _event: QPaintEvent) -> None:
        shade = QColor(0, 0, 0, 110) if look.palette().dark else QColor(34, 37, 31, 70)
        QPainter(self).fillRect(self.rect(), shade)


def _spoken(shown: PaletteRow) -> str:
    return " ".join(part for part in (shown.title, shown.detail, shown.hint) if part)
