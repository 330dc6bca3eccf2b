"""The settings: sections at the left, one of them at the right. Nothing is confirmed: changes are kept at once."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QButtonGroup, QStackedWidget

from pln.ui import look
from pln.ui.commands import CommandId
from pln.ui.rail import RailItem
from pln.ui.settings.backup_section import BackupSection
from pln.ui.settings.everything_section import EverythingSection
from pln.ui.settings.journal_section import JournalSection
from pln.ui.settings.lock_section import LockSection
from pln.ui.settings.look_section import LookSection
from pln.ui.settings.places_section import PlacesSection
from pln.ui.settings.reading_section import ReadingSection
from pln.ui.settings.safety_section import SafetySection
from pln.ui.settings.section import Section
from pln.ui.settings.sharing_section import SharingSection
from pln.ui.settings.sync_section import SyncSection
from pln.ui.settings.today_section import TodaySection
from pln.ui.shell import Shell
from pln.ui.widgets.boxes import column, pane, row
from pln.ui.widgets.dialog import Dialog
from pln.ui.widgets.labels import label


class SettingsDialog(Dialog):
    """sections: by key (look, today, places, reading, sync, journal, sharing, lock, safety, backups, everything)."""

    def __init__(self, shell: Shell) -> None:
        self._shell = shell
        self.sections: dict[str, Section] = {
            "look": LookSection(shell),
            "today": TodaySection(shell),
            "places": PlacesSection(shell),
            "reading": ReadingSection(shell),
            "sync": SyncSection(shell),
            "journal": JournalSection(shell, self._run),
            "sharing": SharingSection(shell),
            "lock": LockSection(shell, self._run),
            "safety": SafetySection(shell, self._run),
            "backups": BackupSection(shell, self._run),
            "everything": EverythingSection(shell, self._run),
        }
        self.items = {key: RailItem(text, icon) for key, text, icon in _titles()}
        self._stack = QStackedWidget()
        for section in self.sections.values():
            self._stack.addWidget(section)
        whole = row(spacing=0)
        names = column(*self.items.values(), None, spacing=2, margins=(12, 16, 12, 16))
        whole.addWidget(pane(names, "rail", edge="right", width=min(look.px(180), 240)))
        whole.addWidget(self._stack, 1)
        super().__init__(shell.window(), _tr("Settings"), whole, _tr("Close"))
        whole.setContentsMargins(0, 0, 0, 0)
        self.said = label("", "muted")
        self._foot.insertWidget(0, self.said)
        self.cancel.hide()
        self._wire()
        self.resize(min(look.px(860), shell.window().width() - 60), min(look.px(720), shell.window().height() - 40))

    def show_section(self, key: str) -> None:
        """Show one of the sections."""
        self.items[key].setChecked(True)
        self._stack.setCurrentWidget(self.sections[key])

    def settle(self) -> None:
        """Before the window locks: keep what is still being typed."""
        for section in self.sections.values():
            section.flush()

    def again(self) -> Callable[[Shell], object]:
        """Opens the settings once more, where they are open now."""
        shown = next(key for key, section in self.sections.items() if section is self._stack.currentWidget())

        def open_again(shell: Shell) -> None:
            dialog = SettingsDialog(shell)
            dialog.show_section(shown)
            dialog.open()

        return open_again

    def done(self, result: int) -> None:
        for section in self.sections.values():
            section.flush()
            section.gone = True
        super().done(result)
        self.deleteLater()

    def _wire(self) -> None:
        self._group = QButtonGroup(self)
        for key, item in self.items.items():
            self._group.addButton(item)
            item.toggled.connect(lambda on, key=key: self.show_section(key) if on else None)
        for section in self.sections.values():
            section.saved.connect(self._saved)
        self.show_section("look")
        self.items["look"].setFocus()

    def _saved(self, text: str) -> None:
        self.said.setText(text or self.tr("Saved"))

    def _run(self, command: CommandId) -> None:
        """A command that opens a dialog of its own takes the place of this one."""
        self.accept()
        self._shell.registry.run(command)


def section_keys() -> tuple[str, ...]:
    """The sections in their order."""
    return tuple(key for key, _, _ in _titles())


def _titles() -> tuple[tuple[str, str, str], ...]:
    return (
        ("look", _tr("Look"), "palette"), ("today", _tr("Today"), "sun"), ("places", _tr("Places"), "layers"),
        ("reading", _tr("Reading"), "book-open"), ("sync", _tr("Sync"), "refresh-cw"),
        ("journal", _tr("Journal"), "feather"),
        ("sharing", _tr("Sharing"), "share-2"), ("lock", _tr("Lock"), "lock"), ("safety", _tr("Safety"), "shield"),
        ("backups", _tr("Backups"), "hard-drive"), ("everything", _tr("Everything"), "archive"),
    )  # fmt: skip


def _tr(text: str) -> str:
    return QCoreApplication.translate("settings", text)
