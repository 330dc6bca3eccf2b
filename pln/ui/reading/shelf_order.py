"""Which shelves are listed oldest first, as the owner turned them."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from pln.services.page_look import list_oldest_first, oldest_first
from pln.services.reading import Shelf
from pln.ui.reading.shelves import FITTING, shelf_name
from pln.ui.shell import Shell


class ShelfOrder:
    """Kept in the store; the articles that fit somebody stay in the order of how well they fit."""

    def __init__(self, shell: Shell) -> None:
        self._shell = shell
        self._oldest = set(oldest_first(shell.ctx))

    def is_oldest_first(self, shelf: Shelf) -> bool:
        return shelf_name(shelf) in self._oldest

    def turn(self, shelf: Shelf) -> None:
        """Turn the order of a shelf, and say which it is now."""
        if shelf == FITTING:
            self._shell.toast(_tr("These stand in the order of how well they fit."))
            return
        name, ctx = shelf_name(shelf), self._shell.ctx
        self._oldest ^= {name}
        oldest = name in self._oldest
        self._shell.write(lambda: list_oldest_first(ctx, name, oldest=oldest, origin="reading"))
        self._shell.toast(_tr("The oldest first") if oldest else _tr("The newest first"))


def _tr(text: str) -> str:
    return QCoreApplication.translate("reading", text)
