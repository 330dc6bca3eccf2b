"""A profile that does not open leads to a page with the newest backup; one click brings everything back."""

from __future__ import annotations

import hashlib
import secrets as randomness
import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from pln.model.contact import Person
from pln.model.errors import Trouble
from pln.services.contacts import person_ids, save_person
from pln.services.context import Context
from pln.services.keeping import keep_now
from pln.services.kept_backups import kept_of
from pln.services.vault import code_kept, new_recovery_code, open_vault
from pln.store.connection import connect
from pln.store.glance import kept_page
from pln.system.paths import Profile
from pln.ui.place import PlaceId
from pln.ui.program.start import Start
from pln.ui.today.place import TodayPlace
from pln.ui.unlock.pages import PassphrasePage
from pln.ui.unlock.way_back_page import WayBackPage
from ui.program.whole_program import DictSecrets, new_profile, running

LONG = 20_000
NAMES = ("Bilal Roux", "Ines Okafor", "Tove Lindqvist")


def fill(ctx: Context) -> None:
    for name in NAMES:
        save_person(ctx, Person(name=name))
    keep_now(ctx)


@pytest.fixture
def secrets() -> DictSecrets:
    return DictSecrets()


@pytest.fixture
def code(tmp_path: Path, secrets: DictSecrets) -> str:
    return new_profile(tmp_path / "p", secrets, fill)


@pytest.fixture
def profile(tmp_path: Path, code: str) -> Profile:
    return Profile(tmp_path / "p")


def shown(qtbot: QtBot, start: Start) -> WayBackPage:
    """The page of the refusal, once it has looked for backups."""
    qtbot.waitUntil(lambda: isinstance(start.pages.shown, WayBackPage), timeout=LONG)
    page = start.pages.shown
    assert isinstance(page, WayBackPage)
    qtbot.waitUntil(lambda: "Looking" not in page.newest.text(), timeout=LONG)
    return page


def tells_of_the_newest(page: WayBackPage, profile: Profile) -> None:
    newest = kept_of(profile) or page.ways.backups
    made = newest[0].made.astimezone()
    assert f"{made.day} " in page.newest.text()
    assert f"{made:%H:%M}" in page.newest.text()
    assert "3 people" in page.newest.text()


def said(page: WayBackPage) -> str:
    return " ".join(each.text() for each in page.findChildren(QLabel))


def everybody(start: Start) -> tuple[str, ...]:
    assert start.program is not None
    ctx = start.program.ctx
    assert ctx.store.check() == ()
    with ctx.store.read() as work:
        return tuple(sorted(work.people.names(person_ids(ctx)).values()))


def opened(qtbot: QtBot, start: Start) -> None:
    qtbot.waitUntil(lambda: start.session is not None, timeout=LONG)


def listing(root: Path) -> dict[str, str]:
    """Every file that is somebody's, with what is in it."""
    mine = {"pln.log", "pln.lock", "settings.json"}
    return {
        each.relative_to(root).as_posix(): hashlib.sha256(each.read_bytes()).hexdigest()
        for each in sorted(root.rglob("*"))
        if each.is_file() and each.name not in mine
    }


def nothing_is_gone(root: Path, before: dict[str, str]) -> None:
    """Every content is there still, under its name or set aside under it."""
    after = listing(root)
    for name, content in before.items():
        places = [place for place in after if place == name or place.endswith(f"/{Path(name).name}")]
        assert content in [after[place] for place in places], f"{name} is gone"


def aside(profile: Profile, name: str) -> bytes:
    (found,) = profile.set_aside.glob(f"*/{name}")
    return found.read_bytes()


def wrong_bit(profile: Profile) -> None:
    data = bytearray(profile.store.read_bytes())
    data[200] ^= 1
    profile.store.write_bytes(data)


def destroyed_first_page(profile: Profile) -> None:
    data = profile.store.read_bytes()
    profile.store.write_bytes(randomness.token_bytes(4096) + data[4096:])


def emptied(profile: Profile) -> None:
    profile.store.write_bytes(b"")


def written_by_a_newer(profile: Profile, secrets: DictSecrets) -> None:
    key = open_vault(profile, secrets).key
    with closing(connect(profile.store, key.key, key.salt)) as connection:
        connection.execute("PRAGMA user_version = 99")


