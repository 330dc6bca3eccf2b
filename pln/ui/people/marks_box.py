"""The promises of a meetup with their boxes, what was learned, and what to ask next time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHBoxLayout, QWidget

from pln.model.marks import Mark, MarkKind, MarkState
from pln.suggest.reasons import duration
from pln.ui.people.wrapped_button import TickBox
from pln.ui.widgets.boxes import Grow, Item, column, row
from pln.ui.widgets.cards import card
from pln.ui.widgets.chips import chip
from pln.ui.widgets.labels import IconLabel, escape, rich

OnTick = Callable[[Mark, bool], object]


def marks_items(marks: Sequence[Mark], today: date, ticked: OnTick) -> list[Item]:
    """A card of promises, then a line for each lesson and each question; nothing for none."""
    promises = [mark for mark in marks if mark.kind.is_promise]
    items: list[Item] = [promises_card(promises, today, ticked)] if promises else []
    items += [_line(mark) for mark in marks if mark.kind is MarkKind.LESSON]
    items += [_line(mark) for mark in marks if mark.kind is MarkKind.QUESTION and mark.state is MarkState.OPEN]
    return items


def promises_card(promises: Sequence[Mark], today: date, ticked: OnTick) -> QWidget:
    """One box for each promise; ticking it calls `ticked` with the mark and whether it is done."""
    made = card(column(*(_promise(mark, today, ticked) for mark in promises), spacing=8), padded=False)
    layout = made.layout()
    assert layout is not None
    layout.setContentsMargins(14, 10, 14, 10)
    made.setAccessibleName(_tr("Promises"))
    return made


def _promise(mark: Mark, today: date, ticked: OnTick) -> QHBoxLayout:
    mine = mark.kind is MarkKind.MINE
    text = mark.text if mine or not mark.who else f"{mark.who}: {mark.text}"
    closed = mark.state is not MarkState.OPEN
    box = TickBox(text, mine=mine, done=closed, name=_said(mark, text))
    box.setObjectName(f"mark-{mark.id}")
    box.toggled.connect(lambda done: ticked(mark, done))
    return row(Grow(box), *_chip(mark, today), spacing=12, top=True)


def _chip(mark: Mark, today: date) -> list[QWidget]:
    if mark.state is MarkState.LET_GO:
        return [chip(_tr("let go"))]
    if mark.state is MarkState.DONE:
        return []
    since = duration((today - mark.made_on).days) if mark.made_on < today else _tr("today")
    if mark.kind is MarkKind.MINE:
        return [chip(_tr("you · %1").replace("%1", since), "amber")]
    return [chip(since)]


def _said(mark: Mark, text: str) -> str:
    whose = _tr("Your promise: %1") if mark.kind is MarkKind.MINE else _tr("Promised to you: %1")
    return whose.replace("%1", text)


def _line(mark: Mark) -> QHBoxLayout:
    lesson = mark.kind is MarkKind.LESSON
    icon = IconLabel("lightbulb" if lesson else "message-circle-question-mark", "muted", 15)
    head = _tr("Learned: %1") if lesson else _tr("To ask next time: %1")
    words = rich(head.replace("%1", f"<i>{escape(mark.text)}</i>"), "muted")
    return row(icon, Grow(words), spacing=7, top=True)


def _tr(text: str) -> str:
    return QCoreApplication.translate("people", text)
