"""A recovery code counts when somebody has kept it, and not before: no crash, and no closed window, makes it pass."""

from __future__ import annotations

from pathlib import Path

import pytest

from drawer import Drawer
from pln.model.errors import StoreFault, WrongSecret
from pln.services import recovery_mark
from pln.services import vault as service
from pln.services.opening import check, open_profile
from pln.services.unlocking import Unlocked, unlock
from pln.services.vault import code_kept, code_unseen, open_vault
from pln.store.vault import KEYRING, PASSPHRASE, RECOVERY
from pln.system.clock import FixedClock
from pln.system.paths import Profile
from pln.system.secrets import NoSecrets, Secrets
from store_fixtures import TODAY
from unit.vault.test_open_vault import CHEAP, WORDS


@pytest.fixture
def profile(tmp_path: Path) -> Profile:
    return Profile(tmp_path / "me")


@pytest.fixture
def drawer() -> Drawer:
    return Drawer()


def start(profile: Profile, secrets: Secrets, words: str | None = None, *, renew: bool = True) -> Unlocked:
    """One start of the program, up to the recovery page, where it ends."""
    answer = None if words is None else (lambda: words)
    unlocked = unlock(profile, secrets, answer, CHEAP, renew_unseen=renew)
    profile.store.touch()
    unlocked.begun()
    unlocked.lock.release()
    return unlocked


def test_a_start_that_ended_at_the_page_shows_another_code(profile: Profile, drawer: Drawer) -> None:
    first = start(profile, drawer)
    second = start(profile, drawer)
    assert first.code_unseen and second.code_unseen
    assert second.recovery_code not in ("", first.recovery_code)
    with pytest.raises(WrongSecret):
        open_vault(profile, NoSecrets(), lambda: first.recovery_code)
    assert open_vault(profile, NoSecrets(), lambda: second.recovery_code).key == first.key
    code_kept(profile)
    third = start(profile, drawer)
    assert (third.recovery_code, third.code_unseen) == ("", False)
    assert open_vault(profile, NoSecrets(), lambda: second.recovery_code).key == first.key


def test_the_same_with_a_passphrase(profile: Profile) -> None:
    first = start(profile, NoSecrets(), WORDS)
    second = start(profile, NoSecrets(), WORDS)
    assert (second.way, second.code_unseen) == (PASSPHRASE, True)
    assert second.recovery_code not in ("", first.recovery_code)


def test_who_uses_the_code_has_it(profile: Profile) -> None:
    first = start(profile, NoSecrets(), WORDS)
    again = start(profile, NoSecrets(), first.recovery_code)
    assert (again.way, again.recovery_code, again.code_unseen) == (RECOVERY, "", False)
    assert start(profile, NoSecrets(), WORDS).recovery_code == ""


def test_a_script_makes_no_code_that_nobody_would_see(profile: Profile, drawer: Drawer) -> None:
    first = start(profile, drawer)
    script = start(profile, drawer, renew=False)
    assert (script.recovery_code, script.code_unseen) == ("", True)
    assert open_vault(profile, NoSecrets(), lambda: first.recovery_code).key == first.key


def test_a_new_code_counts_anew(profile: Profile, drawer: Drawer) -> None:
    key = start(profile, drawer).key
    code_kept(profile)
    service.new_recovery_code(profile, key)
    assert code_unseen(profile)
    assert service.sure_ways(profile) == {KEYRING}


def test_a_code_that_was_never_written_leaves_the_kept_one_as_it_was(
    profile: Profile, drawer: Drawer, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = start(profile, drawer)
    code_kept(profile)
    with monkeypatch.context() as broken:
        broken.setattr(service, "write_atomically", _full)
        with pytest.raises(StoreFault):
            service.new_recovery_code(profile, first.key)
    assert not code_unseen(profile)
    assert open_vault(profile, NoSecrets(), lambda: first.recovery_code).key == first.key


def test_a_code_that_was_never_written_leaves_the_unseen_one_unseen(
    profile: Profile, drawer: Drawer, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = start(profile, drawer)
    with monkeypatch.context() as broken:
        broken.setattr(service, "write_atomically", _full)
        with pytest.raises(StoreFault):
            service.new_recovery_code(profile, first.key)
    assert code_unseen(profile)


@pytest.mark.parametrize("full", [service, recovery_mark])
def test_a_full_disk_does_not_keep_the_store_closed(
    profile: Profile, drawer: Drawer, monkeypatch: pytest.MonkeyPatch, full: object
) -> None:
    first = start(profile, drawer)
    with monkeypatch.context() as broken:
        broken.setattr(full, "write_atomically", _full)
        again = start(profile, drawer)
    assert (again.key, again.recovery_code, again.code_unseen) == (first.key, "", True)
    assert start(profile, drawer).recovery_code


def test_the_mark_is_there_before_the_code(profile: Profile, drawer: Drawer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever ends the process right after the key file was written, the code counts as unseen."""
    order: list[str] = []
    mark, write = service.mark_unseen, service.write_atomically
    monkeypatch.setattr(service, "mark_unseen", lambda *given: (order.append("mark"), mark(*given)))
    monkeypatch.setattr(service, "write_atomically", lambda *given: (order.append("vault"), write(*given)))
    opened = start(profile, drawer)
    service.new_recovery_code(profile, opened.key)
    assert order == ["mark", "vault"] * 2


def test_the_mark_tells_nothing_and_bears_any_content(profile: Profile, drawer: Drawer) -> None:
    first = start(profile, drawer)
    mark = profile.root / ".code-unseen"
    assert first.recovery_code.split("-")[0] not in mark.read_text()
    for content in (b"", b"\xff" * 10_000, b"\n\n"):
        mark.write_bytes(content)
        assert not code_unseen(profile)
    mark.unlink()
    mark.mkdir()
    assert not code_unseen(profile)


def _full(*_given: object) -> None:
    raise StoreFault("The disk is full", "Free some space.")


def test_the_check_tells_where_the_password_store_is_alone(profile: Profile, drawer: Drawer) -> None:
    opened = open_profile(profile, drawer, None, FixedClock.on(TODAY))
    try:
        (line,) = check(opened.context)
        assert "Only this computer's password store" in line
        code_kept(profile)
        assert check(opened.context) == ()
    finally:
        opened.close()
