"""How articles are set: typeface, size, air, width, paper. A small panel below its button."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QFrame, QWidget

from pln.model.page_look import LINES, MEASURES, PageLook, Paper, resized
from pln.ui.reading import page_style
from pln.ui.sheet import SANS, SERIF
from pln.ui.widgets.boxes import Grow, column, row
from pln.ui.widgets.buttons import button, icon_button
from pln.ui.widgets.choice import Choice
from pln.ui.widgets.labels import label
from pln.ui.widgets.segmented import Segmented


class LookPanel(QFrame):
    """chosen: the new PageLook, at each change. It closes by Esc or by a click beside it."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("role", "card")
        self.setProperty("tone", "surface")
        self.setAccessibleName(self.tr("How articles are set"))
        now = page_style.chosen()
        self.face = Choice(self.tr("Typeface"), _faces(self.tr("Serif"), self.tr("Sans serif"), now.face), now.face)
        self.line = Choice(self.tr("Line height"), _percents(LINES, now.line), str(now.line))
        self.measure = Choice(self.tr("Width of lines"), self._widths(now.measure), str(now.measure))
        self.paper = Segmented(self.tr("Paper"), self._papers(), now.paper.value)
        self.percent = label("", "body")
        self.smaller = icon_button("minus", self.tr("Smaller text (-)"), run=lambda: self._resize(-1))
        self.larger = icon_button("plus", self.tr("Larger text (+)"), run=lambda: self._resize(1))
        usual = button(self.tr("As PLN sets it"), "link", run=lambda: self._put(PageLook()))
        self.face.chosen.connect(lambda key: self._change(face=key))
        self.line.chosen.connect(lambda key: self._change(line=int(key)))
        self.measure.chosen.connect(lambda key: self._change(measure=int(key)))
        self.paper.chosen.connect(lambda key: self._change(paper=Paper(key)))
        self.setLayout(
            column(
                self._field(self.tr("Typeface"), self.face),
                row(Grow(label(self.tr("Text size"), "muted")), self.smaller, self.percent, self.larger, spacing=8),
                self._field(self.tr("Line height"), self.line),
                self._field(self.tr("Width of lines"), self.measure),
                self.paper,
                row(None, usual),
                spacing=10, margins=(16, 14, 16, 12),
            )
        )  # fmt: skip
        self._show(now)

    def open_below(self, anchor: QWidget, *, align_left: bool = False) -> None:
        """Show the panel with its right edge, or its left one, below that of a button."""
        self.adjustSize()
        corner = anchor.mapToGlobal(QPoint(0 if align_left else anchor.width() - self.width(), anchor.height() + 4))
        self.move(corner)
        self.show()
        self.face.setFocus(Qt.FocusReason.PopupFocusReason)

    def _field(self, name: str, choice: QWidget) -> QWidget:
        made = QWidget()
        made.setLayout(row(Grow(label(name, "muted")), choice, spacing=16))
        return made

    def _resize(self, by: int) -> None:
        self._put(resized(page_style.chosen(), by))

    def _change(self, **values: object) -> None:
        self._put(replace(page_style.chosen(), **values))  # type: ignore[arg-type]

    def _put(self, look: PageLook) -> None:
        self._show(look)
        self.chosen.emit(look)

    def _show(self, look: PageLook) -> None:
        self.percent.setText(f"{look.size} %")
        self.paper.set_current(look.paper.value)
        for choice, key in ((self.face, look.face), (self.line, look.line), (self.measure, look.measure)):
            if choice.findData(str(key)) >= 0:
                choice.set_current(str(key))

    def _widths(self, now: int) -> list[tuple[str, str]]:
        named = self.tr("%1 characters")
        known = sorted({*MEASURES, *([now] if now else [])})
        return [("0", self.tr("As in Settings")), *((str(one), named.replace("%1", str(one))) for one in known)]

    def _papers(self) -> list[tuple[str, str]]:
        return [
            (Paper.APP.value, self.tr("As the window")), (Paper.PAPER.value, self.tr("Light")),
            (Paper.SEPIA.value, self.tr("Sepia")), (Paper.DARK.value, self.tr("Dark")),
        ]  # fmt: skip


def _faces(serif: str, sans: str, now: str) -> list[tuple[str, str]]:
    """The two that PLN brings along, then those of this computer that show letters."""
    own = [one for one in QFontDatabase.families(QFontDatabase.WritingSystem.Latin) if one not in (SERIF, SANS)]
    others = sorted({*own, *([now] if now not in ("serif", "sans") else [])}, key=str.casefold)
    return [("serif", serif), ("sans", sans), *((one, one) for one in others if not one.startswith("."))]


def _percents(known: tuple[int, ...], now: int) -> list[tuple[str, str]]:
    return [(str(one), f"{one} %") for one in sorted({*known, now})]
