"""People picked from the list that "@" opens."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from pln.model.changes import Noun, Ref
from pln.model.journal import Entry, Mention
from pln.services.context import Context
from pln.services.journal import entry_ids, get_entry, save_entry
from pln.ui.journal.place import JournalPlace
from pln.ui.journal.press_block import PressBlock
from ui.shell_double import ShellDouble


def offered(place: JournalPlace) -> list[str]:
    shown = place.editor.body.people
    return [row.title for row in shown._options] if shown.isVisible() else []


def press(qtbot: QtBot, place: JournalPlace, *keys: Qt.Key) -> None:
    for key in keys:
        qtbot.keyClick(place.editor.body, key)


def stored(qtbot: QtBot, place: JournalPlace, ctx: Context) -> Entry:
    qtbot.waitUntil(lambda: not place.saver.is_unsaved())
    return get_entry(ctx, entry_ids(ctx)[0])


def test_the_list_narrows_as_one_types(qtbot: QtBot, place: JournalPlace):
    qtbot.keyClicks(place.editor.body, "with @")
    assert len(offered(place)) == 3
    qtbot.keyClicks(place.editor.body, "ann")
    assert offered(place) == ["Anna Lindqvist", "Annika Ström"]
    qtbot.keyClicks(place.editor.body, "a l")
    assert offered(place) == ["Anna Lindqvist"]
    qtbot.keyClicks(place.editor.body, "xx")
    assert offered(place) == []


def test_arrows_choose_and_tab_takes(qtbot: QtBot, place: JournalPlace, context: Context, people: dict[str, int]):
    place.editor.body.setFocus()
    qtbot.keyClicks(place.editor.body, "@ann")
    press(qtbot, place, Qt.Key.Key_Down, Qt.Key.Key_Tab)
    assert place.editor.body.text() == "@Annika Ström "
    assert place.editor.body.hasFocus()
    assert stored(qtbot, place, context).mentions == (Mention(people["Annika Ström"], "@Annika Ström"),)


def test_escape_closes_the_list_and_nothing_else(qtbot: QtBot, place: JournalPlace, shell: ShellDouble):
    shell.go("today")
    shell.go("journal")
    qtbot.keyClicks(place.editor.body, "@ann")
    press(qtbot, place, Qt.Key.Key_Escape)
    assert offered(place) == []
    assert place.isVisible()
    qtbot.keyClicks(place.editor.body, "a")
    assert offered(place) == [], "what was dismissed stays away"
    press(qtbot, place, Qt.Key.Key_Return)
    assert place.editor.body.text() == "@anna\n"
    qtbot.keyClicks(place.editor.body, "and @a")
    assert offered(place) != []


def test_an_address_opens_no_list(qtbot: QtBot, place: JournalPlace):
    qtbot.keyClicks(place.editor.body, "ann@example.org")
    assert offered(place) == []


def test_what_follows_a_mention_opens_no_list(qtbot: QtBot, place: JournalPlace):
    qtbot.keyClicks(place.editor.body, "@lind")
    press(qtbot, place, Qt.Key.Key_Return)
    qtbot.keyClicks(place.editor.body, "said")
    assert offered(place) == []
    assert place.editor.body.text() == "@Anna Lindqvist said"


def test_a_mention_goes_with_its_words(qtbot: QtBot, place: JournalPlace, context: Context):
    qtbot.keyClicks(place.editor.body, "@lind")
    press(qtbot, place, Qt.Key.Key_Return)
    assert len(stored(qtbot, place, context).mentions) == 1
    press(qtbot, place, Qt.Key.Key_Backspace, Qt.Key.Key_Backspace)
    place.saver.flush()
    assert stored(qtbot, place, context).mentions == ()


def test_picking_is_one_step_of_undo(qtbot: QtBot, place: JournalPlace):
    qtbot.keyClicks(place.editor.body, "@lind")
    press(qtbot, place, Qt.Key.Key_Return)
    place.editor.body.undo()
    assert place.editor.body.text() == "@lind"


def test_names_of_any_script_after_characters_beyond_the_basic_plane(
    qtbot: QtBot, place: JournalPlace, context: Context, people: dict[str, int]
):
    place.editor.body.insertPlainText("🌱🌱 with @王")
    assert offered(place) == ["王小明"]
    press(qtbot, place, Qt.Key.Key_Return)
    assert place.editor.body.text() == "🌱🌱 with @王小明 "
    assert stored(qtbot, place, context).mentions == (Mention(people["王小明"], "@王小明"),)


def test_people_of_the_entry_stand_beside_it_and_open(
    qtbot: QtBot, place: JournalPlace, shell: ShellDouble, people: dict[str, int]
):
    mentions = tuple(Mention(people[name], f"@{name}") for name in ("Anna Lindqvist", "王小明"))
    entry = save_entry(shell.ctx, Entry(title="", body="@王小明 met @Anna Lindqvist", mentions=mentions))
    place.open_entry(entry.id)
    blocks = place.side.findChildren(PressBlock)
    assert [block.accessibleName() for block in blocks] == ["王小明", "Anna Lindqvist"]
    qtbot.keyClick(blocks[1], Qt.Key.Key_Return)
    assert shell.noted.opened == [Ref(Noun.PERSON, people["Anna Lindqvist"])]
