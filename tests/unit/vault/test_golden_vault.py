"""A key file as the first version wrote it opens for ever: what is bound into a slot may never change unseen."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pln.model.errors import WrongSecret
from pln.store import vault as vaults
from pln.store.vault import KEYRING, PASSPHRASE, RECOVERY, StoreKey, VaultFile

PASSPHRASE_OF_IT = "o\u0308pen sesame"  # as another keyboard composes it
CODE = "e8yb 42pa hgdx 82p5 55ts fay1 rpca nkh3"
KEK = bytes(range(32))
KEY = StoreKey(
    key=bytes.fromhex("fdbc866a494fa6c0b504c0913e49b969f7411fcd0a62f60d92d4cd7b84370b79"),
    salt=bytes.fromhex("8c0b2bbc5f75dcd60c364c2238c65d78"),
)
STORED = (Path(__file__).parent / "golden" / "vault-1.json").read_bytes()


@pytest.fixture
def vault() -> VaultFile:
    return vaults.load(STORED)


def test_every_slot_of_it_opens(vault: VaultFile) -> None:
    assert vaults.open_passphrase(vault, PASSPHRASE_OF_IT) == KEY
    assert vaults.open_with_kek(vault, KEYRING, KEK) == KEY
    assert vaults.open_recovery(vault, CODE) == KEY


def test_it_knows_its_key(vault: VaultFile) -> None:
    assert vaults.fits(vault, KEY)


def test_it_is_written_as_it_was(vault: VaultFile) -> None:
    assert vaults.dump(vault) == STORED


def test_it_is_still_the_first_version() -> None:
    """A change of what is bound in would need a new number, and this file beside the new one."""
    assert json.loads(STORED)["version"] == 1


@pytest.mark.parametrize("name", [KEYRING, PASSPHRASE, RECOVERY])
def test_its_slots_open_nothing_in_another_vault(vault: VaultFile, name: str) -> None:
    whole = json.loads(STORED)
    whole["id"] = vaults.create()[0].id
    other = vaults.load(json.dumps(whole).encode())
    with pytest.raises(WrongSecret):
        {
            KEYRING: lambda: vaults.open_with_kek(other, KEYRING, KEK),
            PASSPHRASE: lambda: vaults.open_passphrase(other, PASSPHRASE_OF_IT),
            RECOVERY: lambda: vaults.open_recovery(other, CODE),
        }[name]()
    assert not vaults.fits(other, KEY)
