"""A hardened process writes no core dump and cannot be looked into."""

from __future__ import annotations

import subprocess
import sys

import pytest


def _hardened(code: str) -> str:
    whole = f"from pln.system.hygiene import harden_process\nharden_process()\nharden_process()\n{code}"
    return subprocess.run([sys.executable, "-c", whole], capture_output=True, text=True, check=True).stdout.strip()


@pytest.mark.skipif(sys.platform == "win32", reason="no such limit on Windows")
def test_no_core_dumps() -> None:
    assert _hardened("import resource; print(resource.getrlimit(resource.RLIMIT_CORE))") == "(0, 0)"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="a facility of Linux")
def test_not_attachable() -> None:
    assert _hardened("import ctypes; print(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))") == "0"


def test_harmless_everywhere() -> None:
    assert _hardened("print('lives')") == "lives"
