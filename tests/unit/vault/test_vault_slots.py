"""Each way in opens its own vault with its own secret, and nothing else."""

from __future__ import annotations

import secrets
import unicodedata
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pln.model.errors import StoreFault, WrongSecret
from pln.store import vault as vaults
from pln.store.passphrase import Cost
from pln.store.vault import KEYRING, PASSPHRASE, RECOVERY, StoreKey, VaultFile

CHEAP = Cost(memory_kib=8, iterations=1, lanes=1)
_text = st.text(max_size=40)


def _full() -> tuple[VaultFile, StoreKey, bytes, str]:
    """A vault with all three slots, its key, the keyring's secret and the recovery code. Passphrase: "open sesame"."""
    vault, key = vaults.create()
    kek = secrets.token_bytes(32)
    vault = vaults.add_passphrase(vault, key, "open sesame", CHEAP)
    vault = vaults.add_secret(vault, key, KEYRING, kek)
    vault, code = vaults.add_recovery(vault, key)
    return vault, key, kek, code


def test_every_slot_opens() -> None:
    vault, key, kek, code = _full()
    assert vaults.open_passphrase(vault, "open sesame") == key
    assert vaults.open_with_kek(vault, KEYRING, kek) == key
    assert vaults.open_recovery(vault, code) == key


def test_each_vault_has_its_own_key() -> None:
    (first, first_key), (second, second_key) = vaults.create(), vaults.create()
    assert first.id != second.id
    assert {first_key.key, first_key.salt}.isdisjoint({second_key.key, second_key.salt})


def test_wrong_secrets_are_refused_in_words_that_repeat_nothing() -> None:
    vault, _, _, code = _full()
    other_code = ("Z" if code[0] != "Z" else "Y") + code[1:]
    tries = [
        lambda: vaults.open_passphrase(vault, "open the sesame"),
        lambda: vaults.open_passphrase(vault, ""),
        lambda: vaults.open_with_kek(vault, KEYRING, secrets.token_bytes(32)),
        lambda: vaults.open_with_kek(vault, KEYRING, b"too short"),
        lambda: vaults.open_recovery(vault, other_code),
        lambda: vaults.open_recovery(vault, "sesame"),
    ]
    for attempt in tries:
        with pytest.raises(WrongSecret) as caught:
            attempt()
        assert "sesame" not in str(caught.value)
        assert other_code not in str(caught.value)


def test_a_slot_moved_to_another_vault_does_not_open() -> None:
    vault, _, kek, code = _full()
    other = replace(vaults.create()[0], slots=vault.slots)
    for attempt in (
        lambda: vaults.open_passphrase(other, "open sesame"),
        lambda: vaults.open_with_kek(other, KEYRING, kek),
        lambda: vaults.open_recovery(other, code),
    ):
        with pytest.raises(WrongSecret):
            attempt()


def test_a_slot_under_another_name_does_not_open() -> None:
    vault, _, kek, _ = _full()
    renamed = replace(vault, slots={**vault.slots, "journal": vault.slots[KEYRING]})
    with pytest.raises(WrongSecret):
        vaults.open_with_kek(renamed, "journal", kek)


def test_the_salt_is_authenticated_with_the_key() -> None:
    vault, key, kek, _ = _full()
    slot = vault.slots[KEYRING]
    for at in range(len(slot.wrapped)):
        bent = bytearray(slot.wrapped)
        bent[at] ^= 1
        with pytest.raises(WrongSecret):
            vaults.open_with_kek(replace(vault, slots={KEYRING: replace(slot, wrapped=bytes(bent))}), KEYRING, kek)
    assert len(slot.wrapped) == len(key.key) + len(key.salt) + 16


def test_another_vaults_key_cannot_be_added() -> None:
    vault, _, _, _ = _full()
    _, stranger = vaults.create()
    for add in (
        lambda: vaults.add_passphrase(vault, stranger, "open sesame", CHEAP),
        lambda: vaults.add_recovery(vault, stranger),
        lambda: vaults.add_secret(vault, stranger, KEYRING, bytes(32)),
    ):
        with pytest.raises(StoreFault, match="does not fit the store"):
            add()


