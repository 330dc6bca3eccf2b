"""Taking back what was removed, merged or answered, for the session."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

from pln.store.unit_of_work import Work

_KEPT = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoStep:
    """label: what was done, in words ("Anna Lindqvist was removed"). back: undoes it inside a unit of work."""

    label: str
    back: Callable[[Work], object]


class UndoStack:
    """The steps of this session, the last one on top. Safe to use from several threads."""

    def __init__(self) -> None:
        self._steps: list[UndoStep] = []
        self._lock = Lock()

    def push(self, step: UndoStep) -> None:
        with self._lock:
            self._steps.append(step)
            del self._steps[:-_KEPT]

    @property
    def top(self) -> UndoStep | None:
        with self._lock:
            return self._steps[-1] if self._steps else None

    def pop(self, step: UndoStep | None = None) -> UndoStep | None:
        """Take the given step off the stack, or the top one; None where it is gone."""
        with self._lock:
            wanted = step or (self._steps[-1] if self._steps else None)
            if wanted is None or wanted not in self._steps:
                return None
            self._steps.remove(wanted)
            return wanted
