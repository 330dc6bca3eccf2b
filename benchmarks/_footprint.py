"""How much memory the window and all its worker processes take together, shared pages counted once (PSS)."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread

_EVERY_SECONDS = 0.25


@dataclass
class Footprint:
    """most: megabytes, 0 where the kernel does not tell."""

    most: float = 0.0


@contextmanager
def weighing(without: frozenset[int] = frozenset()) -> Iterator[Footprint]:
    """Look four times a second for as long as the block runs, in a thread that mostly sleeps."""
    found, ends = Footprint(), Event()

    def look() -> None:
        while True:
            found.most = max(found.most, megabytes(without))
            if ends.wait(_EVERY_SECONDS):
                return

    watcher = Thread(target=look, name="weighing")
    watcher.start()
    try:
        yield found
    finally:
        ends.set()
        watcher.join()


def megabytes(without: frozenset[int] = frozenset()) -> float:
    """Of this process and those it started, now. without: children that are not the program's."""
    return sum(_pss(process) for process in (os.getpid(), *(children() - without))) / 1024


def children() -> frozenset[int]:
    """Processes that this one started and that live."""
    found: set[int] = set()
    for path in Path("/proc/self/task").glob("*/children"):
        with suppress(OSError):
            found.update(map(int, path.read_text().split()))
    return frozenset(found)


def _pss(process: int) -> int:
    """Kilobytes."""
    with suppress(OSError):
        for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    return 0
