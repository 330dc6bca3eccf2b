"""Settings, health, rules, smart folders and what is dropped or pasted, in the window."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QCheckBox, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from feed_documents import item, rss
from feed_server import FeedServer, status
from pln.model.feed import PictureLink
from pln.model.offline import Picture
from pln.model.reading_rules import Act, Part, Rule
from pln.model.smart_folders import SmartFolder
from pln.services.article_tags import tag_article
from pln.services.reading import Shelf, article_ids, feed_rows, get_feed
from pln.services.reading_rules import mute_words, rules
from pln.services.refreshing import allow_place
from pln.services.smart_folders import smart_rows
from pln.ui.commands import CommandId
from pln.ui.reading.add_dialog import AddFeedDialog
from pln.ui.reading.broken_dialog import BrokenDialog
from pln.ui.reading.feed_settings_dialog import FeedSettingsDialog
from pln.ui.reading.health_dialog import HealthDialog
from pln.ui.reading.place import ReadingPlace
from pln.ui.reading.room_dialog import RoomDialog
from pln.ui.reading.rules_dialog import RulesDialog
from pln.ui.reading.shelves import Kind
from pln.ui.reading.smart_dialog import SmartDialog
from pln.ui.widgets.labels import ElidedLabel
from pln.ui.widgets.told_later import ToldLater
from store_fixtures import entry_of
from ui.program.whole_program import DictSecrets
from ui.reading.filled import World, fill

Go = Callable[[], ReadingPlace]
Filled = tuple[ReadingPlace, dict[str, int]]


@pytest.fixture
def filled(world: World, reading: Go) -> Filled:
    ids = fill(world.ctx)
    return reading(), ids


def test_settings_are_saved_and_taken_back(qtbot: QtBot, world: World, filled: Filled) -> None:
    place, ids = filled
    dialog = place.feed_menu.care.settings(ids["guide"])
    assert isinstance(dialog, FeedSettingsDialog)
    dialog.interval.set_current("60")
    dialog.keep_days.set_current("30")
    dialog.keep_count.set_current("50")
    qtbot.waitUntil(lambda: "kept; they take" in dialog.room.text())
    assert dialog.going.isHidden()
    dialog.keep_count.set_current("")
    dialog.keep_days.set_current("90")
    dialog.tags.set_tags(["craft"])
    qtbot.mouseClick(dialog.notify, Qt.MouseButton.LeftButton, pos=QPoint(8, dialog.notify.height() // 2))
    dialog.name.setText("The guide")
    qtbot.mouseClick(dialog.primary, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: get_feed(world.ctx, ids["guide"]).title == "The guide")
    feed = get_feed(world.ctx, ids["guide"])
    assert (feed.interval_minutes, feed.keep_days, feed.tags, feed.notify) == (60, 90, ("craft",), True)
    qtbot.waitUntil(lambda: not dialog.isVisible())
    assert world.program is not None
    world.program.take_back()
    qtbot.waitUntil(lambda: get_feed(world.ctx, ids["guide"]).title == "Field guide")


def test_a_password_goes_into_the_keyring_alone(qtbot: QtBot, world: World, reading: Go) -> None:
    keyring = DictSecrets()
    world.ctx = replace(world.ctx, secrets=keyring)
    ids = fill(world.ctx)
    place = reading()
    dialog = place.feed_menu.care.settings(ids["guide"])
    assert isinstance(dialog, FeedSettingsDialog)
    assert dialog.password.echoMode() is QLineEdit.EchoMode.Password
    dialog.login.setText("ada")
    dialog.password.setText("clay-7")
    dialog.accept()
    qtbot.waitUntil(lambda: get_feed(world.ctx, ids["guide"]).login == "ada")
    assert list(keyring.kept.values()) == ["clay-7"]
    qtbot.waitUntil(lambda: not dialog.isVisible())
    again = place.feed_menu.care.settings(ids["guide"])
    assert isinstance(again, FeedSettingsDialog)
    assert (again.login.text(), again.password.text()) == ("ada", "")
    again.login.setText("")
    again.accept()
    qtbot.waitUntil(lambda: get_feed(world.ctx, ids["guide"]).login == "")
    assert keyring.kept == {}


def test_a_wrong_address_keeps_the_dialog(qtbot: QtBot, world: World, filled: Filled) -> None:
    place, ids = filled
    dialog = place.feed_menu.care.settings(ids["guide"])
    assert isinstance(dialog, FeedSettingsDialog)
    dialog.address.setText("nowhere")
    dialog.accept()
    qtbot.waitUntil(lambda: get_feed(world.ctx, ids["guide"]).url == "https://guide.example/feed")
    qtbot.wait(200)
    assert dialog.isVisible()
    dialog.reject()


def test_a_broken_feed_is_gathered_asked_again_and_found_on_its_site(
    qtbot: QtBot, world: World, server: FeedServer, subscribed: Callable[..., list[int]], reading: Go
) -> None:
    server.routes["/old"] = status(404)
    (number,) = subscribed("/old")
    page = b'<html><link rel="alternate" type="application/rss+xml" href="/new" title="Posts"></html>'
    server.routes.update({"/": page, "/new": rss(item(1), item(2))})
    with world.ctx.write("") as work:
        feed = work.feeds.get(number)
        assert feed is not None
        work.feeds.change(replace(feed, site_url=server.url("/")))
        work.articles.take_in(number, [entry_of("here already")])
    place = reading()
    place.refresh_feeds()
    qtbot.waitUntil(lambda: bool(get_feed(world.ctx, number).error), timeout=20_000)
    line = place.feed_pane.broken_line
    qtbot.waitUntil(lambda: line.isVisible() and line.accessibleName() == "Feeds that could not be read (1)")
    qtbot.mouseClick(line, Qt.MouseButton.LeftButton)
    gathered = next(each for each in place.window().findChildren(BrokenDialog))
    qtbot.waitUntil(lambda: len(gathered.feeds) == 1)
    gathered.reject()
    health = place.feed_menu.care.health(number)
    assert isinstance(health, HealthDialog)
    qtbot.waitUntil(lambda: any("One article is kept" in each.text() for each in health.findChildren(ToldLater)))
    qtbot.mouseClick(health.look, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(
        lambda: any(each.text() == "Take this one" for each in health.findChildren(QPushButton)), timeout=20_000
    )
    take = next(each for each in health.findChildren(QPushButton) if each.text() == "Take this one")
    qtbot.mouseClick(take, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(article_ids(world.ctx, Shelf())) == 3, timeout=20_000)
    assert get_feed(world.ctx, number).url == server.url("/new")
    health.reject()
    qtbot.waitUntil(line.isHidden, timeout=20_000)
    assert world.program is not None
    world.program.take_back()
    qtbot.waitUntil(lambda: get_feed(world.ctx, number).url == server.url("/old"))


def test_a_rule_is_made_tried_and_used_on_what_is_stored(qtbot: QtBot, world: World, filled: Filled) -> None:
    place, _ids = filled
    dialog = place.feed_menu.care.rules()
    assert isinstance(dialog, RulesDialog)
    editing = dialog.edit(Rule())
    editing.accept()
    qtbot.waitUntil(lambda: "does nothing yet" in editing.said.text())
    editing.conditions.lines[0].words.setText("coffees, conference")
    editing.conditions.lines[0].part.set_current(Part.TITLE.value)
    editing.acts[Act.STAR].setChecked(True)
    editing.tags.set_tags(["meetups"])
    qtbot.mouseClick(editing.trying, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: editing.said.text().startswith("2 of"))
    assert rules(world.ctx) == ()
    names = [each for each in editing.found.findChildren(ElidedLabel) if each.isVisible()]
    assert len(names) == 2
    assert not any(each.visibleRegion().isEmpty() for each in names), "what was found is in sight"
    editing.stored.setChecked(True)
    editing.accept()
    qtbot.waitUntil(lambda: len(article_ids(world.ctx, Shelf(starred=True))) == 2)
    qtbot.waitUntil(lambda: len(dialog.checks) == 1)
    (rule,) = rules(world.ctx)
    assert rule.acts == (Act.STAR, Act.TAG)
    assert world.program is not None
    world.program.take_back()
    qtbot.waitUntil(lambda: article_ids(world.ctx, Shelf(starred=True)) == ())
    dialog.checks[0].setChecked(False)
    qtbot.waitUntil(lambda: not rules(world.ctx)[0].enabled)
    dialog.words.setText("crypto, web three")
    dialog.accept()
    qtbot.waitUntil(lambda: mute_words(world.ctx) == ("crypto", "web three"))


def test_a_search_stays_as_a_smart_folder(qtbot: QtBot, world: World, filled: Filled) -> None:
    place, ids = filled
    place.choose_shelf(Shelf(feed_id=ids["guide"]))
    place.open_search()
    place.article_pane.field.setText(" better  connected")
    qtbot.waitUntil(lambda: len(place.articles.ids()) == 1)
    keep = next(each for each in place.article_pane.findChildren(QPushButton) if each.isVisible())
    assert keep.accessibleName() == "Keep it as a smart folder…"
    qtbot.mouseClick(keep, Qt.MouseButton.LeftButton)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, SmartDialog)
    assert (dialog.name.text(), dialog.words.text()) == ("better connected", "better connected")
    assert dialog.folder().feed == get_feed(world.ctx, ids["guide"]).uid
    qtbot.waitUntil(lambda: dialog.said.text() == "One article fits now.")
    dialog.accept()
    qtbot.waitUntil(lambda: place.shelf.smart_id is not None and len(place.articles.ids()) == 1)


def test_a_tag_stays_as_a_smart_folder(qtbot: QtBot, world: World, filled: Filled) -> None:
    place, _ids = filled
    tag_article(world.ctx, place.articles.ids()[0], ["pilot"])
    place.choose_shelf(Shelf(tag="pilot"))
    world.registry.run(CommandId.READING_SMART_FOLDER)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, SmartDialog)
    assert (dialog.name.text(), dialog.words.text(), dialog.folder().tag) == ("pilot", "", "pilot")
    dialog.reject()
    place.choose_shelf(Shelf(unread=True))
    world.registry.run(CommandId.READING_SMART_FOLDER)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, SmartDialog)
    assert dialog.folder() == SmartFolder(name="")
    dialog.reject()


def test_a_smart_folder_is_made_listed_and_removed(qtbot: QtBot, world: World, filled: Filled) -> None:
    place, _ids = filled
    dialog = place.feed_menu.care.new_smart()
    assert isinstance(dialog, SmartDialog)
    assert not dialog.primary.isEnabled()
    dialog.name.setText("Mentors")
    dialog.words.setText("mentors")
    qtbot.waitUntil(lambda: dialog.said.text() == "2 articles fit now.")
    dialog.accept()
    qtbot.waitUntil(lambda: place.shelf.smart_id is not None and len(place.articles.ids()) == 2)
    line = next(line for line in place.feed_pane.list.lines() if line.kind is Kind.SMART)
    assert (line.text, line.count) == ("Mentors", 2)
    menu = place.feed_menu.show_for(line, QPoint(0, 0))
    assert [action.text() for action in menu.actions() if action.text()][:3] == ["Change…", "Remove", "Mark all read"]
    menu.close()
    place.mark_all_read()
    qtbot.waitUntil(lambda: [row.unread for row in smart_rows(world.ctx)] == [0])
    assert line.shelf is not None and line.shelf.smart_id is not None
    place.feed_menu.care.remove_smart(line.shelf.smart_id)
    qtbot.waitUntil(lambda: place.shelf.smart_id is None)
    assert world.program is not None
    world.program.take_back()
    qtbot.waitUntil(lambda: any(line.kind is Kind.SMART for line in place.feed_pane.list.lines()))


def _drop(place: ReadingPlace, data: QMimeData) -> bool:
    here, left = QPoint(100, 100), Qt.MouseButton.LeftButton
    enter = QDragEnterEvent(here, Qt.DropAction.CopyAction, data, left, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(place, enter)
    if enter.isAccepted():
        drop = QDropEvent(QPointF(here), Qt.DropAction.CopyAction, data, left, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(place, drop)
    return enter.isAccepted()


def test_starred_articles_of_another_reader_are_dropped_and_taken_back(
    qtbot: QtBot, world: World, filled: Filled, tmp_path: Path
) -> None:
    place, _ids = filled
    before = article_ids(world.ctx, Shelf())
    file = tmp_path / "starred.json"
    article = {
        "title": "Pots", "canonical": [{"href": "https://kiln.example/1"}], "content": {"content": "<p>Clay</p>"},
        "origin": {"streamId": "feed/https://kiln.example/feed", "title": "Kiln"},
        "categories": ["user/-/state/com.google/starred"],
    }  # fmt: skip
    file.write_text(json.dumps({"items": [article]}))
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    assert _drop(place, data)
    qtbot.waitUntil(lambda: len(article_ids(world.ctx, Shelf(starred=True))) == 1, timeout=20_000)
    assert any(row.title == "Kiln" for row in feed_rows(world.ctx))
    assert world.program is not None
    qtbot.waitUntil(lambda: world.ctx.undo.top is not None)
    world.program.take_back()
    qtbot.waitUntil(lambda: article_ids(world.ctx, Shelf()) == before)


def _adding(place: ReadingPlace) -> AddFeedDialog | None:
    return next((each for each in place.window().findChildren(AddFeedDialog) if each.isVisible()), None)


def test_several_addresses_are_pasted_and_those_here_are_told(
    qtbot: QtBot, world: World, server: FeedServer, subscribed: Callable[..., list[int]], reading: Go
) -> None:
    # The article's page lies on this server, too: it is fetched as soon as the feed with full texts was refreshed.
    at_home = item(2).replace("https://tea.example/", server.url("/page/"))
    server.routes.update({"/a": rss(item(1), title="A"), "/b": rss(at_home, title="B")})
    (here,) = subscribed("/a", folder="Craft")
    with world.ctx.write("") as work:
        work.articles.take_in(here, [entry_of("here already")])
    place = reading()
    QApplication.clipboard().setText(f"See {server.url('/a')}, {server.url('/b')}\nand {server.url('/none')}.")
    place.bringing.paste()
    dialog = _adding(place)
    assert dialog is not None
    qtbot.waitUntil(lambda: len(dialog.checks) == 2, timeout=20_000)
    assert [check.text() for check in dialog.checks] == ["A · here already, in Craft", "B"]
    assert [check.isChecked() for check in dialog.checks] == [False, True]
    assert "/none" in dialog.said.text()
    dialog.form.tags.set_tags(["tea"])
    dialog.form.full_text.setChecked(True)
    dialog.accept()
    qtbot.waitUntil(lambda: len(feed_rows(world.ctx)) == 2)
    with world.ctx.store.read() as work:
        new = next(feed for feed in work.feeds.everything() if feed.url == server.url("/b"))
    assert (new.tags, new.full_text, new.title) == (("tea",), True, "B")


def test_a_feed_shows_what_it_is_like_when_it_gets_the_focus(
    qtbot: QtBot, world: World, server: FeedServer, reading: Go
) -> None:
    allow_place(world.ctx, *server.allow)
    page = (b'<html><link rel="alternate" type="application/rss+xml" href="/a" title="A">'
            b'<link rel="alternate" type="application/rss+xml" href="/b" title="B"></html>')  # fmt: skip
    server.routes.update({"/": page, "/a": rss(item(1)), "/b": rss(item(2, title="Only here"))})
    dialog = reading().bringing.add_feed(server.url("/"))
    qtbot.waitUntil(lambda: "Leaf 1" in _words(dialog), timeout=20_000)
    dialog.checks[1].setFocus()
    qtbot.waitUntil(lambda: "Only here" in _words(dialog), timeout=20_000)
    assert isinstance(dialog.checks[1], QCheckBox) and not dialog.checks[1].isChecked()
    dialog.reject()


def _words(dialog: AddFeedDialog) -> str:
    from PySide6.QtWidgets import QLabel

    return " ".join(each.text() for each in dialog.card.findChildren(QLabel))


def test_a_hashtag_asks_for_its_server(qtbot: QtBot, reading: Go) -> None:
    dialog = reading().bringing.add_feed("#craft")
    qtbot.waitUntil(lambda: "which server" in dialog.said.text())
    assert dialog.address.text() == "#craft@mastodon.social"
    assert dialog.address.selectedText() == "mastodon.social"
    dialog.reject()


def test_feeds_by_the_room_they_take_each_leading_to_its_settings(qtbot: QtBot, world: World, filled: Filled) -> None:
    place, ids = filled
    with world.ctx.write("") as work:
        work.articles.take_in(ids["aloud"], [entry_of("giant", title="Giant", text="word " * 40_000)])
        links = tuple(PictureLink(key=f"{n:024x}", url=f"https://desk.example/{n}.png") for n in range(2))
        work.articles.take_in(ids["desk"], [entry_of("pictured", title="Pictured", pictures=links)])
    data = b"p" * 90_000
    world.store.pictures.put({each.key: Picture(kind="png", width=9, height=9, data=data) for each in links})
    place.feed_pane.kept_card.pressed.emit()
    dialog = next(each for each in world.window.findChildren(RoomDialog))
    qtbot.waitUntil(lambda: len(dialog.rows.ids()) == 8)
    first, second, *_ = dialog.rows.ids()
    assert (first, second) == (ids["aloud"], ids["desk"])
    assert "Articles take" in dialog.told.text() and "176 kB" in dialog.told.text()
    spoken = [dialog.rows.data(dialog.rows.index(n), Qt.ItemDataRole.AccessibleTextRole) for n in range(2)]
    assert spoken[0].startswith("Learning out loud, 19") and "pictures 176 kB" in spoken[1]
    qtbot.mouseClick(dialog.list.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(60, 20))
    qtbot.mouseDClick(dialog.list.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(60, 20))
    (settings,) = world.window.findChildren(FeedSettingsDialog)
    assert settings.name.text() == "Learning out loud"
    settings.name.setText("Out loud")
    settings.accept()
    qtbot.waitUntil(lambda: str(dialog.rows.data(dialog.rows.index(0))).startswith("Out loud"))
    dialog.accept()
