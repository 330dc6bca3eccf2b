"""Nothing private gets out of the store by itself: not into the log, a title, a setting, a report or any other file.

A store with a canary in every text, a day that opens every place and dialog and runs every command at the level of
the log that says most, and bugs with canaries in them. Then everything is searched that was left behind.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from architecture.source_tree import ROOT
from e2e.canary_day.everywhere import (
    CANARY,
    FILLED,
    TODAY,
    canaries,
    canary,
    fill_everywhere,
    kinds_of_the_model,
    texts,
)
from pln.model.sync import SyncAccount
from pln.services.exporting import export_all
from pln.services.opening import open_profile
from pln.services.vault import code_kept
from pln.store.passphrase import Cost
from pln.system.clock import FixedClock
from pln.system.paths import Profile
from pln.system.secrets import NoSecrets

WORDS = f"{CANARY}passphrase and a calm sentence"
DIALOGS = {"LogDialog", "SettingsDialog", "EditDialog", "ImportDialog", "BackupDialog", "ReadBackDialog", "ShareDialog"}
"""Some that the day must have come through, so that it is known to have been one."""


def encoded(word: str) -> Iterator[bytes]:
    yield from (word.encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be"))


def found_in(data: bytes) -> bool:
    small = data.lower()
    return any(form in small for form in encoded(CANARY))


def found_below(folder: Path) -> dict[str, str]:
    """The files (by content or by name) below a folder that hold a canary, and the first of them."""
    found = {}
    for path in folder.rglob("*"):
        data = path.read_bytes() if path.is_file() and not path.is_symlink() else b""
        if found_in(data):
            at = data.lower().index(next(form for form in encoded(CANARY) if form in data.lower()))
            found[str(path.relative_to(folder))] = repr(data[max(0, at - 80) : at + 60])
        elif found_in(str(path.relative_to(folder)).encode()):
            found[str(path.relative_to(folder))] = "by its name"
    return found


def begin(root: Path, outside: Path) -> str:
    """A profile with everything in it; its recovery code."""
    cost = Cost(memory_kib=8, iterations=1, lanes=1)
    opened = open_profile(Profile(root), NoSecrets(), lambda: WORDS, FixedClock.on(TODAY), cost=cost)
    try:
        fill_everywhere(opened.context)
        export_all(opened.context, outside / "before")
    finally:
        opened.close()
    code_kept(Profile(root))
    return opened.recovery_code


def session(home: Path) -> dict[str, str]:
    """A home of its own, where everything lands that a program may leave behind."""
    places = {f"XDG_{name}_HOME": home / name.lower() for name in ("DATA", "CONFIG", "CACHE", "STATE")}
    places |= {"HOME": home, "TMPDIR": home / "tmp", "XDG_RUNTIME_DIR": home / "run", "APPDATA": home / "config"}
    for place in places.values():
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return {
        **os.environ, **{name: str(place) for name, place in places.items()},
        "PYTHONPATH": os.pathsep.join((str(ROOT), str(ROOT / "tests"))), "QT_QPA_PLATFORM": "offscreen",
        "PYTHONDONTWRITEBYTECODE": "1",
    }  # fmt: skip


@pytest.mark.timeout(400)
def test_a_day_everywhere_leaves_no_word_behind(tmp_path: Path) -> None:
    home, outside = tmp_path / "home", tmp_path / "outside"
    environment = session(home)
    outside.mkdir()
    code = begin(home / "profile", outside)
    (outside / "words").write_text(WORDS)
    line = [sys.executable, str(Path(__file__).with_name("day.py")), str(home / "profile"), str(outside / "words")]
    line += [str(outside), str(home / "titles")]
    with subprocess.Popen(
        line, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=home, errors="replace"
    ) as running:  # fmt: skip
        try:
            out, errors = running.communicate(timeout=360)
        finally:
            running.kill()
    log = Profile(home / "profile").log.read_text() if Profile(home / "profile").log.exists() else ""
    assert running.returncode == 0, f"{out}\n{errors}\n{log}"
    assert set(out.split()) >= DIALOGS, out
    assert "DEBUG" in log and log.count("unexpected fault") + log.count("a fault of PLN's own") >= 4
    assert "PLN" in (home / "titles").read_text()
    assert found_below(home) == {}
    assert not found_in(errors.encode()) and not found_in(out.encode())
    bare = code.replace("-", "").replace(" ", "").lower().encode()
    assert not [path for path in home.rglob("*") if path.is_file() and bare in _bare(path)]
    assert (outside / "everything" / "pln.json").exists() and found_below(outside / "everything"), (
        "taken out on purpose"
    )


def _bare(path: Path) -> bytes:
    return path.read_bytes().replace(b"-", b"").replace(b" ", b"").lower()


# The search itself ---------------------------------------------------------------------------------------------------


def test_every_kind_of_record_has_its_canaries() -> None:
    assert kinds_of_the_model() == set(FILLED)


def test_every_canary_is_in_the_store(tmp_path: Path) -> None:
    begin(tmp_path / "profile", tmp_path)
    written = b"".join(path.read_bytes() for path in (tmp_path / "before").rglob("*.json*"))
    here_alone = {canary(SyncAccount, name) for name in texts(SyncAccount)}  # no export names the owner's server
    assert {each for each in canaries() if each.encode() not in written} == here_alone
    assert len(canaries()) > 50


@pytest.mark.parametrize("code", ["utf-8", "utf-16-le", "utf-16-be"])
def test_the_search_finds_what_it_looks_for(tmp_path: Path, code: str) -> None:
    (tmp_path / "x.log").write_bytes(b"\x00" + f"before {CANARY.upper()}personname after".encode(code))
    (tmp_path / f"{CANARY}.txt").write_bytes(b"")
    assert found_below(tmp_path).keys() == {"x.log", f"{CANARY}.txt"}
