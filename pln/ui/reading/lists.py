"""Everything that the lists of the place show, read in one go off the window's thread."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from pln.model.feed import FeedRow
from pln.services.context import Context
from pln.services.reading import ReadingPage, Shelf, find_articles, reading_numbers, reading_page
from pln.services.smart_folders import SmartRow, smart_rows
from pln.services.today import for_your_people
from pln.ui.reading.keeping import merged
from pln.ui.reading.shelves import FITTING
from pln.ui.shell import Shell

Numbers = tuple[tuple[FeedRow, ...], dict[str, int], tuple[SmartRow, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """shelf: what is listed, as chosen. typed: words to find in it. fitting: what fitted somebody when last weighed.

    weigh: weigh anew, which takes longer than all the rest. shown: what the list shows now, () for a shelf just
    chosen; those of `kept` stay in it. oldest: the oldest first, where the shelf is not in an order of its own.
    best: those first that answer the typed words best.
    """

    shelf: Shelf
    typed: str
    fitting: tuple[int, ...]
    weigh: bool
    shown: Sequence[int]
    kept: frozenset[int]
    oldest: bool = False
    best: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Lists:
    """listed: the articles to show, in their order. fitting: of all articles those that fit somebody.

    smart: the smart folders with their numbers.
    """

    page: ReadingPage
    listed: tuple[int, ...]
    fitting: tuple[int, ...]
    smart: tuple[SmartRow, ...] = ()


def read_lists(ctx: Context, wanted: Wanted) -> Lists:
    fitting = for_your_people(ctx) if wanted.weigh else wanted.fitting
    shelf = Shelf(ids=fitting) if wanted.shelf == FITTING else replace(wanted.shelf, oldest_first=wanted.oldest)
    page = reading_page(ctx, shelf)
    found = find_articles(ctx, shelf, wanted.typed, best=wanted.best) if wanted.typed else page.ids
    listed = merged(wanted.shown, found, wanted.kept)
    return Lists(page=page, listed=listed, fitting=fitting, smart=smart_rows(ctx))


def read_numbers(shell: Shell, arrived: Callable[[Numbers], None]) -> None:
    """Feeds, totals and smart folders alone, off the window's thread: as after an article was read."""
    ctx = shell.ctx
    shell.tasks.read(lambda: (*reading_numbers(ctx), smart_rows(ctx)), arrived, shell.fail)
