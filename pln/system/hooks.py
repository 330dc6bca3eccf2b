"""Faults that nobody caught: logged by their kind and their way through the program, and the program goes on.

Python tells such a fault on the terminal with all its words, and these may quote what somebody wrote. Qt calls the same
hook for what goes wrong in a slot or in an event handler, and keeps the window afterwards.
"""

from __future__ import annotations

import sys
import threading
from collections import Counter
from collections.abc import Callable
from traceback import walk_tb
from types import TracebackType

Tell = Callable[[BaseException], object]

_times: Counter[str] = Counter()
_listeners: list[Tell] = []


def take_over() -> Callable[[], None]:
    """Hear of every fault that nobody caught, in any thread. Returns what puts everything back as it was."""
    before = sys.excepthook, threading.excepthook, sys.unraisablehook
    sys.excepthook, threading.excepthook, sys.unraisablehook = _uncaught, _uncaught_in_thread, _unraisable

    def give_back() -> None:
        sys.excepthook, threading.excepthook, sys.unraisablehook = before

    return give_back


def listen(tell: Tell) -> Callable[[], None]:
    """Have a bug told to somebody besides the log, in the thread where it showed. Returns what ends that."""
    _listeners.append(tell)
    return lambda: _listeners.remove(tell)


def _uncaught(kind: type[BaseException], fault: BaseException, _way: TracebackType | None = None) -> None:
    if issubclass(kind, KeyboardInterrupt):  # the user's own wish
        return
    if _worth_telling(fault):
        _told(fault)


def _uncaught_in_thread(told: threading.ExceptHookArgs) -> None:
    if told.exc_value is not None and not issubclass(told.exc_type, SystemExit):
        _uncaught(told.exc_type, told.exc_value)


def _unraisable(told: sys.UnraisableHookArgs) -> None:
    if told.exc_value is not None:
        _uncaught(told.exc_type, told.exc_value)


def _worth_telling(fault: BaseException) -> bool:
    """The first, second, fourth, eighth... time at one place: a fault in painting comes sixty times a second."""
    ends = [(frame.f_code.co_filename, line) for frame, line in walk_tb(fault.__traceback__)][-1:]
    place = f"{type(fault).__qualname__} {ends}"
    _times[place] += 1
    return _times[place].bit_count() == 1


def _told(fault: BaseException) -> None:
    """A hook that fails itself would bring Python's own telling back, with all words: so it never does."""
    try:
        from pln.system.logs import unexpected

        unexpected(fault)
        for tell in tuple(_listeners):
            tell(fault)
    except Exception as other:
        names = f"{type(fault).__qualname__}, {type(other).__qualname__}"
        sys.stderr.write(f"PLN could not log a fault of its own: {names}\n")
