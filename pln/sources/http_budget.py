"""What one request may spend: time until its deadline, and only while the user still wants it."""

from __future__ import annotations

import time
from collections.abc import Callable

from pln.model.errors import Cancelled, NetworkFault
from pln.sources.flight import refuse_in_flight

_GLANCE_SECONDS = 0.2  # a waiting request looks this often whether it was cancelled


class Budget:
    """One request's time. Every wait of the connection is cut into pieces of `next_wait()`."""

    def __init__(self, seconds: float, cancelled: Callable[[], bool]) -> None:
        self._seconds = seconds
        self._ends = time.monotonic() + seconds
        self._cancelled = cancelled

    def next_wait(self) -> float:
        """Seconds to wait before asking again. Raises Cancelled, FlightMode, or NetworkFault after the deadline."""
        refuse_in_flight()
        if self._cancelled():
            raise Cancelled
        left = self._ends - time.monotonic()
        if left <= 0:
            raise NetworkFault(
                "The server took too long",
                f"It did not finish its answer within {self._seconds:g} seconds. What is stored already is untouched; "
                "PLN will try again later.",
            )
        return min(left, _GLANCE_SECONDS)
