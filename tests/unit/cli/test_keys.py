"""`pln keys ...`: what opens the store is told, set and removed, and nobody is locked out by it."""

from __future__ import annotations

import stat
from pathlib import Path

from pln.model.errors import WrongSecret
from pln.services.vault import open_vault
from pln.store.passphrase import Cost
from pln.system.paths import Profile
from pln.system.secrets import NoSecrets

from .conftest import WORDS, Pln

NEW = "a quiet morning in the garden"


def opens(home: Path, words: str) -> str:
    """The way that these words open, "" where they open none."""
    try:
        return open_vault(
            Profile(home / "profile"), NoSecrets(), lambda: words, Cost(memory_kib=8, iterations=1, lanes=1)
        ).way
    except WrongSecret:
        return ""


def code_of(pln: Pln) -> str:
    ran = pln("keys code --json")
    assert ran.code == 0, ran.err
    code: str = ran.data["code"]
    return code


def test_what_opens_the_store_is_told(pln: Pln) -> None:
    told = pln("keys list")
    assert "The passphrase opens the store." in told.out
    assert "This computer's password store is not used." in told.out
    assert "kept the recovery code yet" in told.out
    code_of(pln)
    assert pln("keys list --json").data == {"ways": ["passphrase", "recovery"], "code_kept": True}


def test_a_new_passphrase_ends_the_old_one(pln: Pln, home: Path) -> None:
    (home / "new").write_text(f"{NEW}\n")
    assert pln("keys passphrase --new-file new").code == 0
    assert (opens(home, NEW), opens(home, WORDS)) == ("passphrase", "")


def test_a_short_one_changes_nothing(pln: Pln, home: Path) -> None:
    (home / "new").write_text("short\n")
    before = (home / "profile" / "vault.json").read_bytes()
    ran = pln("keys passphrase --new-file new")
    assert ran.code == 2 and "too short" in ran.err
    assert (home / "profile" / "vault.json").read_bytes() == before


def test_without_a_terminal_the_new_one_has_to_come_from_a_file(pln: Pln) -> None:
    ran = pln("keys passphrase")
    assert ran.code == 3 and "--new-file FILE" in ran.err


def test_a_new_code_opens_and_ends_the_earlier_one(pln: Pln, home: Path) -> None:
    first, second = code_of(pln), code_of(pln)
    assert (opens(home, second), opens(home, first)) == ("recovery", "")


def test_a_way_is_removed_with_the_words_of_one_that_stays(pln: Pln, home: Path) -> None:
    code = code_of(pln)
    refused = pln("keys remove passphrase")
    assert refused.code == 3 and "Please give the recovery code, 32 digits and letters: it stays" in refused.err
    assert opens(home, WORDS) == "passphrase"
    (home / "words").write_text(code)
    refused = pln("keys remove recovery")
    assert refused.code == 3 and "Please give the passphrase: it stays" in refused.err
    removed = pln("keys remove passphrase --json")
    assert (removed.code, removed.data["ways"]) == (0, ["recovery"])
    assert (opens(home, WORDS), opens(home, code)) == ("", "recovery")


def test_the_last_way_stays(pln: Pln, home: Path) -> None:
    assert pln("keys remove recovery").code == 0
    last = pln("keys remove passphrase")
    assert last.code == 3 and "yours to keep" in last.err
    assert opens(home, WORDS) == "passphrase"


def test_what_is_not_there_need_not_be_removed(pln: Pln, home: Path) -> None:
    before = (home / "profile" / "vault.json").read_bytes()
    ran = pln("keys remove keyring")
    assert ran.code == 0 and "Nothing was changed" in ran.out
    assert (home / "profile" / "vault.json").read_bytes() == before


def test_the_key_file_stays_private(pln: Pln, home: Path) -> None:
    code_of(pln)
    assert stat.S_IMODE((home / "profile" / "vault.json").stat().st_mode) == 0o600


def test_a_profile_that_is_not_there_has_no_keys(pln: Pln) -> None:
    for verb in ("list", "code", "remove recovery"):
        assert pln(*f"keys {verb}".split(), profile="nowhere").code == 2
