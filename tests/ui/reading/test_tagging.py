"""Tags of an article in the window: given by key, seen above it, a way to all that has them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pln.services.article_tags import article_tags, tag_article
from pln.services.reading import Shelf, change_feed
from pln.ui.commands import CommandId
from pln.ui.reading.place import ReadingPlace
from pln.ui.reading.tagging import TagDialog
from ui.reading.filled import World, fill


@pytest.fixture
def place(world: World, reading: Callable[[], ReadingPlace]) -> ReadingPlace:
    fill(world.ctx)
    made = reading()
    made.articles.choose(made.articles.ids()[0])
    return made


def links(place: ReadingPlace) -> list[str]:
    return [each.text() for each in place.desk.view.tags.links]


def dialog() -> TagDialog:
    found = QApplication.activeModalWidget()
    assert isinstance(found, TagDialog)
    return found


def test_given_by_key_seen_and_taken_back(qtbot: QtBot, world: World, place: ReadingPlace) -> None:
    record = place.desk.open_id
    assert record is not None and place.desk.view.tags.isHidden()
    qtbot.keyClick(place.articles, Qt.Key.Key_T)
    asked = dialog()
    qtbot.keyClicks(asked.tags.edit, "weak ties,pilot")
    asked.accept()
    qtbot.waitUntil(lambda: links(place) == ["pilot", "weak ties"])
    assert article_tags(world.ctx, record) == ("pilot", "weak ties")
    assert place.desk.view.tags.isVisible()
    assert "Tagged" in world.window.toasts.texts()
    assert world.program is not None
    world.program.take_back()
    qtbot.waitUntil(lambda: links(place) == [] and place.desk.view.tags.isHidden())


def test_those_of_its_feed_are_shown_and_lead_to_all_that_has_them(
    qtbot: QtBot, world: World, place: ReadingPlace
) -> None:  # fmt: skip
    first, second = place.articles.ids()[:2]
    feed = place.articles.row(first)
    assert feed is not None
    change_feed(world.ctx, feed.feed_id, lambda each: replace(each, tags=("edges",)))
    tag_article(world.ctx, second, ["edges"])
    place.articles.choose(second)
    assert links(place) == ["edges"]
    place.desk.view.tags.links[0].click()
    qtbot.waitUntil(lambda: place.shelf == Shelf(tag="edges") and len(place.articles.ids()) == 3)
    assert {first, second} < set(place.articles.ids())
    assert place.article_pane.heading() == "Tagged “edges”"
    place.choose_shelf(Shelf(unread=True))
    qtbot.waitUntil(lambda: place.article_pane.heading() == "")


def test_of_one_that_is_not_open(qtbot: QtBot, world: World, place: ReadingPlace) -> None:
    first, second = place.articles.ids()[:2]
    menu = place.article_menu.show_for(second, place.mapToGlobal(place.rect().center()))
    assert menu is not None
    menu.close()
    next(each for each in menu.actions() if each.text() == "Tags…").trigger()
    asked = dialog()
    qtbot.keyClicks(asked.tags.edit, "pilot")
    asked.accept()
    qtbot.waitUntil(lambda: article_tags(world.ctx, second) == ("pilot",))
    assert place.desk.open_id == first and links(place) == []


def test_it_stands_in_the_palette_while_an_article_is_open(world: World, place: ReadingPlace) -> None:
    command = world.registry.get(CommandId.READING_TAGS)
    assert world.registry.may_run(command)
    place.desk.close_article()
    assert not world.registry.may_run(command)
