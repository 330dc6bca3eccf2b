"""In which order a shelf is listed: as the owner turned it, and by how well it answers a search while one is made."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QCoreApplication

from pln.services.page_look import list_oldest_first, oldest_first
from pln.services.reading import Shelf
from pln.ui.reading.shelves import FITTING, shelf_name
from pln.ui.shell import Shell


class Order(StrEnum):
    NEWEST = "newest"
    OLDEST = "oldest"
    BEST = "best"


class ShelfOrder:
    """Kept in the store; the articles that fit somebody stay in the order of how well they fit.

    best: those first that answer what is looked for best. It holds for one search only.
    """

    def __init__(self, shell: Shell) -> None:
        self._shell = shell
        self._oldest = set(oldest_first(shell.ctx))
        self.best = False

    def is_oldest_first(self, shelf: Shelf) -> bool:
        return shelf_name(shelf) in self._oldest

    def of(self, shelf: Shelf) -> Order:
        """The order that a shelf is listed in now."""
        if self.best:
            return Order.BEST
        return Order.OLDEST if self.is_oldest_first(shelf) else Order.NEWEST

    def offers(self, shelf: Shelf, typed: str) -> tuple[tuple[Order, str], ...]:
        """What can be chosen, in words. typed: what is looked for in the shelf; the best can be told of that alone."""
        dated = ((Order.NEWEST, _tr("Newest first")), (Order.OLDEST, _tr("Oldest first")))
        usual = ((Order.NEWEST, _tr("Best fit first")),) if shelf == FITTING else dated
        return (*usual, (Order.BEST, _tr("Best match first"))) if typed else usual

    def choose(self, shelf: Shelf, order: Order) -> None:
        """List a shelf in this order."""
        self.best = order is Order.BEST
        if not self.best and shelf != FITTING and self.is_oldest_first(shelf) is not (order is Order.OLDEST):
            self._turn(shelf)

    def turn(self, shelf: Shelf) -> None:
        """Turn the order of a shelf, and say which it is now. From the best match it goes back to what was before."""
        if shelf == FITTING and not self.best:
            self._shell.toast(_tr("These stand in the order of how well they fit."))
            return
        if not self.best:
            self._turn(shelf)
        self.best = False
        self._shell.toast(dict(self.offers(shelf, ""))[self.of(shelf)])

    def _turn(self, shelf: Shelf) -> None:
        name, ctx = shelf_name(shelf), self._shell.ctx
        self._oldest ^= {name}
        oldest = name in self._oldest
        self._shell.write(lambda: list_oldest_first(ctx, name, oldest=oldest, origin="reading"))


def _tr(text: str) -> str:
    return QCoreApplication.translate("reading", text)
