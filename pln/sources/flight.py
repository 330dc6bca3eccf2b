"""Flight mode: while it is on, nothing of this process goes out to the network. One switch, because whoever had to be
told of it could be forgotten.

It holds for every profile and thread of the process: nothing is looked up, no connection is made, and a request under
way ends at its next wait.
"""

from __future__ import annotations

from enum import StrEnum
from threading import Lock

from pln.model.errors import NoConnection


class FlightMode(NoConnection):
    """A request that was not made, because flight mode is on."""

    def __init__(self) -> None:
        super().__init__(
            "Flight mode is on",
            "PLN asks nothing of the network until it is switched off. Everything stored stays readable.",
        )


class Asked(StrEnum):
    """Who wants it on. It is off when nobody does."""

    WISH = "wish"  # the owner's setting, kept in the store
    COMMAND_LINE = "command line"  # for one run: --offline


_lock = Lock()
_by: set[Asked] = set()


def switch_flight(on: bool, by: Asked) -> None:
    """Say for one of those who may want it whether they do."""
    with _lock:
        (_by.add if on else _by.discard)(by)


def in_flight() -> bool:
    return bool(_by)


def refuse_in_flight() -> None:
    """Called before anything goes out. Raises FlightMode."""
    if _by:
        raise FlightMode
