"""The key file as it lies on the disk: whole, cut off, bent, newer, or asking for the impossible."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pln.model.errors import PlnError, StoreFault, Trouble, WrongSecret
from pln.store import vault as vaults
from pln.store.passphrase import Cost
from pln.store.vault import KEYRING, PASSPHRASE, StoreKey, VaultFile

CHEAP = Cost(memory_kib=8, iterations=1, lanes=1)
KEK = bytes(range(32))


def _vault() -> tuple[VaultFile, StoreKey]:
    vault, key = vaults.create()
    vault = vaults.add_secret(vault, key, KEYRING, KEK)
    return vaults.add_passphrase(vault, key, "open sesame", CHEAP), key


VAULT, KEY = _vault()
DATA = vaults.dump(VAULT)


def _edited(**changes: Any) -> bytes:
    return json.dumps({**json.loads(DATA), **changes}).encode()


def _with_passphrase_slot(**changes: Any) -> bytes:
    whole = json.loads(DATA)
    whole["slots"][PASSPHRASE]["argon2id"] |= changes
    return json.dumps(whole).encode()


def test_round_trip_is_exact() -> None:
    assert vaults.load(DATA) == VAULT
    assert vaults.dump(vaults.load(DATA)) == DATA


def test_the_file_is_small_and_holds_no_secret() -> None:
    assert len(DATA) < 1500
    for secret in (KEY.key, KEY.salt, KEK):
        assert secret.hex() not in DATA.decode()
    assert "sesame" not in DATA.decode()
    assert all(part not in DATA.decode() for part in (vaults._text(KEY.key)[:20], vaults._text(KEK)[:20]))


@pytest.mark.parametrize("length", [0, 1, 20, len(DATA) // 2, len(DATA) - 4])
def test_a_file_cut_off_is_damaged(length: int) -> None:
    with pytest.raises(StoreFault, match=r"damaged.*from a backup"):
        vaults.load(DATA[:length])


@pytest.mark.parametrize(
    "data",
    [
        b"null",
        b"[]",
        b"{}",
        b"\x00" * 500,
        b"\xff\xfe{",
        b"[" * 100_000,
        b'{"format": "something else", "version": 1}',
        _edited(version="one"),
        _edited(id="no digits"),
        _edited(id="\ud800"),
        _edited(id=7),
        _edited(slots={}),
        _edited(slots=[]),
        _edited(slots={"keyring": None, "passphrase": {"nonce": "*"}}),
    ],
    ids=range(14),
)
def test_what_is_no_vault_is_damaged(data: bytes) -> None:
    with pytest.raises(StoreFault, match="key file is damaged") as caught:
        vaults.load(data)
    assert caught.value.trouble is Trouble.KEYS_DAMAGED


def test_a_newer_file_is_refused_in_words() -> None:
    with pytest.raises(StoreFault, match="newer PLN") as caught:
        vaults.load(_edited(version=2, slots="something new"))
    assert caught.value.trouble is Trouble.NEWER


@pytest.mark.parametrize(
    "cost", [{"memory_kib": 1 << 30}, {"iterations": 10**9}, {"lanes": 10**6}, {"lanes": 0}, {"memory_kib": 7}]
)
def test_absurd_work_is_refused_at_once(cost: dict[str, int]) -> None:
    vault = vaults.load(_with_passphrase_slot(**cost))
    start = time.perf_counter()
    with pytest.raises(StoreFault, match="impossible amount of work"):
        vaults.open_passphrase(vault, "open sesame")
    assert time.perf_counter() - start < 1
    assert vaults.open_with_kek(vault, KEYRING, KEK) == KEY


@pytest.mark.parametrize(
    "damage", [{"salt": ""}, {"salt": "*"}, {"lanes": "many"}, {"memory_kib": None}, {"iterations": 1e999}]
)
def test_a_damaged_slot_does_not_close_the_others(damage: dict[str, Any]) -> None:
    vault = vaults.load(_with_passphrase_slot(**damage))
    assert set(vault.slots) == {KEYRING}
    assert vaults.open_with_kek(vault, KEYRING, KEK) == KEY
    with pytest.raises(StoreFault, match="passphrase cannot be tried") as caught:
        vaults.open_passphrase(vault, "open sesame")
    assert caught.value.trouble is Trouble.KEYS_DAMAGED


def test_a_damaged_slot_is_written_back_as_it_was_until_it_is_set_again() -> None:
    data = _with_passphrase_slot(lanes="many", memory_kib=None)
    vault = vaults.load(data)
    with_code, _code = vaults.add_recovery(vault, KEY)
    again = vaults.load(vaults.dump(with_code))
    assert json.loads(vaults.dump(again))["slots"][PASSPHRASE] == json.loads(data)["slots"][PASSPHRASE]
    mended = vaults.load(vaults.dump(vaults.add_passphrase(again, KEY, "open sesame", CHEAP)))
    assert not mended.damaged and vaults.open_passphrase(mended, "open sesame") == KEY


def test_a_damaged_slot_that_cannot_be_written_is_left_out() -> None:
    deep = "[" * 900 + "]" * 900
    vault = vaults.load(DATA.replace(b'"slots": {', f'"slots": {{"odd": {deep},'.encode()))
    assert vaults.open_with_kek(vaults.load(vaults.dump(vault)), KEYRING, KEK) == KEY


@pytest.mark.parametrize("check", ["*", "", None, 7, "A" * 44])
def test_a_damaged_check_closes_nothing_and_is_made_anew_by_whoever_has_the_key(check: Any) -> None:
    vault = vaults.load(_edited(check=check))
    key = vaults.open_with_kek(vault, KEYRING, KEK)
    assert key == KEY and not vaults.fits(vault, key)
    with pytest.raises(StoreFault, match="does not fit the store") as caught:
        vaults.add_recovery(vault, key)
    assert caught.value.trouble is Trouble.KEYS_DAMAGED
    assert vaults.dump(vaults.with_check(vault, key)) == DATA


def test_where_the_other_half_is_kept_goes_with_the_slot() -> None:
    vault = vaults.load(vaults.dump(vaults.add_secret(VAULT, KEY, KEYRING, KEK, "0123abcd")))
    assert vault.slots[KEYRING].kept_as == "0123abcd"
    assert VAULT.slots[KEYRING].kept_as == ""


@pytest.mark.parametrize("kept_as", [7, None, "", "0123abc", "0123ABCD", "kek:another", "0123abcd\n"])
def test_a_place_that_pln_never_wrote_makes_a_damaged_slot(kept_as: Any) -> None:
    whole = json.loads(DATA)
    whole["slots"][KEYRING]["kept_as"] = kept_as
    assert set(vaults.load(json.dumps(whole).encode()).slots) == (
        {PASSPHRASE, KEYRING} if kept_as == "" else {PASSPHRASE}
    )


def test_a_passphrase_slot_without_its_cost_is_damaged() -> None:
    whole = json.loads(DATA)
    del whole["slots"][PASSPHRASE]["argon2id"]
    with pytest.raises(StoreFault, match="damaged"):
        vaults.open_passphrase(vaults.load(json.dumps(whole).encode()), "open sesame")


@given(at=st.integers(0, len(DATA) - 1), bit=st.integers(0, 7))
def test_law_a_flipped_bit_never_opens_with_another_key(at: int, bit: int) -> None:
    bent = bytearray(DATA)
    bent[at] ^= 1 << bit
    for name in (KEYRING, PASSPHRASE):
        assert _opened(bytes(bent), name) in (None, KEY)


@given(
    st.binary(max_size=300)
    | st.recursive(st.none() | st.integers() | st.text(), st.lists).map(lambda x: json.dumps(x).encode())
)
def test_law_any_bytes_give_a_fault_in_words(data: bytes) -> None:
    with pytest.raises(StoreFault):
        vaults.load(data)


def _opened(data: bytes, name: str) -> StoreKey | None:
    """The key that the slot gives, None where it is refused in words. Anything else is a bug and comes through."""
    try:
        vault = vaults.load(data)
        if name == PASSPHRASE:
            return vaults.open_passphrase(vault, "open sesame")
        return vaults.open_with_kek(vault, name, KEK)
    except (StoreFault, WrongSecret) as fault:
        assert isinstance(fault, PlnError)
        return None
