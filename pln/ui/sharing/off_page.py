"""Sharing is off at first: one sentence, and where copies may go, chosen by hand."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from pln.services.sharing import switch_on
from pln.ui.sharing.where_section import WhereSection
from pln.ui.shell import Shell
from pln.ui.widgets.boxes import column, row
from pln.ui.widgets.buttons import button
from pln.ui.widgets.labels import IconLabel, label


class OffPage(QWidget):
    """done: called once sharing is on."""

    def __init__(self, shell: Shell, done: Callable[[], None]) -> None:
        super().__init__()
        self._shell, self._done = shell, done
        said = self.tr(
            "Sharing is off: nothing you write leaves this computer. If you like, switch it on and choose where copies "
            "may go. Each copy is still looked at first, and the entry itself stays private."
        )
        self.where = WhereSection({})
        self.switch = button(self.tr("Switch sharing on"), "primary", run=self._switch_on)
        self.switch.setEnabled(False)
        self.where.changed.connect(lambda: self.switch.setEnabled(self.where.place() is not None))
        inside = column(
            row(IconLabel("lock", "accent", 24), None), label(said, "body", wrap=True), 6,
            label(self.tr("Where copies may go"), "label"), self.where, 6, row(self.switch, None), spacing=10,
        )  # fmt: skip
        middle = QWidget()
        middle.setLayout(inside)
        middle.setMaximumWidth(520)
        self.setLayout(column(None, row(None, middle, None), None, None, margins=(26, 26, 26, 26)))

    def _switch_on(self) -> None:
        place, ctx = self.where.place(), self._shell.ctx
        if place is not None:
            self._shell.write(lambda: switch_on(ctx, place, origin="sharing"), lambda _none: self._done())
