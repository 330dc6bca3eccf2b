"""Between the password store and the key file anything may happen: what opened the vault before still does."""

from __future__ import annotations

from pathlib import Path

import pytest

from drawer import Drawer
from pln.model.errors import KeyringUnavailable, StoreFault
from pln.services import vault as service
from pln.services.vault import open_vault
from pln.store import vault as slots
from pln.store.vault import KEYRING
from pln.system.paths import Profile
from pln.system.secrets import NoSecrets
from unit.vault.test_open_vault import CHEAP, WORDS


class Crash(BaseException):
    """The process ends here; nobody tidies up."""


@pytest.fixture
def profile(tmp_path: Path) -> Profile:
    return Profile(tmp_path / "me").create()


@pytest.fixture
def drawer() -> Drawer:
    return Drawer()


def _opens_by_keyring(profile: Profile, drawer: Drawer) -> bool:
    return open_vault(profile, drawer).way == KEYRING


@pytest.mark.parametrize(
    "end", [StoreFault("The disk is full", "Free some space."), Crash()], ids=["full disk", "crash"]
)
def test_a_key_file_that_could_not_be_written_leaves_the_keyring_as_it_opened(
    profile: Profile, drawer: Drawer, monkeypatch: pytest.MonkeyPatch, end: BaseException
) -> None:
    key = open_vault(profile, drawer).key
    kept, written = dict(drawer.kept), profile.vault.read_bytes()

    def fails(*_given: object) -> None:
        raise end

    with monkeypatch.context() as broken:
        broken.setattr(service, "write_atomically", fails)
        with pytest.raises(type(end)):
            service.remember_here(profile, drawer, key)
    assert profile.vault.read_bytes() == written
    assert kept.items() <= drawer.kept.items()
    assert isinstance(end, Crash) or drawer.kept == kept, "what is of no use is taken back"
    assert _opens_by_keyring(profile, drawer)


def test_an_earlier_key_goes_when_the_new_one_is_in_force(profile: Profile, drawer: Drawer) -> None:
    key = open_vault(profile, drawer).key
    (earlier,) = drawer.kept
    service.remember_here(profile, drawer, key)
    (now,) = drawer.kept
    assert now != earlier
    assert _opens_by_keyring(profile, drawer)


def test_a_backup_keeps_its_own_key_while_the_profile_gets_a_new_one(
    profile: Profile, drawer: Drawer, tmp_path: Path
) -> None:
    """As after a change of desktop: the password store lost its part, and the words gave it another one."""
    first = open_vault(profile, drawer)
    copy = Profile(tmp_path / "copy").create()
    copy.vault.write_bytes(profile.vault.read_bytes())
    lost, drawer.kept = drawer.kept, {}
    assert open_vault(profile, drawer, lambda: first.recovery_code).key == first.key
    drawer.kept |= lost
    assert _opens_by_keyring(profile, drawer) and _opens_by_keyring(copy, drawer)


def _of_the_first_version(profile: Profile, drawer: Drawer) -> str:
    """The profile as an earlier PLN left it: every slot of a vault had one name in the password store."""
    vault = service.read_vault(profile)
    (secret,) = drawer.kept.values()
    slot = slots.Slot(nonce=vault.slots[KEYRING].nonce, wrapped=vault.slots[KEYRING].wrapped)
    plain = slots.VaultFile(id=vault.id, check=vault.check, slots={**vault.slots, KEYRING: slot})
    profile.vault.write_bytes(slots.dump(plain))
    drawer.kept = {f"kek:{vault.id}": secret}
    return f"kek:{vault.id}"


def test_a_slot_of_the_first_version_opens_and_is_forgotten(profile: Profile, drawer: Drawer) -> None:
    open_vault(profile, drawer)
    _of_the_first_version(profile, drawer)
    assert _opens_by_keyring(profile, drawer)
    service.code_kept(profile)
    service.forget_here(profile, drawer)
    assert drawer.kept == {}


