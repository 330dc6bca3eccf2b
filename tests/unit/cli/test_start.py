"""Without a verb the window opens, lightly; passphrases are asked for at a terminal; the demo stays apart."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest

from architecture.source_tree import ROOT
from pln.cli import run
from pln.cli.command_line import run_command_line
from pln.store.passphrase import Cost

from .conftest import WORDS, Pln, begin

LATER = ("sqlalchemy", "sqlcipher3", "httpx", "lxml", "icalendar", "keyring", "cryptography", "pln.cli.verbs")


@pytest.mark.parametrize(
    ("argv", "given"),
    [
        ([], (None, None, logging.INFO)), (["--json"], (None, None, logging.INFO)),
        (["--profile", "x", "--passphrase-file=y"], (Path("x"), Path("y"), logging.INFO)),
        (["--log", "debug"], (None, None, logging.DEBUG)),
    ],
)  # fmt: skip
def test_no_verb_opens_the_window(monkeypatch: pytest.MonkeyPatch, argv: list[str], given: tuple[object, ...]):
    opened: list[tuple[object, ...]] = []
    monkeypatch.setattr("pln.app.open_window", lambda *given: opened.append(given) or 7)
    assert run(argv) == 7
    assert opened == [given]


def test_the_window_starts_without_what_it_does_not_need_yet():
    code = (
        "import sys, pln.app, pln.cli\n"
        f"pln.app.open_window = lambda *given: print([name for name in {LATER!r} if name in sys.modules])\n"
        "pln.cli.run(['--profile', 'x'])"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=True)
    assert printed.stdout == "[]\n"


@pytest.mark.parametrize(
    ("argv", "files"),
    [
        (["--version"], []), (["--help"], []), (["person", "--help"], []), (["nonsense"], []),
        (["search", "--help"], ["pln.cli.verbs.search"]),
    ],
)  # fmt: skip
def test_a_verb_is_imported_when_it_is_used_and_no_other(argv: list[str], files: list[str]):
    code = (
        "import contextlib, sys\n"
        "from pln.cli import run\n"
        f"with contextlib.suppress(SystemExit): run({argv!r})\n"
        "print([name for name in sys.modules if name.startswith('pln.cli.verbs.')])\n"
        f"print([name for name in {LATER[:-1]!r} if name in sys.modules])"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=True)
    *_, verbs, heavy = ran.stdout.splitlines()
    assert verbs == str(files)
    assert files or heavy == "[]"


@pytest.mark.parametrize("argv", [["--nonsense"], ["nonsense"], ["--profile"], ["--", "person"], ["--json", "person"]])
def test_what_is_no_command_line_opens_no_window(
    monkeypatch: pytest.MonkeyPatch, argv: list[str], capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setattr("pln.app.open_window", lambda *given: pytest.fail("a window was opened"))
    with pytest.raises(SystemExit) as ended:
        run(argv)
    assert ended.value.code == 2
    assert capsys.readouterr().err.count("\n") == 1


# Passphrases at a terminal -------------------------------------------------------------------------------------------


class _Terminal:
    """Standard input of somebody who types these answers when asked."""

    def __init__(self, *answers: str) -> None:
        self.answers, self.asked = list(answers), list[str]()

    def isatty(self) -> bool:
        return True

    def ask(self, question: str) -> str:
        self.asked.append(question)
        return self.answers.pop(0)


@pytest.fixture
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pln.services.vault.calibrated", lambda clock: Cost(memory_kib=8, iterations=1, lanes=1))


def at(terminal: _Terminal, monkeypatch: pytest.MonkeyPatch, *argv: str) -> int:
    monkeypatch.setattr("sys.stdin", terminal)
    monkeypatch.setattr("getpass.getpass", terminal.ask)
    return run_command_line(argv)


def test_a_new_passphrase_is_chosen_and_asked_for_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cheap: None, capsys: pytest.CaptureFixture[str]
):
    profile = str(tmp_path / "new")
    first = _Terminal("long enough", "long enough")
    assert at(first, monkeypatch, "person", "list", "--profile", profile) == 0
    assert len(first.asked) == 2
    told = capsys.readouterr()
    assert "Choose a passphrase" in told.err and "recovery code" in told.err and "recovery" not in told.out
    again = _Terminal("long enough")
    assert at(again, monkeypatch, "person", "list", "--profile", profile) == 0
    assert len(again.asked) == 1 and capsys.readouterr().err == ""


def test_two_different_ones_make_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cheap: None):
    assert at(_Terminal("long enough", "long enouhg"), monkeypatch, "check", "--profile", str(tmp_path / "new")) == 2
    assert not (tmp_path / "new" / "vault.json").exists()
    assert at(_Terminal("long enough", "long enough"), monkeypatch, "check", "--profile", str(tmp_path / "new")) == 0


def test_without_terminal_or_file_it_says_what_to_give(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    begin(tmp_path / "profile")
    monkeypatch.setattr("sys.stdin", open(os.devnull))  # noqa: PTH123, SIM115
    assert run_command_line(["person", "list", "--profile", str(tmp_path / "profile")]) == 3
    sys.stdin.close()
    assert "--passphrase-file" in capsys.readouterr().err


@pytest.mark.parametrize("end", ["", "\n", "\r\n", "\nand more\n"])
def test_only_the_line_end_of_a_passphrase_file_is_cut(pln: Pln, home: Path, end: str):
    (home / "words").write_bytes(f"\ufeff{WORDS}{end}".encode())
    assert pln("person list").code == 0
    (home / "words").write_bytes(f"{WORDS.strip()}{end}".encode())
    assert pln("person list").code == 3


# Demo ----------------------------------------------------------------------------------------------------------------


def test_a_demo_never_mixes_with_what_is_there(pln: Pln, home: Path):
    pln("person add Anna")
    assert pln("demo --no-window").code == 2
    assert pln("demo").code == 2
    assert [row["name"] for row in pln("person list --json").data["people"]] == ["Anna"]


def test_a_demo_in_a_window_is_gone_afterwards(monkeypatch: pytest.MonkeyPatch, cheap: None):
    seen: list[Path] = []

    def look(root: Path, words: Path) -> int:
        seen.append(root)
        assert run_command_line(["today", "--profile", str(root), "--passphrase-file", str(words)]) == 0
        assert run_command_line(["refresh", "--force", "--profile", str(root), "--passphrase-file", str(words)]) == 0
        return 0

    monkeypatch.setattr("pln.app.open_window", look)
    assert run(["demo"]) == 0
    assert len(seen) == 1 and not seen[0].parent.exists()


def test_a_demo_that_is_kept_opens_again_with_its_feeds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cheap: None):
    def look(root: Path, words: Path) -> int:
        return run_command_line(["refresh", "--force", "--profile", str(root), "--passphrase-file", str(words)])

    monkeypatch.setattr("pln.app.open_window", look)
    for _ in range(2):
        assert run(["demo", "--profile", str(tmp_path / "kept")]) == 0
    assert run(["demo", "--no-window", "--profile", str(tmp_path / "kept")]) == 2


@pytest.mark.long
@pytest.mark.timeout(600)
def test_pictures_of_every_place(tmp_path: Path):
    """In a process of its own: it must be the first that uses Qt."""
    command = [sys.executable, "-m", "pln", "screens", "pictures", "--empty", "--size", "1024x700", "--json"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    ran = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    assert {path.suffix for path in (tmp_path / "pictures").iterdir()} == {".png"}
