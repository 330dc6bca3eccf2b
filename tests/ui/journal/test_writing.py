"""Writing by keyboard: what is typed is in the store within a second, whatever happens."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from pln.model.changes import Noun, Ref
from pln.model.errors import StoreFault, UsageError
from pln.model.journal import Entry, Mention
from pln.services import journal as verbs
from pln.services.context import Context
from pln.services.journal import entry_ids, get_entry, remove_entry, save_entry
from pln.store.unit_of_work import Store
from pln.ui.commands import CommandId
from pln.ui.journal import saving
from pln.ui.journal.place import JournalPlace
from pln.ui.place import PlaceId
from store_fixtures import make_store
from ui.shell_double import ShellDouble


def stored(ctx: Context) -> list[Entry]:
    return [get_entry(ctx, record) for record in entry_ids(ctx)]


def saved(qtbot: QtBot, place: JournalPlace) -> None:
    qtbot.waitUntil(lambda: not place.saver.is_unsaved())


def type_into(qtbot: QtBot, place: JournalPlace, title: str, body: str) -> None:
    qtbot.keyClicks(place.editor.title, title)
    qtbot.keyClick(place.editor.title, Qt.Key.Key_Return)
    qtbot.keyClicks(place.editor.body, body)


def test_an_entry_with_a_mention_outlives_the_program(
    qtbot: QtBot, place: JournalPlace, store: Store, people: dict[str, int], tmp_path: Path
):
    type_into(qtbot, place, "Start small", "Tea with @lind")
    qtbot.waitUntil(place.editor.body.people.isVisible)
    qtbot.keyClick(place.editor.body, Qt.Key.Key_Return)
    qtbot.keyClicks(place.editor.body, "today #tea")
    saved(qtbot, place)
    again = make_store(store.path)  # another connection to the same file, as after a start
    with again.read() as work:
        (entry,) = work.journal.everything()
    again.close()
    assert entry.title == "Start small"
    assert entry.body == "Tea with @Anna Lindqvist today #tea"
    assert entry.mentions == (Mention(people["Anna Lindqvist"], "@Anna Lindqvist"),)
    assert entry.tags == ("tea",)


def test_the_first_character_makes_the_entry(qtbot: QtBot, place: JournalPlace, context: Context):
    assert stored(context) == []
    qtbot.keyClicks(place.editor.title, "A")
    qtbot.waitUntil(lambda: len(stored(context)) == 1, timeout=saving.GROUPED_MS // 2)
    qtbot.waitUntil(lambda: place.entries.list.chosen_id() == stored(context)[0].id)


def test_a_blank_page_makes_none(qtbot: QtBot, place: JournalPlace, context: Context):
    place.begin()
    place.begin(Entry(title="", body="", prompt="What surprised me?"))
    assert place.editor.body.text() == "> What surprised me?\n\n"
    place.begin()
    assert stored(context) == []
    assert not place.saver.is_unsaved()


def test_typing_is_stored_in_groups_while_one_types_on(qtbot: QtBot, place: JournalPlace, context: Context):
    commits: list[object] = []
    stop = place._shell.ctx.bus.subscribe(commits.append)
    for _ in range(60):
        qtbot.keyClicks(place.editor.body, "ab", delay=10)
    saved(qtbot, place)
    stop()
    assert stored(context)[0].body == "ab" * 60
    assert 2 <= len(commits) <= 5, "the first character, then about once a second, without waiting for a pause"


def test_leaving_stores_at_once(qtbot: QtBot, place: JournalPlace, shell: ShellDouble, context: Context):
    qtbot.keyClicks(place.editor.body, "x")
    saved(qtbot, place)
    qtbot.keyClicks(place.editor.body, "yz")
    shell.go("today")
    qtbot.waitUntil(lambda: stored(context)[0].body == "xyz", timeout=saving.GROUPED_MS // 2)


def test_losing_the_focus_stores_at_once(qtbot: QtBot, place: JournalPlace, context: Context):
    place.editor.body.setFocus()
    qtbot.keyClicks(place.editor.body, "x")
    saved(qtbot, place)
    qtbot.keyClicks(place.editor.body, "yz")
    place.editor.title.setFocus()
    qtbot.waitUntil(lambda: stored(context)[0].body == "xyz", timeout=saving.GROUPED_MS // 2)


def test_closing_stores_before_the_window_is_gone(
    qtbot: QtBot, place: JournalPlace, shell: ShellDouble, context: Context
):
    qtbot.keyClicks(place.editor.body, "x")
    saved(qtbot, place)
    qtbot.keyClicks(place.editor.body, "yz")
    assert shell.window().close()
    assert stored(context)[0].body == "xyz"


def test_a_new_entry_is_stored_by_closing_too(qtbot: QtBot, place: JournalPlace, shell: ShellDouble, context: Context):
    qtbot.keyClicks(place.editor.body, "x")
    qtbot.keyClicks(place.editor.body, "yz")
    assert shell.window().close()
    assert [entry.body for entry in stored(context)] == ["xyz"]


class Disk:
    """Refuses to take entries while it is full."""

    def __init__(self) -> None:
        self.full = True

    def save(self, ctx: Context, entry: Entry, *, origin: str = "") -> Entry:
        if self.full:
            raise StoreFault("The disk is full", "This change was not saved.")
        return verbs.save_entry(ctx, entry, origin=origin)


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Disk:
    made = Disk()
    monkeypatch.setattr(saving, "save_entry", made.save)
    monkeypatch.setattr(saving, "RETRY_MS", 50)
    return made


@pytest.fixture
def full_place(disk: Disk, place: JournalPlace) -> JournalPlace:
    return place


def test_a_full_disk_loses_nothing_and_it_is_tried_again(
    qtbot: QtBot, disk: Disk, full_place: JournalPlace, context: Context
):
    place = full_place
    qtbot.keyClicks(place.editor.body, "Words that matter")
    qtbot.waitUntil(place.editor.trouble.isVisible)
    assert place.editor.trouble.text() == (
        "The disk is full. Your text is still here, and PLN keeps trying to save it."
    )  # fmt: skip
    assert place.editor.body.text() == "Words that matter"
    disk.full = False
    saved(qtbot, place)
    assert [entry.body for entry in stored(context)] == ["Words that matter"]
    assert not place.editor.trouble.isVisible()


def test_text_that_was_left_unsaved_is_kept_and_shown_again(
    qtbot: QtBot, disk: Disk, full_place: JournalPlace, context: Context
):
    place, first = full_place, verbs.save_entry(context, Entry(title="First", body="one"))
    other = verbs.save_entry(context, Entry(title="Other", body="two"))
    place.open_entry(first.id)
    qtbot.keyClicks(place.editor.body, "new ")
    place.open_entry(other.id)
    qtbot.waitUntil(place.editor.trouble.isVisible)
    place.open_entry(first.id)
    assert place.editor.body.text() == "new one"
    disk.full = False
    saved(qtbot, place)
    assert get_entry(context, first.id).body == "new one"
    assert get_entry(context, other.id).body == "two"


def test_closing_asks_before_unsaved_words_are_lost(
    qtbot: QtBot, disk: Disk, full_place: JournalPlace, shell: ShellDouble, context: Context
):
    qtbot.keyClicks(full_place.editor.body, "Words")
    assert not shell.window().close()
    (dialog,) = [one for one in shell.window().findChildren(QDialog) if one.isVisible()]
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert shell.window().isVisible()
    disk.full = False
    assert shell.window().close()
    assert [entry.body for entry in stored(context)] == ["Words"]


def test_an_entry_deleted_for_good_meanwhile_becomes_a_new_one(
    qtbot: QtBot, place: JournalPlace, context: Context, monkeypatch: pytest.MonkeyPatch
):
    entry = save_entry(context, Entry(title="", body="one"))
    place.open_entry(entry.id)

    def gone(ctx: Context, new: Entry, *, origin: str = "") -> Entry:
        if new.id == entry.id:
            raise UsageError("No such entry", "")
        return verbs.save_entry(ctx, new, origin=origin)

    monkeypatch.setattr(saving, "save_entry", gone)
    qtbot.keyClicks(place.editor.body, "new ")
    saved(qtbot, place)
    assert "new one" in {each.body for each in stored(context)}


def test_an_entry_left_empty_is_removed_and_comes_back(
    qtbot: QtBot, place: JournalPlace, shell: ShellDouble, context: Context
):
    entry = save_entry(context, Entry(title="", body="It was something"))
    place.open_entry(entry.id)
    qtbot.keyClick(place.editor.body, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(place.editor.body, Qt.Key.Key_Delete)
    qtbot.wait(10)
    assert get_entry(context, entry.id).body == "It was something", "only leaving it empty removes it"
    place.begin()
    qtbot.waitUntil(lambda: entry.id not in entry_ids(context))
    qtbot.waitUntil(lambda: bool(shell.noted.toasts))
    shell.take_back(shell.noted.toasts[-1][1])
    qtbot.waitUntil(lambda: entry.id in entry_ids(context))
    assert get_entry(context, entry.id).body == "It was something"


def test_removing_clears_the_page_and_undo_brings_it_back(
    qtbot: QtBot, place: JournalPlace, shell: ShellDouble, context: Context
):
    entry = save_entry(context, Entry(title="Dahlias", body="Divide them"))
    place.open_entry(entry.id)
    shell.registry.run(CommandId.JOURNAL_REMOVE)
    qtbot.waitUntil(lambda: place.editor.title.text() == "")
    assert entry_ids(context) == ()
    shell.take_back(shell.noted.toasts[-1][1])
    qtbot.waitUntil(lambda: place.entries.ids() == (entry.id,))


def test_what_is_removed_elsewhere_leaves_the_page(qtbot: QtBot, place: JournalPlace, shell: ShellDouble):
    entry = save_entry(shell.ctx, Entry(title="Dahlias", body="Divide them"))
    place.open_entry(entry.id)
    remove_entry(shell.ctx, entry.id, origin="elsewhere")
    qtbot.waitUntil(lambda: place.editor.title.text() == "")


def test_a_list_read_before_the_entry_was_stored_does_not_clear_the_page(
    qtbot: QtBot, place: JournalPlace, context: Context
):
    before = entry_ids(context)
    qtbot.keyClicks(place.editor.body, "Words")
    saved(qtbot, place)
    place._listed(before)
    assert place.editor.body.text() == "Words"
    assert place.entries.ids() == entry_ids(context)


def test_a_change_from_elsewhere_is_shown_unless_one_is_typing(qtbot: QtBot, place: JournalPlace, shell: ShellDouble):
    entry = save_entry(shell.ctx, Entry(title="Dahlias", body="one"))
    place.open_entry(entry.id)
    save_entry(shell.ctx, replace(entry, body="two"), origin="elsewhere")
    qtbot.waitUntil(lambda: place.editor.body.text() == "two")


def test_a_draft_carried_here_is_stored_whole(qtbot: QtBot, place: JournalPlace, context: Context):
    about = Ref(Noun.MEETUP, 7)
    place.begin(Entry(title="After the talk", body="She said so.", about=about, prompt="What stayed?"))
    saved(qtbot, place)
    (entry,) = stored(context)
    assert (entry.title, entry.body, entry.about, entry.prompt) == (
        "After the talk", "She said so.", about, "What stayed?",
    )  # fmt: skip


def test_a_question_becomes_a_quoted_line_and_is_remembered(
    qtbot: QtBot, place: JournalPlace, shell: ShellDouble, context: Context
):
    question = place.editor.prompts.texts()[0]
    qtbot.keyClicks(place.editor.body, "Before")
    place.editor.prompts.taken.emit(question)
    qtbot.keyClicks(place.editor.body, "An answer")
    saved(qtbot, place)
    qtbot.waitUntil(lambda: question not in place.editor.prompts.texts())
    assert stored(context)[0].body == f"Before\n\n> {question}\n\nAn answer"
    assert stored(context)[0].prompt == question


def test_questions_are_passed_over_one_by_one_or_all(qtbot: QtBot, place: JournalPlace):
    first = place.editor.prompts.texts()
    place.editor.prompts.passed.emit([first[0]])
    qtbot.waitUntil(lambda: first[0] not in place.editor.prompts.texts())
    assert len(place.editor.prompts.texts()) == 3
    second = place.editor.prompts.texts()
    place.editor.prompts.others.click()
    qtbot.waitUntil(lambda: not set(second) & set(place.editor.prompts.texts()))


def test_the_newest_entry_is_on_the_page_when_one_comes(qtbot: QtBot, shell: ShellDouble, context: Context):
    save_entry(context, Entry(title="Older", body="x"))
    newest = save_entry(context, Entry(title="Newest", body="y"))
    shown = shell.window().go(PlaceId.JOURNAL)
    assert isinstance(shown, JournalPlace)
    qtbot.waitUntil(lambda: shown.editor.title.text() == "Newest")
    assert shown.entries.list.chosen_id() == newest.id
    assert shell.window().windowTitle() == "PLN"


def test_choosing_in_the_list_opens(qtbot: QtBot, shell: ShellDouble, context: Context):
    for title in ("One", "Two", "Three"):
        save_entry(context, Entry(title=title, body="x"))
    shown = shell.window().go(PlaceId.JOURNAL)
    assert isinstance(shown, JournalPlace)
    qtbot.waitUntil(lambda: shown.editor.title.text() == "Three")
    qtbot.keyClick(shown.entries.list, Qt.Key.Key_Down)
    assert shown.editor.title.text() == "Two"
    shown.entries.new_button.click()
    assert shown.editor.title.text() == ""
    assert shown.entries.list.chosen_id() is None


def test_sharing_waits_until_all_is_stored(qtbot: QtBot, place: JournalPlace, shell: ShellDouble, context: Context):
    assert not place.editor.share_button.isEnabled()
    qtbot.keyClicks(place.editor.body, "Something")
    saved(qtbot, place)
    qtbot.keyClicks(place.editor.body, " more")
    place.editor.share_button.click()
    qtbot.waitUntil(lambda: bool(shell.noted.shared))
    assert get_entry(context, shell.noted.shared[0]).body == "Something more"
    command = shell.registry.get(CommandId.JOURNAL_SHARE)
    assert command is not None and command.shortcut == ""


def test_writing_from_anywhere(shell: ShellDouble, place: JournalPlace):
    shell.registry.run(CommandId.JOURNAL_WRITE)
    shell.registry.run(CommandId.JOURNAL_PROMPT)
    draft = shell.noted.written[1]
    assert shell.noted.written[0] is None
    assert draft is not None and draft.prompt
