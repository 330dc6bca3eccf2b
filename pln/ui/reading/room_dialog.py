"""All feeds by the room they take, the largest first; each leads to how long its articles are kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from pln.services.article_keeping import FeedTaken, rooms
from pln.ui.reading.feed_room import size_words
from pln.ui.shell import Shell
from pln.ui.widgets.boxes import Grow, column
from pln.ui.widgets.dialog import Dialog
from pln.ui.widgets.labels import label
from pln.ui.widgets.list_view import ListView
from pln.ui.widgets.paged_model import PagedModel
from pln.ui.widgets.row_look import RowLook


class RoomDialog(Dialog):
    """settings: opens those of a feed. The list follows what is changed there."""

    def __init__(self, shell: Shell, parent: QWidget | None, settings: Callable[[int], Dialog | None]) -> None:
        self._shell, self._settings = shell, settings
        self._taken: Mapping[int, FeedTaken] = {}
        self._shown: Dialog | None = None
        self.told = label("", "muted", wrap=True)
        self.rows = PagedModel(self._fetch, _spoken)
        self.list: ListView[FeedTaken] = ListView(_tr("Feeds by the room they take"), self.rows, _look)
        self.list.opened.connect(self._show)
        self.list.clicked.connect(lambda index: self._show(self.rows.id_at(index.row())))
        super().__init__(
            parent, _tr("Room that feeds take"), column(self.told, Grow(self.list), spacing=10), _tr("Close"),
            subtitle=_tr("Choose one to say how long its articles and pictures are kept."),
        )  # fmt: skip
        self.cancel.hide()
        self.open_at(600, 620)
        self._ends = shell.subscribe(lambda _changes: self.refresh())
        self.refresh()
        self.list.setFocus()

    def done(self, result: int) -> None:
        self._ends()
        super().done(result)

    def refresh(self) -> None:
        """Weigh the feeds anew, off the window's thread."""
        ctx = self._shell.ctx
        self._shell.tasks.read(lambda: rooms(ctx), self._came, self._shell.fail)

    def _show(self, feed_id: int) -> None:
        """Once, though a double click comes as two."""
        if self._shown is None or not isValid(self._shown) or not self._shown.isVisible():
            self._shown = self._settings(feed_id)

    def _came(self, taken: tuple[FeedTaken, ...]) -> None:
        if not isValid(self.list):
            return
        self._taken = {each.feed_id: each for each in taken}
        self.list.set_ids(tuple(self._taken))
        texts, pictures = (sum(getattr(each, name) for each in taken) for name in ("texts", "pictures"))
        words = _tr("Articles take %1 in all, their pictures %2.") if taken else _tr("There is no feed yet.")
        self.told.setText(words.replace("%1", size_words(texts)).replace("%2", size_words(pictures)))

    def _fetch(self, ids: Sequence[int]) -> Sequence[FeedTaken | None]:
        return [self._taken.get(record) for record in ids]


def _look(taken: FeedTaken) -> RowLook:
    return RowLook(title=taken.title, second=_told(taken), hint=size_words(taken.all))


def _spoken(taken: FeedTaken) -> str:
    return f"{taken.title}, {size_words(taken.all)}, {_told(taken)}"


def _told(taken: FeedTaken) -> str:
    """ "412 articles, pictures 12.0 MB" """
    words = _tr("One article") if taken.articles == 1 else _tr("%1 articles").replace("%1", f"{taken.articles:,}")
    if taken.pictures:
        words = f"{words}, {_tr('pictures %1').replace('%1', size_words(taken.pictures))}"
    return words


def _tr(text: str) -> str:
    return QCoreApplication.translate("feed_room", text)
