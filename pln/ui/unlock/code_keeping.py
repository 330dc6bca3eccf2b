"""A recovery code that is shown once: to be printed or copied, and not believed to be kept before that is shown."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from pln.ui.unlock.recovery_sheet import Sheet, print_sheet
from pln.ui.widgets.boxes import Grow, column, row
from pln.ui.widgets.buttons import button
from pln.ui.widgets.labels import label
from pln.ui.widgets.secret_clipboard import copy_secret

_ALIKE = str.maketrans("OIL", "011")


class CodeKeeping(QWidget):
    """proved: the first four signs were typed, or the sheet was printed; `is_proved` from then on."""

    proved = Signal()

    def __init__(self, sheet: Sheet) -> None:
        super().__init__()
        self._sheet = sheet
        self.is_proved = False
        # Not selectable: what is selected lands on a clipboard of its own, where nothing takes it away again.
        self.shown = label(sheet.code, "serif-strong", wrap=True)
        self.shown.setAccessibleName(f"{_tr('Recovery code')}: {sheet.code}")
        self.print = button(_tr("Print…"), icon="printer", run=self._print)
        self.copy = button(_tr("Copy for a minute"), icon="copy", run=lambda: copy_secret(sheet.code))
        self.said = label("", "muted", wrap=True)
        self.said.hide()
        self.typed = QLineEdit()
        name = _tr("Its first four characters, to show that you have it")
        self.typed.setPlaceholderText(name)
        self.typed.setAccessibleName(name)
        self.typed.setMaxLength(len(sheet.code) + 8)
        self.typed.textChanged.connect(self._look)
        self.setLayout(
            column(self.shown, row(self.print, self.copy, None), self.said, row(Grow(self.typed)), spacing=12)
        )
        self.setFocusProxy(self.typed)

    def _look(self, text: str) -> None:
        if _plain(text)[:4] == _plain(self._sheet.code)[:4]:
            self._prove()

    def _print(self) -> None:
        went_out = print_sheet(self, self._sheet)
        self.said.setText(_tr("Sent to the printer.") if went_out else _tr("Nothing was printed."))
        self.said.show()
        if went_out:
            self._prove()

    def _prove(self) -> None:
        if not self.is_proved:
            self.is_proved = True
            self.proved.emit()


def _plain(text: str) -> str:
    return "".join(sign for sign in text.upper() if sign.isalnum()).translate(_ALIKE)


def _tr(text: str) -> str:
    return QCoreApplication.translate("unlock", text)