def test_a_name_that_serves_another_copy_is_left_alone(profile: Profile, drawer: Drawer) -> None:
    """Two copies of one profile shared a name: what lies there now may be the other one's key."""
    key = open_vault(profile, drawer).key
    shared = _of_the_first_version(profile, drawer)
    drawer.kept[shared] = "A" * 43 + "="
    service.remember_here(profile, drawer, key)
    assert drawer.kept[shared] == "A" * 43 + "="
    assert _opens_by_keyring(profile, drawer)


def test_a_first_start_that_cannot_write_leaves_nothing_in_the_password_store(
    profile: Profile, drawer: Drawer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_given: object) -> None:
        raise StoreFault("The disk is full", "Free some space.")

    monkeypatch.setattr(service, "write_atomically", full)
    with pytest.raises(StoreFault, match="disk is full"):
        open_vault(profile, drawer)
    assert drawer.kept == {}
    assert not profile.vault.exists()


def test_the_store_is_not_touched_by_any_change(profile: Profile, drawer: Drawer) -> None:
    opened = open_vault(profile, drawer)
    profile.store.write_bytes(b"encrypted pages" * 1000)
    before = profile.store.stat(), profile.store.read_bytes()
    service.set_passphrase(profile, opened.key, WORDS, CHEAP)
    service.new_recovery_code(profile, opened.key)
    service.code_kept(profile)
    service.forget_here(profile, drawer)
    service.remember_here(profile, drawer, opened.key)
    service.remove_way(profile, "passphrase")
    after = profile.store.stat()
    assert (before[0].st_mtime_ns, before[0].st_ino) == (after.st_mtime_ns, after.st_ino)
    assert profile.store.read_bytes() == before[1]


def test_a_keyring_that_is_not_to_be_asked_is_not(profile: Profile, drawer: Drawer) -> None:
    first = open_vault(profile, drawer)
    drawer.calls.clear()
    with pytest.raises(service.NeedsPassphrase) as caught:
        open_vault(profile, drawer, ask_keyring=False)
    assert caught.value.reason == ""
    assert open_vault(profile, drawer, lambda: first.recovery_code, ask_keyring=False).key == first.key
    assert drawer.calls == []


def test_a_first_start_need_not_ask_it_either(profile: Profile, drawer: Drawer) -> None:
    with pytest.raises(service.NeedsPassphrase) as caught:
        open_vault(profile, drawer, ask_keyring=False)
    assert (caught.value.first_time, caught.value.reason) == (True, "")
    assert open_vault(profile, drawer, lambda: WORDS, CHEAP, ask_keyring=False).way == "passphrase"
    assert drawer.calls == []


class Fails(Drawer):
    def _open(self, call: str) -> None:
        raise KeyringUnavailable("It failed", "The drawer is stuck. Nothing was changed.")


def test_each_start_says_why_the_keyring_did_not_open(profile: Profile, drawer: Drawer) -> None:
    with pytest.raises(service.NeedsPassphrase) as first:
        open_vault(profile, Fails())
    assert (first.value.first_time, first.value.reason) == (True, "The drawer is stuck. Nothing was changed.")
    open_vault(profile, drawer)
    with pytest.raises(service.NeedsPassphrase) as later:
        open_vault(profile, Fails())
    assert later.value.reason == "The drawer is stuck. Nothing was changed."
    drawer.kept = {}
    with pytest.raises(service.NeedsPassphrase) as unknown:
        open_vault(profile, drawer)
    assert "does not know this profile" in unknown.value.reason


def test_who_does_not_use_the_keyring_is_told_nothing_of_it(profile: Profile) -> None:
    open_vault(profile, NoSecrets(), lambda: WORDS, CHEAP)
    with pytest.raises(service.NeedsPassphrase) as caught:
        open_vault(profile, Fails())
    assert caught.value.reason == ""
