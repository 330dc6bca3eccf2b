"""From one article to the next, and through the text of one, by single keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pln.model.feed import FeedRow
from pln.services.reading import Shelf
from pln.ui.reading.article_list import ArticleList
from pln.ui.reading.desk import Desk
from pln.ui.reading.keeping import next_of, previous_of
from pln.ui.reading.shelves import folder_names


class Stepping:
    """go_on: called where nothing is unread in this list any more; goes to the next one that has something."""

    def __init__(self, articles: ArticleList, desk: Desk, go_on: Callable[[], object]) -> None:
        self._articles, self._desk, self._go_on = articles, desk, go_on

    def next_unread(self) -> None:
        """The next unread article of this list, else that of the next feed that has one."""
        found = next_of(self._articles.ids(), self._articles.read_from(), self._desk.unread)
        if found is not None:
            self._articles.choose(found)
        else:
            self._go_on()

    def previous_unread(self) -> None:
        """The unread article above this one, else the one right above it."""
        found = previous_of(self._articles.ids(), self._articles.chosen_id(), self._desk.unread)
        if found is not None:
            self._articles.choose(found)

    def page_up(self) -> None:
        """Read back by what is in sight."""
        if self._desk.open_id is not None:
            self._desk.view.view.page_down(-1)

    def page_down(self) -> None:
        """Read on; at the end of the article the next unread one."""
        if self._desk.open_id is None or self._desk.view.view.at_end():
            self.next_unread()
        else:
            self._desk.view.view.page_down()


@dataclass(frozen=True, slots=True)
class Beside:
    """The article beside one that was removed: it is pointed at, not opened."""

    id: int


def follow(articles: ArticleList, desk: Desk, then: int | str | Beside | None) -> None:
    """Open what was wanted when the shelf was chosen: an article, or the "next" unread one."""
    if isinstance(then, Beside):
        articles.point_at(then.id)
    elif isinstance(then, int):
        articles.choose(then)
    elif then == "next":
        found = next_of(articles.ids(), None, desk.unread)
        if found is not None:
            articles.choose(found)


def is_there(shelf: Shelf, feeds: Sequence[FeedRow], smart: frozenset[int]) -> bool:
    """A feed or folder may have been removed. smart: the ids of the smart folders."""
    if shelf.smart_id is not None:
        return shelf.smart_id in smart
    if shelf.feed_id is not None:
        return any(row.id == shelf.feed_id for row in feeds)
    return shelf.folder is None or shelf.folder in folder_names(feeds)
