"""A process that writes an entry in the real journal place and says so once it is stored: to be killed by a test."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from pln.services.context import Context
from pln.system.clock import FixedClock
from pln.system.paths import Profile
from pln.ui.journal.place import JournalPlace
from pln.ui.place import PlaceId
from pln.ui.theme import Mode, Theme
from store_fixtures import TODAY, make_store
from ui.shell_double import shell_of


def main(folder: Path, words: str) -> None:
    app = QApplication([])
    theme = Theme.install(app, Mode.LIGHT)
    ctx = Context(store=make_store(folder / "store.db"), profile=Profile(folder).create(), clock=FixedClock.on(TODAY))
    with shell_of(ctx, theme, {PlaceId.JOURNAL: JournalPlace}) as shell:
        place = shell.window().go(PlaceId.JOURNAL)
        assert isinstance(place, JournalPlace)
        QTest.keyClicks(place.editor.title, "Kept")
        QTest.keyClick(place.editor.title, Qt.Key.Key_Return)
        QTest.keyClicks(place.editor.body, words)
        while place.saver.is_unsaved() or not place.editor.state.text():
            app.processEvents()
            time.sleep(0.01)
        sys.stdout.write("saved\n")
        sys.stdout.flush()
        QTest.keyClicks(place.editor.body, " and this was typed too late")
        time.sleep(60)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
