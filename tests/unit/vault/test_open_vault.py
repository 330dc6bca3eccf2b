"""First start, opening and changing the locks, in a real profile folder, with password stores that fail."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from drawer import Drawer
from pln.model.errors import Cancelled, KeyringUnavailable, StoreFault, Trouble, UsageError, WrongSecret
from pln.services import vault as service
from pln.services.vault import NeedsPassphrase, OpenedVault, open_vault
from pln.store.passphrase import Cost
from pln.store.vault import KEYRING, PASSPHRASE, RECOVERY
from pln.system.paths import Profile
from pln.system.secrets import NoSecrets, Secrets

CHEAP = Cost(memory_kib=8, iterations=1, lanes=1)
WORDS = "open sesame"


@pytest.fixture
def profile(tmp_path: Path) -> Profile:
    return Profile(tmp_path / "me").create()


@pytest.fixture
def drawer() -> Drawer:
    return Drawer()


def _open(profile: Profile, secrets: Secrets, words: str | None = None) -> OpenedVault:
    return open_vault(profile, secrets, None if words is None else lambda: words, CHEAP)


def _must_not_ask() -> str:
    raise AssertionError("nobody should have been asked")


# First start ---------------------------------------------------------------------------------------------------------


def test_first_start_uses_the_keyring_and_gives_a_recovery_code(profile: Profile, drawer: Drawer) -> None:
    first = open_vault(profile, drawer, _must_not_ask, CHEAP)
    assert service.ways_in(profile) == {KEYRING, RECOVERY}
    assert first.way == KEYRING
    assert open_vault(profile, drawer, _must_not_ask, CHEAP) == OpenedVault(key=first.key, way=KEYRING)
    assert _open(profile, NoSecrets(), first.recovery_code).key == first.key


def test_first_start_without_keyring_asks_for_a_passphrase(profile: Profile) -> None:
    with pytest.raises(NeedsPassphrase, match="Choose a passphrase") as caught:
        _open(profile, NoSecrets())
    assert caught.value.first_time
    assert not profile.vault.exists()
    first = _open(profile, NoSecrets(), WORDS)
    assert service.ways_in(profile) == {PASSPHRASE, RECOVERY}
    assert first.recovery_code
    again = _open(profile, NoSecrets(), WORDS)
    assert again == OpenedVault(key=first.key, way=PASSPHRASE)


def test_a_short_passphrase_makes_no_vault(profile: Profile) -> None:
    for words in ("", "sesame", "  sesame  "):
        with pytest.raises(UsageError, match="too short"):
            _open(profile, NoSecrets(), words)
    assert not profile.vault.exists()


def test_closing_the_question_makes_no_vault(profile: Profile) -> None:
    def closed() -> str:
        raise Cancelled

    with pytest.raises(Cancelled):
        open_vault(profile, NoSecrets(), closed, CHEAP)
    assert not profile.vault.exists()


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_the_key_file_is_private_and_alone(profile: Profile, drawer: Drawer) -> None:
    _open(profile, drawer)
    assert stat.S_IMODE(profile.vault.stat().st_mode) == 0o600
    service.code_kept(profile)
    assert sorted(entry.name for entry in profile.root.iterdir()) == ["backups", "logs", "vault.json"]


def test_the_real_cost_is_taken_where_none_is_given(profile: Profile) -> None:
    open_vault(profile, NoSecrets(), lambda: WORDS)
    cost = service.read_vault(profile).slots[PASSPHRASE].cost
    assert cost is not None
    assert 64 * 1024 <= cost.memory_kib <= 256 * 1024
    assert open_vault(profile, NoSecrets(), lambda: WORDS).way == PASSPHRASE


# A store must never be left without its key --------------------------------------------------------------------------


@pytest.mark.parametrize("left", ["store.db", "store.db-wal", "store.db-journal"])
@pytest.mark.parametrize("content", [b"", b"encrypted pages"])
def test_a_store_without_its_key_file_is_never_given_a_new_one(
    profile: Profile, drawer: Drawer, left: str, content: bytes
) -> None:
    (profile.root / left).write_bytes(content)
    with pytest.raises(StoreFault, match="key file is missing") as caught:
        open_vault(profile, drawer, _must_not_ask, CHEAP)
    assert caught.value.trouble is Trouble.KEYS_MISSING
    assert str(profile.vault) in caught.value.sentence
    assert str(profile.backups) in caught.value.sentence
    assert not profile.vault.exists()
    assert drawer.calls == []
    assert (profile.root / left).read_bytes() == content


def test_a_vault_without_a_store_opens(profile: Profile, drawer: Drawer) -> None:
    key = _open(profile, drawer).key
    assert not profile.store.exists()
    assert _open(profile, drawer).key == key


@pytest.mark.parametrize("content", [b"", b"{", b"\x00" * 400])
def test_a_damaged_key_file_is_left_as_it_is(profile: Profile, drawer: Drawer, content: bytes) -> None:
    profile.vault.write_bytes(content)
    with pytest.raises(StoreFault, match="damaged"):
        open_vault(profile, drawer, _must_not_ask, CHEAP)
    assert profile.vault.read_bytes() == content


def test_a_folder_in_the_key_files_place_is_told(profile: Profile, drawer: Drawer) -> None:
    profile.vault.mkdir()
    with pytest.raises(StoreFault, match="cannot be read"):
        _open(profile, drawer)


# Opening where the keyring fails -------------------------------------------------------------------------------------


def test_a_locked_keyring_asks_and_says_why(profile: Profile, drawer: Drawer) -> None:
    first = _open(profile, drawer)
    drawer.shut = True
    with pytest.raises(NeedsPassphrase, match=r"It was not unlocked.*recovery code") as caught:
        _open(profile, drawer)
    assert not caught.value.first_time
    drawer.calls.clear()
    before = profile.vault.read_bytes()
    assert _open(profile, drawer, first.recovery_code).key == first.key
    assert drawer.calls == ["get"], "a second prompt right after the first one would be a nuisance"
    assert profile.vault.read_bytes() == before


@pytest.mark.parametrize("damage", ["forgotten", "garbled", "of another"])
def test_a_keyring_that_lost_its_part_is_mended_after_opening(profile: Profile, drawer: Drawer, damage: str) -> None:
    first = _open(profile, drawer)
    (name,) = drawer.kept
    drawer.kept = {"forgotten": {}, "garbled": {name: "no key"}, "of another": {name: "A" * 43 + "="}}[damage]
    with pytest.raises(NeedsPassphrase):
        _open(profile, drawer)
    assert _open(profile, drawer, first.recovery_code.lower().replace("-", " ")).key == first.key
    assert open_vault(profile, drawer, _must_not_ask, CHEAP).key == first.key


def test_opening_goes_on_where_mending_fails(profile: Profile, drawer: Drawer) -> None:
    first = _open(profile, drawer)

    class Lost(Drawer):
        def put(self, name: str, value: str) -> None:
            raise KeyringUnavailable("The password store forgets", "Nothing was changed.")

    assert _open(profile, Lost(), first.recovery_code).key == first.key
    assert _open(profile, drawer).key == first.key


@pytest.mark.parametrize("words", ["wrong words", "", "0000-" * 7 + "0000"])
def test_wrong_words_open_nothing_and_change_nothing(profile: Profile, words: str) -> None:
    _open(profile, NoSecrets(), WORDS)
    before = profile.vault.read_bytes()
    with pytest.raises(WrongSecret):
        _open(profile, NoSecrets(), words)
    assert profile.vault.read_bytes() == before


def test_without_a_passphrase_wrong_words_are_no_code(profile: Profile, drawer: Drawer) -> None:
    _open(profile, drawer)
    for words in ("some words", "0000-" * 7 + "0000"):
        with pytest.raises(WrongSecret):
            _open(profile, NoSecrets(), words)


def test_a_passphrase_may_look_like_a_code(profile: Profile) -> None:
    words = "abcd" * 8
    first = _open(profile, NoSecrets(), words)
    assert _open(profile, NoSecrets(), words) == OpenedVault(key=first.key, way=PASSPHRASE)


def test_the_key_file_and_the_code_alone_open_on_another_computer(
    profile: Profile, drawer: Drawer, tmp_path: Path
) -> None:
    first = _open(profile, drawer)
    elsewhere = Profile(tmp_path / "elsewhere").create()
    elsewhere.vault.write_bytes(profile.vault.read_bytes())
    elsewhere.store.write_bytes(b"restored")
    other = Drawer()
    assert _open(elsewhere, other, first.recovery_code).key == first.key
    assert _open(elsewhere, other).way == KEYRING


# Changing the locks --------------------------------------------------------------------------------------------------


def test_a_passphrase_is_added_changed_and_removed(profile: Profile, drawer: Drawer) -> None:
    key = _open(profile, drawer).key
    service.set_passphrase(profile, key, WORDS, CHEAP)
    assert _open(profile, NoSecrets(), WORDS).key == key
    service.set_passphrase(profile, key, "abracadabra", CHEAP)
    assert _open(profile, NoSecrets(), "abracadabra").key == key
    with pytest.raises(WrongSecret):
        _open(profile, NoSecrets(), WORDS)
    service.code_kept(profile)
    service.remove_way(profile, PASSPHRASE)
    assert service.ways_in(profile) == {KEYRING, RECOVERY}


def test_a_short_new_passphrase_changes_nothing(profile: Profile) -> None:
    key = _open(profile, NoSecrets(), WORDS).key
    with pytest.raises(UsageError):
        service.set_passphrase(profile, key, "short", CHEAP)
    assert _open(profile, NoSecrets(), WORDS).key == key


def test_a_new_recovery_code_ends_the_old_one(profile: Profile, drawer: Drawer) -> None:
    first = _open(profile, drawer)
    code = service.new_recovery_code(profile, first.key)
    assert _open(profile, NoSecrets(), code).key == first.key
    with pytest.raises(WrongSecret):
        _open(profile, NoSecrets(), first.recovery_code)


def test_this_computer_can_be_remembered_and_forgotten(profile: Profile, drawer: Drawer) -> None:
    key = _open(profile, NoSecrets(), WORDS).key
    service.remember_here(profile, drawer, key)
    assert open_vault(profile, drawer, _must_not_ask, CHEAP) == OpenedVault(key=key, way=KEYRING)
    service.forget_here(profile, drawer)
    assert drawer.kept == {}
    with pytest.raises(NeedsPassphrase) as caught:
        _open(profile, drawer)
    assert not caught.value.first_time
    assert _open(profile, drawer, WORDS).way == PASSPHRASE
    assert KEYRING not in service.ways_in(profile), "what was forgotten on purpose stays forgotten"


def test_the_keyring_alone_is_never_left(profile: Profile, drawer: Drawer) -> None:
    key = _open(profile, drawer).key
    with pytest.raises(StoreFault, match="yours to keep"):
        service.remove_way(profile, RECOVERY)
    service.set_passphrase(profile, key, WORDS, CHEAP)
    service.remove_way(profile, RECOVERY)
    service.forget_here(profile, drawer)
    with pytest.raises(StoreFault, match="last way in"):
        service.remove_way(profile, PASSPHRASE)
    assert _open(profile, NoSecrets(), WORDS).key == key


def test_a_code_that_nobody_kept_is_no_way_to_rely_on(profile: Profile, drawer: Drawer) -> None:
    key = _open(profile, drawer).key
    assert service.ways_in(profile) == {KEYRING, RECOVERY}
    assert service.sure_ways(profile) == {KEYRING}
    with pytest.raises(StoreFault, match="yours to keep"):
        service.forget_here(profile, drawer)
    service.set_passphrase(profile, key, WORDS, CHEAP)
    before = profile.vault.read_bytes(), dict(drawer.kept)
    with pytest.raises(StoreFault, match="yours to keep"):
        service.remove_way(profile, PASSPHRASE)
    assert (profile.vault.read_bytes(), drawer.kept) == before
    service.code_kept(profile)
    assert service.sure_ways(profile) == {KEYRING, PASSPHRASE, RECOVERY}
    service.remove_way(profile, PASSPHRASE)
    service.forget_here(profile, drawer)


def test_what_stays_is_tried_before_a_way_is_removed(profile: Profile, drawer: Drawer) -> None:
    first = _open(profile, drawer)
    service.set_passphrase(profile, first.key, WORDS, CHEAP)
    assert service.open_without(profile, KEYRING, WORDS).way == PASSPHRASE
    assert service.open_without(profile, PASSPHRASE, first.recovery_code).way == RECOVERY
    with pytest.raises(WrongSecret):
        service.open_without(profile, PASSPHRASE, WORDS)
    with pytest.raises(WrongSecret):
        service.open_without(profile, RECOVERY, first.recovery_code)


def test_forgetting_works_where_the_password_store_is_shut(profile: Profile, drawer: Drawer) -> None:
    """The slot is what counts; the secret that stays behind opens nothing."""
    first = _open(profile, drawer)
    service.code_kept(profile)
    drawer.shut = True
    service.forget_here(profile, drawer)
    assert service.ways_in(profile) == {RECOVERY}
    drawer.shut = False
    with pytest.raises(NeedsPassphrase):
        _open(profile, drawer)
    assert _open(profile, drawer, first.recovery_code).key == first.key


def test_no_secret_is_printed(profile: Profile, drawer: Drawer) -> None:
    first = _open(profile, drawer)
    assert first.recovery_code not in repr(first)
    assert repr(first.key) == "StoreKey()"
