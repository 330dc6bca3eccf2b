"""What lies near an entry, and how it is shown."""

from __future__ import annotations

from datetime import timedelta

import pytest
from pytestqt.qtbot import QtBot

from pln.model.changes import Noun, Ref
from pln.model.feed import Feed
from pln.model.journal import Entry
from pln.services.context import Context
from pln.services.journal import save_entry
from pln.services.near import near
from pln.ui.journal.place import BESIDE, JournalPlace
from pln.ui.journal.press_block import PressBlock
from store_fixtures import NOW, entry_of
from ui.shell_double import ShellDouble


def written(ctx: Context, days_ago: int, title: str, body: str) -> Entry:
    return save_entry(ctx, Entry(title=title, body=body, created=NOW - timedelta(days=days_ago)))


@pytest.fixture
def dahlias(context: Context) -> Entry:
    """An entry of today, with older and newer ones and an article near it and far from it."""
    written(context, 30, "Tubers", "Bread. Divide the dahlia tubers in spring! Then wait.")
    written(context, 20, "Bread", "Flour, water, salt.")
    written(context, 10, "", "Nothing in common but a tag. #garden")
    written(context, -1, "Later", "Dahlia tubers again, in spring.")
    with context.write("test") as work:
        feed = work.feeds.add(Feed(url="https://example.invalid/feed", title="Orchard notes"))
        entries = [entry_of("a", title="Dividing dahlias", text="Tubers in spring"), entry_of("b", text="Sourdough")]
        work.articles.take_in(feed.id, entries)
    return written(context, 0, "Dahlias", "Jonas divides his tubers in spring. #garden")


def test_older_entries_that_share_rare_words_or_a_tag(context: Context, dahlias: Entry):
    found = near(context, dahlias)
    assert {each.title for each in found.entries} == {"Tubers", ""}
    tubers = next(each for each in found.entries if each.title == "Tubers")
    assert tubers.sentence == "Divide the dahlia tubers in spring!"
    assert [each.title for each in found.articles] == ["Dividing dahlias"]


def test_a_line_of_tags_alone_is_not_quoted(context: Context):
    written(context, 9, "", "#garden #tubers #spring\n\n# Beds\nThe ground was soft. Rain came. #garden")
    written(context, 8, "", "*#garden* #tubers")
    found = near(context, Entry(title="", body="#garden #tubers #spring", created=NOW))
    assert {each.sentence for each in found.entries} == {"Beds", ""}


def test_one_shared_word_is_chance(context: Context, dahlias: Entry):
    found = near(context, Entry(title="", body="Flour and dahlias", created=NOW))
    assert found.entries == ()


def test_an_empty_page_has_nothing_near_it(context: Context, dahlias: Entry):
    assert near(context, Entry(title="", body="")).entries == ()


def test_they_stand_beside_the_page_and_open(qtbot: QtBot, place: JournalPlace, shell: ShellDouble, dahlias: Entry):
    place.open_entry(dahlias.id)
    qtbot.waitUntil(lambda: len(place.side.findChildren(PressBlock)) == 3)
    blocks = place.side.findChildren(PressBlock)
    blocks[2].pressed.emit()
    assert shell.noted.opened[0].noun is Noun.ARTICLE
    older = next(block for block in blocks if "Tubers" in block.accessibleName())
    older.pressed.emit()
    assert place.editor.title.text() == "Tubers"


def test_where_there_is_little_room_it_takes_the_list_s_place(
    qtbot: QtBot, place: JournalPlace, shell: ShellDouble, dahlias: Entry
):
    shell.window().resize(BESIDE, 700)
    qtbot.waitUntil(place.editor.aside_button.isVisible)
    assert place.entries.isVisible() and not place.side.isVisible()
    place.editor.aside_button.click()
    assert place.side.isVisible() and not place.entries.isVisible()
    assert place.step_back()
    assert place.entries.isVisible()
    assert not place.step_back()


def test_a_record_is_opened_from_elsewhere(place: JournalPlace, dahlias: Entry):
    place.open_record(Ref(Noun.ENTRY, dahlias.id))
    assert place.editor.title.text() == "Dahlias"
