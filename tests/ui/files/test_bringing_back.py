"""A backup comes back from the window: on a new computer by the recovery code alone, and over the store in use."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pln.model.contact import Person
from pln.services.backup import backup
from pln.services.contacts import person_ids, save_person
from pln.services.context import Context
from pln.services.keeping import keep_now
from pln.services.kept_backups import kept_of
from pln.services.vault import ways_in
from pln.store.vault import KEYRING
from pln.system.instance import let_go, take_for_window
from pln.system.paths import Profile
from pln.system.settings import LookSettings
from pln.ui.commands import CommandId
from pln.ui.files.restore_dialog import RestoreDialog
from pln.ui.frame import show_frame
from pln.ui.program import first_choice
from pln.ui.program.one_window import OneWindow
from pln.ui.program.start import Start
from pln.ui.unlock.first_page import FirstPage
from pln.ui.unlock.pages import RecoveryCodePage
from pln.ui.unlock.restore_page import RestorePage
from ui.program.whole_program import DictSecrets, ended, new_profile, running

LONG = 20_000


@contextmanager
def first_start(app: QApplication, root: Path, secrets: DictSecrets) -> Iterator[Start]:
    start = Start(app, show_frame(app, LookSettings()), LookSettings(), Profile(root), secrets=secrets)
    first_choice.begin(start)
    try:
        yield start
    finally:
        ended(start)


def add(ctx: Context, *names: str) -> None:
    for name in names:
        save_person(ctx, Person(name=name))


def people(start: Start) -> list[str]:
    assert start.program is not None
    ctx = start.program.ctx
    with ctx.store.read() as work:
        return sorted(work.people.names(person_ids(ctx)).values())


def opened(qtbot: QtBot, start: Start) -> None:
    qtbot.waitUntil(lambda: start.session is not None, timeout=LONG)


@pytest.fixture
def elsewhere(tmp_path: Path) -> tuple[Path, str]:
    """A backup of another computer's profile, and the recovery code of it."""
    made: list[Path] = []

    def fill(ctx: Context) -> None:
        add(ctx, "Ines Okafor", "Bilal Roux")
        made.append(backup(ctx, tmp_path / "b.plnbackup").path)

    code = new_profile(tmp_path / "other computer", DictSecrets(), fill)
    return made[0], code


def test_on_a_new_computer_the_recovery_code_alone_brings_everything_back(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, elsewhere: tuple[Path, str]
) -> None:
    path, code = elsewhere
    secrets = DictSecrets()
    with first_start(qapp, tmp_path / "new", secrets) as start:
        page = start.pages.shown
        assert isinstance(page, FirstPage)
        assert not (tmp_path / "new" / "vault.json").exists()
        page.restore.click()
        form = start.pages.shown
        assert isinstance(form, RestorePage)
        form.form.place.edit.setText(str(path))
        qtbot.waitUntil(lambda: "2 people" in form.form.told.text(), timeout=LONG)
        form.form.words.setText("0000-" * 7 + "0000")
        form.go.click()
        qtbot.waitUntil(lambda: bool(form.form.problem.text()) and form.go.isEnabled(), timeout=LONG)
        assert sorted(each.name for each in (tmp_path / "new").iterdir()) == ["backups", "logs", "pln.lock"]
        form.form.words.setText(code)
        form.go.click()
        opened(qtbot, start)
        assert people(start) == ["Bilal Roux", "Ines Okafor"]
        assert not isinstance(start.pages.shown, RecoveryCodePage)
    assert KEYRING in ways_in(Profile(tmp_path / "new"))
    with running(qtbot, qapp, tmp_path / "new", secrets) as again:  # this computer opens it by itself from now on
        opened(qtbot, again)


