"""The order of a list: the newest or the oldest first, and the best match while something is looked for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from pytestqt.qtbot import QtBot

from pln.services.page_look import oldest_first
from pln.ui.reading.place import ReadingPlace
from pln.ui.reading.shelves import FITTING
from store_fixtures import NOW, entry_of
from ui.reading.filled import World, fill

LONG = " ".join(["the weather, the road and the harbour"] * 30)


@pytest.fixture
def found(world: World) -> tuple[int, int, int]:
    """Three articles about samovars, newest first; the middle one speaks most of them."""
    feed = fill(world.ctx)["aloud"]
    texts = (f"a samovar, {LONG}", "samovar beside samovar, and a samovar", f"{LONG}, a samovar and a samovar")
    with world.ctx.write("") as work:
        entries = [
            entry_of(f"s{number}", title=f"Leaf {number}", text=text, published=NOW - timedelta(days=9 + number))
            for number, text in enumerate(texts)
        ]
        work.articles.take_in(feed, entries)
        one, two, three = (work.articles.by_guid(feed, each.guid) for each in entries)
    assert one and two and three
    return one, two, three


@pytest.fixture
def place(found: tuple[int, int, int], reading: Callable[[], ReadingPlace]) -> ReadingPlace:
    return reading()


def actions(place: ReadingPlace) -> dict[str, QAction]:
    menu = place.article_pane.order.open_menu()
    made = {action.text(): action for action in menu.actions()}
    menu.hide()
    return made


def look_for(qtbot: QtBot, place: ReadingPlace, words: str) -> None:
    place.open_search()
    qtbot.keyClicks(place.article_pane.field, words)


def listed(place: ReadingPlace) -> tuple[int, ...]:
    return tuple(place.articles.ids())


def test_the_best_match_first_for_one_search(
    qtbot: QtBot, world: World, place: ReadingPlace, found: tuple[int, int, int]
) -> None:
    one, two, three = found
    everything = listed(place)
    look_for(qtbot, place, "samovar")
    qtbot.waitUntil(lambda: listed(place) == (one, two, three))
    offered = actions(place)
    assert list(offered) == ["Newest first", "Oldest first", "Best match first"]
    assert [text for text, action in offered.items() if action.isChecked()] == ["Newest first"]
    offered["Best match first"].trigger()
    qtbot.waitUntil(lambda: listed(place) == (two, three, one))
    assert [text for text, action in actions(place).items() if action.isChecked()] == ["Best match first"]
    assert oldest_first(world.ctx) == frozenset()
    place.step_back()
    qtbot.waitUntil(lambda: listed(place) == everything)
    look_for(qtbot, place, "samovar")
    qtbot.waitUntil(lambda: listed(place) == (one, two, three), timeout=5000)


def test_without_words_there_is_no_best_match(
    qtbot: QtBot, world: World, place: ReadingPlace, found: tuple[int, int, int]
) -> None:
    everything = listed(place)
    place.open_search()
    offered = actions(place)
    assert list(offered) == ["Newest first", "Oldest first"]
    offered["Oldest first"].trigger()
    qtbot.waitUntil(lambda: listed(place) == tuple(reversed(everything)))
    qtbot.waitUntil(lambda: oldest_first(world.ctx) == {"unread"})
    look_for(qtbot, place, "samovar")
    qtbot.waitUntil(lambda: listed(place) == tuple(reversed(found)))
    actions(place)["Best match first"].trigger()
    qtbot.waitUntil(lambda: listed(place) == (found[1], found[2], found[0]))
    qtbot.keyClick(place.article_pane.field, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: listed(place) == tuple(reversed(everything)))
    assert oldest_first(world.ctx) == {"unread"}, "as it was before"


def test_turning_the_order_leads_back_from_the_best_match(
    qtbot: QtBot, place: ReadingPlace, found: tuple[int, int, int]
) -> None:
    look_for(qtbot, place, "samovar")
    qtbot.waitUntil(lambda: listed(place) == found)
    actions(place)["Best match first"].trigger()
    qtbot.waitUntil(lambda: listed(place) == (found[1], found[2], found[0]))
    place.turn_order()
    qtbot.waitUntil(lambda: listed(place) == found)
    place.turn_order()
    qtbot.waitUntil(lambda: listed(place) == tuple(reversed(found)))


def test_what_fits_somebody_stands_in_its_own_order(place: ReadingPlace) -> None:
    assert [words for _, words in place.order.offers(FITTING, "")] == ["Best fit first"]
    assert [words for _, words in place.order.offers(FITTING, "tea")] == ["Best fit first", "Best match first"]
