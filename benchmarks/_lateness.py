"""How late the event loop came, and how much of that was waiting for a core rather than anything of the program's."""

from __future__ import annotations

import ctypes
import math
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

TICK_MS = 10


@dataclass(frozen=True, slots=True)
class Late:
    """One tick. gap: milliseconds by which it came too late. queued: those of them without a core to run on.

    worked: milliseconds of the processor that this thread took since the tick before.
    """

    gap: float
    queued: float
    worked: float

    @property
    def own(self) -> float:
        """What a machine with a free core would have shown: running, and waiting for other threads of the program."""
        return max(0.0, self.gap - self.queued)


@dataclass
class Lateness:
    """The ticks of one stretch of time."""

    ticks: list[Late] = field(default_factory=list)

    @property
    def gaps(self) -> list[float]:
        return [tick.gap for tick in self.ticks]

    def longest(self) -> float:
        return max(self.gaps)

    def longest_own(self) -> float:
        return max(tick.own for tick in self.ticks)

    def late(self, share: float) -> float:
        """The lateness that so great a share of the ticks did not exceed."""
        gaps = sorted(self.gaps)
        return gaps[min(len(gaps) - 1, math.ceil(share * len(gaps)) - 1)]

    def longest_work(self) -> float:
        """Most that this thread did between two ticks: what a quick machine with nothing else to do would show."""
        return max(tick.worked for tick in self.ticks)

    def over(self, milliseconds: float) -> int:
        return sum(gap > milliseconds for gap in self.gaps)


@contextmanager
def watching() -> Iterator[Lateness]:
    """Watch this thread's event loop by a timer of TICK_MS for as long as the block runs it."""
    from PySide6.QtCore import Qt, QTimer

    found, queue, timer = Lateness(), _Queue(), QTimer()
    before: list[tuple[float, float, float]] = []

    def tick() -> None:
        now = (time.perf_counter() * 1e3, queue.milliseconds(), time.thread_time() * 1e3)
        if before:
            last = before.pop()
            gap = max(0.0, now[0] - last[0] - TICK_MS)
            found.ticks.append(Late(gap=gap, queued=now[1] - last[1], worked=now[2] - last[2]))
        before.append(now)

    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.timeout.connect(tick)
    timer.start(TICK_MS)
    try:
        yield found
    finally:
        timer.stop()
        queue.close()


class _Queue:
    """How long this thread has been ready to run without a core. Always 0 where the kernel does not tell."""

    def __init__(self) -> None:
        try:
            self._file = os.open(f"/proc/self/task/{threading.get_native_id()}/schedstat", os.O_RDONLY)
        except OSError:
            self._file = -1
        self._room = ctypes.create_string_buffer(128)
        # os.pread would let another thread run, and the tick would wait for its turn again: not with PyDLL.
        self._pread = ctypes.PyDLL(None).pread if self._file >= 0 else None

    def milliseconds(self) -> float:
        if self._pread is None:
            return 0.0
        length = self._pread(self._file, self._room, len(self._room) - 1, ctypes.c_long(0))
        _running, waiting, _turns = self._room.raw[:length].split()
        return int(waiting) / 1e6

    def close(self) -> None:
        if self._file >= 0:
            os.close(self._file)
