"""Free memory goes back to the system, where the system can take it."""

from __future__ import annotations

import subprocess
import sys

import pytest

PROGRAM = """
import sys
from pln.system.allocator import few_arenas, give_back

def held():
    return next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmRSS"))

few_arenas()
texts = [bytes(3000) for number in range(20_000)]
last = bytes(3000)  # above all others: without being told, the allocator keeps what lies below
full = held()
del texts
before = held()
give_back()
print(full, before, held())
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only glibc is asked")
def test_memory_below_what_is_still_used_is_given_back() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, timeout=60, check=True)
    full, before, after = map(int, done.stdout.split())
    assert before > full - 10_000, "it would be kept"
    assert after < full - 40_000
