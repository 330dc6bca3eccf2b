"""How feeds come in: one by its address, many from another reader, by drop and by paste; and how the list goes out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject, QPoint, Signal
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from pln.model.errors import PlnError
from pln.model.feed import Feed
from pln.services.dropped import LINK_FILES, holds_addresses, link_of
from pln.services.reading import feed_rows
from pln.ui.reading.lists_of_feeds import (
    SUFFIXES,
    Brought,
    SkippedDialog,
    ask_for_list,
    ask_where_to,
    bring_list,
    write_list,
)
from pln.ui.reading.shelves import folder_names
from pln.ui.shell import Shell

if TYPE_CHECKING:
    from pln.ui.reading.add_dialog import AddFeedDialog


class Bringing(QObject):
    """brought: new subscriptions, as a tuple of Feed; () where a file held none."""

    brought = Signal(object)

    def __init__(self, shell: Shell, parent: QWidget) -> None:
        super().__init__(parent)
        self._shell, self._place = shell, parent

    def add_feed(self, typed: str = "") -> AddFeedDialog:
        """Open the dialog for new feeds. typed: an address or a text to look at right away."""
        from pln.ui.reading.add_dialog import AddFeedDialog  # with what it brings, only when it is wanted

        folders = folder_names(feed_rows(self._shell.ctx))
        dialog = AddFeedDialog(self._shell, self._place.window(), folders, self._added, lambda: self.import_list())
        dialog.open()
        if typed:
            dialog.address.setText(" ".join(typed.split()))
            dialog.look()
        return dialog

    def paste(self) -> None:
        """Open the dialog with what is on the clipboard, where there are addresses in it."""
        text = QApplication.clipboard().text()
        self.add_feed(text if holds_addresses(text) else "")

    def import_list(self, path: Path | None = None) -> None:
        """Bring feeds or articles from another reader's file; asks for it where none is given."""
        if path is None:
            ask_for_list(self._place.window(), self.import_list)
        else:
            bring_list(self._shell, path, self._list_brought)

    def export_list(self) -> None:
        """Ask where to, and write the own list there."""
        ask_where_to(self._place.window(), lambda path: write_list(self._shell, path))

    def show_more(self, place: QPoint, *others: tuple[str, Callable[[], object]]) -> None:
        """The menu of what can be done with all feeds. others: (text, what it does), shown first."""
        menu = QMenu(self._place)
        menu.aboutToHide.connect(menu.deleteLater)
        for text, run in (
            *others,
            (self.tr("Bring feeds from another reader…"), self.import_list),
            (self.tr("Write a list of your feeds (OPML)…"), self.export_list),
        ):
            menu.addAction(text).triggered.connect(lambda _checked=False, run=run: run())
        menu.popup(place)

    def takes(self, data: QMimeData) -> bool:
        """Whether something that is being dragged can become a feed."""
        return dropped_file(data) is not None or bool(_dropped_text(data))

    def take(self, data: QMimeData) -> None:
        """Take what was dropped: a file of another reader, a file with a link, an address."""
        path = dropped_file(data)
        if path is None:
            self.add_feed(_dropped_text(data))
        elif path.suffix.lower() not in LINK_FILES:
            self.import_list(path)
        else:
            try:
                self.add_feed(link_of(path))
            except PlnError as fault:
                self._shell.fail(fault)

    def _added(self, feeds: tuple[Feed, ...]) -> None:
        self.brought.emit(feeds)

    def _list_brought(self, brought: Brought) -> None:
        if brought.skipped:
            SkippedDialog(self._place.window(), brought).open()
        else:
            self._shell.toast(brought.words, brought.step)
        self.brought.emit(brought.feeds)


def dropped_file(data: QMimeData) -> Path | None:
    """The one file that is being dragged, if it is of a kind that can hold feeds or a link."""
    files = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    fits = len(files) == 1 and files[0].suffix.lower() in (*SUFFIXES, *LINK_FILES)
    return files[0] if fits else None


def _dropped_text(data: QMimeData) -> str:
    """The addresses that are being dragged, "" for none."""
    links = [url.toString() for url in data.urls() if url.scheme() in ("http", "https", "feed")]
    if links:
        return " ".join(links)
    text = data.text() if data.hasText() and not data.urls() else ""
    return text if holds_addresses(text) else ""
