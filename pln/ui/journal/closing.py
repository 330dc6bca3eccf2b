"""When the window is closed while text cannot be stored: nothing is thrown away without being asked."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication

from pln.model.errors import PlnError
from pln.ui.shell import Shell
from pln.ui.widgets.boxes import Grow, column
from pln.ui.widgets.dialog import Dialog
from pln.ui.widgets.labels import label

_WITHOUT = 2


def ask_to_stay(shell: Shell, fault: PlnError, text: str, give_up: Callable[[], object]) -> None:
    """Offer to stay, to copy the text, or to close without it. Staying is what Enter and Esc do."""
    said = _tr(
        "%1. What you wrote last is only on the page, not in the store. "
        "Stay, and PLN keeps trying; or copy the text and keep it elsewhere."
    ).replace("%1", fault.title)
    body = column(Grow(label(said, "body", wrap=True)))
    dialog = Dialog(shell.window(), _tr("This entry is not saved yet"), body, _tr("Stay"))
    dialog.cancel.setText(_tr("Close without it"))
    dialog.cancel.clicked.disconnect()
    dialog.cancel.clicked.connect(lambda _checked=False: dialog.done(_WITHOUT))
    dialog.add_button(_tr("Copy the text"), lambda: QGuiApplication.clipboard().setText(text))
    dialog.finished.connect(lambda answer: give_up() if answer == _WITHOUT else None)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


def _tr(text: str) -> str:
    return QCoreApplication.translate("journal", text)
