"""Ways to reach somebody: one line each, of a kind, with an address and the owner's word for it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from pln.model.contact import Handle, HandleKind
from pln.ui.people.words import handle_words
from pln.ui.widgets.boxes import Grow, column, row
from pln.ui.widgets.buttons import button, icon_button
from pln.ui.widgets.choice import Choice
from pln.ui.widgets.labels import label, restyle

_ON_THE_WEB = (HandleKind.URL, HandleKind.FEED)
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+")
_WEB = re.compile(r"[a-z][a-z0-9+.-]*://\S+|[^\s/]+\.[^\s]+", re.IGNORECASE)


class HandleRow(QWidget):
    """One line; empty ones count for nothing. What was stored before is never refused."""

    def __init__(self, handle: Handle | None, remove: object) -> None:
        super().__init__()
        assert callable(remove)
        self._before = handle
        self.kind = Choice(self.tr("Kind of address"), [(kind.value, handle_words(kind)) for kind in HandleKind])
        self.kind.set_current((handle.kind if handle else HandleKind.EMAIL).value)
        self.kind.setFixedWidth(124)
        self.value = QLineEdit(handle.value if handle else "")
        self.value.setAccessibleName(self.tr("Address"))
        self.note = QLineEdit(handle.label if handle else "")
        self.note.setAccessibleName(self.tr("Your word for it"))
        self.note.setPlaceholderText(self.tr("work, home…"))
        self.note.setFixedWidth(110)
        self._fault = label("", "danger", wrap=True)
        self._fault.hide()
        cross = icon_button("x", self.tr("Take this line out"), run=lambda: remove(self))
        line = row(self.kind, Grow(self.value), self.note, cross, spacing=6)
        self.setLayout(column(line, self._fault, spacing=3))

    def handle(self) -> Handle | None:
        """None for an empty line."""
        kind, value = HandleKind(self.kind.current()), self.value.text().strip()
        if self._before is not None and value == self._before.value.strip():
            value = self._before.value
        elif kind in _ON_THE_WEB and "://" not in value and _WEB.fullmatch(value):
            value = f"https://{value}"
        return Handle(kind=kind, value=value, label=self.note.text().strip()) if value else None

    def check(self) -> bool:
        """Say beside the line what is wrong with it; True where nothing is."""
        now = self.handle()
        same = now is not None and self._before is not None and (now.kind, now.value) == (
            self._before.kind, self._before.value
        )  # fmt: skip
        words = "" if now is None or same else fault_of(now)
        self._fault.setText(words)
        self._fault.setVisible(bool(words))
        restyle(self.value, "invalid", "true" if words else "false")
        return not words


class HandleRows(QWidget):
    """All lines, and a button for one more."""

    def __init__(self, handles: Sequence[Handle]) -> None:
        super().__init__()
        self._rows: list[HandleRow] = []
        self._column: QVBoxLayout = column(spacing=6)
        more = button(self.tr("One more"), "quiet", icon="plus", run=lambda: self._add(None).value.setFocus())
        self.setLayout(column(self._column, row(more, None), spacing=4))
        for handle in handles or (None,):
            self._add(handle)

    def rows(self) -> tuple[HandleRow, ...]:
        return tuple(self._rows)

    def handles(self) -> tuple[Handle, ...]:
        found = (each.handle() for each in self._rows)
        return tuple(handle for handle in found if handle is not None)

    def first_fault(self) -> HandleRow | None:
        """Check all lines; the first one that cannot be kept."""
        faulty = [each for each in self._rows if not each.check()]
        return faulty[0] if faulty else None

    def _add(self, handle: Handle | None) -> HandleRow:
        made = HandleRow(handle, self._remove)
        self._rows.append(made)
        self._column.addWidget(made)
        return made

    def _remove(self, gone: HandleRow) -> None:
        self._rows.remove(gone)
        self._column.removeWidget(gone)
        gone.hide()
        gone.deleteLater()


def fault_of(handle: Handle) -> str:
    """What is wrong with an address, in a sentence; "" for nothing."""
    if handle.kind is HandleKind.EMAIL and not _EMAIL.fullmatch(handle.value):
        return _tr("An e-mail address has an @ between two parts, and no spaces.")
    if handle.kind in _ON_THE_WEB and not _WEB.fullmatch(handle.value):
        return _tr("A web address looks like https://example.org, without spaces.")
    if handle.kind is HandleKind.PHONE and sum(char.isdigit() for char in handle.value) < 3:
        return _tr("A telephone number has at least three digits.")
    return ""


def _tr(text: str) -> str:
    return QCoreApplication.translate("people", text)
