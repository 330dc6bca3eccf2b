"""What nobody caught is logged without its words, wherever it happens, and the program goes on. In real processes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from architecture.source_tree import ROOT

BEGUN = """
import logging, sys, threading
from pathlib import Path
from pln.system import hooks
from pln.system.logs import start_logging
give_back = hooks.take_over()
start_logging(Path(sys.argv[1]), logging.DEBUG)

def stumble(secret="CANARY"):
    held_in_a_local = secret
    raise ValueError(f"not a date: {held_in_a_local}")
"""
QT = """
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
app = QApplication([])
class Painted(QWidget):
    def paintEvent(self, event):
        stumble()
button, painted = QPushButton(), Painted()
button.clicked.connect(lambda: stumble())
painted.show()
for _ in range(20):
    button.click()
    painted.repaint()
QTimer.singleShot(50, lambda: (print("lives on"), app.quit()))
app.exec()
"""
WAYS = {
    "at the top": "stumble()",
    "with its cause": "try:\n    stumble()\nexcept ValueError as fault:\n    raise KeyError('CANARY') from fault",
    "in a group": "raise ExceptionGroup('CANARY', [ValueError('CANARY')])",
    "in a thread": "one = threading.Thread(target=stumble, name='CANARY')\none.start()\none.join()\nprint('lives on')",
    "while something is dropped": (
        "class Held:\n    name = 'CANARY'\n    def __repr__(self):\n        return 'CANARY'\n"
        "    def __del__(self):\n        stumble()\nheld = Held()\ndel held\nprint('lives on')"
    ),
    "in a slot and in painting": QT,
}
DIES = ("at the top", "with its cause", "in a group")


def run(code: str, log: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
    line = [sys.executable, "-c", BEGUN + code, str(log)]
    return subprocess.run(line, capture_output=True, text=True, env=environment, timeout=60, check=False)


@pytest.mark.parametrize("way", WAYS)
def test_it_is_logged_without_its_words(tmp_path: Path, way: str) -> None:
    ran = run(WAYS[way], tmp_path / "pln.log")
    log = (tmp_path / "pln.log").read_text()
    assert "unexpected fault" in log and "Error" in log
    assert way == "in a group" or " in stumble" in log
    assert "CANARY" not in log + ran.stdout + ran.stderr
    assert ran.stderr.replace("Error calling Python override of QWidget::paintEvent(): ", "") == "", "Qt's own words"
    assert ran.returncode == (1 if way in DIES else 0)
    assert way in DIES or ran.stdout == "lives on\n"


def test_a_fault_that_comes_again_and_again_does_not_fill_the_log(tmp_path: Path) -> None:
    run(QT, tmp_path / "pln.log")
    log = (tmp_path / "pln.log").read_text()
    assert log.count("unexpected fault") == 5, "of twenty at one place: the first, second, fourth, eighth, sixteenth"


def test_somebody_may_hear_of_it(tmp_path: Path) -> None:
    code = (
        "stop = hooks.listen(lambda fault: print(type(fault).__name__))\n"
        "one = threading.Thread(target=stumble)\none.start()\none.join()\nstop()\n"
        "one = threading.Thread(target=lambda: 1 / 0)\none.start()\none.join()\n"
    )
    assert run(code, tmp_path / "pln.log").stdout == "ValueError\n"


def test_a_listener_that_stumbles_itself_says_nothing_private(tmp_path: Path) -> None:
    ran = run("hooks.listen(lambda fault: stumble())\nstumble()", tmp_path / "pln.log")
    assert "PLN could not log" in ran.stderr and "CANARY" not in ran.stderr and "Traceback" not in ran.stderr


def test_everything_is_put_back(tmp_path: Path) -> None:
    code = "give_back()\nprint(sys.excepthook is sys.__excepthook__, threading.excepthook is threading.__excepthook__)"
    assert run(code, tmp_path / "pln.log").stdout == "True True\n"


def test_interrupting_is_no_fault(tmp_path: Path) -> None:
    ran = run("raise KeyboardInterrupt", tmp_path / "pln.log")
    assert ran.stderr == "" and (tmp_path / "pln.log").read_text() == ""


def test_a_verb_that_stumbles_says_so_without_words(tmp_path: Path) -> None:
    code = (
        "import sys\nfrom pln.cli import command_line\n"
        "def stumble(arguments):\n    raise ValueError('CANARY')\n"
        "command_line._run = stumble\nfrom pln.__main__ import main\nsys.argv = ['pln', 'check']\nsys.exit(main())"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    line = [sys.executable, "-c", code]
    ran = subprocess.run(line, capture_output=True, text=True, env=environment, timeout=60, check=False)
    assert ran.returncode == 1
    assert "ValueError" in ran.stderr and "CANARY" not in ran.stderr


def test_a_line_that_cannot_be_logged_is_not_told_on_the_terminal(tmp_path: Path) -> None:
    code = (
        "handler = logging.getLogger().handlers[0]\nhandler.stream.close()\n"
        "logging.getLogger('elsewhere').warning('CANARY %s', 'CANARY')\nprint('lives on')"
    )
    ran = run(code, tmp_path / "pln.log")
    assert ran.stdout == "lives on\n" and "CANARY" not in ran.stderr
