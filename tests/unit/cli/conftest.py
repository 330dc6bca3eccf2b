"""A command line to call: in this process, on a profile of its own whose passphrase costs nothing."""

from __future__ import annotations

import json
import shlex
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pln.cli.command_line import run_command_line
from pln.services.opening import open_profile
from pln.store.passphrase import Cost
from pln.system.clock import FixedClock
from pln.system.paths import Profile
from pln.system.secrets import NoSecrets

TODAY = date(2026, 11, 22)
WORDS = " correct horse  "  # blanks belong to it


@dataclass(frozen=True)
class Ran:
    """out, err: what was printed."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        return json.loads(self.out)


Pln = Callable[..., Ran]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder, with an empty profile in `profile` and its passphrase in `words`; the clock says TODAY."""
    monkeypatch.setattr("pln.cli.session.SystemClock", lambda: FixedClock.on(TODAY))
    begin(tmp_path / "profile")
    (tmp_path / "words").write_bytes(f"{WORDS}\r\n".encode())
    monkeypatch.chdir(tmp_path)
    return tmp_path


def begin(root: Path) -> None:
    cost = Cost(memory_kib=8, iterations=1, lanes=1)
    open_profile(Profile(root), NoSecrets(), lambda: WORDS, FixedClock.on(TODAY), cost=cost).close()


@pytest.fixture(autouse=True)
def mains(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the computer runs on that runs the tests."""
    monkeypatch.setattr("pln.cli.verbs.refresh.on_battery", lambda: False)


@pytest.fixture
def pln(home: Path, capfd: pytest.CaptureFixture[str]) -> Pln:
    """Run a command line ("person add Anna", or its words one by one) on that profile."""

    def run(*words: str, profile: str = "profile") -> Ran:
        argv = shlex.split(words[0]) if len(words) == 1 else list(words)
        capfd.readouterr()
        try:
            code = run_command_line([*argv, "--profile", profile, "--passphrase-file", "words"])
        except SystemExit as ended:
            code = int(ended.code or 0)
        out, err = capfd.readouterr()
        return Ran(code, out, err)

    return run
