"""The command line and a journal with a lock of its own: verbs know nothing of it, those that need it say so."""

from __future__ import annotations

from pathlib import Path

import pytest

from journal_lock_fixtures import CANARIES, canaries_in, fill_journal
from pln.services import journal_lock
from pln.services.opening import open_profile
from pln.store.passphrase import Cost
from pln.system.clock import FixedClock
from pln.system.paths import Profile
from pln.system.secrets import NoSecrets

from .conftest import TODAY, WORDS, Pln

OWN = "pears and plums"
CHEAP = Cost(memory_kib=8, iterations=1, lanes=1)


@pytest.fixture
def locked(pln: Pln, home: Path) -> Pln:
    opened = open_profile(Profile(home / "profile"), NoSecrets(), lambda: WORDS, FixedClock.on(TODAY))
    fill_journal(opened.context.store, many=3)
    journal_lock.set_up(opened.context, journal_lock.prepare(OWN, CHEAP))
    opened.close()
    (home / "own").write_text(OWN + "\n")
    (home / "wrong").write_text("apples\n")
    return pln


@pytest.mark.parametrize(
    "line",
    [
        *(("search", word, "--json") for word in ("pears", CANARIES["title"][:7], CANARIES["tag"], CANARIES["draft"])),
        ("today", "--explain", "--json"),
        ("person", "show", "Ines Okafor", "--json"),
        ("meetup", "list", "--json"),
        ("check",),
        ("export", "out", "--plain", "--json"),
        ("backup", "made.plnbackup", "--json"),
    ],
    ids=" ".join,
)
def test_no_verb_knows_of_a_locked_journal(locked: Pln, home: Path, line: tuple[str, ...]) -> None:
    ran = locked(*line)
    asked = " ".join(line).lower()
    told = {name for name in canaries_in((ran.out + ran.err).encode()) if CANARIES[name] not in asked}
    assert told == set()
    for path in home.rglob("*"):
        if path.is_file():
            assert canaries_in(path.read_bytes()) == set(), path.name


@pytest.mark.parametrize("line", [("journal", "list"), ("journal", "add", "some words")])
def test_verbs_that_need_it_ask_for_its_words(locked: Pln, line: tuple[str, ...]) -> None:
    ran = locked(*line)
    assert ran.code == 3
    assert "The journal is locked" in ran.err
    assert "--journal-words" in ran.err
    assert locked(*line, "--journal-words", "wrong").code == 3
    assert locked(*line, "--journal-words", "own").code == 0


def test_with_its_words_it_is_read_and_written(locked: Pln) -> None:
    locked("journal", "add", "--title", "Mine", "words", "--journal-words", "own")
    told = locked("journal", "list", "--json", "--journal-words", "own").data
    assert told["total"] == 6
    assert "Mine" in [each["title"] for each in told["entries"]]
    assert locked("search", "Mine", "--json").data["hits"] == []


def test_words_for_a_journal_without_a_lock_are_not_needed(pln: Pln, home: Path) -> None:
    (home / "own").write_text(OWN + "\n")
    assert pln("journal", "add", "words", "--journal-words", "own").code == 0
    assert pln("journal", "list", "--json").data["total"] == 1


def test_a_check_says_that_it_did_not_read_a_locked_journal(locked: Pln) -> None:
    ran = locked("check")
    assert "The journal is locked and was not read." in ran.out
    told = locked("check", "--json").data
    assert told["sound"]
    assert not told["journal_read"]


def test_an_export_says_that_a_locked_journal_is_not_in_it(locked: Pln) -> None:
    assert "The journal is locked" in locked("export", "out", "--plain").out
