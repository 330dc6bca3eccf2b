"""The share window, driven as a person does: what leaves is what was chosen and seen, and nothing else."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pln.model.contact import Handle, HandleKind, NamingConsent, Person
from pln.model.journal import Entry, Mention
from pln.model.share import DestinationKind, NameAction, ShareState
from pln.services import sharing
from pln.services.context import Context
from pln.services.journal import save_entry, share_log
from pln.services.preferences import preferences
from pln.services.sharing import SharePlace
from pln.ui.journal.place import JournalPlace
from pln.ui.place import PlaceId
from pln.ui.sharing.log_dialog import ShareLogDialog
from pln.ui.sharing.share_dialog import ShareDialog
from ui.shell_double import ShellDouble
from unit.share.canary import artefacts, escaped, token

PLACES = (
    "note", "how met", "email", "phone", "nickname", "org", "entry title", "private block", "comment", "unchosen",
    "next step", "family", "link", "tag", "interest", "handle in text",
)  # fmt: skip
T = {place: token(place) for place in PLACES}
BODY = f"""@Anna {T["family"]} said her second community stalled. Ask {T["nickname"]}, or {T["email"]}@example.org,
or @{T["handle in text"]}@social.example. She works at {T["org"]}. #{T["tag"]} [here](pln:person/{T["link"]})
<!-- {T["comment"]} -->

<!-- private -->

{T["private block"]}

<!-- /private -->

A second thought: {T["unchosen"]}.

A third thought is kept.

