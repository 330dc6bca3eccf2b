"""Reading one article: find in it, put it aside, how it is set, where one was, what comes with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from pln.model.feed import Attachment
from pln.model.offline import FullState, FullText
from pln.model.page_look import SIZES, PageLook, Paper, resized, within_reason
from pln.services.page_look import oldest_first, page_look, save_page_look
from pln.services.reading import Shelf, article_ids, get_article
from pln.ui.reading import page_style
from pln.ui.reading.around import Around
from pln.ui.reading.article_view import ArticleView
from pln.ui.reading.attachments import name_of, told_size
from pln.ui.reading.find_bar import places
from pln.ui.reading.keeping import below, previous_of
from pln.ui.reading.look_panel import LookPanel
from pln.ui.reading.place import ReadingPlace
from ui.reading.filled import World, fill
from ui.reading.test_keys import key


@pytest.fixture
def place(world: World, reading: Callable[[], ReadingPlace]) -> Iterator[ReadingPlace]:
    fill(world.ctx)
    yield reading()
    page_style.put(PageLook())


def view(place: ReadingPlace) -> ArticleView:
    return place.desk.view


def test_find_in_the_page(qtbot: QtBot, place: ReadingPlace) -> None:
    key(qtbot, Qt.Key.Key_J)
    key(qtbot, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    finder = view(place).finder
    assert finder.field.hasFocus()
    qtbot.keyClicks(finder.field, "KNOW")
    qtbot.waitUntil(lambda: finder.count.text() == "1 of 3")
    assert [each.cursor.selectedText() for each in view(place).view.extraSelections()] == ["know"] * 3
    key(qtbot, Qt.Key.Key_F3)
    assert finder.count.text() == "2 of 3"
    key(qtbot, Qt.Key.Key_F3, Qt.KeyboardModifier.ShiftModifier)
    key(qtbot, Qt.Key.Key_F3, Qt.KeyboardModifier.ShiftModifier)
    assert finder.count.text() == "3 of 3", "round at the ends"
    finder.field.setText("zebra")
    qtbot.waitUntil(lambda: finder.count.text() == "Not in this article")
    key(qtbot, Qt.Key.Key_Escape)
    key(qtbot, Qt.Key.Key_Escape)
    assert finder.isHidden() and view(place).view.extraSelections() == [] and view(place).view.hasFocus()


def test_places_of_words() -> None:
    assert places("One  one\nONE", "one one") == [(0, 8)]
    assert places("a.b a+b", "a+b") == [(4, 3)]
    assert places("text", "  ") == [] and len(places("aaaa", "a", 3)) == 3


def test_read_later_and_back(qtbot: QtBot, world: World, place: ReadingPlace) -> None:
    key(qtbot, Qt.Key.Key_J)
    record = place.desk.open_id
    assert record is not None
    key(qtbot, Qt.Key.Key_L)
    qtbot.waitUntil(lambda: article_ids(world.ctx, Shelf(later=True)) == (record,))
    qtbot.waitUntil(lambda: place.feed_pane.list.lines()[2].count == 1)
    place.choose_shelf(Shelf(later=True))
    qtbot.waitUntil(lambda: place.articles.ids() == (record,))
    assert world.program is not None
    world.program.take_back()
    qtbot.waitUntil(lambda: article_ids(world.ctx, Shelf(later=True)) == ())


def test_p_goes_back_and_shift_space_reads_back(qtbot: QtBot, place: ReadingPlace) -> None:
    key(qtbot, Qt.Key.Key_N)
    key(qtbot, Qt.Key.Key_N)
    ids = place.articles.ids()
    assert place.desk.open_id == ids[1]
    key(qtbot, Qt.Key.Key_P)
    assert place.desk.open_id == ids[0], "nothing unread above it, so the one right above"
    key(qtbot, Qt.Key.Key_Space)
    bar = view(place).view.verticalScrollBar()
    assert bar.value() > 0
    key(qtbot, Qt.Key.Key_Space, Qt.KeyboardModifier.ShiftModifier)
    assert bar.value() == 0


def test_previous_and_below() -> None:
    assert previous_of([1, 2, 3, 4], 4, {1}) == 1 and previous_of([1, 2, 3], 3, ()) == 2
    assert previous_of([1, 2], 1, {2}) is None and previous_of([1, 2], None, {1}) is None
    assert list(below([1, 2, 3], 2)) == [3] and list(below([1, 2], None)) == [1, 2]


def test_mark_what_is_below_read_and_back(qtbot: QtBot, world: World, place: ReadingPlace) -> None:
    key(qtbot, Qt.Key.Key_J)
    key(qtbot, Qt.Key.Key_J)
    above = place.articles.ids()[:2]
    qtbot.waitUntil(lambda: len(article_ids(world.ctx, Shelf(unread=True))) == 11)
    key(qtbot, Qt.Key.Key_M)
    qtbot.waitUntil(lambda: len(article_ids(world.ctx, Shelf(unread=True))) == 12)
    key(qtbot, Qt.Key.Key_B, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: article_ids(world.ctx, Shelf(unread=True)) == above[1:])
    assert world.program is not None
    world.program.take_back()
    qtbot.waitUntil(lambda: len(article_ids(world.ctx, Shelf(unread=True))) == 12)


def test_the_order_is_remembered_for_each_shelf(qtbot: QtBot, world: World, place: ReadingPlace) -> None:
    newest = place.articles.ids()
    key(qtbot, Qt.Key.Key_O, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: place.articles.ids() == tuple(reversed(newest)))
    qtbot.waitUntil(lambda: oldest_first(world.ctx) == {"unread"})
    place.choose_shelf(Shelf(folder="Craft"))
    qtbot.waitUntil(lambda: place.shelf.folder == "Craft" and len(place.articles.ids()) == 8)
    assert list(place.articles.ids()) == [each for each in newest if each in place.articles.ids()]


def test_where_one_was_is_kept_over_a_restart(qtbot: QtBot, world: World, place: ReadingPlace) -> None:
    key(qtbot, Qt.Key.Key_J)
    record = place.desk.open_id
    assert record is not None
    bar = view(place).view.verticalScrollBar()
    view(place).view.finish()
    view(place).view.document().size()
    bar.setValue(bar.maximum() // 2)
    where = view(place).view.position()
    place.settle()
    qtbot.waitUntil(lambda: get_article(world.ctx, record).read_to == round(where * 1000))
    view(place)._places.clear()  # as after a restart
    view(place).page = None
    place.desk.open_article(record)
    assert view(place).view.position() == pytest.approx(where, abs=0.03)


def test_how_articles_are_set_is_kept(qtbot: QtBot, world: World, place: ReadingPlace) -> None:
    key(qtbot, Qt.Key.Key_J)
    before = view(place).view.document().defaultFont().pixelSize()
    key(qtbot, Qt.Key.Key_Plus)
    qtbot.waitUntil(lambda: view(place).view.document().defaultFont().pixelSize() > before)
    key(qtbot, Qt.Key.Key_T, Qt.KeyboardModifier.ShiftModifier)
    panel = next(each for each in place.findChildren(LookPanel) if each.isVisible())
    panel.paper._buttons["dark"].click()
    panel.line.set_current("200")
    panel.line.chosen.emit("200")
    panel.close()
    wanted = PageLook(size=110, line=200, paper=Paper.DARK)
    qtbot.waitUntil(lambda: page_look(world.ctx) == wanted)
    qtbot.waitUntil(lambda: "#191B18" in view(place).view.styleSheet())
    world.window.activateWindow()
    place.articles.setFocus()
    qtbot.waitUntil(place.articles.hasFocus)
    key(qtbot, Qt.Key.Key_0)
    qtbot.waitUntil(lambda: page_look(world.ctx) == replace(wanted, size=100))


def test_a_look_out_of_reason_is_drawn_into_its_limits(world: World) -> None:
    save_page_look(world.ctx, PageLook(size=9000, line=1, measure=3))
    assert page_look(world.ctx) == within_reason(PageLook(size=9000, line=1, measure=3)) == PageLook(
        size=SIZES[-1], line=130, measure=40
    )  # fmt: skip
    with world.ctx.write("") as work:
        work.settings.put("page_look", {"paper": "plaid", "size": "big", "face": 3})
    assert page_look(world.ctx) == PageLook()
    assert resized(PageLook(size=200), 1).size == 200 and resized(PageLook(size=103), -1).size == 100


def test_what_comes_with_an_article_opens_outside_by_a_click_alone(
    qtbot: QtBot, world: World, place: ReadingPlace, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    view(place).link.disconnect()
    view(place).link.connect(opened.append)
    key(qtbot, Qt.Key.Key_J)
    page = view(place).page
    assert page is not None
    sound = Attachment(url="https://pod.example/e/Talk%20one.mp3", kind="audio/mpeg", size=12_300_000)
    view(place).show_article(replace(page, article=replace(page.article, attached=(sound,))))
    assert opened == []
    QApplication.processEvents()
    (listen,) = [
        each
        for each in place.findChildren(QPushButton)
        if each.isVisible() and each.accessibleName().startswith("Listen")
    ]
    qtbot.mouseClick(listen, Qt.MouseButton.LeftButton)
    assert opened == [sound.url]


def test_the_full_text_and_the_feeds_own(qtbot: QtBot, place: ReadingPlace) -> None:
    key(qtbot, Qt.Key.Key_J)
    page = view(place).page
    assert page is not None and view(place).texts.isHidden()
    full = FullText(article_id=page.article.id, state=FullState.DONE, html="<p>All of it.</p>", text="All of it.")
    view(place).show_article(page, Around(full=full))
    assert "All of it." in view(place).view.page_text()
    assert view(place).texts.turn.text() == "Show the feed's text"
    view(place).texts.turn.click()
    assert "good company" in view(place).view.page_text() and "All of it." not in view(place).view.page_text()
    failed = FullText(article_id=page.article.id, state=FullState.FAILED, error="The page says no more than the feed.")
    view(place).show_article(page, Around(full=failed))
    assert "good company" in view(place).view.page_text() and view(place).texts.turn.isHidden()


def test_names_and_sizes_of_attachments() -> None:
    assert name_of(Attachment(url="https://pod.example/")) == "pod.example"
    assert [told_size(size) for size in (0, 300, 5000, 12_300_000)] == ["", "1 KB", "5 KB", "12 MB"]


def test_the_name_above_an_article_gives_way_where_there_is_little_room(qtbot: QtBot, world: World) -> None:
    shown = ArticleView(world.ctx.clock)
    qtbot.addWidget(shown)
    name = shown._source
    name.show_name("Notes & letters from the long harbour")
    shown.resize(900, 500)
    shown.show()
    qtbot.waitUntil(lambda: name.shown() == "Notes & letters from the long harbour")
    shown.resize(330, 500)
    qtbot.waitUntil(lambda: name.shown().endswith("…"))
    assert name.shown().startswith("Notes") and name.width() >= name.fontMetrics().horizontalAdvance(name.shown())