BROKEN: dict[str, tuple[Callable[[Profile], object], Trouble]] = {
    "damaged page": (wrong_bit, Trouble.DAMAGED),
    "destroyed first page": (destroyed_first_page, Trouble.DAMAGED),
    "zero bytes": (emptied, Trouble.EMPTY),
    "missing store": (lambda profile: profile.store.rename(profile.root / "elsewhere.db"), Trouble.STORE_MISSING),
    "a folder": (lambda profile: (profile.store.unlink(), profile.store.mkdir()), Trouble.DAMAGED),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_store_comes_back_by_one_click(
    qtbot: QtBot, qapp: QApplication, profile: Profile, secrets: DictSecrets, name: str
) -> None:
    breaks, trouble = BROKEN[name]
    breaks(profile)
    before = listing(profile.root)
    with running(qtbot, qapp, profile.root, secrets) as start:
        page = shown(qtbot, start)
        assert page.fault.trouble is trouble
        assert "key" not in said(page)
        tells_of_the_newest(page, profile)
        page.bring.click()
        opened(qtbot, start)
        assert everybody(start) == NAMES
    nothing_is_gone(profile.root, before)
    if "store.db" in before:
        assert hashlib.sha256(aside(profile, "store.db")).hexdigest() == before["store.db"]


@pytest.mark.parametrize("damaged", [None, b"{}", b'{"format": "pln-vault"'])
def test_the_keys_are_taken_from_the_backup_and_the_store_stays(
    qtbot: QtBot, qapp: QApplication, profile: Profile, secrets: DictSecrets, damaged: bytes | None
) -> None:
    profile.vault.unlink()
    if damaged is not None:
        profile.vault.write_bytes(damaged)
    before = listing(profile.root)
    with running(qtbot, qapp, profile.root, secrets) as start:
        page = shown(qtbot, start)
        assert page.fault.trouble in (Trouble.KEYS_MISSING, Trouble.KEYS_DAMAGED)
        tells_of_the_newest(page, profile)
        assert listing(profile.root)["store.db"] == before["store.db"]
        page.keys.click()
        opened(qtbot, start)
        assert everybody(start) == NAMES
    nothing_is_gone(profile.root, {name: each for name, each in before.items() if name != "store.db"})
    if damaged is not None:
        assert aside(profile, "vault.json") == damaged
    assert not list(profile.set_aside.glob("*/store.db"))


def test_keys_that_do_not_open_the_store_are_left_where_they_are(
    qtbot: QtBot, qapp: QApplication, profile: Profile, secrets: DictSecrets
) -> None:
    """The store is broken as well: then the whole backup is the way back."""
    profile.vault.unlink()
    wrong_bit(profile)
    before = listing(profile.root)
    with running(qtbot, qapp, profile.root, secrets) as start:
        page = shown(qtbot, start)
        page.keys.click()
        qtbot.waitUntil(lambda: "These keys do not open the store" in page.problem.text(), timeout=LONG)
        assert listing(profile.root) == before
        page.bring.click()
        opened(qtbot, start)
        assert everybody(start) == NAMES
    nothing_is_gone(profile.root, before)


def test_a_newer_store_is_left_and_a_backup_of_before_can_be_had(
    qtbot: QtBot, qapp: QApplication, profile: Profile, secrets: DictSecrets
) -> None:
    written_by_a_newer(profile, secrets)
    before = listing(profile.root)
    with running(qtbot, qapp, profile.root, secrets) as start:
        page = shown(qtbot, start)
        assert page.fault.trouble is Trouble.NEWER
        assert "99" not in said(page)
        tells_of_the_newest(page, profile)
        assert listing(profile.root)["store.db"] == before["store.db"]
        page.bring.click()
        opened(qtbot, start)
        assert everybody(start) == NAMES
    assert hashlib.sha256(aside(profile, "store.db")).hexdigest() == before["store.db"]


def answered(qtbot: QtBot, start: Start, words: str) -> WayBackPage:
    """The page of the refusal, after the words were typed at the start."""
    qtbot.waitUntil(lambda: isinstance(start.pages.shown, PassphrasePage), timeout=LONG)
    start.open_profile(words)
    return shown(qtbot, start)


def test_the_words_just_typed_bring_the_backup_back_by_one_click(
    qtbot: QtBot, qapp: QApplication, profile: Profile, secrets: DictSecrets, code: str
) -> None:
    wrong_bit(profile)
    secrets.shut = True
    with running(qtbot, qapp, profile.root, secrets) as start:
        page = answered(qtbot, start, code)
        assert page.fault.__traceback__ is None  # its frames would keep them as well
        page.bring.click()
        opened(qtbot, start)
        assert page.form is None
        assert page.typed == ""
        assert everybody(start) == NAMES


def test_the_words_just_typed_go_with_their_page(
    qtbot: QtBot, qapp: QApplication, profile: Profile, secrets: DictSecrets, code: str
) -> None:
    wrong_bit(profile)
    secrets.shut = True
    with running(qtbot, qapp, profile.root, secrets) as start:
        page = answered(qtbot, start, code)
        assert page.typed == code
        page.retry.click()
        qtbot.waitUntil(lambda: isinstance(start.pages.shown, PassphrasePage), timeout=LONG)
        assert page.typed == ""
        page = answered(qtbot, start, code)
    assert page.typed == ""


def test_words_are_asked_for_where_neither_those_just_typed_nor_the_password_store_help(
    qtbot: QtBot, qapp: QApplication, profile: Profile, secrets: DictSecrets, code: str
) -> None:
    later = new_recovery_code(profile, open_vault(profile, secrets).key)
    code_kept(profile)
    wrong_bit(profile)
    secrets.shut = True
    with running(qtbot, qapp, profile.root, secrets) as start:
        page = answered(qtbot, start, later)
        page.bring.click()
        qtbot.waitUntil(lambda: page.form is not None, timeout=LONG)
        assert page.form is not None
        qtbot.waitUntil(page.bring.isEnabled, timeout=LONG)
        assert "What you typed at the start does not open this backup" in page.problem.text()
        page.form.words.setText("0000-" * 7 + "0000")
        page.bring.click()
        qtbot.waitUntil(lambda: "does not fit" in page.problem.text(), timeout=LONG)
        page.form.words.setText(code)
        page.bring.click()
        opened(qtbot, start)  # the same words open it
        assert everybody(start) == NAMES


def test_a_damaged_backup_is_passed_over_and_no_backup_is_said(
    qtbot: QtBot, qapp: QApplication, profile: Profile, secrets: DictSecrets
) -> None:
    (good,) = profile.backups.glob("*.plnbackup")
    data = bytearray(good.read_bytes())
    data[len(data) // 2] ^= 1
    good.write_bytes(data)
    emptied(profile)
    before = listing(profile.root)
    with running(qtbot, qapp, profile.root, secrets) as start:
        page = shown(qtbot, start)
        assert "are damaged" in page.newest.text()
        assert page.bring.isHidden()
        assert page.other.property("kind") == "primary"
        page.other.click()
        assert page.form is not None
        assert page.other.isHidden()
        assert not page.bring.isHidden()
        assert not page.bring.isEnabled()
        assert start.session is None
    assert listing(profile.root) == before


def test_a_store_whose_today_was_shown_before_it_was_refused_comes_back_too(
    qtbot: QtBot, qapp: QApplication, profile: Profile, secrets: DictSecrets
) -> None:
    """The page that was kept is read before the store is opened: it is taken away again, and Today begins anew.

    The backup holds no such page.
    """
    key = open_vault(profile, secrets).key
    with running(qtbot, qapp, profile.root, secrets) as start:
        opened(qtbot, start)
        start.window.go(PlaceId.TODAY)
        qtbot.waitUntil(lambda: kept_page(profile.store, key.key, key.salt, "today") is not None, timeout=LONG)
    with closing(connect(profile.store, key.key, key.salt)) as connection:
        connection.execute("UPDATE kept_page SET stale = 1")
    written_by_a_newer(profile, secrets)
    with running(qtbot, qapp, profile.root, secrets) as start:
        page = shown(qtbot, start)
        assert page.isVisible()
        assert [each.id for each in start.window.made_places()] == [PlaceId.TODAY]
        page.bring.click()
        opened(qtbot, start)
        assert everybody(start) == NAMES
        today = start.window.place(PlaceId.TODAY)
        assert isinstance(today, TodayPlace)
        qtbot.waitUntil(lambda: today.page is not None, timeout=LONG)


def test_the_page_names_the_backup_that_is_chosen(
    qtbot: QtBot, qapp: QApplication, profile: Profile, secrets: DictSecrets, tmp_path: Path
) -> None:
    (first,) = profile.backups.glob("*.plnbackup")
    elsewhere = tmp_path / "elsewhere.plnbackup"
    shutil.copy(first, elsewhere)
    emptied(profile)
    with running(qtbot, qapp, profile.root, secrets) as start:
        page = shown(qtbot, start)
        tells_of_the_newest(page, profile)
        page.other.click()
        assert page.form is not None
        assert not page.other.isHidden()
        tells_of_the_newest(page, profile)
        page.form.choice.setCurrentIndex(page.form.choice.count() - 1)
        page.form.choice.activated.emit(page.form.choice.currentIndex())
        page.form.place.edit.setText(str(elsewhere))
        qtbot.waitUntil(lambda: page.newest.text() == "You chose the backup elsewhere.plnbackup.", timeout=LONG)
        page.bring.click()
        opened(qtbot, start)
        assert everybody(start) == NAMES
