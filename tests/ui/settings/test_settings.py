"""Every wish is kept at once and found again after a restart."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from pln.model.feed import Feed
from pln.model.suggestion import Energy
from pln.services.opening import Opened
from pln.services.preferences import Preferences, preferences, save_preferences
from pln.services.reading import Shelf
from pln.system.settings import Theme as KeptTheme
from pln.system.settings import read_settings
from pln.ui.commands import CommandId
from pln.ui.place import PlaceId
from pln.ui.reading.room_dialog import RoomDialog
from pln.ui.settings.dialog import SettingsDialog
from pln.ui.theme import Mode, Theme
from pln.ui.widgets.text_edit import TextEdit
from store_fixtures import TODAY, entry_of
from ui.settings.conftest import dialog_of
from ui.shell_double import ShellDouble


def choose(box: QComboBox, key: str) -> None:
    number = box.findData(key)
    box.setCurrentIndex(number)
    box.activated.emit(number)


def wishes(qtbot: QtBot, shell: ShellDouble, wanted: Callable[[Preferences], bool]) -> None:
    qtbot.waitUntil(lambda: wanted(preferences(shell.ctx)), timeout=10_000)


def press(box: object, text: str) -> None:
    button = next(one for one in box.findChildren(QPushButton) if one.text() == text)  # type: ignore[attr-defined]
    button.click()


def test_all_wishes_outlive_a_restart(
    qtbot: QtBot, shell: ShellDouble, settings: SettingsDialog, opened: Opened, open_again: Callable[..., Opened],
    tmp_path: Path,
) -> None:  # fmt: skip
    today, sharing = settings.sections["today"], settings.sections["sharing"]
    settings.show_section("today")
    press(today.energy, "Quiet: one")
    today.purpose.setFocus()
    qtbot.keyClicks(today.purpose, "To learn  pottery")
    qtbot.keyClicks(today.interests.edit, "ceramics")
    qtbot.keyClick(today.interests.edit, Qt.Key.Key_Return)
    settings.show_section("places")
    settings.sections["places"].boxes["network"].setChecked(False)
    settings.show_section("reading")
    choose(settings.sections["reading"].minutes, "0")
    settings.show_section("sharing")
    sharing.on.setChecked(True)
    sharing.folder.edit.setText(str(tmp_path))
    qtbot.keyClicks(sharing.heading, "Loud thoughts")
    qtbot.keyClicks(sharing.guidelines, "No names")
    settings.reject()
    wishes(qtbot, shell, lambda kept: kept.guidelines == "No names" and kept.own_interests == ("ceramics",))
    qtbot.waitUntil(lambda: shell.tasks.idle)
    opened.close()
    again = open_again()
    kept = preferences(again.context)
    again.close()
    assert kept == Preferences(
        energy=Energy.QUIET, purpose="To learn pottery", own_interests=("ceramics",), places=("reading", "journal"),
        sharing=True, share_folder=str(tmp_path), feed_folder_name="Loud thoughts", guidelines="No names",
        refresh_minutes=0,
    )  # fmt: skip
    assert not shell.noted.faults


def test_the_window_follows_at_once(qtbot: QtBot, shell: ShellDouble, settings: SettingsDialog) -> None:
    settings.sections["places"].boxes["reading"].setChecked(False)
    qtbot.waitUntil(lambda: PlaceId.READING not in shell.window().visible_places())
    qtbot.waitUntil(lambda: settings.said.text() == "Saved")


def test_closing_without_a_change_writes_nothing(qtbot: QtBot, shell: ShellDouble, settings: SettingsDialog) -> None:
    heard: list[object] = []
    stop = shell.subscribe(heard.append)
    for key in settings.sections:
        settings.show_section(key)
    settings.accept()
    qtbot.waitUntil(lambda: shell.tasks.idle)
    QApplication.processEvents()
    stop()
    assert heard == []


def test_the_look_is_applied_and_kept_at_once(
    qtbot: QtBot, shell: ShellDouble, settings: SettingsDialog, theme: Theme
) -> None:
    look = settings.sections["look"]
    press(look.mode, "Dark")
    choose(look.text_size, "150")
    choose(look.measure, "52")
    assert (theme.mode, theme.scale, theme.measure) == (Mode.DARK, 1.5, 52)
    path = shell.ctx.profile.settings
    qtbot.waitUntil(lambda: path.exists() and read_settings(path).reading_width == 52)
    kept = read_settings(path)
    assert (kept.theme, kept.text_scale) == (KeptTheme.DARK, 1.5)


def test_lines_get_narrower_while_one_looks(qtbot: QtBot, theme: Theme) -> None:
    edit = TextEdit("Journal", kind="page")
    qtbot.addWidget(edit)
    edit.resize(1400, 400)
    edit.show()
    before = edit.lineWrapColumnOrWidth()
    theme.set_measure(52)
    qtbot.waitUntil(lambda: edit.lineWrapColumnOrWidth() < before * 0.8)


def test_pln_rests_and_wakes(qtbot: QtBot, shell: ShellDouble, settings: SettingsDialog) -> None:
    settings.show_section("today")
    section = settings.sections["today"]
    section.until.set_day(TODAY)
    section.rest.click()
    assert section.problem.isVisible() and preferences(shell.ctx).paused_until is None
    section.until.setText("whenever")
    section.rest.click()
    assert "This is no day" in section.problem.text() and preferences(shell.ctx).paused_until is None
    until = TODAY + timedelta(days=30)
    section.until.set_day(until)
    section.rest.click()
    wishes(qtbot, shell, lambda kept: kept.paused_until == until)
    qtbot.waitUntil(section.wake.isVisible)
    assert not section.problem.isVisible()
    section.wake.click()
    wishes(qtbot, shell, lambda kept: kept.paused_until is None and kept.resumed_on == TODAY)
    qtbot.waitUntil(section.rest.isVisible)


def test_a_relative_folder_is_refused_in_place(qtbot: QtBot, shell: ShellDouble, settings: SettingsDialog) -> None:
    settings.show_section("sharing")
    section = settings.sections["sharing"]
    section.folder.edit.setText("some/where")
    section.flush()
    assert "full path" in section.problem.text() and section.problem.isVisible()
    assert preferences(shell.ctx).share_folder == ""


def test_sections_are_reached_by_keyboard(qtbot: QtBot, settings: SettingsDialog) -> None:
    look = settings.items["look"]
    qtbot.waitUntil(look.hasFocus)
    qtbot.keyClick(look, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: settings.items["today"].isChecked())
    assert settings.sections["today"].isVisible()


def test_sharing_is_off_at_first(settings: SettingsDialog) -> None:
    assert not settings.sections["sharing"].on.isChecked()


def test_everything_opens_its_dialogs_in_place_of_the_settings(shell: ShellDouble, settings: SettingsDialog) -> None:
    from pln.ui.files.export_dialog import ExportDialog

    press(settings.sections["everything"], "Export everything…")
    assert not settings.isVisible()
    assert dialog_of(shell, ExportDialog).isVisible()


def test_about_tells_what_it_is_made_of(shell: ShellDouble) -> None:
    from pln.ui.settings.about import AboutDialog

    shell.registry.run(CommandId.HELP_ABOUT)
    about = dialog_of(shell, AboutDialog)
    assert isinstance(about, AboutDialog)
    assert "SIL Open Font License" in about.licence.toPlainText().replace("OPEN FONT LICENSE", "Open Font License")
    choose(about.which, "icons")
    assert "Lucide" in about.licence.toPlainText()


def test_the_welcome_pages_keep_what_was_chosen(qtbot: QtBot, shell: ShellDouble, settings: SettingsDialog) -> None:
    from pln.ui.welcome.pages import WelcomePages

    settings.show_section("today")
    qtbot.keyClicks(settings.sections["today"].purpose, "Pottery")
    settings.sections["places"].boxes["network"].setChecked(False)
    press(settings.sections["today"].energy, "Open: five")
    settings.accept()
    wishes(qtbot, shell, lambda kept: kept.purpose == "Pottery" and kept.energy is Energy.OPEN)
    qtbot.waitUntil(lambda: shell.tasks.idle)
    save_preferences(shell.ctx, replace(preferences(shell.ctx), welcomed=True))
    before = preferences(shell.ctx)
    shell.registry.run(CommandId.HELP_WELCOME)
    pages = next(iter(shell.window().findChildren(WelcomePages)))
    for _ in range(4):
        page = next(one for one in pages.findChildren(QPushButton) if one.text() == "Skip for now" and one.isVisible())
        page.click()
    qtbot.waitUntil(lambda: shell.window().topbar.search.isVisible())
    assert preferences(shell.ctx) == before


@pytest.mark.parametrize("kind", [QLineEdit, QComboBox, QPushButton])
def test_everything_has_a_name_to_be_read_aloud(settings: SettingsDialog, kind: type) -> None:
    for key in settings.sections:
        settings.show_section(key)
        nameless = [one for one in settings.sections[key].findChildren(kind) if one.isVisible() and not named(one)]
        assert nameless == [], key


def named(widget: object) -> bool:
    text = widget.text() if isinstance(widget, QPushButton) else ""
    inner = isinstance(widget, QLineEdit) and widget.objectName().startswith("qt_")  # of a date field
    return bool(widget.accessibleName() or text or inner)  # type: ignore[attr-defined]


def test_dates_ahead_are_offered(settings: SettingsDialog) -> None:
    assert settings.sections["today"].until.day() == date(2026, 11, 29)


def test_the_way_out_and_when_feeds_are_left_alone(qtbot: QtBot, shell: ShellDouble, settings: SettingsDialog) -> None:
    settings.show_section("reading")
    reading = settings.sections["reading"]
    assert reading.proxy.isHidden()
    reading.metered.setChecked(True)
    reading.battery.setChecked(True)
    choose(reading.way, "named")
    assert not reading.proxy.isHidden()
    reading.proxy.setText("http://ada:lace@proxy.example")
    reading.proxy.editingFinished.emit()
    qtbot.waitUntil(lambda: "No password here" in reading.problem.text())
    reading.proxy.setText("socks5://proxy.example")
    reading.proxy.editingFinished.emit()
    qtbot.waitUntil(lambda: preferences(shell.ctx).proxy == "socks5://proxy.example:1080")
    qtbot.waitUntil(reading.problem.isHidden)
    choose(reading.way, "none")
    qtbot.waitUntil(lambda: preferences(shell.ctx).proxy == "none")
    assert preferences(shell.ctx).refresh_metered
    assert preferences(shell.ctx).refresh_on_battery


def test_what_retention_would_delete_is_said_before_it_is_kept(
    qtbot: QtBot, shell: ShellDouble, settings: SettingsDialog
) -> None:
    now = shell.ctx.clock.now()
    with shell.ctx.write("") as work:
        feed = work.feeds.add(Feed(url="https://orchard.example/feed", title="Orchard"))
        work.articles.take_in(feed.id, [entry_of(f"{n}", published=now - timedelta(days=60)) for n in range(3)])
        work.articles.set_read(work.articles.ids(Shelf())[:2], now)
    keeping = settings.sections["reading"].keeping
    settings.show_section("reading")
    qtbot.waitUntil(lambda: "the search over them" in keeping.room.text())
    rooms = keeping.show_rooms()
    assert isinstance(rooms, RoomDialog)
    qtbot.waitUntil(lambda: str(rooms.rows.data(rooms.rows.index(0))).startswith("Orchard, "))
    rooms.accept()
    choose(keeping.days, "30")
    qtbot.waitUntil(lambda: "2 articles would be deleted" in keeping.told.text())
    assert preferences(shell.ctx).keep_days == 730
    keeping.back.click()
    assert (keeping.days.current(), keeping.told.isHidden()) == ("730", True)
    choose(keeping.days, "0")
    qtbot.waitUntil(lambda: preferences(shell.ctx).keep_days == 0)
    choose(keeping.days, "365")
    qtbot.waitUntil(lambda: preferences(shell.ctx).keep_days == 365)
    keeping.unread.click()
    qtbot.waitUntil(lambda: not preferences(shell.ctx).keep_unread)
    choose(keeping.count, "100")
    qtbot.waitUntil(lambda: preferences(shell.ctx).keep_count == 100)
    choose(keeping.days, "30")
    qtbot.waitUntil(lambda: "3 articles would be deleted" in keeping.told.text())
    keeping.so.click()
    qtbot.waitUntil(lambda: preferences(shell.ctx).keep_days == 30)
    assert keeping.told.isHidden()
