"""Dialogs: a serif title, a body, and at the foot one primary button beside quiet ones."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QLayout, QPushButton, QVBoxLayout, QWidget

from pln.model.errors import PlnError
from pln.ui import look
from pln.ui.widgets.boxes import Grow, column, hairline, pane, row
from pln.ui.widgets.buttons import button
from pln.ui.widgets.labels import label

_AROUND = 24  # of the screen, for the frame that the desktop lays around it


class Dialog(QDialog):
    """A dialog with a title and a body. Esc and Cancel reject.

    action: text of the primary button (`self.primary`); pressing it, or Ctrl+Enter, calls `accept`.
    note: a quiet remark at the left of the foot.
    """

    def __init__(
        self, parent: QWidget | None, title: str, body: QLayout, action: str, *, subtitle: str = "", note: str = ""
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("PLN")  # never the heading: titles reach task bars, and a heading may hold a name
        self.setAccessibleName(title)
        self.primary = button(action, "primary", run=self.accept)
        self.primary.setDefault(True)
        self.cancel = button(self.tr("Cancel"), "quiet", run=self.reject)
        head = [label(title, "subtitle", wrap=True), *([label(subtitle, "muted", wrap=True)] if subtitle else [])]
        body.setContentsMargins(26, 18, 26, 18)
        middle = pane(body, "surface")
        self._foot = row(label(note, "muted", wrap=True), None, self.cancel, self.primary, margins=(26, 14, 26, 14))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(pane(column(*head, spacing=4, margins=(26, 20, 26, 16)), "surface"))
        whole.addWidget(hairline())
        whole.addWidget(middle, 1)
        whole.addWidget(hairline())
        whole.addWidget(pane(self._foot, "surface"))
        self.setMinimumWidth(420)

    def open_at(self, width: int, height: int) -> None:
        """Begin with this size, which grows with the text, and never beyond the screen."""
        room = self.screen().availableGeometry()
        self.resize(min(look.px(width), room.width() - _AROUND), min(look.px(height), room.height() - _AROUND))

    def add_button(self, text: str, run: Callable[[], object], kind: str = "normal") -> QPushButton:
        """One more button, between Cancel and the primary one."""
        made = button(text, kind, run=run)
        self._foot.insertWidget(self._foot.count() - 1, made)
        return made


def ask(parent: QWidget | None, title: str, sentence: str, action: str, *, destroys: bool = False) -> bool:
    """A question before something that cannot be undone. True where the user wants it."""
    dialog = Dialog(parent, title, column(Grow(label(sentence, "body", wrap=True))), action)
    if destroys:
        dialog.primary.setProperty("kind", "danger")
        dialog.primary.setDefault(False)
        dialog.cancel.setDefault(True)
    agreed = dialog.exec() == QDialog.DialogCode.Accepted
    dialog.deleteLater()
    return agreed


def tell(parent: QWidget | None, error: PlnError, close: str) -> None:
    """Say what happened, in the error's own words. close: text of the one button."""
    dialog = Dialog(parent, error.title, column(Grow(label(error.sentence, "body", wrap=True, selectable=True))), close)
    dialog.cancel.hide()
    dialog.exec()
    dialog.deleteLater()