def test_a_second_start_meanwhile_finds_the_first_page(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    profile = Profile(tmp_path / "new")
    assert take_for_window(profile)
    try:
        with first_start(qapp, profile.root, DictSecrets()) as start:
            assert isinstance(start.pages.shown, FirstPage)
            qtbot.waitUntil(lambda: bool(start.findChildren(OneWindow)))
            assert start.findChildren(OneWindow)[0].listening
    finally:
        let_go(profile)


def test_a_new_store_is_begun_only_when_it_is_chosen(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    with first_start(qapp, tmp_path / "new", DictSecrets()) as start:
        page = start.pages.shown
        assert isinstance(page, FirstPage)
        page.restore.click()
        form = start.pages.shown
        assert isinstance(form, RestorePage)
        form.go.click()
        assert "Nothing was changed" in form.form.problem.text()
        form.back.click()
        back = start.pages.shown
        assert isinstance(back, FirstPage)
        assert not (tmp_path / "new" / "vault.json").exists()
        back.new.click()
        qtbot.waitUntil(lambda: isinstance(start.pages.shown, RecoveryCodePage), timeout=LONG)
    with first_start(qapp, tmp_path / "new", DictSecrets()) as start:
        assert start.pages.shown is None


def test_the_store_in_use_gives_way_and_is_kept(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    secrets = DictSecrets()
    code = new_profile(tmp_path / "p", secrets, lambda ctx: add(ctx, "Ines Okafor"))
    profile = Profile(tmp_path / "p")
    with running(qtbot, qapp, tmp_path / "p", secrets) as start:
        opened(qtbot, start)
        assert start.program is not None
        keep_now(start.program.ctx)
        add(start.program.ctx, "Bilal Roux")
        before = start.session
        start.registry.run(CommandId.FILE_RESTORE)
        qtbot.waitUntil(lambda: bool(start.window.findChildren(RestoreDialog)), timeout=LONG)
        (dialog,) = start.window.findChildren(RestoreDialog)
        assert "1 person" in dialog.form.choice.currentText()
        dialog.form.words.setText("0000-" * 7 + "0000")
        dialog.accept()
        qtbot.waitUntil(lambda: bool(dialog.form.problem.text()), timeout=LONG)
        assert people(start) == ["Bilal Roux", "Ines Okafor"]
        dialog.form.words.setText(code)
        dialog.accept()
        qtbot.waitUntil(lambda: dialog.primary.text() == "Bring it back", timeout=LONG)
        assert not (profile.set_aside).exists()
        dialog.accept()
        qtbot.waitUntil(lambda: start.session is not None and start.session is not before, timeout=LONG)
        assert people(start) == ["Ines Okafor"]
        (earlier,) = profile.set_aside.iterdir()
        assert {"store.db", "vault.json"} <= {each.name for each in earlier.iterdir()}
        assert len(kept_of(profile)) == 1
        assert [each.name for each in profile.root.iterdir() if "restoring" in each.name] == []


def test_what_was_laid_and_is_not_wanted_goes(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    secrets = DictSecrets()
    new_profile(tmp_path / "p", secrets, lambda ctx: add(ctx, "Ines Okafor"))
    with running(qtbot, qapp, tmp_path / "p", secrets) as start:
        opened(qtbot, start)
        assert start.program is not None
        keep_now(start.program.ctx)
        start.registry.run(CommandId.FILE_RESTORE)
        qtbot.waitUntil(lambda: bool(start.window.findChildren(RestoreDialog)), timeout=LONG)
        (dialog,) = start.window.findChildren(RestoreDialog)
        dialog.accept()  # no words: this computer's password store opens it
        qtbot.waitUntil(lambda: dialog.primary.text() == "Bring it back", timeout=LONG)
        assert (tmp_path / "p" / ".restoring" / "store.db").exists()
        dialog.reject()
        qtbot.waitUntil(lambda: not (tmp_path / "p" / ".restoring").exists(), timeout=LONG)
    with running(qtbot, qapp, tmp_path / "p", secrets) as start:
        opened(qtbot, start)
        assert people(start) == ["Ines Okafor"]
        assert not (tmp_path / "p" / "set-aside").exists()
