"""A day with PLN that goes everywhere, at the level of the log that says most: run by test_canary_day.py.

usage: day.py PROFILE PASSPHRASE_FILE OUTSIDE TITLES
OUTSIDE: a folder for what the owner takes out on purpose. TITLES: every title that a window ever had goes there.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QWindow
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPlainTextEdit, QTextEdit, QWidget
from sqlalchemy import text

from e2e.canary_day.everywhere import CANARY
from e2e.hand import Script, act, all_of, button_there, one, press, seen, there
from pln.__main__ import main as pln_main
from pln.model.changes import Noun, Ref
from pln.services import contacts, journal, meetups, reading
from pln.ui.commands import CommandId
from pln.ui.files.export_dialog import ExportDialog, Stage
from pln.ui.main_window import MainWindow
from pln.ui.place import PlaceId
from pln.ui.program.program import Program

TYPED = f"{CANARY}typed"
LEAVES = {CommandId.FILE_QUIT, CommandId.FILE_LOCK, CommandId.JOURNAL_LOCK, CommandId.FILE_EXPORT}
"""Commands that end the day, or that are given a turn of their own."""
_PATIENT_MS, _GLANCE_MS = 250, 60


class Titles(QObject):
    """Notes the title of every window, whenever it is shown or given another."""

    def __init__(self, app: QApplication, path: Path) -> None:
        super().__init__(app)
        self._file = path.open("a", encoding="utf-8")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.WindowTitleChange, QEvent.Type.Show):
            self.note(watched)
        return False

    def note(self, one: QObject) -> None:
        if isinstance(one, QWidget) and one.isWindow():
            self._file.write(f"{one.windowTitle()}\n{one.windowIconText()}\n{one.windowFilePath()}\n")
        elif isinstance(one, QWindow):
            self._file.write(f"{one.title()}\n{one.filePath()}\n")
        self._file.flush()


class Closer(QObject):
    """Looks into each dialog, types into its fields, and closes it: also those that wait for an answer."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self.seen: dict[str, int] = {}
        self.active = False
        self._since: dict[int, float] = {}
        self._timer = QTimer(self, interval=_GLANCE_MS)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def _look(self) -> None:
        popup = QApplication.activePopupWidget()
        if self.active and popup is not None:
            popup.close()
        for dialog in [each for each in QApplication.topLevelWidgets() if isinstance(each, QDialog)]:
            if self.active and dialog.isVisible():
                self._visit(dialog)

    def _visit(self, dialog: QDialog) -> None:
        if id(dialog) not in self._since:
            self._since[id(dialog)] = time.monotonic()
            self.seen[type(dialog).__name__] = self.seen.get(type(dialog).__name__, 0) + 1
            type_everywhere(dialog)
        elif time.monotonic() - self._since[id(dialog)] > _PATIENT_MS / 1000:
            del self._since[id(dialog)]
            dialog.grab()
            dialog.reject()


