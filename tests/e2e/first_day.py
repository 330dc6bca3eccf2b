"""The first day with PLN, in one process: run by test_a_day.py under a virtual display.

usage: first_day.py PROFILE PASSPHRASE_FILE VCARD FEED_ADDRESS SHARE_FOLDER PICTURES
"""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QCheckBox, QLineEdit, QListView

from e2e.hand import Script, act, all_of, at_front, button_there, drop, key, one, press, seen, there, type_into
from pln.app import open_window
from pln.ui.journal.body_edit import BodyEdit
from pln.ui.main_window import MainWindow
from pln.ui.meetups.log_dialog import LogDialog
from pln.ui.people.import_dialog import ImportDialog
from pln.ui.people.place import PeoplePlace
from pln.ui.reading.place import ReadingPlace
from pln.ui.sharing.share_dialog import ShareDialog
from pln.ui.unlock.code_keeping import CodeKeeping
from pln.ui.widgets.text_edit import TextEdit

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def first_day(card: Path, feed: str, shares: Path, pictures: Path) -> Script:
    def picture(name: str) -> None:
        one(MainWindow).grab().save(str(pictures / f"{name}.png"))

    # First start: the recovery code once, then four short pages.
    yield lambda: bool(all_of(CodeKeeping))
    assert not one(QAbstractButton, "I have kept it").isEnabled(), "nobody has shown yet that the code is kept"
    type_into(one(QLineEdit, "Its first four characters, to show that you have it"), one(CodeKeeping).shown.text()[:4])
    yield button_there("I have kept it")
    press("I have kept it")
    yield there("Why do you want a learning network?")
    type_into(one(TextEdit, "Why do you want a learning network?"), "To learn how others run small communities")
    press("Next: bring a few people")
    yield there("Who do you learn with?")
    press("Next: what you want to see")
    yield there("What would you like to see?")
    one(QCheckBox, "Reading: feeds, offline").click()
    press("Next: how much")
    yield there("How much is right for you?")
    press("Begin")
    yield there("Nothing is waiting.")
    picture("1-empty-today")

    # Import an address book by dropping it on People.
    yield at_front
    key(Qt.Key.Key_2, CTRL)
    yield lambda: bool(all_of(PeoplePlace))
    press("Import an address book…")
    yield lambda: bool(all_of(ImportDialog))
    drop(card, one(ImportDialog))
    yield button_there("Import 2 people")
    press("Import 2 people")
    yield there("Everything in it was understood.")
    press("Close")
    yield lambda: not all_of(ImportDialog)
    yield lambda: one(MainWindow).rail is not None
    picture("2-people")

    # Add a feed by its site's address, on this computer: PLN asks whether that is meant.
    yield at_front
    key(Qt.Key.Key_4, CTRL)
    yield lambda: bool(all_of(ReadingPlace))
    yield at_front
    key(Qt.Key.Key_A)
    yield lambda: bool(all_of(QLineEdit, "Address"))
    type_into(one(QLineEdit, "Address"), feed)
    yield at_front
    key(Qt.Key.Key_Return)
    yield button_there("Yes, I mean that device")
    press("Yes, I mean that device")
    yield lambda: any(each.text().startswith("Subscribe") and each.isEnabled() for each in _buttons())
    next(each for each in _buttons() if each.text().startswith("Subscribe")).click()
    yield lambda: not all_of(QLineEdit, "Address")
    yield there("2 articles kept for offline")
    picture("3-reading")


def _buttons() -> list[QAbstractButton]:
    return all_of(QAbstractButton)


def reading_offline_and_the_rest(shares: Path, pictures: Path) -> Script:
    def picture(name: str) -> None:
        one(MainWindow).grab().save(str(pictures / f"{name}.png"))

    # Read offline: the server is gone by now (the test stopped it when told).
    yield at_front
    key(Qt.Key.Key_J)
    yield lambda: "talk about soup" in seen() or "the good one" in seen()
    yield at_front
    key(Qt.Key.Key_S)
    picture("4-offline")

    # Log a meetup by keyboard alone.
    yield at_front
    key(Qt.Key.Key_M, CTRL)
    yield lambda: bool(all_of(LogDialog))
    dialog = one(LogDialog)
    yield at_front
    type_into(QApplication.focusWidget() or dialog, "Anna")
    yield at_front
    key(Qt.Key.Key_Return)
    yield lambda: [picked.name for picked in dialog.fields.who.people()] == ["Anna Lindqvist"]
    type_into(dialog.notes, "We spoke of pilots.\n[ ] me: send her the paper\n! begin with the question\n? who joined")
    yield at_front
    key(Qt.Key.Key_Return, CTRL)
    yield lambda: not all_of(LogDialog)

    # Write in the journal, with a person picked from the list.
    yield at_front
    key(Qt.Key.Key_J, CTRL | SHIFT)
    yield lambda: bool(all_of(BodyEdit))
    body = one(BodyEdit)
    yield at_front
    type_into(body, "Today @Anna")
    yield lambda: bool(all_of(QListView))
    key(Qt.Key.Key_Return)
    yield lambda: "@Anna Lindqvist" in body.text()
    type_into(body, "said it begins with a question.\n\nNext small step: SECRETSTEP")
    yield lambda: "saved" in seen()
    picture("5-journal")

    # Share a copy to a folder: switched on by hand, the private step not offered, the name decided.
    press("Share…")
    yield lambda: bool(all_of(QLineEdit, "Folder"))
    type_into(one(QLineEdit, "Folder"), str(shares))
    press("Switch sharing on")
    yield there("Exactly what will be sent")


def main() -> int:
    profile, passphrase, card, feed, shares, pictures = sys.argv[1:7]
    app = QApplication(["pln"])
    ended: list[str] = []

    def whole() -> Script:
        yield from first_day(Path(card), feed, Path(shares), Path(pictures))
        sys.stdout.write("OFFLINE\n")
        sys.stdout.flush()
        sys.stdin.readline()
        yield from reading_offline_and_the_rest(Path(shares), Path(pictures))
        yield from sharing(Path(shares), Path(pictures))
        one(MainWindow).close()
        yield lambda: False

    act(app, whole(), ended)
    code = open_window(Path(profile), Path(passphrase))
    return 1 if ended else code


def sharing(shares: Path, pictures: Path) -> Script:
    yield lambda: bool(all_of(ShareDialog))
    dialog = one(ShareDialog)
    yield button_there("Choose all")
    press("Choose all")
    yield there("Today a friend said it begins with a question")
    looked = next(box for box in all_of(QCheckBox) if box.text().startswith("I have looked at it"))
    yield looked.isEnabled
    looked.click()
    yield dialog.share_button.isEnabled
    dialog.grab().save(str(pictures / "6-share.png"))
    dialog.share_button.click()
    yield lambda: (shares / "index.html").exists()
    yield lambda: not all_of(ShareDialog)


if __name__ == "__main__":
    sys.exit(main())
