"""Today shown before the store is open, and what becomes of a click made too early."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from pln.services.context import Context
from pln.services.today import today_page
from pln.ui.place import PlaceId
from pln.ui.today.place import TodayPlace
from store_fixtures import TODAY
from ui.shell_double import ShellDouble


def kept_place(qtbot: QtBot, ctx: Context) -> TodayPlace:
    place = TodayPlace()
    qtbot.addWidget(place)
    place.show()
    place.show_kept(today_page(ctx))
    return place


def click(qtbot: QtBot, place: TodayPlace, text: str) -> None:
    found = next(each for each in place.cards[0].findChildren(QPushButton) if each.text() == text)
    qtbot.mouseClick(found, Qt.MouseButton.LeftButton)


def test_a_page_that_holds_is_not_computed_again(qtbot: QtBot, promised: Context, shell: ShellDouble) -> None:
    place = kept_place(qtbot, promised)
    shown = place.page
    place.begin(shell, holds=True)
    qtbot.waitUntil(lambda: shell.tasks.idle)
    assert place.page is shown
    place.mark_stale()
    qtbot.waitUntil(lambda: place.page is not shown)


def test_a_stale_page_is_followed_by_the_right_one(qtbot: QtBot, promised: Context, shell: ShellDouble) -> None:
    place = kept_place(qtbot, promised)
    old = replace(today_page(promised), steps=(), day=TODAY - timedelta(days=1))
    place.show_kept(old)
    assert not place.cards
    place.begin(shell, holds=False)
    qtbot.waitUntil(lambda: len(place.cards) == 1)


def test_an_early_answer_is_given_once_the_store_is_open(qtbot: QtBot, promised: Context, shell: ShellDouble) -> None:
    place = kept_place(qtbot, promised)
    click(qtbot, place, "Later")
    with promised.store.read() as work:
        assert work.responses.everything() == ()
    place.begin(shell, holds=True)

    def said() -> bool:
        with promised.store.read() as work:
            return len(work.responses.everything()) == 1

    qtbot.waitUntil(said)


def test_while_the_window_is_held_a_wanted_place_waits(qtbot: QtBot, shell: ShellDouble) -> None:
    window = shell.window()
    window.go(PlaceId.TODAY)
    window.hold()
    window.enter(PlaceId.PEOPLE)
    assert window.current() is PlaceId.TODAY
    window.release()
    assert window.current() is PlaceId.PEOPLE
    window.release()
    assert window.current() is PlaceId.PEOPLE
