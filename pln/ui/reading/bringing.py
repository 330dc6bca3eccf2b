"""How feeds come in: one by its address, many by a list from another reader; and how the list goes out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject, QPoint, Signal
from PySide6.QtWidgets import QMenu, QWidget

from pln.model.feed import Feed
from pln.services.reading import feed_rows
from pln.ui.reading.add_dialog import AddFeedDialog
from pln.ui.reading.lists_of_feeds import (
    SUFFIXES,
    SkippedDialog,
    ask_for_list,
    ask_where_to,
    bring_list,
    told,
    write_list,
)
from pln.ui.reading.shelves import folder_names
from pln.ui.shell import Shell

if TYPE_CHECKING:
    from pln.services.feed_lists import OpmlReport


class Bringing(QObject):
    """brought: new subscriptions, as a tuple of Feed; () where a list held none."""

    brought = Signal(object)

    def __init__(self, shell: Shell, parent: QWidget) -> None:
        super().__init__(parent)
        self._shell, self._place = shell, parent

    def add_feed(self) -> AddFeedDialog:
        """Open the dialog for a new feed."""
        folders = folder_names(feed_rows(self._shell.ctx))
        dialog = AddFeedDialog(self._shell, self._place.window(), folders, self._added, lambda: self.import_list())
        dialog.open()
        return dialog

    def import_list(self, path: Path | None = None) -> None:
        """Bring a list of feeds (OPML) from a file; asks for it where none is given."""
        if path is None:
            ask_for_list(self._place.window(), self.import_list)
        else:
            bring_list(self._shell, path, self._list_brought)

    def export_list(self) -> None:
        """Ask where to, and write the own list there."""
        ask_where_to(self._place.window(), lambda path: write_list(self._shell, path))

    def show_more(self, place: QPoint, refresh: Callable[[], object]) -> None:
        """The menu of what can be done with all feeds."""
        menu = QMenu(self._place)
        menu.aboutToHide.connect(menu.deleteLater)
        for text, run in (
            (self.tr("Refresh all"), refresh),
            (self.tr("Bring a list of feeds (OPML)…"), self.import_list),
            (self.tr("Write a list of your feeds (OPML)…"), self.export_list),
        ):
            menu.addAction(text).triggered.connect(lambda _checked=False, run=run: run())
        menu.popup(place)

    def _added(self, feeds: tuple[Feed, ...]) -> None:
        self.brought.emit(feeds)

    def _list_brought(self, report: OpmlReport) -> None:
        if report.skipped:
            SkippedDialog(self._place.window(), report).open()
        else:
            self._shell.toast(told(report))
        self.brought.emit(report.added)


def dropped_list(data: QMimeData) -> Path | None:
    """The one list of feeds that is being dragged, if it is one."""
    files = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    return files[0] if len(files) == 1 and files[0].suffix.lower() in SUFFIXES else None
