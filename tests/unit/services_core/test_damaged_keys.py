"""A key file with one wrong character: what still opens is used and mended, what does not is called damaged."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from drawer import Drawer
from pln.model.errors import StoreFault, Trouble, WrongSecret
from pln.services import safety
from pln.services.backup import backup
from pln.services.keeping import keep_now
from pln.services.opening import Opened, check, open_profile
from pln.services.recovery_mark import mark_unseen
from pln.services.unlocking import unlock
from pln.services.vault import open_vault, read_vault
from pln.store.passphrase import Cost
from pln.system.clock import FixedClock
from pln.system.paths import Profile
from pln.system.secrets import NoSecrets
from store_fixtures import TODAY

CHEAP = Cost(memory_kib=8, iterations=1, lanes=1)
WORDS = "open sesame"
CHECK_IS_WRONG = "The check in vault.json does not fit the store"


def opened(profile: Profile, words: str = WORDS, secrets: Any = None) -> Opened:
    clock = FixedClock.on(TODAY.replace(day=22))
    return open_profile(profile, secrets or NoSecrets(), lambda: words, clock, cost=CHEAP)


@pytest.fixture
def profile(tmp_path: Path) -> Profile:
    return Profile(tmp_path / "profile")


def bend(profile: Profile, change: Callable[[dict[str, Any]], object]) -> None:
    whole = json.loads(profile.vault.read_bytes())
    change(whole)
    profile.vault.write_text(json.dumps(whole))


def bend_check(profile: Profile, by: str = "") -> None:
    def change(whole: dict[str, Any]) -> None:
        first = whole["check"][0]
        whole["check"] = (by or ("A" if first != "A" else "B")) + whole["check"][1:]

    bend(profile, change)


@pytest.mark.parametrize("by", ["", "*"])
def test_a_store_that_opens_writes_its_check_anew(profile: Profile, by: str) -> None:
    opened(profile).close()
    before = profile.vault.read_bytes()
    bend_check(profile, by)
    again = opened(profile)
    assert profile.vault.read_bytes() == before
    assert check(again.context) == ()
    backup(again.context, profile.backups / "whole.plnbackup")
    again.close()


def test_a_window_that_makes_another_code_starts_all_the_same(profile: Profile) -> None:
    opened(profile).close()
    mark_unseen(profile, read_vault(profile))
    bend_check(profile)
    unlocked = unlock(profile, NoSecrets(), lambda: WORDS, CHEAP)
    unlocked.lock.release()
    assert unlocked.recovery_code
    opened(profile, unlocked.recovery_code).close()


def test_a_password_store_that_lost_its_part_is_mended_with_the_check(profile: Profile) -> None:
    drawer = Drawer()
    first = opened(profile, secrets=drawer)
    first.close()
    bend_check(profile)
    drawer.kept.clear()
    second = opened(profile, first.recovery_code, drawer)
    second.close()
    third = opened(profile, "not asked for", drawer)
    assert (second.way, third.way, check(third.context)) == ("recovery", "keyring", ())
    third.close()


def test_check_tells_of_it_and_changing_the_passphrase_mends_it(profile: Profile) -> None:
    one = opened(profile)
    bend_check(profile)
    assert any(CHECK_IS_WRONG in each for each in check(one.context))
    safety.change_passphrase(one.context, "other words", WORDS, CHEAP)
    assert check(one.context) == ()
    one.close()
    opened(profile, "other words").close()


def test_a_store_opens_where_its_check_cannot_be_written(profile: Profile, monkeypatch: pytest.MonkeyPatch) -> None:
    opened(profile).close()
    bend_check(profile)
    before = profile.vault.read_bytes()

    def refuse(*_: object) -> None:
        raise StoreFault("The disk is full", "Nothing was changed.", Trouble.FULL)

    monkeypatch.setattr("pln.services.vault.write_atomically", refuse)
    one = opened(profile)
    assert profile.vault.read_bytes() == before
    assert any(CHECK_IS_WRONG in each for each in check(one.context))
    one.close()


def test_a_damaged_way_in_is_called_damaged_and_stays_in_the_file(profile: Profile) -> None:
    first = opened(profile)
    first.close()
    bend(profile, lambda whole: whole["slots"]["passphrase"]["argon2id"].update(lanes="many"))
    left = json.loads(profile.vault.read_bytes())["slots"]["passphrase"]
    with pytest.raises(StoreFault, match="passphrase cannot be tried") as caught:
        open_vault(profile, NoSecrets(), lambda: WORDS)
    assert caught.value.trouble is Trouble.KEYS_DAMAGED
    again = opened(profile, first.recovery_code)
    assert any("A way in is damaged in vault.json" in each and "passphrase" in each for each in check(again.context))
    safety.fresh_recovery_code(again.context, first.recovery_code)
    assert json.loads(profile.vault.read_bytes())["slots"]["passphrase"] == left
    again.close()


@pytest.mark.parametrize("part", ["id", "nonce", "wrapped", "salt", "iterations"])
def test_words_that_fail_because_of_damage_are_not_called_wrong_where_a_backup_knows(
    profile: Profile, part: str
) -> None:
    first = opened(profile)
    keep_now(first.context)
    first.close()

    def change(whole: dict[str, Any]) -> None:
        slot = whole["slots"]["passphrase"]
        if part == "iterations":
            slot["argon2id"]["iterations"] += 1
        else:
            holder = {"id": whole, "salt": slot["argon2id"]}.get(part, slot)
            holder[part] = ("0" if holder[part][0] != "0" else "1") + holder[part][1:]

    with pytest.raises(WrongSecret):
        open_vault(profile, NoSecrets(), lambda: "something else")
    bend(profile, change)
    with pytest.raises(StoreFault, match="key file is damaged") as caught:
        open_vault(profile, NoSecrets(), lambda: WORDS)
    assert caught.value.trouble is Trouble.KEYS_DAMAGED


def test_a_passphrase_that_was_changed_since_the_backup_is_no_damage(profile: Profile) -> None:
    first = opened(profile)
    keep_now(first.context)
    safety.change_passphrase(first.context, "other words", WORDS, CHEAP)
    first.close()
    with pytest.raises(WrongSecret):
        open_vault(profile, NoSecrets(), lambda: WORDS)


def test_a_damaged_code_is_not_called_a_wrong_passphrase(profile: Profile) -> None:
    first = opened(profile)
    first.close()
    bend(profile, lambda whole: whole["slots"]["recovery"].update(nonce="*"))
    with pytest.raises(StoreFault, match="recovery code cannot be tried"):
        open_vault(profile, NoSecrets(), lambda: first.recovery_code)
    with pytest.raises(WrongSecret):
        open_vault(profile, NoSecrets(), lambda: "something else")
    opened(profile).close()
