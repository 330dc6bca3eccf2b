"""What must not be imported before the first paint: it would keep the window away for as long as the import takes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = (
    "sqlalchemy", "sqlcipher3", "alembic", "feedparser", "httpx", "httpcore", "lxml", "nh3", "markdown_it", "icalendar",
    "keyring", "cryptography", "PySide6.QtPrintSupport", "charset_normalizer", "asyncio", "multiprocessing",
    "PySide6.QtNetwork", "PySide6.QtDBus", "PySide6.QtPrintSupport",
    "pln.store", "pln.sources", "pln.services", "pln.share", "pln.suggest",
)  # fmt: skip

PAINTED = """
import json, os, sys
from pln.ui.main_window import MainWindow

painted = MainWindow.paintEvent

def paint_event(self, event):
    painted(self, event)
    os.write(1, json.dumps(sorted(sys.modules)).encode())
    os._exit(0)

MainWindow.paintEvent = paint_event
sys.argv = ["pln", "--profile", sys.argv[1]]
from pln.__main__ import main
main()
"""

OFFERED = """
import json, sys
from pln.cli import run
try:
    run(["--help"])
except SystemExit:
    pass
print("\\n" + json.dumps(sorted(sys.modules)))
"""


@pytest.fixture(scope="module")
def before_paint(tmp_path_factory: pytest.TempPathFactory) -> frozenset[str]:
    """Names of the modules that are there when the window was painted for the first time."""
    return _modules(PAINTED, str(tmp_path_factory.mktemp("profile")))


@pytest.mark.parametrize("name", HEAVY)
def test_nothing_heavy_is_imported_before_the_first_paint(before_paint: frozenset[str], name: str) -> None:
    assert sorted(each for each in before_paint if each == name or each.startswith(name + ".")) == []


def test_the_window_was_painted_by_the_program_itself(before_paint: frozenset[str]) -> None:
    assert {"pln.app", "pln.ui.frame", "pln.ui.main_window", "PySide6.QtWidgets"} <= before_paint


def test_the_command_line_needs_no_qt() -> None:
    assert not any(name.startswith("PySide6") for name in _modules(OFFERED))


def _modules(code: str, *arguments: str) -> frozenset[str]:
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], cwd=root, capture_output=True, text=True, timeout=60, check=True,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )  # fmt: skip
    return frozenset(json.loads(done.stdout.strip().splitlines()[-1]))