def test_a_vault_knows_its_own_key() -> None:
    vault, key, _, _ = _full()
    assert vaults.fits(vaults.load(vaults.dump(vault)), key)
    assert not vaults.fits(vault, vaults.create()[1])
    assert not vaults.fits(vaults.create()[0], key)
    assert not vaults.fits(vault, replace(key, salt=bytes(16)))
    assert not vaults.fits(replace(vault, id="00" * 16), key)
    assert not vaults.fits(replace(vault, check=b""), key)


def test_changing_the_passphrase_leaves_the_other_ways() -> None:
    vault, key, kek, code = _full()
    changed = vaults.add_passphrase(vault, key, "abracadabra", CHEAP)
    assert vaults.open_passphrase(changed, "abracadabra") == key
    with pytest.raises(WrongSecret):
        vaults.open_passphrase(changed, "open sesame")
    assert vaults.open_with_kek(changed, KEYRING, kek) == vaults.open_recovery(changed, code) == key


def test_a_new_recovery_code_ends_the_old_one() -> None:
    vault, key, _, code = _full()
    changed, new = vaults.add_recovery(vault, key)
    assert vaults.open_recovery(changed, new) == key
    with pytest.raises(WrongSecret):
        vaults.open_recovery(changed, code)


def test_slots_can_be_removed_but_never_the_last() -> None:
    vault, key, _, code = _full()
    vault = vaults.remove_slot(vaults.remove_slot(vault, KEYRING), PASSPHRASE)
    with pytest.raises(StoreFault, match="last way in"):
        vaults.remove_slot(vault, RECOVERY)
    assert vaults.open_recovery(vault, code) == key
    with pytest.raises(StoreFault, match="no passphrase set"):
        vaults.open_passphrase(vault, "open sesame")
    with pytest.raises(StoreFault, match="No such way in"):
        vaults.remove_slot(vault, KEYRING)


def test_no_secret_is_printed() -> None:
    vault, key, kek, _ = _full()
    shown = repr(key) + repr(vault) + str(key)
    for secret in (key.key, key.salt, kek):
        assert secret.hex() not in shown
        assert repr(secret)[2:-1] not in shown


def test_a_key_has_its_full_length() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        StoreKey(key=b"short", salt=bytes(16))


@given(passphrase=_text, other=_text)
def test_law_only_the_same_letters_open(passphrase: str, other: str) -> None:
    vault, key = vaults.create()
    vault = vaults.add_passphrase(vault, key, passphrase, CHEAP)
    for form in ("NFC", "NFD", "NFKC", "NFKD"):
        assert vaults.open_passphrase(vault, unicodedata.normalize(form, passphrase)) == key
    assume(unicodedata.normalize("NFKC", other) != unicodedata.normalize("NFKC", passphrase))
    with pytest.raises(WrongSecret):
        vaults.open_passphrase(vault, other)


_step = st.tuples(st.sampled_from(["passphrase", "keyring", "recovery", "remove", "store"]), st.integers(0, 5))


@given(steps=st.lists(_step, max_size=25))
def test_law_whatever_is_set_opens_and_nothing_else(steps: list[tuple[str, int]]) -> None:
    """Any sequence of changes, with the file written and read in between, keeps exactly the latest secrets."""
    vault, key = vaults.create()
    vault, code = vaults.add_recovery(vault, key)
    current: dict[str, str | bytes] = {RECOVERY: code}
    for what, number in steps:
        if what == "passphrase":
            vault = vaults.add_passphrase(vault, key, f"word {number}", CHEAP)
            current[PASSPHRASE] = f"word {number}"
        elif what == "keyring":
            vault = vaults.add_secret(vault, key, KEYRING, bytes([number]) * 32)
            current[KEYRING] = bytes([number]) * 32
        elif what == "recovery":
            vault, current[RECOVERY] = vaults.add_recovery(vault, key)
        elif what == "remove" and len(current) > 1:
            name = sorted(current)[number % len(current)]
            vault = vaults.remove_slot(vault, name)
            del current[name]
        else:
            vault = vaults.load(vaults.dump(vault))
    assert set(vault.slots) == set(current)
    assert all(_opened(vault, name, secret) == key for name, secret in current.items())


def _opened(vault: VaultFile, name: str, secret: str | bytes) -> StoreKey:
    if isinstance(secret, bytes):
        return vaults.open_with_kek(vault, name, secret)
    return (vaults.open_passphrase if name == PASSPHRASE else vaults.open_recovery)(vault, secret)
