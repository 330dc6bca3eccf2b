"""Sharing: off until it is switched on; the folder it writes to, and one's own guidelines."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QCheckBox, QLineEdit

from pln.model.errors import UsageError
from pln.services.preferences import Preferences, preferences
from pln.ui.files.path_field import Chooser, PathField, choose_folder
from pln.ui.settings.section import Section, field
from pln.ui.shell import Shell
from pln.ui.widgets.labels import label
from pln.ui.widgets.settle import Settle
from pln.ui.widgets.text_edit import TextEdit

_PAUSE = 700


class SharingSection(Section):
    def __init__(self, shell: Shell, choose: Chooser = choose_folder) -> None:
        super().__init__(shell)
        self._kept = wishes = preferences(shell.ctx)
        self.on = QCheckBox(self.tr("Let me share copies of journal entries"))
        self.on.setChecked(wishes.sharing)
        self.folder = PathField(self.tr("Folder for what you share"), None, choose)
        self.folder.edit.setText(wishes.share_folder)
        self.heading = QLineEdit(wishes.feed_folder_name)
        self.heading.setAccessibleName(self.tr("Title of that folder"))
        self.heading.setPlaceholderText(self.tr("Notes"))
        self.guidelines = TextEdit(self.tr("Your own guidelines"), self.tr("What you share, and what not"), size=15)
        self.guidelines.setFixedHeight(110)
        self.guidelines.set_text(wishes.guidelines)
        self._typed = Settle(_PAUSE, self._keep, self)
        self.on.toggled.connect(lambda on: self.keep(lambda wishes: replace(wishes, sharing=on)))
        self.folder.edited.connect(lambda _text: self._typed.nudge())
        self.heading.textEdited.connect(lambda _text: self._typed.nudge())
        self.guidelines.edited.connect(self._typed.nudge)
        words = self.tr(
            "Sharing makes a copy that you look at, word for word, before it leaves; nothing is ever shared by itself."
        )
        self.fill(
            self.tr("Sharing"), label(words, "muted", wrap=True), self.on,
            field(
                self.tr("Folder for what you share"), self.folder,
                self.tr("Pages and a feed for others are written there. Whoever can open the folder can read them."),
            ),
            field(self.tr("Title of that folder"), self.heading),
            field(self.tr("Your own guidelines"), self.guidelines, self.tr("Shown to you where you share.")),
        )  # fmt: skip

    def flush(self) -> None:
        self._typed.flush()

    def _keep(self) -> None:
        folder = self.folder.path()
        if folder is not None and not folder.is_absolute():
            title = self.tr("The folder needs its full path")
            self.trouble(UsageError(title, self.tr("Nothing was changed. Choose the folder from the list.")))
            return
        place, heading = "" if folder is None else str(folder), self.heading.text().strip()
        words = self.guidelines.text().strip()

        def change(wishes: Preferences) -> Preferences:
            return replace(wishes, share_folder=place, feed_folder_name=heading, guidelines=words)

        if change(self._kept) != self._kept:
            self._kept = change(self._kept)
            self.keep(change)
