"""How far a longer verb is, and stopping it: a line on the terminal, and Ctrl+C once."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class Progress:
    """shown: whether to write at all. The line is written on standard error, so that it never mixes with an answer."""

    def __init__(self, title: str, *, shown: bool) -> None:
        self._title, self._shown = title, shown
        self._told = ""
        self._stopped = threading.Event()

    def step(self, done: int, total: int) -> None:
        text = f"{self._title}: {done:,} of {total:,}" if total else self._title
        if self._shown and text != self._told:
            sys.stderr.write(f"\r{text.ljust(len(self._told))}")
            sys.stderr.flush()
            self._told = text

    def cancelled(self) -> bool:
        return self._stopped.is_set()

    def stop(self) -> None:
        self._stopped.set()

    def clear(self) -> None:
        if self._told:
            sys.stderr.write(f"\r{' ' * len(self._told)}\r")
            sys.stderr.flush()


@contextmanager
def progress(title: str) -> Iterator[Progress]:
    """Show progress where somebody looks on. The first Ctrl+C asks the verb to end, the second one ends it at once."""
    shown = Progress(title, shown=sys.stderr is not None and sys.stderr.isatty())

    def interrupted(number: int, frame: FrameType | None) -> None:
        if shown.cancelled():
            raise KeyboardInterrupt
        shown.stop()

    in_main = threading.current_thread() is threading.main_thread()
    before = signal.signal(signal.SIGINT, interrupted) if in_main else None
    try:
        yield shown
    finally:
        if in_main:
            signal.signal(signal.SIGINT, before)
        shown.clear()