Next small step: {T["next step"]}
"""


@pytest.fixture
def entry(context: Context) -> Entry:
    name = f"Anna {T['family']}"
    handles = (
        Handle(kind=HandleKind.EMAIL, value=f"{T['email']}@example.org"),
        Handle(kind=HandleKind.PHONE, value="+46 70 123 45 67", label=T["phone"]),
        Handle(kind=HandleKind.MASTODON, value=f"@{T['handle in text']}@social.example"),
    )
    with context.write("test") as work:
        anna = work.people.add(
            Person(
                name=name, nickname=T["nickname"], org=T["org"], note=T["note"], how_met=T["how met"],
                interests=(T["interest"],), handles=handles,
            )
        )  # fmt: skip
        work.people.add(Person(name="Chiara Neri", naming=NamingConsent.YES))
    return save_entry(context, Entry(title=T["entry title"], body=BODY, mentions=(Mention(anna.id, f"@{name}"),)))


@pytest.fixture
def pages(context: Context, tmp_path: Path) -> Path:
    """Sharing is on, to a folder of pages that is not there yet."""
    folder = tmp_path / "pages"
    sharing.switch_on(context, SharePlace(kind=DestinationKind.FOLDER, path=folder))
    return folder


def opened(qtbot: QtBot, shell: ShellDouble, entry: Entry) -> ShareDialog:
    dialog = ShareDialog(shell, entry.id)
    dialog.open()
    qtbot.waitUntil(lambda: dialog.what is not None)
    return dialog


def settled(qtbot: QtBot, dialog: ShareDialog) -> None:
    """What was edited is shown at the right."""
    qtbot.waitUntil(lambda: dialog.prepared is not None and dialog.prepared.wish == dialog._wish())


def choose(qtbot: QtBot, dialog: ShareDialog, *beginnings: str) -> None:
    assert dialog.what is not None
    for line in dialog.what.lines():
        if line.paragraph.text.startswith(beginnings):
            qtbot.mouseClick(line, Qt.MouseButton.LeftButton)
    settled(qtbot, dialog)


def share(qtbot: QtBot, dialog: ShareDialog, shell: ShellDouble) -> None:
    dialog.preview.yes.click()
    dialog.share_button.click()
    qtbot.waitUntil(lambda: bool(shell.noted.toasts))


def test_no_canary_leaves(qtbot: QtBot, shell: ShellDouble, entry: Entry, pages: Path, context: Context):
    dialog = opened(qtbot, shell, entry)
    choose(qtbot, dialog, "Anna", "A third")
    share(qtbot, dialog, shell)
    written = artefacts(pages)
    assert {name for name, _ in written} == {"2026-11-22-note.html", "index.html", "feed.atom", "pln-share.json"}
    assert escaped(T.values(), written) == set()
    everything = b"".join(content for _, content in written)
    assert b"said her second community stalled" in everything
    assert b"A third thought is kept." in everything
    assert b"Anna" not in everything
    titles = [window.windowTitle() for window in QApplication.topLevelWidgets()]
    assert escaped(T.values(), [(title, b"") for title in titles]) == set()
    assert [line.state for line in share_log(context, entry.id)] == [
        ShareState.APPROVED, ShareState.SENDING, ShareState.SENT,
    ]  # fmt: skip


def test_the_canaries_would_be_found(qtbot: QtBot, shell: ShellDouble, entry: Entry, pages: Path):
    dialog = opened(qtbot, shell, entry)
    assert dialog.what is not None
    dialog.what.use_title.click()
    choose(qtbot, dialog, "A second")
    share(qtbot, dialog, shell)
    assert escaped(T.values(), artefacts(pages)) == {T["entry title"], T["unchosen"]}


def test_nothing_is_chosen_by_itself(qtbot: QtBot, shell: ShellDouble, entry: Entry, pages: Path):
    dialog = opened(qtbot, shell, entry)
    settled(qtbot, dialog)
    assert dialog.prepared is not None and dialog.prepared.rendered is None
    assert not dialog.preview.yes.isEnabled()
    assert not dialog.share_button.isEnabled()
    assert dialog.what is not None
    assert [line.paragraph.why_not != "" for line in dialog.what.lines() if not line.tick.isEnabled()]
    private = next(line for line in dialog.what.lines() if T["private block"] in line.paragraph.text)
    qtbot.mouseClick(private, Qt.MouseButton.LeftButton)
    dialog.what.choose_all.click()
    assert private.paragraph.index not in dialog.what.chosen()


def test_enter_keeps_it_private(qtbot: QtBot, shell: ShellDouble, entry: Entry, pages: Path, context: Context):
    dialog = opened(qtbot, shell, entry)
    choose(qtbot, dialog, "A third")
    dialog.preview.yes.click()
    assert dialog.what is not None
    dialog.what.title.setFocus()
    qtbot.keyClick(dialog.what.title, Qt.Key.Key_Return)
    assert dialog.isVisible()
    dialog.preview.raw.setFocus()
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog._closed)
    assert share_log(context, entry.id) == ()
    assert not pages.exists()


def test_any_edit_takes_the_approval_away(qtbot: QtBot, shell: ShellDouble, entry: Entry, pages: Path):
    dialog = opened(qtbot, shell, entry)
    choose(qtbot, dialog, "Anna")
    edits = (
        lambda: dialog.what.title.setText("x") or dialog.what.title.textEdited.emit("x"),
        lambda: qtbot.keyClicks(dialog.what.closing, "And you?"),
        lambda: dialog.what.keep_back_tags.click(),
        lambda: qtbot.keyClicks(dialog.names.rows[0].role, "!"),
        lambda: dialog.names.rows[0].action._buttons["remove"].click(),
        lambda: dialog.where.kind._buttons["file"].click(),
        lambda: qtbot.keyClicks(dialog.where.path, "/tmp"),
        lambda: choose(qtbot, dialog, "A third"),
    )
    for number, edit in enumerate(edits):
        settled(qtbot, dialog)
        qtbot.waitUntil(dialog.preview.yes.isEnabled) if number != 6 else None
        if number != 6:
            dialog.preview.yes.click()
            assert dialog.share_button.isEnabled(), number
        edit()
        assert not dialog.share_button.isEnabled(), number
        assert not dialog.preview.yes.isChecked(), number
    dialog.reject()


def test_every_name_has_a_decision_and_the_person_s_own_answer_counts(
    qtbot: QtBot, shell: ShellDouble, context: Context, entry: Entry, pages: Path
):
    named = save_entry(context, Entry(title="", body=f"Anna {T['family']} met Chiara Neri and Anna."))
    dialog = opened(qtbot, shell, named)
    choose(qtbot, dialog, "Anna")
    assert [(row.hit.text, row.decision().action) for row in dialog.names.rows] == [
        (f"Anna {T['family']}", NameAction.ROLE), ("Chiara Neri", NameAction.KEEP), ("Anna", NameAction.ROLE),
    ]  # fmt: skip
    assert "A friend met Chiara Neri and a friend." in dialog.preview.page.toPlainText()
    dialog.names.rows[1].action._buttons["initials"].click()
    role = dialog.names.rows[0].role
    role.selectAll()
    qtbot.keyClicks(role, "somebody I met")
    settled(qtbot, dialog)
    assert "Somebody I met met C. N. and a friend." in dialog.preview.page.toPlainText()
    dialog.reject()


def test_words_in_place_of_a_name_may_not_name_somebody(
    qtbot: QtBot, shell: ShellDouble, context: Context, entry: Entry, pages: Path
):
    dialog = opened(qtbot, shell, entry)
    choose(qtbot, dialog, "Anna")
    role = dialog.names.rows[0].role
    role.selectAll()
    qtbot.keyClicks(role, "Neri's boss")
    settled(qtbot, dialog)
    assert dialog.prepared is not None and [hit.text for hit in dialog.prepared.still] == ["Neri"]
    assert not dialog.preview.yes.isEnabled()
    dialog.reject()


def test_the_right_side_is_the_bytes(qtbot: QtBot, shell: ShellDouble, entry: Entry, pages: Path):
    dialog = opened(qtbot, shell, entry)
    choose(qtbot, dialog, "A third")
    dialog.preview.tabs._buttons["written"].click()
    shown = dialog.preview.raw.toPlainText()
    assert dialog.preview.audience.text() == "Whoever can open this folder, and everyone if you put it on a website."
    share(qtbot, dialog, shell)
    assert (pages / "2026-11-22-note.html").read_text() == shown


def test_sharing_is_off_at_first(qtbot: QtBot, shell: ShellDouble, context: Context, entry: Entry, tmp_path: Path):
    dialog = opened(qtbot, shell, entry)
    assert dialog.off.isVisible()
    assert not dialog.share_button.isVisible()
    qtbot.keyClicks(dialog.off.where.path, str(tmp_path / "mine"))
    dialog.off.switch.click()
    qtbot.waitUntil(dialog.share_button.isVisible)
    assert preferences(context).sharing
    choose(qtbot, dialog, "A third")
    share(qtbot, dialog, shell)
    assert (tmp_path / "mine" / "index.html").exists()


def test_a_file(qtbot: QtBot, shell: ShellDouble, context: Context, entry: Entry, pages: Path, tmp_path: Path):
    dialog = opened(qtbot, shell, entry)
    dialog.where.kind._buttons["file"].click()
    assert dialog.where.place() is None
    (tmp_path / "out").mkdir()
    qtbot.keyClicks(dialog.where.path, str(tmp_path / "out"))
    assert dialog.what is not None
    qtbot.keyClicks(dialog.what.title, "Small is fine")
    qtbot.keyClicks(dialog.what.closing, "What do you think?")
    choose(qtbot, dialog, "A third")
    share(qtbot, dialog, shell)
    ((name, content),) = artefacts(tmp_path / "out")
    assert name == "2026-11-22-small-is-fine.md"
    assert content.decode() == "# Small is fine\n\nA third thought is kept.\n\nWhat do you think?\n"


def test_what_fails_is_said_and_can_be_tried_again(
    qtbot: QtBot, shell: ShellDouble, context: Context, entry: Entry, tmp_path: Path
):
    folder = tmp_path / "gone"
    sharing.switch_on(context, SharePlace(kind=DestinationKind.FILE, path=folder))
    dialog = opened(qtbot, shell, entry)
    choose(qtbot, dialog, "A third")
    dialog.preview.yes.click()
    dialog.share_button.click()
    qtbot.waitUntil(dialog.preview.trouble.isVisible)
    assert "Nothing was shared" in dialog.preview.trouble.text()
    folder.mkdir()
    qtbot.waitUntil(dialog.preview.yes.isEnabled)
    share(qtbot, dialog, shell)
    assert len(artefacts(folder)) == 1


def test_held_until_tomorrow_and_looked_at_again(
    qtbot: QtBot, shell: ShellDouble, context: Context, entry: Entry, pages: Path
):
    dialog = opened(qtbot, shell, entry)
    choose(qtbot, dialog, "A third")
    dialog.hold_button.click()
    qtbot.waitUntil(lambda: bool(shell.noted.toasts))
    assert not pages.exists()
    (held,) = sharing.shares_of(context, entry.id)
    again = ShareDialog(shell, entry.id, held)
    again.open()
    qtbot.waitUntil(lambda: again.prepared is not None and again.prepared.rendered is not None)
    assert "A third thought is kept." in again.preview.page.toPlainText()
    shell.noted.toasts.clear()
    share(qtbot, again, shell)
    assert [record.state for record in sharing.shares_of(context, entry.id)] == [ShareState.SENT]


def test_the_log_shows_the_exact_text_and_takes_back(
    qtbot: QtBot, shell: ShellDouble, context: Context, entry: Entry, pages: Path
):
    place = shell.window().go(PlaceId.JOURNAL)
    assert isinstance(place, JournalPlace)
    qtbot.waitUntil(lambda: place.saver.entry.id == entry.id)
    dialog = opened(qtbot, shell, entry)
    choose(qtbot, dialog, "A third")
    share(qtbot, dialog, shell)
    qtbot.waitUntil(lambda: bool(place.side._shares))
    log = ShareLogDialog(shell, entry.id)
    log.open()
    record = log.record()
    assert record is not None and record.text == (pages / "2026-11-22-note.html").read_text()
    log._take_back(record)
    qtbot.waitUntil(lambda: "may remain" in log.said.text())
    assert artefacts(pages) == []
    assert [line.state for line in sharing.shares_of(context, entry.id)] == [ShareState.TAKEN_BACK]
    log.accept()


def test_nothing_is_left_of_closed_windows(qtbot: QtBot, shell: ShellDouble, entry: Entry, pages: Path):
    for _ in range(3):
        dialog = ShareDialog(shell, entry.id)
        dialog.open()
        dialog.reject()
    shell.tasks.read(lambda: None).result()
    qtbot.wait(50)
    gc.collect()
    assert shell.window().findChildren(ShareDialog) == []
