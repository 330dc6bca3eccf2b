from __future__ import annotations

import gc

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QMenu
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from pln.ui.main_window import MainWindow
from pln.ui.place import PlaceId
from pln.ui.theme import Mode, Theme
from pln.ui.widgets.labels import label
from ui.shell.gallery import EmptyPlace, build


def test_places_are_made_when_first_shown(window: MainWindow) -> None:
    assert window._places == {}
    window.go(PlaceId.READING)
    assert set(window._places) == {PlaceId.READING}


def test_a_place_refreshes_when_seen_and_stale_only(qtbot: QtBot, window: MainWindow) -> None:
    reading = window.go(PlaceId.READING)
    assert isinstance(reading, EmptyPlace) and reading.refreshed == 1
    window.go(PlaceId.JOURNAL)
    window.mark_stale({PlaceId.READING, PlaceId.NETWORK})
    window.mark_stale({PlaceId.READING})
    assert reading.refreshed == 1
    window.go(PlaceId.READING)
    assert reading.refreshed == 2
    window.mark_stale({PlaceId.READING})
    assert reading.refreshed == 3


def test_back_goes_the_way_one_came(window: MainWindow) -> None:
    for place in (PlaceId.TODAY, PlaceId.JOURNAL, PlaceId.READING):
        window.go(place)
    window.back()
    assert window.current() is PlaceId.JOURNAL
    window.back()
    window.back()
    assert window.current() is PlaceId.TODAY
    assert window.rail.items[PlaceId.TODAY].isChecked()


def test_places_stay_out_of_sight_until_wanted(window: MainWindow) -> None:
    window.set_visible_places({PlaceId.TODAY, PlaceId.PEOPLE})
    assert not window.rail.items[PlaceId.NETWORK].isVisible()
    window.go(PlaceId.NETWORK)
    assert window.rail.items[PlaceId.NETWORK].isVisible()


def test_the_title_tells_nothing(window: MainWindow) -> None:
    window.go(PlaceId.PEOPLE)
    assert window.windowTitle() == "PLN"


def test_work_is_shown_and_can_be_cancelled(qtbot: QtBot, window: MainWindow) -> None:
    cancelled: list[str] = []
    assert not window.status.isVisible()
    feeds = window.status.start("Refreshing 12 feeds", lambda: cancelled.append("feeds"))
    backup = window.status.start("Writing a backup")
    assert not window.status._cancel.isVisible() and window.status._count.text() != ""
    backup.finish()
    feeds.progress(3, 12)
    assert (window.status._bar.value(), window.status._bar.maximum()) == (3, 12)
    qtbot.mouseClick(window.status._cancel, Qt.MouseButton.LeftButton)
    assert cancelled == ["feeds"] and not window.status._cancel.isEnabled()
    feeds.finish()
    feeds.finish()
    assert not window.status.isVisible()


def test_a_toast_brings_back_and_goes_away(qtbot: QtBot, window: MainWindow) -> None:
    undone: list[int] = []
    toast = window.toasts.show_undo("Removed Anna Lindqvist.", lambda: undone.append(1))
    assert toast.timer.interval() == 10_000 and toast.button is not None
    qtbot.mouseClick(toast.button, Qt.MouseButton.LeftButton)
    assert undone == [1] and window.toasts.texts() == []
    window.toasts.show("Saved.", seconds=0.02)
    qtbot.waitUntil(lambda: window.toasts.texts() == [])


def test_the_same_is_not_said_twice_at_once(window: MainWindow) -> None:
    for _ in range(3):
        window.toasts.show("Flight mode is on.")
    assert window.toasts.texts() == ["Flight mode is on."]
    for _ in range(2):
        window.toasts.show_undo("The article was removed", lambda: None)
    assert window.toasts.texts().count("The article was removed") == 2, "each has something of its own to bring back"


def test_at_most_three_toasts_stand_inside_the_window(window: MainWindow) -> None:
    shown = [window.toasts.show(f"Message {n}. " + "long " * 30) for n in range(5)]
    assert len(window.toasts.texts()) == 3
    assert all(window.rect().contains(toast.geometry()) for toast in shown[2:])


def test_a_toast_shows_names_as_they_are(window: MainWindow) -> None:
    toast = window.toasts.show("Removed <img src='file:///etc/hostname'>")
    assert all(found.textFormat() is Qt.TextFormat.PlainText for found in toast.findChildren(type(label(""))))


@pytest.mark.parametrize("size", [(1360, 860), (1024, 700)])
def test_the_window_fits(qtbot: QtBot, window: MainWindow, size: tuple[int, int]) -> None:
    window.resize(*size)
    window.go(PlaceId.TODAY)
    QApplication.processEvents()
    assert window.size().toTuple() == size
    assert window.topbar.write.geometry().right() <= window.topbar.width()
    assert window.topbar.search.geometry().right() < window.topbar.log.geometry().left()


def test_everything_that_can_be_pressed_or_typed_in_has_a_name(window: MainWindow) -> None:
    window.go(PlaceId.TODAY)
    window.go(PlaceId.PEOPLE)
    nameless = [
        widget
        for kind in (QAbstractButton, QLineEdit)
        for widget in window.findChildren(kind)
        if not (widget.accessibleName() or widget.objectName().startswith("qt_")) and not _inside_qt(widget)
    ]
    assert nameless == []


def test_welcome_pages_stand_alone(window: MainWindow) -> None:
    window.go(PlaceId.TODAY)
    page = label("Why do you want a learning network?", "display")
    window.show_bare(page)
    assert page.isVisible() and not window.topbar.search.isVisible() and not window.rail.settings.isVisible()
    window.end_bare(page)
    assert window.topbar.search.isVisible() and window.rail.items[PlaceId.TODAY].isVisible()


def test_geometry_is_kept(qtbot: QtBot, window: MainWindow, theme: Theme) -> None:
    window.resize(770, 610)  # the offscreen display is small
    other = build(theme)
    qtbot.addWidget(other)
    other.restore_geometry(window.geometry_bytes())
    assert other.size() == window.size()


def test_nothing_is_left_behind(qapp: QApplication, theme: Theme) -> None:
    before, ticking = set(qapp.topLevelWidgets()), active_timers()
    window = build(theme)
    window.show()
    for place in PlaceId:
        window.go(place)
    window.palette_overlay.open("an")
    window.toasts.show_undo("Removed.", lambda: None)
    window.status.start("Refreshing")
    theme.set_mode(Mode.DARK)
    theme.set_scale(1.5)
    window.close()
    window.deleteLater()
    for _ in range(3):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QCoreApplication.processEvents()
    del window
    gc.collect()
    left = [widget for widget in qapp.topLevelWidgets() if widget not in before and not isinstance(widget, QMenu)]
    assert left == [] and [timer for timer in active_timers() if timer not in ticking] == []


def active_timers() -> list[QTimer]:
    """Those of Python's that tick now; another test may have left its own to an object not yet collected."""
    found = [each for each in gc.get_objects() if isinstance(each, QTimer)]
    return [timer for timer in found if isValid(timer) and timer.isActive()]


def _inside_qt(widget: QAbstractButton | QLineEdit) -> bool:
    """The parts that Qt puts into its own fields and scroll bars."""
    parent = widget.parent()
    return (parent is not None and type(parent).__module__.startswith("pln.ui.widgets.date_field")) or (
        type(parent).__module__.startswith("PySide6") and isinstance(widget.parent(), QLineEdit)
    )  # fmt: skip
