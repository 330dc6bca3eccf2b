"""What nobody means to give, but what may be given: answered at once, in a sentence."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any

import pytest

from pln.cli.command_line import build_parser
from pln.cli.passphrase import from_file
from pln.cli.terminal import shortened
from pln.cli.verbs.import_ import _lines
from pln.model.errors import StoreFault, UsageError
from pln.services.vault import read_vault
from pln.system.paths import Profile

from .conftest import Pln

SOON = 5.0  # seconds; each of these took minutes or for ever


@pytest.mark.parametrize("digits", [23, 5000])
def test_no_number_is_too_long(pln: Pln, digits: int) -> None:
    ran = pln("person", "show", "#" + "9" * digits)
    assert ran.code == 2 and "Nobody of this name" in ran.err


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_the_first_and_the_last_day(pln: Pln, day: str) -> None:
    assert pln("person add Anna").code == 0
    assert pln("meetup add --with Anna --day 2026-11-01").code == 0
    for more in ([], ["--explain"]):
        ran = pln("today", "--date", day, *more)
        assert ran.code == 0, ran.err


def test_links_in_a_circle(pln: Pln, home: Path) -> None:
    (home / "ring").symlink_to(home / "ring")
    assert pln("person add Anna").code == 0
    ran = pln("export --plain ring")
    assert ran.code in (2, 3) and ran.err.count("\n") == 1
    assert "no regular file" in pln("import ring").err


def test_what_is_no_regular_file_is_not_imported(pln: Pln, home: Path) -> None:
    os.mkfifo(home / "pipe")
    (home / "broken").symlink_to(home / "gone")
    for name in ("pipe", os.devnull):
        ran = pln("import", name)
        assert ran.code == 2 and "no regular file" in ran.err
    assert "no such file" in pln("import broken").err


def test_a_path_holds_no_nul(pln: Pln) -> None:
    for verb in ("import", "export", "backup", "restore"):
        assert pln(verb, "a\0b").code == 2


def test_nobody_waits_for_a_pipe(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(UsageError, match="cannot be read"):
        from_file(tmp_path / "pipe")
    os.mkfifo(Profile(tmp_path).vault)
    with pytest.raises(StoreFault, match="key file cannot be read"):
        read_vault(Profile(tmp_path))


def test_a_pipe_that_is_open_already_gives_the_passphrase() -> None:
    reading, writing = os.pipe()
    os.write(writing, b"words\n")
    os.close(writing)
    try:
        assert from_file(Path(f"/dev/fd/{reading}")) == "words"
    finally:
        os.close(reading)


def test_one_long_word_is_cut_at_once() -> None:
    begun = time.monotonic()
    assert shortened("ä" * 5_000_000, 10) == "ä" * 9 + "…"
    assert shortened("日" * 5_000_000, 10) == "日" * 4 + "…"
    assert time.monotonic() - begun < SOON


def test_many_at_signs_on_one_line(pln: Pln) -> None:
    begun = time.monotonic()
    assert pln("journal", "add", "@a" + " @a b" * 5_000).code == 0
    assert time.monotonic() - begun < 4 * SOON


def test_many_rows_passed_over_are_told_at_once() -> None:
    skipped = [{"row": row, "reason": "no name"} for row in range(50_000)]
    told: dict[str, Any] = {
        "path": "a.csv", "format": "table", "error": None, "rows": [], "added": {}, "merged": 0, "restored": {},
        "here": {}, "skipped": skipped, "unread": [*skipped, {"row": 7, "reason": "odd day"}], "warnings": [],
    }  # fmt: skip
    begun = time.monotonic()
    lines = _lines(told, dry=False)
    assert lines[-1] == "      row 7: odd day"
    assert time.monotonic() - begun < SOON


def test_a_question_ends_with_its_own_mark(pln: Pln) -> None:
    assert pln("person", "add", "Anna Li").code == pln("person", "add", "Bo Li").code == 0
    assert pln("person show Li").err.startswith("Who is meant? “Li” could be")


def test_help_names_the_default_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "50%" / "data"))
    told = " ".join(build_parser().format_help().split())
    assert "by default ~/50%/data/pln" in told and str(tmp_path) not in told
