"""The second start: everything of the first day is to be seen. usage: second_day.py PROFILE PASSPHRASE_FILE PICTURES"""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from e2e.hand import Script, act, all_of, at_front, key, one, there
from pln.app import open_window
from pln.ui.main_window import MainWindow
from pln.ui.reading.place import ReadingPlace

CTRL = Qt.KeyboardModifier.ControlModifier


def second_day(pictures: Path) -> Script:
    yield there("Send")
    yield there("To learn how others run small communities")
    one(MainWindow).grab().save(str(pictures / "7-second-today.png"))
    yield at_front
    key(Qt.Key.Key_3, CTRL)
    yield there("Coffee with Anna Lindqvist")
    yield at_front
    key(Qt.Key.Key_4, CTRL)
    yield lambda: bool(all_of(ReadingPlace))
    yield there("2 articles kept for offline")
    yield at_front
    key(Qt.Key.Key_5, CTRL)
    yield there("Private. A copy was shared")
    one(MainWindow).grab().save(str(pictures / "8-second-journal.png"))
    one(MainWindow).close()
    yield lambda: False


def main() -> int:
    profile, passphrase, pictures = sys.argv[1:4]
    app = QApplication(["pln"])
    ended: list[str] = []
    act(app, second_day(Path(pictures)), ended)
    code = open_window(Path(profile), Path(passphrase))
    return 1 if ended else code


if __name__ == "__main__":
    sys.exit(main())
