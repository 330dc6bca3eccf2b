"""The recovery code on paper: all of it within the page, in print too, and a file only after a word of warning."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, QRectF, QSizeF
from PySide6.QtGui import QColor, QImage, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from pln.ui import fonts
from pln.ui.unlock.recovery_sheet import Sheet, paint_sheet, print_sheet

SHEET = Sheet(code="E8YB-42PA-HGDX-82P5-55TS-FAY1-RPCA-NKH3", store="my network", made=date(2026, 11, 22))


def drawn(width: int, height: int, page: QRectF, sheet: Sheet = SHEET) -> QImage:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    paint_sheet(painter, page, sheet)
    painter.end()
    return image


def inked(image: QImage) -> QRect:
    """What is not white any more."""
    dark = [
        (x, y) for y in range(0, image.height(), 2) for x in range(0, image.width(), 2)
        if image.pixelColor(x, y).lightness() < 200
    ]  # fmt: skip
    assert dark
    across, down = [x for x, _ in dark], [y for _, y in dark]
    return QRect(min(across), min(down), max(across) - min(across), max(down) - min(down))


@pytest.mark.parametrize(
    ("width", "height"), [(595, 842), (612, 792), (420, 595), (300, 900), (900, 400)],
    ids=["A4", "Letter", "A5", "a receipt", "sideways"],
)  # fmt: skip
@pytest.mark.parametrize("journal", [False, True], ids=["store", "journal"])
def test_everything_lies_within_the_page(qtbot: QtBot, width: int, height: int, journal: bool) -> None:
    fonts.load()
    page = QRectF(30, 40, width - 60, height - 80)
    seen = inked(drawn(width, height, page, replace(SHEET, journal=journal)))
    assert page.toAlignedRect().contains(seen)
    assert seen.width() > page.width() * 0.25


def test_another_code_looks_different(qtbot: QtBot) -> None:
    fonts.load()
    page = QRectF(0, 0, 595, 842)
    other = Sheet(code=SHEET.code[:-1] + "4", store=SHEET.store, made=SHEET.made)
    assert drawn(595, 842, page) != drawn(595, 842, page, other)


def test_a_sheet_without_a_day_or_a_name_is_drawn(qtbot: QtBot) -> None:
    drawn(595, 842, QRectF(0, 0, 595, 842), Sheet(code="0000-1111"))


def into(file: Path) -> object:
    def choose(printer: QPrinter, _parent: QWidget) -> bool:
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(file))
        printer.setPageSize(QPageSize(QSizeF(100, 150), QPageSize.Unit.Millimeter))
        return True

    return choose


def test_it_is_printed(qtbot: QtBot, tmp_path: Path) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    file = tmp_path / "sheet.pdf"
    assert print_sheet(parent, SHEET, choose=into(file), into_file=lambda _parent: True)
    data = file.read_bytes()
    assert data.startswith(b"%PDF") and data.count(b"/Type /Page\n") == 1
    assert b"NKH3" not in data and b"my network" not in data, "nor does the file's head tell of it"


def test_a_file_is_written_only_after_the_warning(qtbot: QtBot, tmp_path: Path) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    file = tmp_path / "sheet.pdf"
    assert not print_sheet(parent, SHEET, choose=into(file), into_file=lambda _parent: False)
    assert not file.exists()


def test_calling_it_off_prints_nothing(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    assert not print_sheet(parent, SHEET, choose=lambda _printer, _parent: False)


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_printer_that_does_not_begin_is_told(qtbot: QtBot, tmp_path: Path) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    nowhere = tmp_path / "missing" / "sheet.pdf"
    assert not print_sheet(parent, SHEET, choose=into(nowhere), into_file=lambda _parent: True)
