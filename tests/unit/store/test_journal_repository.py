"""The journal, share drafts and the share log, against a real encrypted file."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from pln.model.changes import Noun, Ref
from pln.model.contact import Person
from pln.model.errors import UsageError
from pln.model.journal import Entry, EntryKind, Mention
from pln.model.share import DestinationKind, ShareDraft, ShareRecord, ShareState
from pln.store.unit_of_work import Store
from store_fixtures import NOW, assert_index_in_step

DAY = timedelta(days=1)


@pytest.fixture
def ines(store: Store) -> int:
    with store.write("") as work:
        return work.people.add(Person(name="Ines Okafor")).id


def entry(ines: int) -> Entry:
    return Entry(
        title="On ovens", body="With @Ines Okafor about #Ovens and #rye-bread.", uid="u", kind=EntryKind.LESSON,
        created=NOW - DAY, changed=NOW - DAY, mentions=(Mention(ines, "@Ines Okafor"),), prompt="What did you learn?",
        about=Ref(Noun.MEETUP, 5),
    )  # fmt: skip


def test_an_entry_reads_back_as_written(store: Store, ines: int) -> None:
    with store.write("") as work:
        stored = work.journal.add(entry(ines))
    assert stored == replace(entry(ines), id=stored.id)
    assert work.changes.refs == {Ref(Noun.ENTRY, stored.id), Ref(Noun.PERSON, ines)}
    with store.read() as work:
        assert work.journal.get(stored.id) == stored == work.journal.by_uid("u")
        assert work.journal.ids() == work.journal.ids_naming(ines) == work.journal.ids_about(Ref(Noun.MEETUP, 5))
        assert work.journal.tags() == (("ovens", 1), ("rye-bread", 1))
        assert work.journal.ids_tagged("Ovens") == (stored.id,)
        assert (work.journal.total(), work.journal.everything()) == (1, (stored,))
        (row,) = work.journal.rows([stored.id])
        assert (row.opening, row.shared) == (stored.body, False)


def test_change_drops_mentions_and_tags_whose_words_are_gone(store: Store, ines: int) -> None:
    with store.write("") as work:
        stored = work.journal.add(entry(ines))
    with store.write("") as work:
        changed = work.journal.change(replace(stored, body="Alone with #rye-bread", uid="", created=None))
        assert work.journal.get(stored.id) == changed
    assert (changed.mentions, changed.uid, changed.created, changed.changed) == ((), "u", NOW - DAY, NOW)
    assert Ref(Noun.PERSON, ines) in work.changes.refs  # her page showed it
    with store.read() as work:
        assert work.journal.tags() == (("rye-bread", 1),)
        assert work.search.ids("ines", Noun.ENTRY) == ()
    assert_index_in_step(store)


def test_removal_and_return(store: Store, ines: int) -> None:
    with store.write("") as work:
        stored = work.journal.add(entry(ines))
        assert work.journal.remove(stored.id)
        assert not work.journal.remove(stored.id)
        assert (work.journal.ids(), work.journal.tags(), work.journal.ids_tagged("ovens")) == ((), (), ())
        assert (work.journal.ids_naming(ines), work.search.ids("ovens", Noun.ENTRY)) == ((), ())
    assert_index_in_step(store)
    with store.write("") as work:
        work.journal.change(replace(stored, body="A late autosave"))
    assert_index_in_step(store)
    with store.write("") as work:
        assert work.journal.restore(stored.id)
        assert work.search.ids("autosave", Noun.ENTRY) == (stored.id,)
    assert_index_in_step(store)


def test_changing_an_entry_that_is_not_there_is_told(store: Store) -> None:
    with pytest.raises(UsageError), store.write("") as work:
        work.journal.change(Entry(id=9, title="", body="lost?"))
    assert_index_in_step(store)


def test_the_newest_comes_first(store: Store) -> None:
    with store.write("") as work:
        ids = [work.journal.add(Entry(title=str(n), body="", created=NOW - n * DAY)).id for n in (3, 1, 2)]
        assert work.journal.ids() == (ids[1], ids[2], ids[0])
        assert [each.id for each in work.journal.everything()] == [ids[0], ids[2], ids[1]]


def record(**values: object) -> ShareRecord:
    plain: dict[str, object] = {
        "uid": "s", "kind": DestinationKind.FILE, "state": ShareState.APPROVED, "at": NOW, "target": "/x.md",
        "audience": "whoever has the file", "text": "exact", "sha256": "00", "names_kept": ("Ines",), "entry_id": 4,
        "draft_id": 1, "error": "",
    }  # fmt: skip
    return ShareRecord(**{**plain, **values})  # type: ignore[arg-type]


def test_the_share_log_grows_and_reads_back(store: Store) -> None:
    with store.write("") as work:
        draft = work.shares.add_draft(ShareDraft(title="T", body="B", uid="d"))
        assert work.shares.drafts() == (draft,)
        lines = [work.shares.log(record(state=state)) for state in (ShareState.APPROVED, ShareState.SENT)]
        other = work.shares.log(record(uid="t", entry_id=None, names_kept=(), error="The disk is full."))
    with store.read() as work:
        assert work.shares.of_entry(4) == tuple(lines) == work.shares.of_share("s")
        assert work.shares.everything() == (*lines, other)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE share_log SET text = ''",
        "DELETE FROM share_log",
        "INSERT OR REPLACE INTO share_log SELECT * FROM share_log",
        "UPDATE OR REPLACE share_log SET id = 7",
    ],
)
def test_nothing_changes_a_line_of_the_share_log(store: Store, statement: str) -> None:
    with store.write("") as work:
        line = work.shares.log(record())
    with pytest.raises(IntegrityError, match="append-only"), store.write("") as work:
        work.shares.connection.execute(text(statement))
    with store.read() as work:
        assert work.shares.everything() == (line,)


def test_the_share_log_outlives_its_entry(store: Store) -> None:
    with store.write("") as work:
        stored = work.journal.add(Entry(title="T", body="B"))
        draft = work.shares.add_draft(ShareDraft(title="T", body="B", entry_id=stored.id))
        line = work.shares.log(record(entry_id=stored.id, draft_id=draft.id))
        work.journal.remove(stored.id)
        assert work.trash.empty(NOW + DAY)[Noun.ENTRY] == 1
        assert work.journal.get(stored.id) is None
        assert work.shares.of_entry(stored.id) == (line,)
        assert work.shares.drafts()[0].entry_id is None
