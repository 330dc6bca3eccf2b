"""Adding feeds, lists of feeds, and what can be done with one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from feed_documents import item, rss
from feed_server import FeedServer, Reply, Request, hang
from pln.model.feed import FeedState
from pln.services.reading import Shelf, article_ids, feed_rows, get_feed
from pln.ui.reading.add_dialog import AddFeedDialog
from pln.ui.reading.feed_dialogs import MoveDialog, RenameDialog, VoiceDialog
from pln.ui.reading.lists_of_feeds import SkippedDialog
from pln.ui.reading.place import ReadingPlace
from pln.ui.widgets.dialog import Dialog
from pln.ui.widgets.person_picker import Picked
from ui.reading.filled import World, fill

Go = Callable[[], ReadingPlace]
PAGE = b"""<html><head><title>Tea</title>
<link rel="alternate" type="application/rss+xml" title="All &amp; everything" href="/all.xml">
<link rel="alternate" type="application/rss+xml" title="<img src=file:///x> notes" href="/notes.xml"></head></html>"""


def page(request: Request) -> Reply:
    return Reply(200, {"Content-Type": "text/html"}, PAGE)


@pytest.fixture
def dialog(qtbot: QtBot, server: FeedServer, reading: Go) -> Iterator[AddFeedDialog]:
    server.routes.update({"/": page, "/all.xml": rss(item(1), item(2)), "/notes.xml": rss(item(3), title="Notes")})
    made = reading().bringing.add_feed()
    qtbot.waitUntil(made.address.hasFocus)
    yield made
    made.done(0)


def typed(qtbot: QtBot, dialog: AddFeedDialog, address: str) -> None:
    dialog.address.clear()
    qtbot.keyClicks(dialog.address, address)
    qtbot.keyClick(dialog.address, Qt.Key.Key_Return)


def test_a_site_at_home_is_added_after_a_question(
    qtbot: QtBot, world: World, server: FeedServer, dialog: AddFeedDialog
):
    typed(qtbot, dialog, server.url("/"))
    qtbot.waitUntil(dialog.allow.isVisible)
    assert "home network" in dialog.said.text() and server.requests == []
    qtbot.mouseClick(dialog.allow, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(dialog.checks) == 2)
    assert [check.text() for check in dialog.checks] == ["All && everything", "<img src=file:///x> notes"]
    assert [check.isChecked() for check in dialog.checks] == [True, False]
    dialog.folder.setCurrentText(" Tea / Leaves ")
    dialog.voice.set_people([Picked(None, "Mei Chen")])
    qtbot.keyClick(dialog.address, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(article_ids(world.ctx, Shelf())) == 2, timeout=20_000)
    (row,) = feed_rows(world.ctx)
    assert (row.title, row.folder, row.voice) == ("All & everything", "Tea/Leaves", "Mei Chen")
    assert world.window.current() is not None


@pytest.mark.parametrize(
    ("path", "words"),
    [("/missing", "fault (404)"), ("/nothing", "No feed was found"), ("/circle", "circles")],
)
def test_every_fault_is_one_sentence(
    qtbot: QtBot, world: World, server: FeedServer, dialog: AddFeedDialog, path: str, words: str
):
    from feed_server import redirect
    from pln.services.refreshing import allow_place

    allow_place(world.ctx, *server.allow)
    server.routes["/nothing"] = lambda request: Reply(200, {"Content-Type": "text/html"}, b"<p>hello</p>")
    server.routes["/circle"] = redirect("/circle")
    typed(qtbot, dialog, server.url(path))
    qtbot.waitUntil(lambda: words in dialog.said.text(), timeout=20_000)
    assert dialog.primary.isEnabled() and dialog.isVisible()


def test_no_address_and_no_web_address(qtbot: QtBot, dialog: AddFeedDialog):
    typed(qtbot, dialog, "")
    qtbot.waitUntil(lambda: "An address is needed" in dialog.said.text())
    typed(qtbot, dialog, "file:///etc/passwd")
    qtbot.waitUntil(lambda: "no web address" in dialog.said.text())


def test_looking_ends_when_the_dialog_is_left(qtbot: QtBot, world: World, server: FeedServer, dialog: AddFeedDialog):
    from pln.services.refreshing import allow_place

    allow_place(world.ctx, *server.allow)
    server.routes["/slow"] = hang
    typed(qtbot, dialog, server.url("/slow"))
    qtbot.waitUntil(lambda: server.counts["/slow"] == 1)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: world.tasks.running == ())
    assert feed_rows(world.ctx) == ()


def test_a_changed_address_is_looked_at_anew(qtbot: QtBot, world: World, server: FeedServer, dialog: AddFeedDialog):
    from pln.services.refreshing import allow_place

    allow_place(world.ctx, *server.allow)
    typed(qtbot, dialog, server.url("/notes.xml"))
    qtbot.waitUntil(lambda: len(dialog.checks) == 1)
    assert dialog.primary.text() == "Subscribe" and dialog.checks[0].text() == "Notes"
    qtbot.keyClicks(dialog.address, "x")
    assert dialog.primary.text() == "Look" and dialog.checks == []


LIST = """<?xml version="1.0"?><opml version="2.0"><body><outline text="Craft">
<outline text="One" xmlUrl="{0}"/><outline text="Bad" xmlUrl="ftp://a.example/"/></outline></body></opml>"""


def test_a_dropped_list_is_brought_and_read(
    qtbot: QtBot, world: World, server: FeedServer, reading: Go, tmp_path: Path
):
    from pln.services.refreshing import allow_place

    allow_place(world.ctx, *server.allow)
    server.routes["/one"] = rss(item(1), item(2), item(3))
    file = tmp_path / "mine.opml"
    file.write_text(LIST.format(server.url("/one")))
    place = reading()
    assert place.panes.currentWidget() is place.panes.teaching
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    here, left = QPoint(100, 100), Qt.MouseButton.LeftButton
    enter = QDragEnterEvent(here, Qt.DropAction.CopyAction, data, left, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(place, enter)
    assert enter.isAccepted()
    drop = QDropEvent(QPointF(here), Qt.DropAction.CopyAction, data, left, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(place, drop)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), SkippedDialog))
    report = QApplication.activeModalWidget()
    assert isinstance(report, SkippedDialog)
    report.accept()
    qtbot.waitUntil(lambda: len(place.articles.ids()) == 3, timeout=20_000)
    assert feed_rows(world.ctx)[0].folder == "Craft"


def test_other_files_are_not_taken(reading: Go, tmp_path: Path):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "photo.png"))])
    enter = QDragEnterEvent(
        QPoint(9, 9), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    enter.ignore()
    QApplication.sendEvent(reading(), enter)
    assert not enter.isAccepted()


def test_a_file_that_is_no_list_changes_nothing(qtbot: QtBot, world: World, reading: Go, tmp_path: Path):
    file = tmp_path / "no.opml"
    file.write_bytes(b"\x00\x01")
    place = reading()
    place.bringing.import_list(file)
    qtbot.waitUntil(lambda: any("could not be read" in text for text in world.window.toasts.texts()))
    place.bringing.import_list(tmp_path / "missing.opml")
    qtbot.waitUntil(lambda: any("There is no such file" in text for text in world.window.toasts.texts()))
    assert feed_rows(world.ctx) == ()


@pytest.fixture
def filled(world: World, reading: Go) -> tuple[ReadingPlace, dict[str, int]]:
    ids = fill(world.ctx)
    return reading(), ids


def modal(qtbot: QtBot, kind: type[Dialog]) -> Dialog:
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), kind))
    found = QApplication.activeModalWidget()
    assert isinstance(found, kind)
    return found


def line_texts(place: ReadingPlace) -> list[str]:
    return [line.text for line in place.feed_pane.list.lines()]


def test_rename_move_give_pause(qtbot: QtBot, world: World, filled: tuple[ReadingPlace, dict[str, int]]):
    place, ids = filled
    guide = ids["guide"]
    place.feed_menu.rename(guide)
    renaming = modal(qtbot, RenameDialog)
    assert isinstance(renaming, RenameDialog)
    renaming.field.setText("  The   guide ")
    renaming.accept()
    qtbot.waitUntil(lambda: "The guide" in line_texts(place))
    place.feed_menu.move(guide)
    moving = modal(qtbot, MoveDialog)
    assert isinstance(moving, MoveDialog)
    moving.field.setCurrentText("Garden")
    moving.accept()
    qtbot.waitUntil(lambda: "Garden" in line_texts(place))
    place.feed_menu.give(guide)
    giving = modal(qtbot, VoiceDialog)
    assert isinstance(giving, VoiceDialog)
    giving.picker.set_people([Picked(None, "Rosa Ferreira")])
    giving.accept()
    qtbot.waitUntil(lambda: "Rosa Ferreira · The guide" in line_texts(place))
    place.feed_menu.pause(guide, True)
    qtbot.waitUntil(lambda: get_feed(world.ctx, guide).state is FeedState.PAUSED)
    qtbot.waitUntil(lambda: any("rests" in line.sentence for line in place.feed_pane.list.lines()))


def test_remove_and_back(qtbot: QtBot, world: World, filled: tuple[ReadingPlace, dict[str, int]]):
    place, ids = filled
    place.choose_shelf(Shelf(feed_id=ids["guide"]))
    qtbot.waitUntil(lambda: len(place.articles.ids()) == 3)
    place.remove_feed()
    qtbot.waitUntil(lambda: "Field guide" not in line_texts(place) and len(place.articles.ids()) == 10)
    assert place.shelf == Shelf(unread=True)
    assert world.program is not None
    world.program.take_back()
    qtbot.waitUntil(lambda: "Field guide" in line_texts(place) and len(place.articles.ids()) == 13)


def test_the_menu_of_a_feed_and_of_a_folder(qtbot: QtBot, filled: tuple[ReadingPlace, dict[str, int]]):
    place, _ids = filled
    lines = {line.text: line for line in place.feed_pane.list.lines()}
    for name, wanted in (("Field guide", "Rename…"), ("Craft", "Refresh"), ("Unread", "Mark all read")):
        menu = place.feed_menu.show_for(lines[name], QPoint(10, 10))
        assert wanted in [action.text() for action in menu.actions()]
        menu.close()


def test_folders_fold_by_key(qtbot: QtBot, filled: tuple[ReadingPlace, dict[str, int]]):
    place, ids = filled
    feeds = place.feed_pane.list
    place.choose_shelf(Shelf(feed_id=ids["guide"]))
    feeds.setFocus()
    qtbot.keyClick(feeds, Qt.Key.Key_Up)
    assert place.shelf == Shelf(folder="Craft")
    qtbot.keyClick(feeds, Qt.Key.Key_Left)
    assert "Field guide" not in line_texts(place)
    qtbot.keyClick(feeds, Qt.Key.Key_Right)
    assert "Field guide" in line_texts(place)


def test_headings_are_passed_over_by_arrow_keys(qtbot: QtBot, filled: tuple[ReadingPlace, dict[str, int]]):
    place, ids = filled
    feeds = place.feed_pane.list
    feeds.setFocus()
    for _ in range(4):
        qtbot.keyClick(feeds, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: place.shelf == Shelf(feed_id=ids["edges"]))


def test_narrow_windows_share_one_column(qtbot: QtBot, world: World, filled: tuple[ReadingPlace, dict[str, int]]):
    place, _ids = filled
    world.window.resize(1000, 700)
    qtbot.waitUntil(lambda: not place.feed_pane.isVisible())
    place.show_feeds()
    assert place.feed_pane.isVisible() and not place.article_pane.isVisible()
    assert place.step_back() and place.article_pane.isVisible()
    world.window.resize(1360, 860)
    qtbot.waitUntil(lambda: place.feed_pane.isVisible() and place.article_pane.isVisible())
