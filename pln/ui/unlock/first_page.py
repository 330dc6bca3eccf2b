"""The first choice in a profile that holds nothing yet: a new store, or one that a backup brings back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from pln.ui.unlock.pages import BarePage, promise
from pln.ui.widgets.boxes import hairline, row
from pln.ui.widgets.buttons import button
from pln.ui.widgets.labels import label


class FirstPage(BarePage):
    """make_new: begins a new store. restore: shows the page on which a backup is chosen."""

    def __init__(self, make_new: Callable[[], object], restore: Callable[[], object]) -> None:
        super().__init__()
        self.new = button(_tr("Begin a new store"), "primary", run=lambda: make_new())
        self.restore = button(_tr("Bring a backup back…"), icon="history", run=lambda: restore())
        lead = _tr(
            "PLN keeps the people you learn with, and what you think about, in an encrypted store on this computer. "
            "There is none here yet."
        )
        other = _tr("Had PLN on another computer? A backup of it and your recovery code bring everything back.")
        self.fill(
            label(_tr("Welcome to PLN"), "display", wrap=True), label(lead, "lead", wrap=True),
            label(other, "muted", wrap=True), row(self.restore, None, self.new), hairline(), promise(),
        )  # fmt: skip
        self.setFocusProxy(self.new)


def first_page(make_new: Callable[[], object], restore: Callable[[], object]) -> BarePage:
    return FirstPage(make_new, restore)


def _tr(text: str) -> str:
    return QCoreApplication.translate("unlock", text)
