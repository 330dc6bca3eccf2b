"""The palette's search, run on a reader thread."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from pln.model.search import Hit

if TYPE_CHECKING:  # made before the first paint, used after the store is open
    from pln.services.context import Context
    from pln.services.tasks import Tasks


class StoreSearch:
    """Answers nothing until the store is open; then only the newest question is worth its work."""

    def __init__(self) -> None:
        self._ctx: Context | None = None
        self._tasks: Tasks | None = None
        self._asked = 0

    def connect(self, ctx: Context, tasks: Tasks) -> None:
        self._ctx, self._tasks = ctx, tasks

    def disconnect(self) -> None:
        """The store is closed: answer nothing again, and hold nothing of it."""
        self._ctx = self._tasks = None
        self._asked += 1

    def ask(self, text: str, reply: Callable[[Sequence[Hit]], None]) -> None:
        if self._ctx is None or self._tasks is None:
            reply(())
            return
        from pln.services.search import search

        self._asked += 1
        number, ctx = self._asked, self._ctx
        self._tasks.read(lambda: search(ctx, text) if number == self._asked else (), reply)
