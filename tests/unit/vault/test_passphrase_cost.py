"""A guess costs as much as this computer can bear, and never too little."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator

import pytest
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from pln.model.errors import StoreFault
from pln.store.passphrase import DEFAULT_COST, LEAST_COST, Cost, calibrated, derive

MIB = 1024
CHEAP = Cost(memory_kib=8, iterations=1, lanes=1)


def _timer(first: float, second: float) -> Iterator[float]:
    yield from (100.0, 100.0 + first, 200.0, 200.0 + second)


@pytest.mark.parametrize(
    ("seconds", "mebibytes"), [(0.01, 256), (0.19, 256), (0.21, 128), (0.39, 128), (0.41, 64), (5.0, 64)]
)
def test_cost_follows_the_computer(seconds: float, mebibytes: int) -> None:
    """seconds: for one guess at the least cost of 64 MiB; the goal is 0.8 seconds."""
    cost = calibrated(_timer(seconds, seconds).__next__)
    assert cost == Cost(memory_kib=mebibytes * MIB, iterations=3, lanes=4)
    assert cost.bearable


@pytest.mark.parametrize("busy", [(0.1, 3.0), (3.0, 0.1)])
def test_a_busy_moment_does_not_weaken_the_passphrase(busy: tuple[float, float]) -> None:
    assert calibrated(_timer(*busy).__next__) == DEFAULT_COST


def test_a_smaller_budget_costs_less() -> None:
    assert calibrated(_timer(0.1, 0.1).__next__, budget=0.25).memory_kib == 128 * MIB


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


@pytest.mark.parametrize(
    "cost",
    [
        Cost(memory_kib=2 * MIB * MIB, iterations=1, lanes=4),
        Cost(memory_kib=1 * MIB * MIB, iterations=4, lanes=4),
        Cost(memory_kib=256 * MIB, iterations=13, lanes=4),
        Cost(memory_kib=8, iterations=17, lanes=1),
        Cost(memory_kib=256 * MIB, iterations=3, lanes=17),
        Cost(memory_kib=8, iterations=0, lanes=1),
        Cost(memory_kib=-1, iterations=-1, lanes=-1),
    ],
    ids=["memory", "both together", "both, less memory", "iterations", "lanes", "none", "negative"],
)
def test_unbearable_costs_are_refused_before_any_work(cost: Cost) -> None:
    start = time.perf_counter()
    with pytest.raises(StoreFault, match="impossible"):
        derive("a", bytes(16), cost)
    assert time.perf_counter() - start < 0.5


def test_the_largest_cost_of_a_stronger_computer_is_still_read() -> None:
    assert Cost(memory_kib=1 * MIB * MIB, iterations=3, lanes=16).bearable


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
