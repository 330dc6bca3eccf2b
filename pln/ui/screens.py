"""A picture of every place and dialog, for looking at them: `pln screens DIR`."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from pln.model.errors import StoreFault, Trouble

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication, QWidget

    from pln.services.context import Context
    from pln.ui.program.program import Program
    from pln.ui.unlock.page_actions import Done, Failed, Job

_STILL_MS = 700  # longer than the widgets wait before they read what is chosen
_BRIEF_MS = 120
_LONGEST_MS = 20_000


def write_screens(
    folder: Path, ctx: Context, *, theme: str = "light", size: tuple[int, int] = (1360, 860), scale: float = 1.0
) -> tuple[Path, ...]:
    """Write the pictures into a folder, made if need be, and return their paths in the order they were taken.

    theme: light or dark. size: of the window in device-independent pixels. scale: picture pixels for each of these.
    Runs without a display. Must be the first use of Qt in the process. Raises StoreFault where the folder cannot be
    written.
    """
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["QT_SCALE_FACTOR"] = str(scale)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreFault("The pictures cannot be written", f"PLN may not make the folder {folder}.") from error
    from PySide6.QtWidgets import QApplication

    from pln.ui.program.qt_messages import quiet_qt

    app = QApplication.instance() or QApplication(["pln"])
    assert isinstance(app, QApplication)
    with quiet_qt(), _as_unread_as_before(ctx), _program(app, ctx, theme, size) as program:
        return tuple(_Camera(app, program, folder).take_all())


@contextmanager
def _as_unread_as_before(ctx: Context) -> Iterator[None]:
    """Opening an article marks it read; a picture of it is no reading."""
    from pln.services.reading import Shelf, article_ids, mark_read

    unread = article_ids(ctx, Shelf(unread=True))
    try:
        yield
    finally:
        still = frozenset(article_ids(ctx, Shelf(unread=True)))
        if opened := [article for article in unread if article not in still]:
            mark_read(ctx, opened, read=False)


def _read_first(ctx: Context) -> tuple[int, ...]:
    """Ids of the articles, one that was read already at the head where there is one."""
    from pln.services.reading import Shelf, article_ids

    unread = frozenset(article_ids(ctx, Shelf(unread=True)))
    return tuple(sorted(article_ids(ctx, Shelf()), key=unread.__contains__))


@contextmanager
def _program(app: QApplication, ctx: Context, theme: str, size: tuple[int, int]) -> Iterator[Program]:
    from pln.services.bus import Bus
    from pln.services.context import Context as Opened
    from pln.services.tasks import Tasks
    from pln.ui import fonts
    from pln.ui.commands import Registry
    from pln.ui.commands.standard import add_standard
    from pln.ui.main_thread import MainThread
    from pln.ui.main_window import MainWindow
    from pln.ui.program.commands import add_program_commands
    from pln.ui.program.places import place_entries
    from pln.ui.program.program import Program
    from pln.ui.program.search_source import StoreSearch
    from pln.ui.theme import Mode, Theme

    fonts.load()
    look = Theme.install(app, Mode(theme))
    home = MainThread()
    tasks = Tasks(home.post)
    here = Opened(
        store=ctx.store, profile=ctx.profile, clock=ctx.clock, bus=Bus(home.post), undo=ctx.undo, parser=ctx.parser
    )
    made: list[Program] = []
    search, registry = StoreSearch(), Registry()
    window = MainWindow(registry, place_entries(lambda: made[0]), search, lambda hit: made[0].open(hit.ref))
    add_standard(window, look)
    program = Program(window, here, tasks, registry)
    made.append(program)
    search.connect(here, tasks)
    add_program_commands(program)
    window.resize(*size)
    window.show()
    try:
        yield program
    finally:
        window.close()
        program.close()
        home.close()
        tasks.close()
        window.deleteLater()
        app.processEvents()
        look.remove()


class _Camera:
    """Shows one thing after the other, waits until it is still, and keeps its picture."""

    def __init__(self, app: QApplication, program: Program, folder: Path) -> None:
        self._app, self._program, self._folder = app, program, folder
        self._number = 0

    def take_all(self) -> Iterator[Path]:
        yield from self._places()
        yield from self._bare_pages()
        yield from self._dialogs()

    def _places(self) -> Iterator[Path]:
        from pln.ui.place import PlaceId

        for place in PlaceId:
            shown = self._program.window().go(place)
            self._settle(_BRIEF_MS)
            self._first_record(place.value)
            self._settle()
            del shown
            yield self._shot(place.value)
            if place is PlaceId.READING:
                yield from self._reading()

    def _reading(self) -> Iterator[Path]:
        """The bar that finds in an article, on paper of its own, and the panel that says how articles are set."""
        from dataclasses import replace

        from pln.model.page_look import Paper
        from pln.ui.place import PlaceId
        from pln.ui.reading import page_style
        from pln.ui.reading.look_panel import LookPanel
        from pln.ui.reading.place import ReadingPlace

        place = self._program.place(PlaceId.READING)
        assert isinstance(place, ReadingPlace)
        if place.desk.open_id is None:
            return
        view, before = place.desk.view, page_style.chosen()
        page_style.put(replace(before, paper=Paper.SEPIA))
        view.view.dress()
        view.finder.open_bar("the")
        self._settle()
        yield self._shot("reading-find")
        view.finder.close_bar()
        page_style.put(before)
        view.view.dress()
        panel = LookPanel(place)
        panel.adjustSize()
        self._settle(_BRIEF_MS)
        yield self._shot("reading-look", panel)
        panel.deleteLater()

    def _first_record(self, place: str) -> None:
        """Show the first record of a place, as a user would see it."""
        from pln.model.changes import Noun, Ref
        from pln.services import contacts, journal, meetups

        ctx = self._program.ctx
        firsts: dict[str, tuple[Noun, Callable[[], tuple[int, ...]]]] = {
            "people": (Noun.PERSON, lambda: contacts.person_ids(ctx)),
            "meetups": (Noun.MEETUP, lambda: meetups.past_ids(ctx)),
            "reading": (Noun.ARTICLE, lambda: _read_first(ctx)),
            "journal": (Noun.ENTRY, lambda: journal.entry_ids(ctx)),
        }
        if place in firsts:
            noun, ids = firsts[place]
            for record in ids()[:1]:
                self._program.open(Ref(noun, record))

    def _bare_pages(self) -> Iterator[Path]:
        from pln.ui.unlock.first_page import FirstPage
        from pln.ui.unlock.locked_page import LockedPage
        from pln.ui.unlock.page_actions import PageActions
        from pln.ui.unlock.pages import FaultPage, PassphrasePage, RecoveryCodePage
        from pln.ui.unlock.restore_page import RestorePage
        from pln.ui.unlock.waiting_page import WaitingPage
        from pln.ui.unlock.way_back_page import refusal_page
        from pln.ui.welcome.pages import WelcomePages

        ctx = self._program.ctx
        actions = PageActions(
            retry=lambda: None, leave=lambda: None, raise_other=lambda: None, restored=lambda *_: None,
            run=self._in_background,
        )  # fmt: skip
        fault = StoreFault("The store is damaged", "Nothing was changed. A backup brings it back.", Trouble.DAMAGED)
        pages: dict[str, Callable[[], QWidget]] = {
            "first": lambda: FirstPage(lambda: None, lambda: None),
            "restore": lambda: RestorePage(ctx.profile, lambda *_: None, lambda _: None, lambda: None),
            "welcome": lambda: WelcomePages(self._program, lambda: None),
            "locked": lambda: LockedPage(lambda _: None, keyring=True, passphrase=True),
            "passphrase": lambda: PassphrasePage(False, "", lambda _: None),
            "passphrase-first": lambda: PassphrasePage(True, "", lambda _: None),
            "recovery-code": lambda: RecoveryCodePage("0000-1111-2222-3333-4444-5555-6666-7777", lambda: None),
            "waiting": lambda: WaitingPage(lambda: None),
            "fault": lambda: FaultPage(fault, lambda: None, lambda: None),
            "way-back": lambda: refusal_page(fault, ctx.profile, actions),
        }
        for name, make in pages.items():
            page = make()
            self._program.window().show_bare(page)
            self._settle()
            yield self._shot(name)
            self._program.window().end_bare(page)

    def _in_background(self, title: str, job: Job, done: Done, failed: Failed) -> None:
        def ended(result: object) -> None:
            done(result)

        def not_ended(error: BaseException) -> None:
            failed(error)

        self._program.tasks.start(title, job, ended, not_ended)

    def _dialogs(self) -> Iterator[Path]:
        from pln.ui.place import PlaceId

        self._program.window().go(PlaceId.TODAY)
        for name, open_it in self._openers().items():
            open_it()
            self._settle()
            dialog = self._app.activeModalWidget() or self._newest_dialog()
            yield self._shot(name, dialog)
            if dialog is not None:
                dialog.close()
                dialog.deleteLater()
            self._program.window().palette_overlay.close_palette()
            self._settle(_BRIEF_MS)

    def _openers(self) -> dict[str, Callable[[], object]]:
        from pln.services import contacts, journal
        from pln.ui.files.backup_dialog import BackupDialog
        from pln.ui.files.export_dialog import ExportDialog
        from pln.ui.files.read_back_dialog import ReadBackDialog
        from pln.ui.people.edit_dialog import EditDialog
        from pln.ui.people.import_dialog import ImportDialog
        from pln.ui.settings.dialog import section_keys
        from pln.ui.shortcuts import show_shortcuts

        program = self._program
        people, entries = contacts.person_ids(program.ctx)[:1], journal.entry_ids(program.ctx)[:1]
        openers: dict[str, Callable[[], object]] = {
            "palette": lambda: program.window().palette_overlay.open("an"),
            "log-a-meetup": lambda: program.log_meetup(people=people),
            "plan": lambda: program.log_meetup(people=people, plan=True),
            "add-a-person": lambda: EditDialog(program, None).open(),
            "import": lambda: ImportDialog(program).open(),
            "export": lambda: ExportDialog(program).open(),
            "read-back": lambda: ReadBackDialog(program).open(),
            "backup": lambda: BackupDialog(program).open(),
            "shortcuts": lambda: show_shortcuts(program.window(), program.registry),
        }
        for section in section_keys():
            openers[f"settings-{section}"] = partial(_settings_at, program, section)
        if people:
            openers["edit-a-person"] = lambda: EditDialog(program, contacts.get_person(program.ctx, people[0])).open()
        if entries:
            openers["share"] = lambda: program.prepare_share(entries[0])
        return openers

    def _newest_dialog(self) -> QWidget | None:
        from PySide6.QtWidgets import QDialog

        shown = [widget for widget in self._app.topLevelWidgets() if isinstance(widget, QDialog) and widget.isVisible()]
        return shown[-1] if shown else None

    def _shot(self, name: str, over: QWidget | None = None) -> Path:
        """The window, with a dialog painted over it where one is open."""
        from PySide6.QtCore import QPoint
        from PySide6.QtGui import QColor, QPainter

        window = self._program.window()
        picture = window.grab()
        if over is not None:
            painter = QPainter(picture)
            painter.fillRect(window.rect(), QColor(0, 0, 0, 70))
            corner = QPoint((window.width() - over.width()) // 2, max(0, (window.height() - over.height()) // 2))
            painter.drawPixmap(corner, over.grab())
            painter.end()
        self._number += 1
        path = self._folder / f"{self._number:02d}-{name}.png"
        if not picture.save(str(path)):
            raise StoreFault("The pictures cannot be written", f"PLN may not write {path}, or the disk is full.")
        return path

    def _settle(self, still: int = _STILL_MS) -> None:
        """Handle events until nothing has been under way for so many milliseconds."""
        from PySide6.QtCore import QElapsedTimer, QThread

        quiet, waited = QElapsedTimer(), QElapsedTimer()
        quiet.start()
        waited.start()
        while quiet.elapsed() < still and waited.elapsed() < _LONGEST_MS:
            self._app.processEvents()
            if not self._program.tasks.idle:
                quiet.restart()
            QThread.msleep(20)


def _settings_at(program: Program, section: str) -> None:
    from pln.ui.settings.dialog import SettingsDialog

    dialog = SettingsDialog(program)
    dialog.show_section(section)
    dialog.open()
