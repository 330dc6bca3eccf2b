"""A disk that takes a new key file but does not confirm its name: what is said of it is true, and no code is lost."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from drawer import Drawer
from pln.durable.files import InPlace, flush_folder
from pln.model.errors import StoreFault, WrongSecret
from pln.services import journal_lock, vault
from pln.services.context import Context
from pln.services.journal_lock import JournalState, prepare
from pln.services.vault import open_vault
from pln.store.passphrase import Cost
from pln.system.paths import Profile
from pln.system.secrets import NoSecrets

CHEAP = Cost(memory_kib=8, iterations=1, lanes=1)
WORDS = "open sesame"
NEW = "other words"


class Disk:
    """Flushes folders until it is told to refuse."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._refuses = False
        self._left = 0
        monkeypatch.setattr("pln.durable.files.flush_folder", self._flush)

    def refuse_after(self, flushes: int) -> None:
        """Every flush but the first ones fails from now on."""
        self._left, self._refuses = flushes, True

    def _flush(self, folder: Path) -> None:
        if self._refuses and self._left == 0:
            raise OSError(errno.EIO, "refused")
        self._left = max(0, self._left - 1)
        flush_folder(folder)


@pytest.fixture
def profile(tmp_path: Path) -> Profile:
    return Profile(tmp_path / "profile").create()


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Disk:
    return Disk(monkeypatch)


def test_a_changed_passphrase_is_told_to_be_in_force(profile: Profile, disk: Disk) -> None:
    key = open_vault(profile, NoSecrets(), lambda: WORDS, CHEAP).key
    disk.refuse_after(0)
    with pytest.raises(InPlace, match="is in force") as caught:
        vault.set_passphrase(profile, key, NEW, CHEAP)
    assert "Nothing was changed" not in str(caught.value)
    assert open_vault(profile, NoSecrets(), lambda: NEW).key == key
    with pytest.raises(WrongSecret):
        open_vault(profile, NoSecrets(), lambda: WORDS)


def test_a_new_code_is_given_where_it_is_in_force(profile: Profile, disk: Disk) -> None:
    key = open_vault(profile, NoSecrets(), lambda: WORDS, CHEAP).key
    disk.refuse_after(1)  # the mark of an unseen code is confirmed, the vault is not
    code = vault.new_recovery_code(profile, key)
    assert open_vault(profile, NoSecrets(), lambda: code).key == key


def test_no_new_code_is_made_where_it_cannot_be_marked(profile: Profile, disk: Disk) -> None:
    first = open_vault(profile, NoSecrets(), lambda: WORDS, CHEAP)
    before = profile.vault.read_bytes()
    disk.refuse_after(0)
    with pytest.raises(StoreFault, match="Nothing was changed"):
        vault.new_recovery_code(profile, first.key)
    assert profile.vault.read_bytes() == before
    assert open_vault(profile, NoSecrets(), lambda: first.recovery_code).key == first.key


def test_a_first_start_goes_on_and_keeps_its_key(profile: Profile, disk: Disk) -> None:
    drawer = Drawer()
    disk.refuse_after(1)
    first = open_vault(profile, drawer)
    assert first.recovery_code
    assert open_vault(profile, drawer).key == first.key


def test_the_password_store_keeps_the_keys_of_both_files(profile: Profile, disk: Disk) -> None:
    drawer = Drawer()
    first = open_vault(profile, drawer)
    earlier = profile.vault.read_bytes()
    disk.refuse_after(0)
    with pytest.raises(InPlace):
        vault.remember_here(profile, drawer, first.key)
    assert open_vault(profile, drawer).key == first.key
    profile.vault.write_bytes(earlier)  # as a power cut may leave it
    assert open_vault(profile, drawer).key == first.key


@pytest.mark.parametrize("flushes", [0, 1])
def test_a_lock_that_could_not_be_set_up_is_told_as_none(context: Context, disk: Disk, flushes: int) -> None:
    disk.refuse_after(flushes)
    with pytest.raises(StoreFault, match="no lock yet"):
        journal_lock.set_up(context, prepare(WORDS, CHEAP))
    assert journal_lock.state(context) is JournalState.TOGETHER


def test_the_journals_new_words_and_code_are_told(context: Context, disk: Disk) -> None:
    made = prepare(WORDS, CHEAP)
    journal_lock.set_up(context, made)
    disk.refuse_after(0)
    with pytest.raises(InPlace, match="in force"):
        journal_lock.change_words(context, WORDS, NEW, CHEAP)
    code = journal_lock.fresh_code(context, NEW)
    for words in (NEW, code):
        journal_lock.lock_journal(context)
        journal_lock.open_journal(context, words)
        assert journal_lock.state(context) is JournalState.OPEN
    with pytest.raises(WrongSecret):
        journal_lock.change_words(context, made.code, WORDS, CHEAP)
