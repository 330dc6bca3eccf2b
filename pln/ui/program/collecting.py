"""When what hangs together in circles is looked for in memory: on the window's thread, and so that nobody waits for it.

Python looks for it by itself in whichever thread happens to ask for memory. Of all that lives that takes a tenth of a
second, in which no thread runs; and widgets must not end in another thread than theirs. So it is switched off while the
window lives. Here what is young is looked through once a second, in small bites, and not while something is under
way; what has grown older when nobody touches anything; everything when the owner is away. What was looked through is
frozen: the next look passes it over.
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication

_LOOK_MS = 1_000
_FEW, _CROWD = 1_000, 20_000  # a crowd mostly is what somebody works with just now: it goes as it came
_MIDDLE = 15_000
_GROWN, _GROWN_MOST = 10_000, 150_000
_ALL, _ALL_SOON, _ALL_AT_ONCE = 50_000, 400_000, 1_000_000
_REST, _AWAY, _BEHIND = timedelta(seconds=10), timedelta(minutes=5), 30


class Bite(Enum):
    """How much is looked through. ASIDE: nothing; what came is left for the next time that everything is."""

    NOTHING = "nothing"
    YOUNG = "young"
    MIDDLE = "middle"
    ASIDE = "aside"
    GROWN = "grown"
    ALL = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """Numbers of objects: young ones; middle, that came since MIDDLE; grown, since GROWN or ASIDE; all, since ALL.

    busy: something is under way. untouched: how long nobody did anything. behind: looks in a row that found another
    window in front.
    """

    young: int = 0
    middle: int = 0
    grown: int = 0
    all: int = 0
    busy: bool = False
    untouched: timedelta = timedelta(0)
    behind: int = 0


def bite(now: Moment) -> Bite:
    """What to look through at this moment."""
    came, grown = now.all + now.young, now.grown + now.young
    rests = not now.busy and (now.untouched >= _REST or now.behind >= _BEHIND)
    away = not now.busy and (now.untouched >= _AWAY or now.behind >= _BEHIND)
    if (away and came >= _ALL) or (rests and came >= _ALL_SOON) or came >= _ALL_AT_ONCE:
        return Bite.ALL
    if rests and grown >= _GROWN:
        return Bite.GROWN
    if grown >= _GROWN_MOST:
        return Bite.ASIDE
    if now.busy or now.young < _FEW or now.young >= _CROWD:
        return Bite.NOTHING
    return Bite.MIDDLE if now.middle + now.young >= _MIDDLE else Bite.YOUNG


class Collecting(QObject):
    """Python's own collections are off from `begin` to `end`.

    busy: is something under way? untouched: for how long has nobody done anything?
    """

    def __init__(self, busy: Callable[[], bool], untouched: Callable[[], timedelta], parent: QObject) -> None:
        super().__init__(parent)
        self._busy, self._untouched = busy, untouched
        self._was_on = False
        self._middle = self._grown = self._all = self._behind = 0
        self._timer = QTimer(self, interval=_LOOK_MS)
        self._timer.timeout.connect(self.look)

    def begin(self) -> None:
        """A store was opened, or not: what is there by now was mostly imported, and stays."""
        self._was_on = self._was_on or gc.isenabled()
        gc.disable()
        self._note(Bite.ASIDE, gc.get_count()[0] - _aside())
        self._timer.start()

    def end(self) -> None:
        """As it was before `begin`: what was frozen meanwhile may be garbage by now."""
        self._timer.stop()
        gc.unfreeze()
        if self._was_on:
            gc.enable()

    def look(self) -> Bite:
        """Look at what there is, and take the bite that fits."""
        now = self._moment()
        taken = bite(now)
        self._note(taken, now.young - _TAKE[taken]())
        return taken

    def everything(self) -> None:
        """Now, because something big was closed; the window stops for a tenth of a second."""
        _everything()
        self._note(Bite.ALL, 0)

    def _moment(self) -> Moment:
        in_front = QGuiApplication.applicationState() is Qt.ApplicationState.ApplicationActive
        self._behind = 0 if in_front else self._behind + 1
        return Moment(
            young=gc.get_count()[0], middle=self._middle, grown=self._grown, all=self._all,
            busy=self._busy(), untouched=self._untouched(), behind=self._behind,
        )  # fmt: skip

    def _note(self, taken: Bite, stayed: int) -> None:
        """stayed: of the young ones, those that were not given back."""
        if taken is Bite.NOTHING:
            return
        stayed = max(0, stayed)
        self._all = 0 if taken is Bite.ALL else self._all + stayed
        self._grown = self._grown + stayed if taken in (Bite.YOUNG, Bite.MIDDLE) else 0
        self._middle = self._middle + stayed if taken is Bite.YOUNG else 0


def _aside() -> int:
    gc.freeze()
    return 0


def _grown() -> int:
    found = gc.collect()
    gc.freeze()
    return found


def _everything() -> int:
    gc.unfreeze()
    return _grown()


# Each tells how many objects it gave back.
_TAKE: dict[Bite, Callable[[], int]] = {
    Bite.NOTHING: lambda: 0,
    Bite.YOUNG: lambda: gc.collect(0),
    Bite.MIDDLE: lambda: gc.collect(1),
    Bite.ASIDE: _aside,
    Bite.GROWN: _grown,
    Bite.ALL: _everything,
}
