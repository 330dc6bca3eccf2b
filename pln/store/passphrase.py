"""From a passphrase to a key: Argon2id, as slow as this computer can bear."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from pln.model.errors import StoreFault, Trouble

KEY_BYTES = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What one guess costs. memory_kib: in KiB; iterations: passes over it; lanes: parallel parts."""

    memory_kib: int
    iterations: int
    lanes: int

    @property
    def bearable(self) -> bool:
        """False for what a damaged or edited file may ask: more memory or time than any computer should give."""
        return (
            1 <= self.lanes <= _MOST.lanes
            and 1 <= self.iterations <= _MOST.iterations
            and 8 * self.lanes <= self.memory_kib <= _MOST.memory_kib
            and self.memory_kib * self.iterations <= _MOST_WORK
        )


_MOST = Cost(memory_kib=1024 * 1024, iterations=16, lanes=16)
_MOST_WORK = 3 * _MOST.memory_kib
"""KiB that are written in all: about 7 s on a computer of today. Each bound alone would allow five times as much."""
DEFAULT_COST = Cost(memory_kib=256 * 1024, iterations=3, lanes=4)
LEAST_COST = replace(DEFAULT_COST, memory_kib=64 * 1024)
"""The second recommendation of RFC 9106; never less than this, however slow the computer."""


def calibrated(timer: Callable[[], float], budget: float = 0.8) -> Cost:
    """The default cost, halved until one guess takes at most `budget` seconds here, but never under the least.

    On a very slow computer a guess may so take longer: the least cost is what makes a stolen file worth little.
    timer: counts seconds, as time.perf_counter does. Takes two guesses at the least cost, 0.1 to 0.5 s each, and
    believes the quicker one: a moment in which the computer was busy would weaken the passphrase for good. The budget
    is under the second that opening may take, for such moments later on.
    """
    quickest = min(_one_guess(timer), _one_guess(timer))
    per_kib = quickest / LEAST_COST.memory_kib  # time grows in proportion to the memory
    cost = DEFAULT_COST
    while cost.memory_kib > LEAST_COST.memory_kib and cost.memory_kib * per_kib > budget:
        cost = replace(cost, memory_kib=cost.memory_kib // 2)
    return cost


def _one_guess(timer: Callable[[], float]) -> float:
    start = timer()
    derive("", bytes(16), LEAST_COST)
    return timer() - start


def derive(passphrase: str, salt: bytes, cost: Cost) -> bytes:
    """32 bytes. The same letters give the same key however the keyboard composes them (NFKC).

    Raises StoreFault for an unbearable cost, or where the memory is not there. Releases the GIL meanwhile.
    """
    if not cost.bearable:
        raise StoreFault(
            "The key file is damaged",
            "Its passphrase entry asks for an impossible amount of work. Nothing was changed. "
            "Use the recovery code, or put back vault.json from a backup.",
            Trouble.KEYS_DAMAGED,
        )
    kdf = Argon2id(
        salt=salt, length=KEY_BYTES, iterations=cost.iterations, lanes=cost.lanes, memory_cost=cost.memory_kib
    )
    try:
        return kdf.derive(unicodedata.normalize("NFKC", passphrase).encode("utf-8", "surrogatepass"))
    except MemoryError as fault:
        raise StoreFault(
            "Not enough memory",
            f"Checking the passphrase needs {cost.memory_kib // 1024} MB of free memory. Nothing was changed. "
            "Close other programs and try again.",
        ) from fault
