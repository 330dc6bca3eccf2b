from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from pln.model.changes import Noun, Ref
from pln.model.search import Hit
from pln.ui.commands import Category, Command, CommandId, Registry
from pln.ui.palette import PaletteOverlay
from pln.ui.palette.rows import Group, fit, hit_rows
from pln.ui.theme import Theme

ANNA = Hit(ref=Ref(Noun.PERSON, 7), title="Anna Lindqvist", snippet="Community lead")
COFFEE = Hit(ref=Ref(Noun.MEETUP, 3), title="Coffee with Anna", snippet="her pilot", when="2026-11-12")
ENTRY = Hit(ref=Ref(Noun.ENTRY, 5), title="Start with the question", snippet="Anna said")


class SlowSource:
    """Keeps what is asked until the test lets it answer."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, Callable[[Sequence[Hit]], None]]] = []

    def ask(self, text: str, reply: Callable[[Sequence[Hit]], None]) -> None:
        self.asked.append((text, reply))


class Desk(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.ran: list[str] = []
        self.opened: list[Hit] = []
        self.source = SlowSource()
        self.registry = Registry()
        self.registry.add(
            self._command(CommandId.MEETUP_LOG, "Log a meetup", "Ctrl+M"),
            self._command(CommandId.JOURNAL_WRITE, "Write in the journal"),
            self._command(CommandId.PERSON_ADD, "Add a person"),
        )
        self.edit = QLineEdit()
        QVBoxLayout(self).addWidget(self.edit)
        self.resize(900, 700)
        self.palette_ = PaletteOverlay(self, self.registry, self.source, self.opened.append)

    def _command(self, which: CommandId, title: str, shortcut: str = "") -> Command:
        return Command(
            id=which,
            title=title,
            category=Category.GO,
            shortcut=shortcut,
            run=lambda: self.ran.append(which.value),
        )

    def titles(self) -> list[str]:
        return [shown.title for shown in self.palette_.rows()]


@pytest.fixture
def desk(qtbot: QtBot, theme: Theme) -> Desk:
    made = Desk()
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    made.edit.setFocus()
    qtbot.waitUntil(made.edit.hasFocus)
    made.palette_.open()
    return made


def test_empty_it_shows_the_useful_commands_and_the_last_one_first(qtbot: QtBot, desk: Desk) -> None:
    assert desk.titles() == ["Log a meetup", "Write in the journal", "Add a person"]
    qtbot.keyClick(desk.palette_.field, Qt.Key.Key_Up)
    qtbot.keyClick(desk.palette_.field, Qt.Key.Key_Down)
    qtbot.keyClick(desk.palette_.field, Qt.Key.Key_Down)
    qtbot.keyClick(desk.palette_.field, Qt.Key.Key_Return)
    assert desk.ran == ["person.add"] and not desk.palette_.isVisible()
    desk.palette_.open()
    assert desk.titles()[0] == "Add a person"


def test_found_records_come_grouped_before_commands(qtbot: QtBot, desk: Desk) -> None:
    qtbot.keyClicks(desk.palette_.field, "a")
    desk.source.asked[-1][1]([ENTRY, COFFEE, ANNA])
    assert desk.titles() == ["Anna Lindqvist", "Coffee with Anna", "Start with the question", "Add a person",
                             "Log a meetup"]  # fmt: skip
    assert [shown.group for shown in desk.palette_.rows()][:3] == [Group.PEOPLE, Group.MEETUPS, Group.JOURNAL]
    qtbot.keyClick(desk.palette_.field, Qt.Key.Key_Down)
    qtbot.keyClick(desk.palette_.field, Qt.Key.Key_Return)
    assert desk.opened == [COFFEE]


def test_an_overtaken_reply_is_dropped(qtbot: QtBot, desk: Desk) -> None:
    qtbot.keyClicks(desk.palette_.field, "an")
    (_, first), (_, second) = desk.source.asked
    second([ANNA])
    first([ENTRY])
    assert "Anna Lindqvist" in desk.titles() and "Start with the question" not in desk.titles()


def test_what_no_longer_fits_cannot_be_taken_while_the_answer_is_awaited(qtbot: QtBot, desk: Desk) -> None:
    qtbot.keyClicks(desk.palette_.field, "s")
    desk.source.asked[-1][1]([ENTRY, ANNA])
    qtbot.keyClicks(desk.palette_.field, "t")
    assert desk.titles() == ["Start with the question"]


def test_a_reply_after_closing_changes_nothing(qtbot: QtBot, desk: Desk) -> None:
    qtbot.keyClicks(desk.palette_.field, "an")
    qtbot.keyClick(desk.palette_.field, Qt.Key.Key_Escape)
    before = desk.titles()
    desk.source.asked[-1][1]([ENTRY])
    assert desk.titles() == before and not desk.palette_.isVisible()


def test_escape_gives_the_focus_back(qtbot: QtBot, desk: Desk) -> None:
    assert desk.palette_.field.hasFocus()
    qtbot.keyClick(desk.palette_.field, Qt.Key.Key_Escape)
    assert not desk.palette_.isVisible() and desk.edit.hasFocus()


def test_nothing_found_says_so_and_enter_does_nothing(qtbot: QtBot, desk: Desk) -> None:
    qtbot.keyClicks(desk.palette_.field, "zzz")
    desk.source.asked[-1][1]([])
    qtbot.keyClick(desk.palette_.field, Qt.Key.Key_Return)
    assert desk.titles() == [] and desk.palette_.isVisible()


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("log", "Log a meetup", 0),
        ("meet", "Log a meetup", 2),
        ("lo me", "Log a meetup", 0),
        ("me lo", "Log a meetup", 12),
        ("tomas", "Tomás Ríos", 0),
        ("eet", "Log a meetup", None),
        ("", "Log a meetup", None),
    ],
)
def test_how_words_fit(text: str, words: str, expected: int | None) -> None:
    assert fit(text, words) == expected


def test_a_group_shows_at_most_six() -> None:
    many = [Hit(ref=Ref(Noun.PERSON, n), title=f"Person {n}", snippet="") for n in range(50)]
    assert len(hit_rows(many, lambda _hit: None)) == 6
