from __future__ import annotations

import time
from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from pln.ui.theme import Theme
from pln.ui.widgets.list_view import ListView
from pln.ui.widgets.paged_model import PAGE, PAGES_KEPT, PagedModel
from pln.ui.widgets.row_look import RowLook, row_height

MILLION = 1_000_000


class Reader:
    def __init__(self) -> None:
        self.read: list[Sequence[int]] = []

    def fetch(self, ids: Sequence[int]) -> list[str | None]:
        self.read.append(ids)
        return [f"Person {n}" for n in ids]


def _look(name: str) -> RowLook:
    number = int(name.split()[-1])
    return RowLook(title=name, second="below" if number % 3 else "", section="Group" if number % 50 == 0 else "")


@pytest.fixture
def reader() -> Reader:
    return Reader()


@pytest.fixture
def view(qtbot: QtBot, theme: Theme, reader: Reader) -> ListView[str]:
    made = ListView("People", PagedModel(reader.fetch), _look)
    qtbot.addWidget(made)
    made.resize(320, 600)
    made.show()
    qtbot.waitExposed(made)
    return made


def test_the_model_keeps_qts_rules(qtmodeltester: ModelTester, qapp: object) -> None:
    model: PagedModel[str] = PagedModel(Reader().fetch)
    model.set_ids(range(250))
    qtmodeltester.check(model)


@given(st.lists(st.integers(0, 9999), min_size=1, max_size=60))
def test_any_way_of_looking_shows_the_same_rows_and_keeps_few_pages(numbers: list[int]) -> None:
    reader = Reader()
    model: PagedModel[str] = PagedModel(reader.fetch)
    model.set_ids(range(5, 10_005))
    assert [model.row(n) for n in numbers] == [f"Person {n + 5}" for n in numbers]
    assert len(model._pages) <= PAGES_KEPT
    assert all(len(ids) <= PAGE for ids in reader.read)


def test_a_million_rows_cost_what_is_in_sight(qtbot: QtBot, view: ListView[str], reader: Reader) -> None:
    began = time.perf_counter()
    view.set_ids(range(MILLION))
    view.repaint()
    for place in (0, 250_000, 999_999, 123_456):
        view.choose(place)
        view.repaint()
    assert time.perf_counter() - began < 1.0
    assert len(reader.read) <= 12


def test_the_last_row_ends_at_the_bottom_and_the_first_begins_at_the_top(view: ListView[str]) -> None:
    view.set_ids(range(MILLION))
    bar = view.verticalScrollBar()
    bar.setValue(bar.maximum())
    last = view.visualRect(view.model().index(MILLION - 1, 0))
    assert abs(last.bottom() + 1 - view.viewport().height()) <= 2
    bar.setValue(0)
    assert view.visualRect(view.model().index(0, 0)).top() == 0


def test_rows_touch_without_gaps_wherever_the_bar_stands(view: ListView[str]) -> None:
    view.set_ids(range(500))
    for value in range(0, view.verticalScrollBar().maximum(), 997):
        view.verticalScrollBar().setValue(value)
        spots = [spot for _number, spot in view._spots()]
        assert spots[0].top() <= 0 and spots[-1].bottom() >= view.viewport().height() - 2
        assert all(upper.bottom() + 1 == lower.top() for upper, lower in pairwise(spots))


def test_what_is_seen_is_what_is_clicked(qtbot: QtBot, view: ListView[str]) -> None:
    view.set_ids(range(1000))
    view.verticalScrollBar().setValue(300 * 60 + 31)
    chosen: list[int] = []
    view.chosen.connect(chosen.append)
    number, spot = view._spots()[4]
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=spot.center())
    assert chosen == [number] and view.indexAt(QPoint(5, spot.top() + 1)).row() == number


def test_keys_move_the_choice_into_sight(qtbot: QtBot, view: ListView[str]) -> None:
    view.set_ids(range(1000))
    opened: list[int] = []
    view.opened.connect(opened.append)
    view.choose(0)
    for _ in range(40):
        qtbot.keyClick(view, Qt.Key.Key_Down)
    assert view.chosen_id() == 40
    assert view.viewport().rect().contains(view.visualRect(view.currentIndex()).center())
    qtbot.keyClick(view, Qt.Key.Key_End)
    assert view.chosen_id() == 999
    qtbot.keyClick(view, Qt.Key.Key_PageUp)
    assert 980 <= (view.chosen_id() or 0) < 999
    qtbot.keyClick(view, Qt.Key.Key_Home)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert opened == [0]


def test_new_ids_keep_the_choice_and_tell_nobody(view: ListView[str]) -> None:
    view.set_ids(range(100))
    view.choose(40)
    chosen: list[int] = []
    view.chosen.connect(chosen.append)
    view.set_ids(range(20, 120))
    assert view.chosen_id() == 40 and chosen == []
    view.set_ids(range(200, 300))
    assert view.chosen_id() is None
    assert not view.choose(40)


def test_a_record_deleted_meanwhile_leaves_a_blank_row(qtbot: QtBot, theme: Theme) -> None:
    model: PagedModel[str] = PagedModel(lambda ids: [None if n == 1 else f"Person {n}" for n in ids])
    view = ListView("People", model, _look)
    qtbot.addWidget(view)
    view.set_ids((0, 1, 2))
    view.show()
    view.repaint()
    assert model.data(model.index(1)) == "" and model.data(model.index(2)) == "Person 2"


def test_an_empty_list_is_quiet(qtbot: QtBot, view: ListView[str]) -> None:
    view.set_ids(())
    for key in (Qt.Key.Key_Down, Qt.Key.Key_End, Qt.Key.Key_Return, Qt.Key.Key_PageDown):
        qtbot.keyClick(view, key)
    view.step(1)
    view.repaint()
    assert view.chosen_id() is None


def test_a_row_keeps_its_height_where_it_is_bold_no_more(theme: Theme) -> None:
    for letters in range(16, 60):
        new = RowLook(title="Walks " + "m" * letters, over="Tea", lines=2, strong=True)
        read = RowLook(title="Walks " + "m" * letters, over="Tea", lines=2, strong=False)
        assert row_height(new, 320) == row_height(read, 320), letters
