"""A window that is locked and opened again, and asked for by a second start: run by test_locking.py.

usage: locked_day.py PROFILE PASSPHRASE_FILE
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from e2e.hand import Script, act, all_of, at_front, key, one, press, seen, there, type_into
from pln.app import open_window
from pln.ui.main_window import MainWindow
from pln.ui.meetups.log_dialog import LogDialog
from pln.ui.people.place import PeoplePlace
from pln.ui.unlock.locked_page import LockedPage

CTRL = Qt.KeyboardModifier.ControlModifier
PRIVATE = "Anna"


def locked_day(profile: str, words: str) -> Script:
    yield lambda: bool(all_of(MainWindow)) and one(MainWindow).current() is not None
    yield at_front
    key(Qt.Key.Key_2, CTRL)
    yield lambda: bool(all_of(PeoplePlace)) and PRIVATE in seen()

    # By the keys, and back where one was.
    key(Qt.Key.Key_L, CTRL)
    yield lambda: bool(all_of(LockedPage))
    assert PRIVATE not in seen()
    yield lambda: _closed(profile)
    assert one(MainWindow).windowTitle() == "PLN"

    # A second start brings the locked window forward, and shows none of its own.
    one(MainWindow).showMinimized()
    second = subprocess.Popen([sys.executable, "-m", "pln", "--profile", profile])
    yield lambda: second.poll() is not None
    assert second.returncode == 0
    yield lambda: not QApplication.topLevelWidgets()[0].isMinimized()
    yield lambda: bool(all_of(LockedPage))
    type_into(one(QLineEdit), "not the right words")
    press("Open")
    yield lambda: "did not" in seen() or "does not" in seen()
    assert PRIVATE not in seen()
    type_into(one(QLineEdit), "")
    one(QLineEdit).setText(words)
    press("Open")
    yield lambda: bool(all_of(PeoplePlace)) and PRIVATE in seen()

    # Inside a dialog, by the same keys; it is there again with what was typed.
    yield at_front
    press("Log a meetup")
    yield lambda: bool(all_of(LogDialog))
    yield at_front
    one(LogDialog).notes.setFocus()
    type_into(one(LogDialog).notes, "We spoke about soup")
    yield lambda: _locks(one(LogDialog))
    key(Qt.Key.Key_L, CTRL)
    yield lambda: bool(all_of(LockedPage))
    assert "soup" not in seen()
    yield lambda: _closed(profile)
    one(QLineEdit).setText(words)
    press("Open")
    yield there("We spoke about soup")
    one(LogDialog).reject()
    yield lambda: not all_of(LogDialog)
    one(MainWindow).close()


def _closed(profile: str) -> bool:
    """SQLite takes its log away with the last connection."""
    return not (Path(profile) / "store.db-wal").exists()


def _locks(dialog: QWidget) -> bool:
    """The guard has met the dialog: it begins a moment after the start."""
    return bool(dialog.property("pln_locks"))


def main(profile: str, passphrase: str) -> int:
    app, ended = QApplication(["pln"]), list[str]()
    words = Path(passphrase).read_text().strip()
    act(app, locked_day(profile, words), ended)
    code = open_window(Path(profile), Path(passphrase))
    return 1 if ended else code


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
