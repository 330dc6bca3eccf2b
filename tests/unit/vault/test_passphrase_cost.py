"""A guess costs as much as this computer can bear, and never too little."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import pytest
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from pln.model.errors import StoreFault
from pln.store.passphrase import DEFAULT_COST, LEAST_COST, Cost, calibrated, derive

MIB = 1024
CHEAP = Cost(memory_kib=8, iterations=1, lanes=1)


def _timer(seconds: float) -> Iterator[float]:
    yield from (100.0, 100.0 + seconds)


@pytest.mark.parametrize(
    ("seconds", "mebibytes"), [(0.01, 256), (0.24, 256), (0.26, 128), (0.49, 128), (0.51, 64), (5.0, 64)]
)
def test_cost_follows_the_computer(seconds: float, mebibytes: int) -> None:
    """seconds: for one guess at the least cost of 64 MiB; the goal is one second."""
    cost = calibrated(_timer(seconds).__next__)
    assert cost == Cost(memory_kib=mebibytes * MIB, iterations=3, lanes=4)
    assert cost.bearable


def test_a_smaller_budget_costs_less() -> None:
    assert calibrated(_timer(0.1).__next__, budget=0.25).memory_kib == 128 * MIB


def test_the_own_costs_are_bearable() -> None:
    assert LEAST_COST.bearable
    assert DEFAULT_COST.bearable


def test_derives_argon2id_of_the_normalised_passphrase() -> None:
    expected = Argon2id(salt=bytes(16), length=32, iterations=1, lanes=1, memory_cost=8).derive("fi Å".encode())
    assert derive("ﬁ A\u030a", bytes(16), CHEAP) == expected


def test_salt_and_cost_change_the_key() -> None:
    keys = {
        derive("a", bytes(16), CHEAP),
        derive("b", bytes(16), CHEAP),
        derive("a", b"1" * 16, CHEAP),
        derive("a", bytes(16), Cost(memory_kib=16, iterations=1, lanes=1)),
        derive("a", bytes(16), Cost(memory_kib=8, iterations=2, lanes=1)),
    }
    assert len(keys) == 5


def test_a_lone_surrogate_is_a_passphrase_too() -> None:
    assert len(derive("\udcff", bytes(16), CHEAP)) == 32


def test_unbearable_costs_are_refused() -> None:
    with pytest.raises(StoreFault, match="impossible"):
        derive("a", bytes(16), Cost(memory_kib=2 * MIB * MIB, iterations=3, lanes=4))


_WITH_LITTLE_MEMORY = """
import resource
from pln.model.errors import StoreFault
from pln.store.passphrase import DEFAULT_COST, derive
resource.setrlimit(resource.RLIMIT_AS, (200 << 20, 200 << 20))
try:
    derive("a", bytes(16), DEFAULT_COST)
except StoreFault as fault:
    print(fault.title)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="a limit that other systems do not keep")
def test_too_little_memory_is_told() -> None:
    done = subprocess.run([sys.executable, "-c", _WITH_LITTLE_MEMORY], capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "Not enough memory", done.stderr
