"""The brief before a meetup with one person, as a card: last words, what is open both ways, what to ask."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QCheckBox, QLayout, QWidget

from pln.model.changes import Noun, Ref
from pln.model.highlight import Highlight
from pln.model.marks import Mark, prose
from pln.services.meetup_page import MeetupSide
from pln.suggest.phrasing import OVER
from pln.suggest.reasons import long_ago, shortened
from pln.ui import look
from pln.ui.meetups.words import long_day
from pln.ui.shell import Shell
from pln.ui.widgets.boxes import Grow, Item, column, row
from pln.ui.widgets.buttons import button
from pln.ui.widgets.cards import titled_card
from pln.ui.widgets.labels import label

Tick = Callable[[Mark | Highlight], object]
Told = Callable[[int], object]
_MOST = 6
_WORDS = 220


def brief_card(shell: Shell, side: MeetupSide, tick: Tick, told: Told, aside: str = "") -> QWidget:
    """tick: called with the mark, or the passage to ask about, whose box was ticked. told: with the article.

    aside: a name, where there is more than one brief.
    """
    items: list[Item] = [
        *_last_time(shell, side), *_open_between(side, tick), *_asking(side, tick), *_around(shell, side),
        *_reading(shell, side, told),
    ]  # fmt: skip
    return titled_card(_tr("Brief"), *items, aside=aside)


def _last_time(shell: Shell, side: MeetupSide) -> Iterator[Item]:
    met = side.brief.last
    if not met:
        yield _line(_tr("You meet for the first time."))
        if side.person.how_met:
            yield _line(shortened(side.person.how_met, _WORDS))
        return
    last = met[0]
    words = _tr("You last met %1, %2.").replace("%1", long_ago(last.day, shell.today())).replace("%2", OVER[last.kind])
    yield _line(words)
    if said := shortened(prose(last.notes), _WORDS):
        yield _line(said)


def _open_between(side: MeetupSide, tick: Tick) -> Iterator[Item]:
    first = side.person.first_name
    both = [(_tr("You: %1"), mark) for mark in side.brief.mine]
    both += [(f"{first}: %1", mark) for mark in side.brief.theirs]
    if not both:
        yield _line(_tr("Open between you: nothing."))
        return
    boxes = (_box(words.replace("%1", mark.text), mark, tick) for words, mark in both[:_MOST])
    yield column(_line(_tr("Open between you")), *boxes, *_more(len(both)), spacing=4)


def _asking(side: MeetupSide, tick: Tick) -> Iterator[Item]:
    asked: list[tuple[str, Mark | Highlight]] = [(mark.text, mark) for mark in side.brief.questions]
    asked += [(shortened(each.words, _WORDS), each) for each in side.brief.to_ask]
    if asked:
        boxes = (_box(words, each, tick) for words, each in asked[:_MOST])
        yield column(_line(_tr("To ask")), *boxes, *_more(len(asked)), spacing=4)


def _around(shell: Shell, side: MeetupSide) -> Iterator[Item]:
    if side.brief.common:
        yield _line(_tr("In common: %1.").replace("%1", ", ".join(side.brief.common)))
    for name, day in side.brief.dates:
        yield _line(_tr("%1 on %2.").replace("%2", long_day(day, shell.today())).replace("%1", _tr(name)))


def _reading(shell: Shell, side: MeetupSide, told: Told) -> Iterator[Item]:
    if side.brief.reading:
        links = (_article(shell, record, title, told) for record, title in side.brief.reading[:3])
        yield column(_line(_tr("Kept for %1").replace("%1", side.person.first_name)), *links, spacing=2)


def _article(shell: Shell, record: int, title: str, told: Told) -> QLayout:
    made = button(shortened(title, 34), "link", run=lambda: shell.open(Ref(Noun.ARTICLE, record)), tip=title)
    box = QCheckBox()
    box.setAccessibleName(_tr("Told of: %1").replace("%1", title))
    box.clicked.connect(lambda _checked: told(record))
    box.setFixedWidth(look.px(20))
    return row(box, made, None, spacing=8)


def _box(words: str, mark: Mark | Highlight, tick: Tick) -> QLayout:
    box = QCheckBox()
    box.setAccessibleName(words)
    box.clicked.connect(lambda _checked: tick(mark))
    box.setFixedWidth(look.px(20))
    text = column(label(words, "small", wrap=True), None, margins=(0, 4, 0, 0))
    return row(box, Grow(text), spacing=8, top=True)


def _more(count: int) -> Iterator[Item]:
    if count > _MOST:
        yield label(_tr("and %1 more").replace("%1", str(count - _MOST)), "faint")


def _line(words: str) -> QWidget:
    return label(words, "small", wrap=True)


def _tr(text: str) -> str:
    return QCoreApplication.translate("meetups", text)
