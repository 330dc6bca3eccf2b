"""Looking after feeds: settings, health, those that could not be read, rules, smart folders."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from pln.model.errors import PlnError
from pln.model.smart_folders import SmartFolder
from pln.services.contacts import get_person
from pln.services.reading import Shelf, feed_rows, get_feed, remove_feed
from pln.services.smart_folders import get_smart_folder, remove_smart_folder, smart_folder_of
from pln.services.undo import UndoStep
from pln.ui.reading.shelves import folder_names
from pln.ui.shell import Shell
from pln.ui.widgets.dialog import Dialog


class FeedCare(QObject):
    """changed: called after something was written. made: brings the id of a smart folder that was saved."""

    made = Signal(int)

    def __init__(self, shell: Shell, parent: QWidget, changed: Callable[[], object]) -> None:
        super().__init__(parent)
        self._shell, self._place, self._changed = shell, parent, changed

    def offers(self) -> tuple[tuple[str, Callable[[], object]], ...]:
        """What can be done about all feeds, for a menu."""
        return (
            (self.tr("New smart folder…"), self.new_smart),
            (self.tr("Rules of reading…"), self.rules),
            (self.tr("Feeds that could not be read…"), self.broken),
            (self.tr("Room that feeds take…"), self.room),
        )

    def settings(self, feed_id: int) -> Dialog | None:
        from pln.ui.reading.feed_settings_dialog import FeedSettingsDialog
        from pln.ui.widgets.person_picker import Picked

        ctx = self._shell.ctx
        try:
            feed = get_feed(ctx, feed_id)
            voice = None if feed.person_id is None else Picked(feed.person_id, get_person(ctx, feed.person_id).name)
        except PlnError as gone:
            self._shell.fail(gone)
            return None
        folders = folder_names(feed_rows(ctx))
        return self._opened(FeedSettingsDialog(self._shell, self._window(), feed, voice, folders, self._did))

    def health(self, feed_id: int) -> Dialog | None:
        from pln.ui.reading.health_dialog import HealthDialog

        try:
            return self._opened(HealthDialog(self._shell, self._window(), feed_id, self.settings, self._did))
        except PlnError as gone:
            self._shell.fail(gone)
            return None

    def broken(self) -> Dialog:
        from pln.ui.reading.broken_dialog import BrokenDialog

        return self._opened(BrokenDialog(self._shell, self._window(), self.health, self._remove))

    def room(self) -> Dialog:
        from pln.ui.reading.room_dialog import RoomDialog

        return self._opened(RoomDialog(self._shell, self._window(), self.settings))

    def rules(self) -> Dialog:
        from pln.ui.reading.rules_dialog import RulesDialog

        return self._opened(RulesDialog(self._shell, self._window(), self._changed))

    def new_smart(self) -> Dialog:
        return self._smart(SmartFolder(name=""))

    def keep_smart(self, shelf: Shelf, typed: str) -> Dialog | None:
        """Offer what is looked for, or the tag that is listed, as a smart folder; without either an empty one."""
        if not typed.strip() and shelf.tag is None:
            return self.new_smart()
        try:
            return self._smart(smart_folder_of(self._shell.ctx, shelf, typed))
        except PlnError as gone:
            self._shell.fail(gone)
            return None

    def change_smart(self, folder_id: int) -> Dialog | None:
        try:
            return self._smart(get_smart_folder(self._shell.ctx, folder_id))
        except PlnError as gone:
            self._shell.fail(gone)
            return None

    def remove_smart(self, folder_id: int) -> None:
        self._shell.write(lambda: remove_smart_folder(self._shell.ctx, folder_id, origin="reading"), self._did)

    def _smart(self, folder: SmartFolder) -> Dialog:
        from pln.ui.reading.smart_dialog import SmartDialog

        return self._opened(SmartDialog(self._shell, self._window(), folder, lambda saved: self.made.emit(saved.id)))

    def _remove(self, feed_id: int) -> None:
        self._shell.write(lambda: remove_feed(self._shell.ctx, feed_id, origin="reading"), self._did)

    def _did(self, step: UndoStep) -> None:
        self._shell.toast(step.label, step)
        self._changed()

    def _window(self) -> QWidget:
        return self._place.window()

    def _opened(self, dialog: Dialog) -> Dialog:
        dialog.open()
        return dialog
