"""What the owner gets to see at a start with a real password store: unlocked, locked, gone, absent, or a null one."""

from __future__ import annotations

import os

import pytest

from forked import TESTS
from real.test_keyring import UNLOCKED, Run, pytestmark, run

__all__ = ["pytestmark", "run"]

WITH_A_WINDOW = {
    "PYTHONPATH": os.pathsep.join((str(TESTS.parent), str(TESTS))), "QT_QPA_PLATFORM": "offscreen",
}  # fmt: skip
NULL = {"PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring"}

_SHOWN = """
import sys
from pathlib import Path
from pln.services.vault import code_kept
from pln.system.paths import Profile
from real.window_opening import shown
root = Path(sys.argv[1])
print(shown(root))
"""
_AGAIN = "code_kept(Profile(root)); print(shown(root))\n"
_LOCKED = """
import secretstorage
bus = secretstorage.dbus_init()
secretstorage.get_default_collection(bus).lock()
bus.close()
print(shown(root))
"""


def pages(run: Run, code: str, session: str | None, **extra: str) -> list[str]:
    return run(code, session, **WITH_A_WINDOW, **extra).splitlines()


def test_unlocked_then_locked_then_gone(run: Run) -> None:
    first, second, locked = pages(run, _SHOWN + _AGAIN + _LOCKED, UNLOCKED)
    assert first.startswith("RecoveryCodePage: ")
    assert second == "open"
    assert locked.startswith("PassphrasePage: Welcome back")
    assert "password store was not unlocked" in locked
    (gone,) = pages(run, _SHOWN, None)
    assert gone.startswith("PassphrasePage: Welcome back")
    assert "This computer has no password store" in gone


@pytest.mark.parametrize("extra", [{}, NULL], ids=["absent", "a null one"])
def test_without_one_a_passphrase_is_chosen_and_the_reason_told(run: Run, extra: dict[str, str]) -> None:
    (page,) = pages(run, _SHOWN, None, **extra)
    assert page.startswith("PassphrasePage: Choose a passphrase")
    assert "This computer has no password store" in page


def test_a_null_one_beside_a_real_one_is_not_trusted(run: Run) -> None:
    (page,) = pages(run, _SHOWN, UNLOCKED, **NULL)
    assert page.startswith("PassphrasePage: Choose a passphrase")
