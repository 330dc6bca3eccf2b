"""A real password store: gnome-keyring on a session bus of its own, unlocked, locked, not set up, and absent.

Each case runs in its own process, session and home, because a keyring once locked cannot be unlocked without a screen.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from pln.system.secrets import KeyringSecrets

pytestmark = [
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Secret Service is Linux's"),
    pytest.mark.skipif(shutil.which("dbus-run-session") is None, reason="needs dbus-run-session (package dbus)"),
    pytest.mark.skipif(shutil.which("gnome-keyring-daemon") is None, reason="needs gnome-keyring-daemon"),
]

UNLOCKED = 'printf %s "a password" | gnome-keyring-daemon --unlock --components=secrets >/dev/null; exec "$@"'
NOT_SET_UP = 'gnome-keyring-daemon --start --components=secrets >/dev/null; exec "$@"'
STARTED_BY_THE_BUS = 'exec "$@"'
BUS_WITHOUT_SERVICES = """
<busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen>
<policy context="default">
<allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/>
</policy></busconfig>
"""

Run = Callable[..., str]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """run(code, session): what a Python program prints, in a fresh session (None: without any bus)."""

    def in_session(code: str, session: str | None = UNLOCKED, options: tuple[str, ...] = (), **extra: str) -> str:
        program = [sys.executable, "-c", code, str(tmp_path / "profile")]
        if session is not None:
            program = ["timeout", "60", "dbus-run-session", *options, "--", "bash", "-c", session, "_", *program]
        environment = {**_environment(tmp_path), **extra}
        done = subprocess.run(program, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    return in_session


def _environment(home: Path) -> dict[str, str]:
    places = {"HOME": "home", "XDG_RUNTIME_DIR": "run"}
    places |= {f"XDG_{name}_HOME": name.lower() for name in ("DATA", "CONFIG", "CACHE")}
    for name in places.values():
        (home / name).mkdir(mode=0o700, exist_ok=True)
    return {"PATH": os.environ["PATH"], "LANG": "C.UTF-8"} | {key: str(home / name) for key, name in places.items()}


_TRY = """
from pln.model.errors import KeyringUnavailable
from pln.system.secrets import KeyringSecrets
secrets = KeyringSecrets()
def tried(act, *words):
    try:
        print(act.__name__, act(*words))
    except KeyringUnavailable as fault:
        print(act.__name__, fault.title)
"""

_EACH = "tried(secrets.put, 'kek:1', 'a key'); tried(secrets.get, 'kek:1'); tried(secrets.delete, 'kek:1')"


def _each_says(title: str) -> str:
    return "".join(f"{act} {title}\n" for act in ("put", "get", "delete"))


def test_keeps_gives_and_forgets(run: Run) -> None:
    code = "tried(secrets.get, 'kek:1')\n" + _EACH + "\ntried(secrets.get, 'kek:1')\ntried(secrets.delete, 'kek:1')"
    assert run(_TRY + code) == "get None\nput None\nget a key\ndelete None\nget None\ndelete None\n"


def test_another_process_finds_what_was_kept(run: Run) -> None:
    look = _TRY + "tried(secrets.get, 'kek:1')"
    code = f"""
import subprocess, sys
secrets.put('kek:1', 'a key')
subprocess.run([sys.executable, '-c', {look!r}], check=True)
"""
    assert run(_TRY + code) == "get a key\n"


def test_a_locked_store_says_so(run: Run) -> None:
    lock = """
import secretstorage
bus = secretstorage.dbus_init()
secretstorage.get_default_collection(bus).lock()
bus.close()
"""
    assert run(_TRY + "secrets.put('kek:1', 'a key')" + lock + _EACH) == _each_says("The password store is locked")


@pytest.mark.parametrize("session", [NOT_SET_UP, STARTED_BY_THE_BUS])
def test_a_store_that_is_not_set_up_says_so(run: Run, session: str) -> None:
    assert run(_TRY + _EACH, session) == _each_says("The password store did not open")


def test_without_a_bus_there_is_none(run: Run) -> None:
    assert run(_TRY + _EACH, None) == _each_says("No password store")


def test_on_a_bus_without_services_there_is_none(run: Run, tmp_path: Path) -> None:
    (tmp_path / "bus.conf").write_text(BUS_WITHOUT_SERVICES)
    options = (f"--config-file={tmp_path}/bus.conf",)
    assert run(_TRY + _EACH, STARTED_BY_THE_BUS, options) == _each_says("No password store")


def test_a_dead_bus_says_so(run: Run, tmp_path: Path) -> None:
    dead = f"unix:path={tmp_path}/nobody-listens"
    assert run(_TRY + _EACH, None, DBUS_SESSION_BUS_ADDRESS=dead) == _each_says("No password store")


@pytest.mark.parametrize("session", [None, UNLOCKED], ids=["alone", "beside a real one"])
def test_the_null_backend_is_not_trusted(run: Run, session: str | None) -> None:
    null = "keyring.backends.null.Keyring"
    assert run(_TRY + _EACH, session, PYTHON_KEYRING_BACKEND=null) == _each_says("No password store")


_START = """
import sys
from pathlib import Path
from pln.services.vault import NeedsPassphrase, open_vault
from pln.system.paths import Profile
from pln.system.secrets import KeyringSecrets
profile = Profile(Path(sys.argv[1])).create()
def start(*words):
    opened = open_vault(profile, KeyringSecrets(), *(lambda word=word: word for word in words))
    print(opened.way, bool(opened.recovery_code))
    return opened
"""


def test_a_first_start_and_the_next_need_no_passphrase(run: Run) -> None:
    assert run(_START + "assert start().key == start().key") == "keyring True\nkeyring False\n"


def test_an_earlier_slot_leaves_nothing_behind(run: Run) -> None:
    again = """
from pln.services.vault import code_kept, forget_here, read_vault, remember_here
secrets = KeyringSecrets()
def name():
    vault = read_vault(profile)
    return f"kek:{vault.id}:{vault.slots['keyring'].kept_as}"
key = start().key
code_kept(profile)
first = name()
remember_here(profile, secrets, key)
second = name()
print(first != second, secrets.get(first), secrets.get(second) is not None)
assert start().key == key
forget_here(profile, secrets)
print(secrets.get(second))
"""
    assert run(_START + again) == "keyring True\nTrue None True\nkeyring False\nNone\n"


def test_a_changed_desktop_is_overcome_by_the_recovery_code(run: Run, tmp_path: Path) -> None:
    code = run(_START + "print(start().recovery_code)").splitlines()[-1]
    shutil.rmtree(tmp_path / "data")  # the desktop's keyrings
    again = f"""
try:
    start()
except NeedsPassphrase as question:
    print(question.first_time)
start({code!r})
start()
"""
    assert run(_START + again) == "False\nrecovery False\nkeyring False\n"


def test_a_first_start_without_a_password_store_asks(run: Run) -> None:
    ask = """
try:
    start()
except NeedsPassphrase as question:
    print(question.first_time, question.sentence)
start("open sesame")
start("open sesame")
"""
    printed = run(_START + ask, None).splitlines()
    assert printed[0].startswith("True This computer has no password store")
    assert printed[1:] == ["passphrase True", "passphrase False"]


@pytest.mark.real
@pytest.mark.skipif("PLN_THROWAWAY_SESSION" not in os.environ, reason="only in the session of scripts/with_keyring.sh")
def test_in_the_session_at_hand() -> None:
    secrets = KeyringSecrets()
    secrets.put("kek:1", "a key")
    assert secrets.get("kek:1") == "a key"
    secrets.delete("kek:1")
    assert secrets.get("kek:1") is None
