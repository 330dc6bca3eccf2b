"""Programs that are there to be killed, as forks of one that has paid for its imports.

In the program `serve(act)`: act(*words) is what a fork does, and `say` tells of it. In the test `Forks(program)`.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

TESTS = Path(__file__).parent
_PID, _ENDED = "pid", "ended"


def serve(act: Callable[..., None]) -> None:
    """One fork after another, each with the words of one line of the input."""
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            say(_PID, os.getpid())
            act(*line.rstrip("\n").split("\t"))
            os._exit(0)
        os.waitpid(child, 0)
        say(_ENDED)


def say(*words: object) -> None:
    """One line, whole or not at all however soon the end comes."""
    sys.stdout.write("\t".join(map(str, words)) + "\n")
    sys.stdout.flush()


class Forks:
    def __init__(self, program: Path) -> None:
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(TESTS.parent), str(TESTS)))}
        pipe = subprocess.PIPE
        self._parent = subprocess.Popen(
            [sys.executable, str(program)], stdin=pipe, stdout=pipe, env=environment, text=True
        )  # fmt: skip
        self._running: int | None = None

    def __enter__(self) -> Forks:
        return self

    def __exit__(self, *exc: object) -> None:
        if self._running is not None:
            self.kill()
        self._parent.communicate()

    def start(self, *words: object) -> None:
        """Begin a fork; the one before must have ended."""
        assert self._parent.stdin is not None
        self._parent.stdin.write("\t".join(map(str, words)) + "\n")
        self._parent.stdin.flush()
        said, pid = self._line()
        assert said == _PID
        self._running = int(pid)

    def kill(self) -> None:
        """With SIGKILL: nothing of it runs any more when this returns. What it said before can still be heard."""
        assert self._running is not None
        with suppress(ProcessLookupError):
            os.kill(self._running, signal.SIGKILL)

    def next(self) -> list[str]:
        """The words of the next line that it says; [] once it has ended."""
        words = self._line()
        if words == [_ENDED]:
            self._running = None
            return []
        return words

    def rest(self) -> Iterator[list[str]]:
        """All lines until it has ended."""
        while words := self.next():
            yield words

    def _line(self) -> list[str]:
        assert self._parent.stdout is not None
        line = self._parent.stdout.readline()
        assert line, "the program itself has ended"
        return line.rstrip("\n").split("\t")
