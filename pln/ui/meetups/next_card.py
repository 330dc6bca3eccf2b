"""Next time: when another meetup would feel right, and one press to plan it. Never a lateness."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from pln.model.changes import Noun, Ref
from pln.services.meetup_page import MeetupSide
from pln.suggest.reasons import every
from pln.ui.meetups.words import long_day, when
from pln.ui.shell import Shell
from pln.ui.widgets.boxes import row
from pln.ui.widgets.buttons import button
from pln.ui.widgets.cards import titled_card
from pln.ui.widgets.labels import label

_ANY_DAY = timedelta(days=7)


def next_card(shell: Shell, side: MeetupSide, plan: Callable[[date], object]) -> QWidget:
    """plan: called with the day to begin the plan with."""
    today, coming = shell.today(), side.coming
    if coming is not None:
        words = _tr("You meet again: %1.").replace("%1", when(coming.day, coming.at, today))
        action = button(_tr("Show it"), run=lambda: shell.open(Ref(Noun.MEETUP, coming.id)))
    else:
        words, (text, day) = _rhythm(side), _proposal(side, today)
        action = button(text, run=lambda: plan(day))
    return titled_card(_tr("Next time"), label(words, "small", wrap=True), row(action, None), spacing=8)


def _rhythm(side: MeetupSide) -> str:
    pace = side.pace
    if pace.n < 2 or pace.gap is None or pace.expected is None:
        return _tr("Whenever it suits you both.")
    return _tr("About %1 feels right for you two.").replace("%1", every(pace.gap))


def _proposal(side: MeetupSide, today: date) -> tuple[str, date]:
    around = side.pace.around
    if around is None or around <= today:
        return _tr("Plan a day"), today + _ANY_DAY
    return _tr("Around %1").replace("%1", long_day(around, today)), around


def _tr(text: str) -> str:
    return QCoreApplication.translate("meetups", text)