class Outside(QObject):
    """Stands for the programs that addresses and folders are handed to."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        for scheme in ("http", "https", "mailto", "file"):
            QDesktopServices.setUrlHandler(scheme, self, "take")

    @Slot(QUrl)
    def take(self, _url: QUrl) -> None:
        return


def type_everywhere(dialog: QWidget) -> None:
    for field in dialog.findChildren(QWidget):
        if field.isVisible() and field.isEnabled() and isinstance(field, QLineEdit | QPlainTextEdit | QTextEdit):
            if not field.isReadOnly() and not isinstance(field, QLineEdit):
                field.setPlainText(TYPED)
            elif isinstance(field, QLineEdit) and not field.isReadOnly():
                field.setText(TYPED)
                field.textEdited.emit(TYPED)


def waited(milliseconds: int) -> Callable[[], bool]:
    ends = time.monotonic() + milliseconds / 1000
    return lambda: time.monotonic() > ends


def the_day(closer: Closer, outside: Path) -> Script:
    yield there("Reading")
    yield lambda: bool(one(MainWindow).findChildren(Program))
    program = one(MainWindow).findChildren(Program)[0]
    yield lambda: program.tasks.idle
    yield from places(program)
    yield from searching(program)
    yield from commands(program, closer)
    yield from export(program, outside)
    yield from bugs(program)
    yield from places(program)
    assert CANARY in seen(), "what is to be hidden was to be seen"
    program.registry.run(CommandId.FILE_LOCK)
    yield waited(800)
    assert CANARY not in seen()
    one(MainWindow).close()
    yield lambda: False


def places(program: Program) -> Script:
    """Every place, with its first record."""
    ctx = program.ctx
    shelf = reading.Shelf()
    firsts = {
        Noun.PERSON: contacts.person_ids(ctx), Noun.MEETUP: meetups.past_ids(ctx),
        Noun.ARTICLE: reading.article_ids(ctx, shelf), Noun.ENTRY: journal.entry_ids(ctx),
    }  # fmt: skip
    for place in PlaceId:
        program.go(place)
        yield waited(150)
    for noun, ids in firsts.items():
        if ids:
            program.open(Ref(noun, ids[0]))
            yield waited(300)
            yield lambda: program.tasks.idle


def searching(program: Program) -> Script:
    program.registry.run(CommandId.GO_PALETTE)
    yield waited(200)
    field = QApplication.focusWidget()
    if isinstance(field, QLineEdit):
        field.setText(CANARY)
    yield waited(600)
    one(MainWindow).setFocus()


def commands(program: Program, closer: Closer) -> Script:
    """Every command that may run, on every place; what it opens is looked into and closed."""
    closer.active = True
    program.prepare_share(journal.entry_ids(program.ctx)[-1])
    yield waited(400)
    for place in PlaceId:
        for command in program.registry.all():
            if command.id in LEAVES or not program.registry.may_run(command):
                continue
            if place is not PlaceId.TODAY and command.id.split(".")[0] != _ROOM[place]:
                continue
            program.go(place)
            yield waited(30)
            QTimer.singleShot(0, lambda wanted=command.id: program.registry.run(wanted))
            yield waited(90)
            yield lambda: not [each for each in all_of(QDialog) if each.isVisible()]
    yield waited(400)
    yield lambda: program.tasks.idle
    closer.active = False


_ROOM = {
    PlaceId.TODAY: "today", PlaceId.PEOPLE: "person", PlaceId.MEETUPS: "meetup", PlaceId.READING: "reading",
    PlaceId.JOURNAL: "journal", PlaceId.NETWORK: "network",
}  # fmt: skip


def export(program: Program, outside: Path) -> Script:
    program.registry.run(CommandId.FILE_EXPORT)
    yield lambda: bool(all_of(ExportDialog))
    dialog = one(ExportDialog)
    dialog.understood.setChecked(True)
    press("Choose where")
    dialog.place.edit.setText(str(outside / "everything"))
    press("Export without encryption")
    yield lambda: dialog.stage is Stage.DONE
    yield button_there("Close")
    press("Close")


def bugs(program: Program) -> Script:
    """Faults of PLN's own, wherever they can show, each with somebody's words in it."""

    def stumble(*_given: object) -> None:
        raise ValueError(f"{CANARY}bug")

    def refused() -> None:
        with program.ctx.write("bug") as work:
            line = text("INSERT INTO circle (id, uid, name) VALUES (:id, NULL, :name)")
            work.people.connection.execute(line, {"id": 1, "name": f"{CANARY}statement"})

    QTimer.singleShot(0, stumble)
    yield there("Something went wrong inside PLN, and it went on")
    program.write(stumble)
    program.write(refused)
    program.tasks.start("A task", stumble)
    program.tasks.read(lambda: None, stumble)
    threading.Thread(target=stumble, name=f"{CANARY}thread").start()
    yield waited(500)
    yield there("Something went wrong inside PLN. Nothing")


def main() -> int:
    profile, words, outside, titles = sys.argv[1:5]
    app = QApplication(["pln"])
    noted, closer, _outside = Titles(app, Path(titles)), Closer(app), Outside(app)
    ended: list[str] = []
    act(app, the_day(closer, Path(outside)), ended)
    app.installEventFilter(noted)  # last: it hears of every event from here on
    sys.argv = ["pln", "--log", "debug", "--profile", profile, "--passphrase-file", words]
    code = pln_main()
    for each in [*app.topLevelWidgets(), *app.topLevelWindows()]:
        noted.note(each)
    sys.stdout.write(" ".join(sorted(closer.seen)) + "\n")
    return 1 if ended else code


if __name__ == "__main__":
    sys.exit(main())
