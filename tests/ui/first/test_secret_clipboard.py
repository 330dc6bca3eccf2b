"""A secret is on the clipboard for a minute at most, is marked as one, and never outlives the program."""

from __future__ import annotations

import gc
import subprocess
import sys

from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from pln.ui.widgets.secret_clipboard import clear_secret, copy_secret


def on_it() -> str:
    return QGuiApplication.clipboard().text()


def test_clipboard_managers_are_asked_not_to_keep_it(qtbot: QtBot) -> None:
    copy_secret("0000-1111")
    assert on_it() == "0000-1111"
    data = QGuiApplication.clipboard().mimeData()
    assert bytes(data.data("x-kde-passwordManagerHint").data()) == b"secret"
    clear_secret()
    assert on_it() == ""


def test_it_goes_by_itself(qtbot: QtBot) -> None:
    copy_secret("0000-1111", seconds=0.02)
    qtbot.waitUntil(lambda: on_it() == "", timeout=2000)


def test_what_was_copied_since_then_stays(qtbot: QtBot) -> None:
    copy_secret("0000-1111", seconds=0.02)
    QGuiApplication.clipboard().setText("a recipe")
    clear_secret()
    qtbot.wait(60)
    assert on_it() == "a recipe"
    QGuiApplication.clipboard().clear()


def test_the_minute_counts_from_the_last_copy(qtbot: QtBot) -> None:
    copy_secret("0000-1111", seconds=0.05)
    copy_secret("0000-1111", seconds=60)
    qtbot.wait(120)
    assert on_it() == "0000-1111"
    clear_secret()


def test_it_is_found_again_after_a_collection(qtbot: QtBot) -> None:
    copy_secret("0000-1111")
    gc.collect()
    clear_secret()
    assert on_it() == ""


def test_without_a_secret_there_is_nothing_to_clear(qtbot: QtBot) -> None:
    QGuiApplication.clipboard().setText("a recipe")
    clear_secret()
    assert on_it() == "a recipe"
    QGuiApplication.clipboard().clear()


_LEFT_THERE = """
import sys
from PySide6.QtGui import QGuiApplication
from pln.ui.widgets.secret_clipboard import copy_secret
app = QGuiApplication(sys.argv)
copy_secret("0000-1111")
"""


def test_a_program_that_ends_with_it_ends_well() -> None:
    done = subprocess.run([sys.executable, "-c", _LEFT_THERE], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
