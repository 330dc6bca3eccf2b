from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from drawer import Drawer
from pln.services.opening import Opened, open_profile
from pln.store.passphrase import Cost
from pln.system.clock import FixedClock
from pln.system.paths import Profile
from pln.system.secrets import NoSecrets, Secrets
from pln.ui.place import PlaceId
from pln.ui.settings.commands import commands
from pln.ui.settings.dialog import SettingsDialog
from pln.ui.theme import Mode, Theme
from store_fixtures import TODAY
from ui.shell_double import ShellDouble, shell_of

CHEAP = Cost(memory_kib=8, iterations=1, lanes=1)
WORDS = "open sesame"


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    made = Theme.install(qapp, Mode.LIGHT)
    yield made
    made.remove()


@pytest.fixture
def profile(tmp_path: Path) -> Profile:
    return Profile(tmp_path / "profile")


@pytest.fixture
def drawer() -> Drawer:
    return Drawer()


@pytest.fixture
def open_again(profile: Profile) -> Callable[..., Opened]:
    """Opens the profile as a start of the program does."""

    def opened(words: str | None = WORDS, secrets: Secrets | None = None) -> Opened:
        answer = None if words is None else (lambda: words)
        return open_profile(profile, secrets or NoSecrets(), answer, FixedClock.on(TODAY), cost=CHEAP)

    return opened


@pytest.fixture
def opened(open_again: Callable[..., Opened]) -> Iterator[Opened]:
    """A new profile with a passphrase and a recovery code."""
    made = open_again()
    yield made
    made.close()


@pytest.fixture
def shell(qtbot: QtBot, theme: Theme, opened: Opened) -> Iterator[ShellDouble]:
    with shell_of(opened.context, theme, {}, commands) as made:
        made.go(PlaceId.TODAY.value)
        yield made


@pytest.fixture
def settings(shell: ShellDouble) -> SettingsDialog:
    made = SettingsDialog(shell)
    made.open()
    return made


@pytest.fixture
def with_drawer(qtbot: QtBot, theme: Theme, open_again: Callable[..., Opened], drawer: Drawer) -> Iterator[ShellDouble]:
    """A new profile on a computer with a password store."""
    made = open_again(None, drawer)
    with shell_of(made.context, theme, {}, commands) as shell:
        yield shell
    made.close()


def dialog_of(shell: ShellDouble, kind: type[QDialog]) -> QDialog:
    """The dialog of this kind that is open."""
    return next(one for one in shell.window().findChildren(kind) if one.isVisible())
