"""A recovery code on paper: one sheet that says what it is, what it opens and how it is used."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen
from PySide6.QtWidgets import QWidget

from pln.ui.sheet import SANS, SERIF
from pln.ui.widgets.day_text import written_day
from pln.ui.widgets.dialog import ask

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

_ACROSS, _DOWN = 170.0, 160.0
"""The sheet is drawn in units of a millimetre on A4, in its upper half, and shrinks with smaller paper."""
_IN_A_LINE = 4
_INK, _LINE = QColor("black"), QColor("#999999")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What is written on it. store: name of the profile's folder. made: the day, None where it is not known.

    journal: the code opens the journal alone, and not the store.
    """

    code: str
    store: str = ""
    made: date | None = None
    journal: bool = False


def paint_sheet(painter: QPainter, page: QRectF, sheet: Sheet) -> None:
    """Draw the sheet within a page, in the units of its painter."""
    unit = min(page.width() / _ACROSS, page.height() / _DOWN)
    pen = _Pen(painter, QRectF(page.left(), page.top(), _ACROSS * unit, page.height()), unit)
    title, what, how = _of_the_journal() if sheet.journal else _of_the_store()
    pen.write(title, 9, family=SERIF, bold=True, after=6)
    pen.write(what, 4.2, after=8)
    pen.groups(sheet.code.split("-"))
    typed = _tr(
        "Capitals, spaces and dashes do not matter. There is no letter O, I or L in it: they are the digits 0 and 1."
    )
    pen.write(f"{how} {typed}", 4.2, after=4)
    pen.write(
        _tr("A newer code ends this one. Backups keep the code that was in force when they were made."), 4.2, after=10
    )
    for name, value in ((_tr("Store"), sheet.store), (_tr("Made on"), written_day(sheet.made) if sheet.made else "")):
        if value:
            pen.write(f"{name}: {value}", 4.2, after=2)


def _of_the_store() -> tuple[str, str, str]:
    """Its title, what the code opens, and where it is typed."""
    return (
        _tr("PLN recovery code"),
        _tr(
            "This code opens your PLN store and its backups, also when the computer is lost or its password store "
            "forgets you. Keep this sheet where you keep papers that matter. Whoever has it together with a copy of "
            "your store can read all of it."
        ),
        _tr("To use it, type it where PLN asks for a passphrase or recovery code."),
    )


def _of_the_journal() -> tuple[str, str, str]:
    return (
        _tr("Recovery code of a PLN journal"),
        _tr(
            "This code opens the journal, which has a lock of its own, also when its passphrase is forgotten. It opens "
            "nothing else: the store is opened first, by its own passphrase or code. Keep this sheet where you keep "
            "papers that matter. Whoever has it together with a copy of your journal can read all of the journal."
        ),
        _tr("To use it, open the Journal in PLN and type it where the journal's passphrase or code is asked for."),
    )


def print_sheet(
    parent: QWidget, sheet: Sheet, *, choose: Callable[[QPrinter, QWidget], bool] | None = None,
    into_file: Callable[[QWidget], bool] | None = None,
) -> bool:  # fmt: skip
    """Ask for a printer and print. True where the sheet went out; False where it was called off or could not begin.

    choose: sets the printer up, False calls it off. into_file: asked where a file is to be written instead of paper.
    """
    from PySide6.QtPrintSupport import QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName("PLN")  # print queues show it to everybody
    if not (choose or _chosen)(printer, parent):
        return False
    if printer.outputFileName() and not (into_file or _wants_file)(parent):
        return False
    painter = QPainter()
    if not painter.begin(printer):
        return False
    page = printer.pageRect(QPrinter.Unit.DevicePixel)
    paint_sheet(painter, QRectF(0, 0, page.width(), page.height()), sheet)
    return bool(painter.end()) and printer.printerState() is not QPrinter.PrinterState.Error


def _chosen(printer: QPrinter, parent: QWidget) -> bool:
    from PySide6.QtPrintSupport import QPrintDialog

    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle("PLN")
    wanted = dialog.exec() == QPrintDialog.DialogCode.Accepted
    dialog.deleteLater()
    return wanted


def _wants_file(parent: QWidget) -> bool:
    return ask(
        parent, _tr("Write the code into a file?"),
        _tr("Whoever can read the file has the code, and so do backups and synced folders that take it along. "
            "Paper is better."),
        _tr("Write the file"), destroys=True,
    )  # fmt: skip


class _Pen:
    """Writes from top to bottom. Sizes are in units."""

    def __init__(self, painter: QPainter, page: QRectF, unit: float) -> None:
        self._painter, self._page, self._unit = painter, page, unit
        self._top = page.top()

    def write(self, text: str, size: float, *, family: str = SANS, bold: bool = False, after: float = 0) -> None:
        self._use(family, size, bold)
        room = QRectF(self._page.left(), self._top, self._page.width(), self._page.bottom() - self._top)
        flags = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignTop)
        taken = self._painter.drawText(room, flags, text)
        self._top = taken.bottom() + after * self._unit

    def groups(self, groups: list[str]) -> None:
        """The code in frames of four signs, so that no place is lost while it is typed."""
        wide, high, gap = 38 * self._unit, 16 * self._unit, 4 * self._unit
        for at, group in enumerate(groups):
            line, across = divmod(at, _IN_A_LINE)
            frame = QRectF(self._page.left() + across * (wide + gap), self._top + line * (high + gap), wide, high)
            self._painter.setPen(QPen(_LINE, 0.3 * self._unit))
            self._painter.drawRoundedRect(frame, 2 * self._unit, 2 * self._unit)
            self._use(SANS, 8, bold=True, spaced=True)
            self._painter.drawText(frame, int(Qt.AlignmentFlag.AlignCenter), group)
        lines = -(-len(groups) // _IN_A_LINE)
        self._top += lines * (high + gap) + 4 * self._unit

    def _use(self, family: str, size: float, bold: bool = False, spaced: bool = False) -> None:
        font = QFont(family)
        font.setPixelSize(max(1, round(size * self._unit)))
        font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
        if spaced:
            font.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 112)
        self._painter.setFont(font)
        self._painter.setPen(_INK)


def _tr(text: str) -> str:
    return QCoreApplication.translate("unlock", text)
