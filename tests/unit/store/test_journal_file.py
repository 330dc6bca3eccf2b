"""The journal in a file of its own: moved out and back whole, and unknown to everybody while it is locked."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from journal_lock_fixtures import (
    CANARIES,
    OWN_KEY,
    OWN_SALT,
    VAULT,
    VAULT_ID,
    canaries_in_store,
    fill_journal,
)
from pln.model.changes import Noun, Ref
from pln.model.errors import StoreFault
from pln.model.journal import Entry, Mention
from pln.model.share import ShareDraft
from pln.store import access, connection, journal_file
from pln.store.connection import connect
from pln.store.journal_file import JournalLocked, journal_members
from pln.store.unit_of_work import Store
from store_fixtures import KEY, NOW, SALT, make_store


@pytest.fixture
def ids(store: Store) -> dict[str, int]:
    return fill_journal(store)


def move_out(store: Store) -> None:
    store.move_journal_out(OWN_KEY, OWN_SALT, VAULT_ID, VAULT)


def whole(store: Store) -> tuple[object, ...]:
    with store.read() as work:
        hits = {word: {hit.ref for hit in work.search.hits(word, limit=99)} for word in ("pears", *CANARIES.values())}
        removed = work.journal.get_many(range(1, 99))
        return (
            removed, work.journal.ids(), work.journal.tags(), work.shares.drafts(), work.shares.everything(), hits,
            work.people.everyone(), work.meetups.everything(),
        )  # fmt: skip


def test_what_is_read_is_the_same_in_either_file(store: Store, ids: dict[str, int]) -> None:
    before = whole(store)
    move_out(store)
    assert store.journal_open
    assert whole(store) == before
    store.move_journal_back()
    assert whole(store) == before
    assert store.journal_vault is None


def test_while_it_is_locked_the_store_knows_nothing_of_it(store: Store, ids: dict[str, int]) -> None:
    move_out(store)
    store.detach_journal()
    assert not store.journal_open
    assert store.journal_vault == VAULT_ID
    with store.read() as work:
        assert work.journal_locked
        assert work.journal.ids() == work.journal.everything() == work.journal.tags() == ()
        assert work.journal.get(ids["entry"]) is None
        assert work.journal.ids_naming(ids["person"]) == work.journal.ids_tagged(CANARIES["tag"]) == ()
        assert work.shares.drafts() == work.shares.everything() == ()
        assert not any(work.search.hits(word) for word in CANARIES.values())
        assert {hit.ref.noun for hit in work.search.hits("pears")} == {Noun.PERSON, Noun.MEETUP}
        with pytest.raises(JournalLocked):
            work.need_journal()


def test_no_word_of_it_stays_in_the_main_file_or_its_log(store: Store, ids: dict[str, int]) -> None:
    move_out(store)
    assert store.journal_swept
    assert canaries_in_store(store.path) == set()
    with store.write("") as work:  # nor does working with it bring any back
        work.journal.change(replace(_entry(store, ids), body=f"{CANARIES['body']} again"))
        work.journal.add(Entry(title="", body=CANARIES["removed"]))
        work.shares.add_draft(ShareDraft(title="", body=CANARIES["draft"]))
        work.reindex()
    assert canaries_in_store(store.path) == set()
    store.detach_journal()
    assert canaries_in_store(store.path) == set()


def test_the_search_for_words_in_the_main_file_can_find_them(store: Store, ids: dict[str, int]) -> None:
    """Before the move all of them stand there; without the sweep afterwards, some: the test above means something."""
    assert canaries_in_store(store.path) == set(CANARIES)


def test_words_that_somebody_is_still_reading_are_swept_later(
    store: Store, ids: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reader holds the log back; the file is swept when the journal is opened or locked next."""
    monkeypatch.setattr(connection, "BUSY_SECONDS", 0.1)
    with store.read() as work:
        assert work.journal.total()
        move_out(store)
        assert not store.journal_swept
        assert canaries_in_store(store.path)
    store.detach_journal()
    assert store.journal_swept
    assert canaries_in_store(store.path) == set()


