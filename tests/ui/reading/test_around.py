"""Around an article: the feeds that tell the same, what it said before, its page's own text; and removing it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from feed_server import FeedServer, Reply
from pln.model.differences import Kept, Piece
from pln.model.feed import ParsedEntry
from pln.model.offline import FullState
from pln.services.offline import full_text
from pln.services.page_look import oldest_first, page_look
from pln.services.reading import Shelf, article_ids
from pln.services.refreshing import allow_place
from pln.sources.flight import Asked, switch_flight
from pln.ui.reading import page_style
from pln.ui.reading.around import around
from pln.ui.reading.changes_dialog import ChangesDialog, shortened
from pln.ui.reading.look_panel import LookPanel
from pln.ui.reading.place import ReadingPlace
from pln.ui.settings.reading_section import ReadingSection
from store_fixtures import entry_of
from ui.reading.filled import World, fill
from ui.reading.test_keys import key

PAGE = " ".join(f"In the long run the orchard answers, wrote the gardener in line {n}." for n in range(80))


def told(text: str, **more: object) -> ParsedEntry:
    html = "".join(f"<p>{part}</p>" for part in text.split("\n"))
    return entry_of("told", title="The bridge opens", html=html, text=text, **more)  # type: ignore[arg-type]


@pytest.fixture
def filled(world: World) -> dict[str, int]:
    return fill(world.ctx)


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    yield
    page_style.put(page_style.PageLook())
    for each in Asked:
        switch_flight(False, each)


def take_in(world: World, feed: int, entry: ParsedEntry) -> int:
    with world.ctx.write("") as work:
        work.articles.take_in(feed, [entry])
        found = work.articles.by_guid(feed, entry.guid)
    assert found is not None
    return found


def open_in(qtbot: QtBot, place: ReadingPlace, feed: int, article: int) -> None:
    place.choose_shelf(Shelf(feed_id=feed), then=article)
    qtbot.waitUntil(lambda: place.desk.open_id == article)


def test_the_same_story_names_the_other_feeds_and_leads_there(
    qtbot: QtBot, world: World, filled: dict[str, int], reading: Callable[[], ReadingPlace]
) -> None:
    same = told("The bridge opens on Monday. " * 12, url="https://bridge.example/opens")
    first = take_in(world, filled["guide"], same)
    for other in ("desk", "aloud"):
        take_in(world, filled[other], same)
    place = reading()
    row = place.articles.row(first)
    assert row is not None and row.twins == 2
    assert place.articles._row_look(row).over.endswith("+2")
    assert "also in 2 more" in place.articles._spoken(row)
    open_in(qtbot, place, filled["guide"], first)
    links = place.desk.view.also.links
    assert {link.accessibleName() for link in links} == {
        "The same story in The quiet desk", "The same story in Learning out loud",
    }  # fmt: skip
    assert place.desk.view.also.isVisible()
    next(link for link in links if "desk" in link.accessibleName()).click()
    qtbot.waitUntil(lambda: place.listed_feed == filled["desk"])


def test_the_same_story_by_a_voice_names_the_person_with_the_feed(
    qtbot: QtBot, world: World, filled: dict[str, int], reading: Callable[[], ReadingPlace]
) -> None:
    same = told("The bridge opens on Monday. " * 12, url="https://bridge.example/opens")
    first = take_in(world, filled["guide"], same)
    for other in ("edges", "kwame", "desk"):
        take_in(world, filled[other], same)
    place = reading()
    open_in(qtbot, place, filled["guide"], first)
    names = {link.text() for link in place.desk.view.also.links}
    assert names == {"Elin Berg · Edges", "Kwame Owusu", "The quiet desk"}
    also = place.desk.view.also
    rest = around(world.ctx, place.desk.view.page.article).sources  # type: ignore[union-attr]
    menu = also.menu_of(rest, also.links[0])
    assert "Elin Berg · Edges" in {action.text() for action in menu.actions()}
    menu.close()


def test_an_article_of_one_feed_says_nothing(
    qtbot: QtBot, filled: dict[str, int], reading: Callable[[], ReadingPlace]
) -> None:
    place = reading()
    key(qtbot, Qt.Key.Key_J)
    assert place.desk.view.also.isHidden() and place.desk.view.texts.changes.isHidden()
    place.desk.show_changes()
    assert not [each for each in QApplication.topLevelWidgets() if isinstance(each, ChangesDialog)]


def test_what_changed_is_shown(
    qtbot: QtBot, world: World, filled: dict[str, int], reading: Callable[[], ReadingPlace]
) -> None:
    record = take_in(world, filled["guide"], told("The bridge opens on Monday."))
    take_in(world, filled["guide"], replace(told("The bridge opens on Friday."), title="The bridge waits"))
    place = reading()
    open_in(qtbot, place, filled["guide"], record)
    texts = place.desk.view.texts
    assert texts.text().startswith("Edited on") and texts.changes.isVisible()
    texts.changes.click()
    (dialog,) = place.window().findChildren(ChangesDialog)
    qtbot.waitUntil(lambda: "Friday" in dialog.text.toPlainText())
    assert dialog.text.toPlainText() == "The bridge opens on MondayFriday."
    assert dialog.title.text() == "The title was: The bridge opens"
    assert looks(dialog) == {"Monday": (True, False), "Friday": (False, True)}
    dialog.reject()


def looks(dialog: ChangesDialog) -> dict[str, tuple[bool, bool]]:
    """Words that are struck out or underlined."""
    found = {}
    for word in ("The bridge", "Monday", "Friday"):
        cursor = dialog.text.document().find(word)
        font: QFont = cursor.charFormat().font()
        if font.strikeOut() or font.underline():
            found[word] = (font.strikeOut(), font.underline())
    return found


def test_long_passages_without_a_change_are_cut() -> None:
    same, word = Piece(Kept.SAME, "tea and honey " * 100), Piece(Kept.NEW, "milk")
    before, changed, after = shortened([same, word, same])
    assert changed == word
    assert before.text.startswith("[…] ") and before.text.endswith("honey ") and len(before.text) < 200
    assert after.text.startswith("tea and") and after.text.endswith(" […] ") and len(after.text) < 200
    assert list(shortened([Piece(Kept.SAME, "short")])) == [Piece(Kept.SAME, "short")]


@pytest.fixture
def with_page(world: World, filled: dict[str, int], server: FeedServer) -> int:
    """An article whose page the server has."""
    html = {"Content-Type": "text/html"}
    server.routes["/page"] = lambda request: Reply(200, html, f"<article><h1>Opens</h1><p>{PAGE}</p>".encode())
    allow_place(world.ctx, *server.allow)
    return take_in(world, filled["guide"], told("The bridge opens on Monday.", url=server.url("/page")))


def test_the_full_text_is_got_by_hand(
    qtbot: QtBot, world: World, filled: dict[str, int], with_page: int, reading: Callable[[], ReadingPlace]
) -> None:
    place = reading()
    open_in(qtbot, place, filled["guide"], with_page)
    view = place.desk.view
    assert view.texts.ask.isVisible() and view.texts.ask.text() == "Get the full text"
    key(qtbot, Qt.Key.Key_F)
    assert view.texts.text().startswith("Fetching") and not view.texts.ask.isEnabled()
    qtbot.waitUntil(lambda: "orchard answers" in view.view.page_text(), timeout=30_000)
    assert view.texts.turn.text() == "Show the feed's text" and view.texts.ask.isHidden()
    key(qtbot, Qt.Key.Key_F)
    assert "opens on Monday" in view.view.page_text() and "orchard" not in view.view.page_text()


def test_a_page_that_fails_says_why_and_can_be_tried_again(
    qtbot: QtBot, world: World, filled: dict[str, int], with_page: int, server: FeedServer,
    reading: Callable[[], ReadingPlace],
) -> None:  # fmt: skip
    good = server.routes["/page"]
    server.routes["/page"] = lambda request: Reply(404, {}, b"")
    place = reading()
    open_in(qtbot, place, filled["guide"], with_page)
    texts = place.desk.view.texts
    texts.ask.click()
    qtbot.waitUntil(lambda: texts.ask.isEnabled() and texts.ask.text() == "Try again", timeout=30_000)
    assert texts.text() and not texts.text().startswith("Fetching")
    server.routes["/page"] = good
    texts.ask.click()
    qtbot.waitUntil(lambda: "orchard answers" in place.desk.view.view.page_text(), timeout=30_000)


def test_in_flight_mode_the_wish_is_kept(
    qtbot: QtBot, world: World, filled: dict[str, int], with_page: int, server: FeedServer,
    reading: Callable[[], ReadingPlace],
) -> None:  # fmt: skip
    place = reading()
    world.program.toggle_flight()  # type: ignore[union-attr]
    open_in(qtbot, place, filled["guide"], with_page)
    key(qtbot, Qt.Key.Key_F)
    qtbot.waitUntil(lambda: "next refresh" in place.desk.view.texts.text(), timeout=30_000)
    found = full_text(world.ctx, with_page)
    assert found is not None and found.state is FullState.WANTED
    assert server.counts.total() == 0


def test_delete_removes_the_article_and_undo_brings_it_back(
    qtbot: QtBot, world: World, filled: dict[str, int], reading: Callable[[], ReadingPlace]
) -> None:
    place = reading()
    place.focus_first()
    key(qtbot, Qt.Key.Key_J)
    first, second = place.articles.ids()[:2]
    assert place.desk.open_id == first
    key(qtbot, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: place.articles.chosen_id() == second)
    assert place.desk.open_id is None, "nothing is opened unasked"
    assert second in article_ids(world.ctx, Shelf(unread=True)) and second in place.desk.unread
    assert first not in place.articles.ids() and first not in article_ids(world.ctx, Shelf())
    assert any("was removed" in text for text in world.window.toasts.texts())
    world.program.take_back()  # type: ignore[union-attr]
    qtbot.waitUntil(lambda: first in article_ids(world.ctx, Shelf()))
    place.choose_shelf(Shelf())
    qtbot.waitUntil(lambda: first in place.articles.ids())


def test_delete_again_removes_the_next_one_unread_as_it_is(
    qtbot: QtBot, world: World, filled: dict[str, int], reading: Callable[[], ReadingPlace]
) -> None:
    place = reading()
    key(qtbot, Qt.Key.Key_J)
    ids = tuple(place.articles.ids())
    for number in range(3):
        key(qtbot, Qt.Key.Key_Delete)
        qtbot.waitUntil(lambda number=number: place.articles.chosen_id() == ids[number + 1])
    assert set(ids[3:]) == set(article_ids(world.ctx, Shelf(unread=True)))


@pytest.mark.parametrize("go_on", ["J", "N", "Space", "Enter", "click"])
def test_what_is_pointed_at_is_opened_by_whatever_reads_on(
    qtbot: QtBot, world: World, filled: dict[str, int], reading: Callable[[], ReadingPlace], go_on: str
) -> None:
    place = reading()
    for _ in range(3):
        key(qtbot, Qt.Key.Key_J)
    below = place.articles.ids()[3]
    key(qtbot, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: place.articles.pointed_id() == below)
    if go_on == "click":
        spot = place.articles.visualRect(place.articles.currentIndex()).center()
        qtbot.mouseClick(place.articles.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    else:
        key(qtbot, {"Enter": Qt.Key.Key_Return}.get(go_on) or getattr(Qt.Key, f"Key_{go_on}"))
    assert place.desk.open_id == below
    assert place.articles.pointed_id() is None
    key(qtbot, Qt.Key.Key_J)
    assert place.desk.open_id == place.articles.ids()[3], "and so on from there"


def test_going_up_from_what_is_pointed_at(
    qtbot: QtBot, world: World, filled: dict[str, int], reading: Callable[[], ReadingPlace]
) -> None:
    place = reading()
    for _ in range(3):
        key(qtbot, Qt.Key.Key_J)
    above = place.articles.ids()[1]
    key(qtbot, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: place.articles.pointed_id() is not None)
    key(qtbot, Qt.Key.Key_K)
    assert place.desk.open_id == above
    assert place.articles.pointed_id() is None


def test_delete_in_the_feed_list_removes_no_article(
    qtbot: QtBot, world: World, filled: dict[str, int], reading: Callable[[], ReadingPlace]
) -> None:
    place = reading()
    key(qtbot, Qt.Key.Key_J)
    before = article_ids(world.ctx, Shelf())
    place.feed_pane.list.setFocus()
    key(qtbot, Qt.Key.Key_Delete)
    world.tasks.write(lambda: None).result()
    assert article_ids(world.ctx, Shelf()) == before


def test_the_last_article_removed_leaves_the_page_empty(
    qtbot: QtBot, world: World, filled: dict[str, int], reading: Callable[[], ReadingPlace]
) -> None:
    place = reading()
    (only,) = article_ids(world.ctx, Shelf(feed_id=filled["kwame"]))
    open_in(qtbot, place, filled["kwame"], only)
    place.articles.setFocus()
    key(qtbot, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: place.desk.open_id is None and place.articles.ids() == ())


def test_the_menu_of_a_feed_turns_its_order(
    qtbot: QtBot, world: World, filled: dict[str, int], reading: Callable[[], ReadingPlace]
) -> None:
    place = reading()
    guide, desk = Shelf(feed_id=filled["guide"]), Shelf(feed_id=filled["desk"])
    place.choose_shelf(guide)
    newest = article_ids(world.ctx, guide)
    qtbot.waitUntil(lambda: place.articles.ids() == newest)
    choose(place, guide, "List the oldest first")
    qtbot.waitUntil(lambda: tuple(place.articles.ids()) == newest[::-1])
    choose(place, desk, "List the oldest first")
    qtbot.waitUntil(lambda: oldest_first(world.ctx) == {f"feed {filled[one]}" for one in ("guide", "desk")})
    assert place.shelf == guide
    choose(place, guide, "List the newest first")
    qtbot.waitUntil(lambda: tuple(place.articles.ids()) == newest)


def choose(place: ReadingPlace, shelf: Shelf, words: str) -> None:
    line = next(each for each in place.feed_pane.list.lines() if each.shelf == shelf)
    menu = place.feed_menu.show_for(line, QPoint(0, 0))
    next(action for action in menu.actions() if action.text() == words).trigger()
    menu.close()


def test_settings_open_the_same_panel_and_the_page_follows(
    qtbot: QtBot, world: World, filled: dict[str, int], reading: Callable[[], ReadingPlace]
) -> None:
    place = reading()
    key(qtbot, Qt.Key.Key_J)
    section = ReadingSection(world.program)  # type: ignore[arg-type]
    qtbot.addWidget(section)
    before = page_style.style().size
    section.look.click()
    (panel,) = section.findChildren(LookPanel)
    panel.larger.click()
    qtbot.waitUntil(lambda: page_look(world.ctx).size > 100)
    assert page_style.style().size > before
    qtbot.waitUntil(lambda: page_style.style().size == shown_size(place))
    panel.close()


def shown_size(place: ReadingPlace) -> int:
    """Pixels of the text on the page."""
    page = place.desk.view.view.document()
    sizes = [page.findBlockByNumber(number).charFormat().font().pixelSize() for number in range(page.blockCount())]
    return max(sizes, key=sizes.count)
