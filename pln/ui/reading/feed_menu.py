"""What can be done with one feed or folder: the menu of the feed list."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QMenu, QWidget

from pln.model.changes import Noun, Ref
from pln.model.feed import Feed, FeedState
from pln.services.contacts import add_person, get_person
from pln.services.highlights import Which, highlight_ids
from pln.services.reading import Shelf, feed_rows, get_feed, give_voice, move_feed, pause_feed, remove_feed, rename_feed
from pln.services.undo import UndoStep
from pln.ui.reading.feed_care import FeedCare
from pln.ui.reading.highlight_files import copy_highlights, save_highlights
from pln.ui.reading.refresher import Refresher
from pln.ui.reading.shelf_order import ShelfOrder
from pln.ui.reading.shelves import FITTING, HIGHLIGHTS, Kind, Line, folder_names
from pln.ui.shell import Shell


class HasLists(Protocol):
    """The place, as its menu sees it."""

    order: ShelfOrder

    def mark_all_read(self, line: Line | None = None) -> None: ...

    def turn_order(self, shelf: Shelf | None = None) -> None: ...


class FeedMenu(QObject):
    """changed: called after something was written, to read the place anew. lists: what the place does with a list."""

    def __init__(
        self, shell: Shell, parent: QWidget, refresher: Refresher, changed: Callable[[], None], lists: HasLists
    ) -> None:
        super().__init__(parent)
        self._shell, self._window, self._refresher = shell, parent, refresher
        self._changed, self._lists = changed, lists
        self.care = FeedCare(shell, parent, changed)

    def show_for(self, line: Line, place: QPoint) -> QMenu:
        """Open the menu of a line; returned for tests."""
        menu = QMenu(self._window)
        menu.aboutToHide.connect(menu.deleteLater)
        if line.feed is not None:
            self._fill(menu, line)
        elif line.shelf is not None and line.shelf.smart_id is not None:
            smart = line.shelf.smart_id
            self._action(menu, self.tr("Change…"), lambda: self.care.change_smart(smart))
            self._action(menu, self.tr("Remove"), lambda: self.care.remove_smart(smart))
            menu.addSeparator()
        elif line.kind is Kind.FOLDER and line.shelf is not None:
            folder = line.shelf.folder or ""
            self._action(menu, self.tr("Refresh"), lambda: self._refresher.refresh(self._inside(folder)))
        if line.shelf == HIGHLIGHTS:
            self._action(menu, self.tr("Write them to a file (Markdown)…"), lambda: self._highlights(save=True))
            self._action(menu, self.tr("Copy them as Markdown"), lambda: self._highlights(save=False))
        else:
            self._action(menu, self.tr("Mark all read"), lambda: self._lists.mark_all_read(line))
        if line.shelf not in (None, FITTING, HIGHLIGHTS):
            oldest = self._lists.order.is_oldest_first(line.shelf)
            words = self.tr("List the newest first") if oldest else self.tr("List the oldest first")
            self._action(menu, words, lambda: self._lists.turn_order(line.shelf))
        menu.popup(place)
        return menu

    def rename(self, feed_id: int) -> None:
        from pln.ui.reading.feed_dialogs import RenameDialog

        feed = get_feed(self._shell.ctx, feed_id)
        RenameDialog(
            self._window, feed.title or feed.url,
            lambda title: self._write(lambda: rename_feed(self._shell.ctx, feed_id, title, origin="reading")),
        ).open()  # fmt: skip

    def move(self, feed_id: int) -> None:
        from pln.ui.reading.feed_dialogs import MoveDialog

        ctx = self._shell.ctx
        MoveDialog(
            self._window, folder_names(feed_rows(ctx)), get_feed(ctx, feed_id).folder,
            lambda folder: self._write(lambda: move_feed(ctx, feed_id, folder, origin="reading")),
        ).open()  # fmt: skip

    def give(self, feed_id: int) -> None:
        """Say whose voice a feed is; somebody new is added by name."""
        from pln.ui.reading.feed_dialogs import VoiceDialog
        from pln.ui.widgets.person_picker import Picked

        ctx, owner = self._shell.ctx, get_feed(self._shell.ctx, feed_id).person_id
        current = None if owner is None else Picked(owner, get_person(ctx, owner).name)

        def job(picked: Picked | None) -> Feed:
            person = picked.id if picked is not None else None
            if picked is not None and person is None:
                person = add_person(ctx, picked.name, origin="reading").id
            return give_voice(ctx, feed_id, person, origin="reading")

        VoiceDialog(self._window, ctx, current, lambda picked: self._write(lambda: job(picked))).open()

    def pause(self, feed_id: int, paused: bool) -> None:
        self._write(lambda: pause_feed(self._shell.ctx, feed_id, paused=paused, origin="reading"))

    def remove(self, feed_id: int) -> None:
        """Remove a feed with its articles; the toast brings all back."""

        def removed(step: UndoStep) -> None:
            self._shell.toast(step.label, step)
            self._changed()

        self._shell.write(lambda: remove_feed(self._shell.ctx, feed_id, origin="reading"), removed)

    def _fill(self, menu: QMenu, line: Line) -> None:
        assert line.feed is not None
        number, state = line.feed.id, line.feed.state
        owner = get_feed(self._shell.ctx, number).person_id
        self._action(menu, self.tr("Refresh"), lambda: self._refresher.refresh([number]))
        self._action(menu, self.tr("Rename…"), lambda: self.rename(number))
        self._action(menu, self.tr("Move to a folder…"), lambda: self.move(number))
        self._action(menu, self.tr("Whose voice is it…"), lambda: self.give(number))
        if owner is not None:
            words = self.tr("Open the page of %1").replace("%1", line.feed.voice)
            self._action(menu, words, lambda: self._shell.open(Ref(Noun.PERSON, owner)))
        self._action(menu, self.tr("How it is…"), lambda: self.care.health(number))
        self._action(menu, self.tr("Settings…"), lambda: self.care.settings(number))
        paused = state is not FeedState.ACTIVE
        words = self.tr("Take it up again") if paused else self.tr("Let it rest")
        self._action(menu, words, lambda: self.pause(number, not paused))
        menu.addSeparator()
        self._action(menu, self.tr("Remove"), lambda: self.remove(number))
        menu.addSeparator()

    def _action(self, menu: QMenu, text: str, run: Callable[[], object]) -> None:
        menu.addAction(text.replace("&", "&&")).triggered.connect(lambda _checked=False: run())

    def _write(self, job: Callable[[], object]) -> None:
        self._shell.write(job, lambda _result: self._changed())

    def _highlights(self, *, save: bool) -> None:
        """All of them, whatever is looked for in their list."""
        ids = highlight_ids(self._shell.ctx, Which())
        if save:
            save_highlights(self._shell, self._window, ids)
        else:
            copy_highlights(self._shell, ids)

    def _inside(self, folder: str) -> list[int]:
        rows = feed_rows(self._shell.ctx)
        return [row.id for row in rows if row.folder == folder or row.folder.startswith(f"{folder}/")]
