"""From an entry to what lies in a folder and in the log, and back."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pln.model.contact import Handle, HandleKind, NamingConsent, Person
from pln.model.errors import PlnError, UsageError
from pln.model.journal import Entry
from pln.model.share import DestinationKind, NameAction, NameDecision, ShareRecord, ShareState
from pln.services import sharing
from pln.services.contacts import remove_person, save_person
from pln.services.context import Context
from pln.services.journal import save_entry, share_log
from pln.services.preferences import preferences
from pln.services.sharing import SharePlace, approve
from pln.share.destinations import folder as folder_module

BODY = """Anna Lindqvist said her second community stalled. #pilots

<!-- private -->

Her mother is ill.

<!-- /private -->

Next small step: ask Bilal Osman.
"""


@pytest.fixture
def entry(context: Context) -> Entry:
    save_person(
        context, Person(name="Anna Lindqvist", handles=(Handle(kind=HandleKind.EMAIL, value="anna@lindqvist.example"),))
    )
    save_person(context, Person(name="Bilal Osman"))
    return save_entry(context, Entry(title="Start with the question", body=BODY))


@pytest.fixture
def place(context: Context, tmp_path: Path) -> SharePlace:
    found = SharePlace(kind=DestinationKind.FOLDER, path=tmp_path / "pages")
    sharing.switch_on(context, found)
    return found


def role(*texts: str) -> list[NameDecision]:
    return [NameDecision(matched=text, action=NameAction.ROLE) for text in texts]


class Sitting:
    """One preparation, as the share window does it."""

    def __init__(self, ctx: Context, entry: Entry, place: SharePlace, decisions: list[NameDecision]) -> None:
        self.ctx, self.place, self.decisions = ctx, place, decisions
        self.start = sharing.start(ctx, entry.id)
        chosen = frozenset(each.index for each in self.start.paragraphs)
        self.draft = sharing.draft_of(self.start, chosen, keep_tags=True, title=self.start.title)
        self.rendered = sharing.preview(ctx, self.draft, decisions, place)

    def share(self) -> ShareRecord:
        yes = approve(self.rendered, self.ctx.clock.now())
        return sharing.share(self.ctx, self.draft, self.rendered, yes, self.place, self.decisions)


def written(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_what_was_seen_is_what_lies_in_the_folder(context: Context, entry: Entry, place: SharePlace):
    sitting = Sitting(context, entry, place, role("Anna Lindqvist"))
    record = sitting.share()
    assert record.state is ShareState.SENT
    assert written(place.path) == dict(sitting.rendered.files)
    everything = b"".join(written(place.path).values())
    for kept_here in (b"Lindqvist", b"Bilal", b"mother", b"small step"):
        assert kept_here not in everything
    assert b"A friend said her second community stalled" in everything


def test_the_log_tells_every_step_with_the_exact_text(context: Context, entry: Entry, place: SharePlace):
    sitting = Sitting(context, entry, place, [NameDecision(matched="anna lindqvist", action=NameAction.KEEP)])
    record = sitting.share()
    lines = share_log(context, entry.id)
    assert [line.state for line in lines] == [ShareState.APPROVED, ShareState.SENDING, ShareState.SENT]
    assert {line.text for line in lines} == {sitting.rendered.files[0][1].decode()}
    assert record.names_kept == ("Anna Lindqvist",)
    assert Path(record.target).read_text() == record.text
    assert sharing.everything_shared(context) == sharing.shares_of(context, entry.id) == (lines[-1],)


def test_nothing_is_stored_before_the_approval(context: Context, entry: Entry, place: SharePlace):
    Sitting(context, entry, place, role("Anna Lindqvist"))
    with context.store.read() as work:
        assert work.shares.drafts() == ()
    assert not place.path.exists()


def test_a_removed_person_is_still_a_name(context: Context, entry: Entry, place: SharePlace):
    remove_person(context, 1)
    draft = sharing.draft_of(sharing.start(context, entry.id), frozenset({0}), keep_tags=True, title="Anna says")
    found = sharing.names_in(context, draft)
    assert [hit.text for hit in found.title] == ["Anna"]
    assert [hit.text for hit in found.body] == ["Anna Lindqvist"]


def test_their_own_answer_is_the_suggestion(context: Context, entry: Entry):
    save_person(context, Person(name="Chiara Neri", naming=NamingConsent.YES))
    other = save_entry(context, Entry(title="", body="Anna Lindqvist met Chiara Neri."))
    draft = sharing.draft_of(sharing.start(context, other.id), frozenset({0}), keep_tags=True, title="")
    found = sharing.names_in(context, draft)
    assert [(hit.text, hit.suggestion) for hit in found.body] == [
        ("Anna Lindqvist", NameAction.ROLE), ("Chiara Neri", NameAction.KEEP),
    ]  # fmt: skip


def test_an_undecided_name_cannot_even_be_previewed(context: Context, entry: Entry, place: SharePlace):
    with pytest.raises(UsageError, match="decision"):
        Sitting(context, entry, place, [])


def test_a_role_that_names_somebody_stops_the_share(context: Context, entry: Entry, place: SharePlace):
    decisions = [NameDecision(matched="Anna Lindqvist", action=NameAction.ROLE, role="Bilal's boss")]
    sitting = Sitting(context, entry, place, decisions)
    with pytest.raises(UsageError, match="not decided"):
        sitting.share()
    assert written(place.path.parent / "pages") == {}
    assert share_log(context, entry.id) == ()


def test_an_edit_voids_the_approval(context: Context, entry: Entry, place: SharePlace):
    sitting = Sitting(context, entry, place, role("Anna Lindqvist"))
    yes = approve(sitting.rendered, context.clock.now())
    other = sharing.draft_of(sitting.start, frozenset({0}), keep_tags=False, title="Another title")
    changed = sharing.preview(context, other, sitting.decisions, place)
    with pytest.raises(UsageError, match="changed"):
        sharing.share(context, other, changed, yes, place, sitting.decisions)
    assert not place.path.exists()


def test_sharing_is_off_until_it_is_switched_on(context: Context, entry: Entry, tmp_path: Path):
    place = SharePlace(kind=DestinationKind.FILE, path=tmp_path)
    assert not preferences(context).sharing
    with pytest.raises(UsageError, match="off"):
        Sitting(context, entry, place, role("Anna Lindqvist")).share()
    sharing.switch_on(context, place)
    assert preferences(context).sharing
    assert sharing.places(context) == {DestinationKind.FILE: tmp_path}


def test_a_place_needs_a_full_path(context: Context):
    with pytest.raises(UsageError, match="full path"):
        sharing.switch_on(context, SharePlace(kind=DestinationKind.FOLDER, path=Path("pages")))
    assert not preferences(context).sharing


def test_taking_back_deletes_and_says_what_may_remain(context: Context, entry: Entry, place: SharePlace):
    record = Sitting(context, entry, place, role("Anna Lindqvist")).share()
    after, said = sharing.take_back(context, record)
    assert after.state is ShareState.TAKEN_BACK
    assert written(place.path) == {}
    assert "may remain" in said
    assert [line.state for line in share_log(context, entry.id)][-1] is ShareState.TAKEN_BACK
    with pytest.raises(UsageError):
        sharing.take_back(context, after)


def test_a_file_goes_where_it_was_said_and_comes_back(context: Context, entry: Entry, tmp_path: Path):
    place = SharePlace(kind=DestinationKind.FILE, path=tmp_path / "out")
    sharing.switch_on(context, place)
    sitting = Sitting(context, entry, place, role("Anna Lindqvist"))
    assert sitting.share().state is ShareState.FAILED, "there is no such folder"
    place.path.mkdir()
    record = sitting.share()
    assert record.state is ShareState.SENT
    assert written(place.path) == dict(sitting.rendered.files)
    sharing.take_back(context, record)
    assert written(place.path) == {}


def test_later_edits_change_nothing_outside(context: Context, entry: Entry, place: SharePlace):
    Sitting(context, entry, place, role("Anna Lindqvist")).share()
    before = written(place.path)
    save_entry(context, Entry(id=entry.id, title="Another", body="All of it is different now."))
    assert written(place.path) == before


def test_a_held_copy_waits_and_is_looked_at_again(context: Context, entry: Entry, place: SharePlace):
    sitting = Sitting(context, entry, place, [NameDecision(matched="Anna Lindqvist", action=NameAction.KEEP)])
    held = sharing.hold(context, sitting.draft, sitting.rendered, place, sitting.decisions)
    assert held.state is ShareState.WAITING
    assert sharing.settle_interrupted(context) == ()
    assert not place.path.exists()
    save_entry(context, Entry(id=entry.id, title="Another", body="Other words."))
    again = sharing.start_again(context, held)
    assert again.kept == ("Anna Lindqvist",)
    draft = sharing.draft_of(again, frozenset({0, 1}), keep_tags=True, title=again.title)
    rendered = sharing.preview(context, draft, sitting.decisions, place)
    assert "second community stalled" in rendered.files[0][1].decode()
    record = sharing.share(
        context, draft, rendered, approve(rendered, context.clock.now()), place, sitting.decisions
    )  # fmt: skip
    assert (record.state, record.uid) == (ShareState.SENT, held.uid)


def test_a_held_copy_is_let_go(context: Context, entry: Entry, place: SharePlace):
    sitting = Sitting(context, entry, place, role("Anna Lindqvist"))
    held = sharing.hold(context, sitting.draft, sitting.rendered, place, sitting.decisions)
    after, said = sharing.take_back(context, held)
    assert after.state is ShareState.TAKEN_BACK
    assert "Nothing of it had left" in said


def broken_off(context: Context, entry: Entry, place: SharePlace, monkeypatch: pytest.MonkeyPatch, last: str) -> None:
    """A share whose process ended while it was being written."""

    def dies(*_: object, **__: object) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr(folder_module.FolderDestination, "deliver", dies)
    with pytest.raises(KeyboardInterrupt):
        Sitting(context, entry, place, role("Anna Lindqvist")).share()
    monkeypatch.undo()
    (latest,) = sharing.shares_of(context, entry.id)
    assert latest.state.value == last


def test_a_share_that_broke_off_is_unsure_and_waits(context: Context, entry: Entry, place: SharePlace, monkeypatch):
    broken_off(context, entry, place, monkeypatch, "unsure")
    (record,) = sharing.shares_of(context, entry.id)
    assert sharing.look(context, record).state is ShareState.FAILED, "nothing lies there"


@pytest.mark.parametrize(("state", "after"), [(ShareState.SENDING, "unsure"), (ShareState.APPROVED, "waiting")])
def test_after_a_restart_items_wait_for_the_user(
    context: Context, entry: Entry, place: SharePlace, state: ShareState, after: str
):
    sitting = Sitting(context, entry, place, role("Anna Lindqvist"))
    record = ShareRecord(
        uid=sitting.draft.uid, kind=place.kind, state=state, at=context.clock.now(), target=str(place.path / "x.html"),
        audience="", text="x", sha256="", entry_id=entry.id,
    )  # fmt: skip
    with context.write("") as work:
        work.shares.log(record)
    (line,) = sharing.settle_interrupted(context)
    assert line.state.value == after
    assert sharing.settle_interrupted(context) == ()
    assert not place.path.exists()


def test_looking_finds_what_did_arrive(context: Context, entry: Entry, place: SharePlace):
    record = Sitting(context, entry, place, role("Anna Lindqvist")).share()
    with context.write("") as work:
        unsure = work.shares.log(ShareRecord(**{**_values(record), "state": ShareState.UNSURE}))
    assert sharing.look(context, unsure).state is ShareState.SENT
    Path(record.target).write_text("somebody else's")
    assert sharing.look(context, unsure) == unsure


def _values(record: ShareRecord) -> dict[str, object]:
    return {name: getattr(record, name) for name in ShareRecord.__slots__}


def no_room(*_: object) -> None:
    raise OSError(28, "No space left on device")


def test_a_full_disk_is_said_and_recorded(context: Context, entry: Entry, place: SharePlace, monkeypatch):
    sitting = Sitting(context, entry, place, role("Anna Lindqvist"))
    monkeypatch.setattr(os, "fsync", no_room)
    record = sitting.share()
    assert record.state is ShareState.FAILED
    assert "full" in record.error
    monkeypatch.undo()
    assert sitting.share().state is ShareState.SENT


def test_a_changed_page_is_not_taken_back(context: Context, entry: Entry, place: SharePlace):
    record = Sitting(context, entry, place, role("Anna Lindqvist")).share()
    Path(record.target).write_text("mine now")
    with pytest.raises(PlnError, match="changed"):
        sharing.take_back(context, record)
    assert sharing.shares_of(context, entry.id)[0].state is ShareState.SENT


@pytest.mark.parametrize("kind", list(DestinationKind))
def test_the_page_as_read_is_made_of_the_bytes(context: Context, entry: Entry, tmp_path: Path, kind: DestinationKind):
    place = SharePlace(kind=kind, path=tmp_path)
    shown = sharing.as_read(Sitting(context, entry, place, role("Anna Lindqvist")).rendered)
    assert "Start with the question" in shown
    assert "A friend said her second community stalled" in shown