def test_a_sweep_that_was_refused_is_made_at_the_next_opening(
    store: Store, ids: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as refused:
        refused.setattr(access, "sweep", lambda _main: False)
        move_out(store)
    assert not store.journal_swept
    again = _again(store)
    assert again.journal_swept
    assert canaries_in_store(store.path) == set()
    again.close()


def test_the_files_open_with_their_own_keys_only(store: Store, ids: dict[str, int]) -> None:
    move_out(store)
    store.detach_journal()
    own = store.path.with_name("journal.db")
    with pytest.raises(StoreFault):
        connect(own, KEY, SALT)
    with pytest.raises(StoreFault):
        store.attach_journal(KEY, OWN_SALT)
    assert not store.journal_open
    assert canaries_in_store(own, OWN_KEY) == set(CANARIES) - {"earlier"}
    assert own.stat().st_mode & 0o077 == 0


def test_nothing_is_written_into_a_locked_journal(store: Store, ids: dict[str, int]) -> None:
    move_out(store)
    store.detach_journal()
    with store.write("") as work:
        for attempt in (
            lambda: work.journal.add(Entry(title="", body="x")),
            lambda: work.journal.change(Entry(id=ids["entry"], title="", body="x")),
            lambda: work.journal.remove(ids["entry"]),
            lambda: work.journal.restore(ids["removed"]),
            lambda: work.shares.add_draft(ShareDraft(title="", body="x")),
        ):
            with pytest.raises(JournalLocked):
                attempt()
        work.reindex()
    store.attach_journal(OWN_KEY, OWN_SALT)
    assert _entry(store, ids).title == CANARIES["title"]
    with store.read() as work:
        assert work.search.ids(CANARIES["title"], Noun.ENTRY)


def test_it_is_locked_after_every_opening(store: Store, ids: dict[str, int]) -> None:
    move_out(store)
    again = _again(store)
    assert not again.journal_open
    assert again.check() == ()
    again.attach_journal(OWN_KEY, OWN_SALT)
    assert _entry(again, ids).title == CANARIES["title"]
    assert again.check() == ()
    again.close()


def test_numbers_are_never_used_twice_whichever_file(store: Store, ids: dict[str, int]) -> None:
    with store.write("") as work:
        last = work.journal.add(Entry(title="", body="last")).id
        work.journal.remove(last)
        work.journal.connection.exec_driver_sql("DELETE FROM entry WHERE id = ?", (last,))
    move_out(store)
    with store.write("") as work:
        assert work.journal.add(Entry(title="", body="x")).id == last + 1
        draft = work.shares.add_draft(ShareDraft(title="", body="x")).id
    store.move_journal_back()
    with store.write("") as work:
        assert work.journal.add(Entry(title="", body="x")).id == last + 2
        assert work.shares.add_draft(ShareDraft(title="", body="x")).id == draft + 1


def test_the_share_log_stays_append_only_in_both_files(store: Store, ids: dict[str, int]) -> None:
    for step in (move_out, Store.move_journal_back):
        step(store)
        table = "journal.share_log" if store.journal_vault else "share_log"
        for sql in (f"DELETE FROM {table}", f"UPDATE {table} SET text = ''"):
            with pytest.raises(Exception, match="append-only"), store.write("") as work:
                work.shares.connection.exec_driver_sql(sql)


def test_people_whom_a_locked_journal_may_name_are_kept(store: Store, ids: dict[str, int]) -> None:
    with store.write("") as work:
        work.meetups.remove(ids["meetup"])
        work.people.remove(ids["person"])
    move_out(store)
    store.detach_journal()
    later = NOW + timedelta(days=90)
    with store.write("") as work:
        work.trash.empty(later)
    with store.read() as work:
        assert work.people.get(ids["person"]) is not None
    store.attach_journal(OWN_KEY, OWN_SALT)
    with store.write("") as work:  # the open journal names them still
        work.trash.empty(later)
        assert work.people.get(ids["person"]) is not None
        work.journal.change(replace(_entry(store, ids), body="nobody", mentions=()))
        work.trash.empty(later)
        assert work.people.get(ids["person"]) is None


def test_a_reader_at_work_goes_on_and_gives_up_its_connection(store: Store, ids: dict[str, int]) -> None:
    move_out(store)
    with store.read() as work:
        store.detach_journal()
        assert work.journal.get(ids["entry"]) is not None
    with store.read() as work:
        assert work.journal.get(ids["entry"]) is None
    # The log of a file whose last connection was closed is folded into it.
    assert not store.path.with_name("journal.db-wal").exists()


def test_a_mention_of_somebody_gone_does_not_keep_the_journal_out(store: Store, ids: dict[str, int]) -> None:
    move_out(store)
    entry = _entry(store, ids)
    with store.write("") as work:
        work.journal.change(replace(entry, body="@Nobody", mentions=(Mention(4711, "@Nobody"),)))
    store.move_journal_back()
    assert _entry(store, ids).body == "@Nobody"
    assert _entry(store, ids).mentions == ()


def test_leftovers_of_a_move_that_never_was_are_laid_aside(store: Store, ids: dict[str, int]) -> None:
    own = store.path.with_name("journal.db")
    own.write_bytes(b"half")
    store.path.with_name("journal-vault.json").write_bytes(b"slots")
    again = _again(store)
    assert not own.exists()
    assert {path.name: path.read_bytes() for path in (store.path.parent / "set-aside").rglob("*.*")} == {
        "journal.db": b"half", "journal-vault.json": b"slots",
    }  # fmt: skip
    assert again.journal_open
    assert _entry(again, ids).title == CANARIES["title"]
    again.close()


def test_moving_back_lays_the_file_aside_with_its_slots(store: Store, ids: dict[str, int]) -> None:
    move_out(store)
    assert [name for name, _ in journal_members(store.path.parent)] == [
        "journal.db", "journal.db-wal", "journal-vault.json",
    ] or not store.path.with_name("journal.db-wal").exists()  # fmt: skip
    store.move_journal_back()
    assert journal_members(store.path.parent) == []
    aside = {path.name for path in (store.path.parent / "set-aside").rglob("*") if path.is_file()}
    assert aside == {"journal.db", "journal-vault.json"}


@pytest.mark.parametrize("step", ["_take_out", "lay_aside"])
def test_a_fault_after_the_moment_of_a_move_leaves_it_moved(
    store: Store, ids: dict[str, int], monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """What is written next goes to where the journal lies, not to where it was thought to lie."""
    real = getattr(journal_file, step)

    def late(*given: object) -> None:
        real(*given)
        raise StoreFault("The disk did not answer", "Nothing.")

    if step == "lay_aside":
        move_out(store)
    with monkeypatch.context() as patch, suppress(StoreFault):
        patch.setattr(journal_file, step, late)
        store.move_journal_back() if step == "lay_aside" else move_out(store)
    assert (store.journal_vault is None) is (step == "lay_aside")
    with store.write("") as work:
        new = work.journal.add(Entry(title="", body="written afterwards")).id
    again = _again(store)
    again.attach_journal(OWN_KEY, OWN_SALT)
    with again.read() as work:
        assert {new, ids["entry"]} <= set(work.journal.ids())
    assert again.check() == ()
    again.close()


def test_a_missing_file_is_told_and_nothing_is_made_in_its_place(store: Store, ids: dict[str, int]) -> None:
    move_out(store)
    store.detach_journal()
    path = store.path.with_name("journal.db")
    kept = path.rename(path.with_name("elsewhere"))
    with pytest.raises(StoreFault, match="missing"):
        store.attach_journal(OWN_KEY, OWN_SALT)
    assert not path.exists()
    assert not store.journal_open
    kept.rename(path)
    store.attach_journal(OWN_KEY, OWN_SALT)
    assert _entry(store, ids).title == CANARIES["title"]


def test_damage_in_the_journal_is_found_while_it_is_open(tmp_path: Path) -> None:
    store = make_store(tmp_path / "store.db")
    fill_journal(store)
    move_out(store)
    store.detach_journal()
    own = tmp_path / "journal.db"
    data = bytearray(own.read_bytes())
    data[4096 * 3 + 700] ^= 1
    own.write_bytes(data)
    assert store.check() == ()
    store.attach_journal(OWN_KEY, OWN_SALT)
    assert any(fault.startswith("journal: ") for fault in store.check())
    store.close()


def _entry(store: Store, ids: dict[str, int]) -> Entry:
    with store.read() as work:
        found = work.journal.get(ids["entry"])
    assert found is not None
    assert Ref(Noun.ENTRY, found.id)
    return found


def _again(store: Store) -> Store:
    store.close()
    return make_store(store.path)
