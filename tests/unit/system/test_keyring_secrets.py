"""The password store's ways to fail each end in plain words. The real one is tried in tests/real."""

from __future__ import annotations

import subprocess
import sys
from typing import ClassVar

import pytest
from keyring.backend import KeyringBackend
from keyring.backends import fail, null
from keyring.errors import InitError, KeyringLocked, PasswordDeleteError

from pln.model.errors import KeyringUnavailable
from pln.system.secrets import KeyringSecrets, NoSecrets, Secrets

_Untyped: type = KeyringBackend


class Drawer(_Untyped):
    """A keyring in memory."""

    priority: ClassVar[float] = 5

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.kept.pop((service, username), None) is None:
            raise PasswordDeleteError("No such password!")


class Forgetful(Drawer):
    def set_password(self, service: str, username: str, password: str) -> None:
        pass


class PlainFile(Drawer):
    """As keyrings.alt's: works, but everybody may read it."""

    priority = 0.5


class Failing(Drawer):
    def __init__(self, fault: Exception) -> None:
        super().__init__()
        self.fault = fault

    def get_password(self, service: str, username: str) -> str | None:
        raise self.fault

    def set_password(self, service: str, username: str, password: str) -> None:
        raise self.fault


def test_keeps_gives_and_forgets() -> None:
    drawer = Drawer()
    secrets: Secrets = KeyringSecrets(drawer)
    assert secrets.get("kek:1") is None
    secrets.put("kek:1", "open sesame")
    assert secrets.get("kek:1") == "open sesame"
    assert list(drawer.kept) == [("pln", "kek:1")]
    secrets.delete("kek:1")
    secrets.delete("kek:1")
    assert secrets.get("kek:1") is None


@pytest.mark.parametrize(
    ("backend", "title"),
    [
        (fail.Keyring(), "No password store"),
        (null.Keyring(), "No password store"),
        (PlainFile(), "No password store"),
        (Failing(InitError("Failed to create the collection: Prompt dismissed..")), "The password store did not open"),
        (Failing(KeyringLocked("Failed to unlock the collection!")), "The password store is locked"),
        (Failing(ConnectionRefusedError(111, "sesame")), "The password store did not answer"),
        (Failing(RuntimeError("sesame")), "The password store did not answer"),
    ],
    ids=["absent", "null", "plain file", "dismissed", "locked", "no answer", "odd"],
)
def test_each_failure_has_its_words(backend: KeyringBackend, title: str) -> None:
    secrets = KeyringSecrets(backend)
    for act in (lambda: secrets.put("kek:1", "sesame"), lambda: secrets.get("kek:1"), lambda: secrets.delete("kek:1")):
        with pytest.raises(KeyringUnavailable) as caught:
            act()
        assert caught.value.title == title
        assert "sesame" not in str(caught.value)
        assert "Nothing was changed" in caught.value.sentence


def test_what_is_swallowed_is_noticed() -> None:
    with pytest.raises(KeyringUnavailable, match="forgets"):
        KeyringSecrets(Forgetful()).put("kek:1", "sesame")


def test_without_secrets_every_call_says_so() -> None:
    secrets: Secrets = NoSecrets()
    for act in (lambda: secrets.put("a", "b"), lambda: secrets.get("a"), lambda: secrets.delete("a")):
        with pytest.raises(KeyringUnavailable, match="not to use"):
            act()


def test_keyring_is_not_imported_before_it_is_needed() -> None:
    code = "import sys, pln.system.secrets as s; s.KeyringSecrets(); s.NoSecrets(); print('keyring' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
