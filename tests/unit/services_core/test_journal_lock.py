"""The journal's own lock: its words, and that while it is locked nothing that is shown or written out knows of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path

import pytest

from journal_lock_fixtures import CANARIES, canaries_in, canaries_in_store, fill_journal
from pln.model.changes import ChangeSet, Noun
from pln.model.errors import PlnError, StoreFault, UsageError, WrongSecret
from pln.model.journal import Entry
from pln.services import journal_lock
from pln.services.context import Context, take_back
from pln.services.exporting import export_all
from pln.services.journal import entry_ids, get_entry, remove_entry, save_entry
from pln.services.journal_lock import JournalLocked, JournalState, Prepared, prepare
from pln.services.kept_today import written
from pln.services.map import network_page
from pln.services.meetup_page import meetup_page, meetup_side
from pln.services.near import near
from pln.services.person_page import person_brief, person_page
from pln.services.preparing import start
from pln.services.reading_back import import_all
from pln.services.search import search
from pln.services.shared import everything_shared, settle_interrupted, shares_of
from pln.services.today import weigh
from pln.services.whole import files
from pln.store.passphrase import Cost
from pln.store.vault import dump

CHEAP = Cost(memory_kib=8, iterations=1, lanes=1)
WORDS = "pears and plums"


@pytest.fixture
def ids(context: Context) -> dict[str, int]:
    return fill_journal(context.store)


@pytest.fixture
def lock(context: Context, ids: dict[str, int]) -> Prepared:
    made = prepare(WORDS, CHEAP)
    journal_lock.set_up(context, made)
    return made


@pytest.fixture
def locked(context: Context, lock: Prepared) -> Context:
    journal_lock.lock_journal(context)
    return context


def everything_shown(ctx: Context, ids: dict[str, int], folder: Path) -> Iterator[tuple[str, bytes]]:
    """What each part of the program has to show or to write out, as bytes."""
    shown: dict[str, Callable[[], object]] = {
        "search": lambda: [search(ctx, word, 99) for word in ("pears", *CANARIES.values())],
        "today": lambda: weigh(ctx),
        "kept page": lambda: written(weigh(ctx).page),
        "person": lambda: person_page(ctx, ids["person"]),
        "brief": lambda: person_brief(ctx, ids["person"]),
        "meetup": lambda: meetup_page(ctx, ids["meetup"]),
        "meetup side": lambda: meetup_side(ctx, meetup_page(ctx, ids["meetup"]), ids["person"]),
        "map": lambda: network_page(ctx),
        "near": lambda: near(ctx, Entry(title="", body=f"#{CANARIES['tag']} {CANARIES['mention']}")),
        "shares": lambda: shares_of(ctx, ids["entry"]),
        "undo": lambda: ctx.undo.top,
    }
    for name, ask in shown.items():
        yield name, repr(ask()).encode()
    export_all(ctx, folder)
    for path in folder.rglob("*"):
        if path.is_file():
            yield f"export {path.name}", path.name.encode() + path.read_bytes()


def test_nothing_that_is_shown_or_written_out_knows_of_a_locked_journal(
    locked: Context, ids: dict[str, int], tmp_path: Path
) -> None:
    found = {name: canaries_in(data) for name, data in everything_shown(locked, ids, tmp_path / "out")}
    assert {name: words for name, words in found.items() if words} == {}


def test_the_look_for_words_can_find_them(
    context: Context, ids: dict[str, int], lock: Prepared, tmp_path: Path
) -> None:
    """Open, the journal shows itself in the search, on a timeline, near an entry, in an export and in the log."""
    found = {name for name, data in everything_shown(context, ids, tmp_path / "out") if canaries_in(data)}
    assert {"search", "person", "near", "shares", "export pln.json"} <= found


def test_no_file_of_the_profile_but_its_own_holds_a_word(locked: Context, ids: dict[str, int]) -> None:
    assert canaries_in_store(locked.store.path) == set()
    for path in locked.profile.root.rglob("*"):
        if path.is_file():
            assert canaries_in(path.read_bytes()) == set(), path.name


def test_what_would_read_or_write_an_entry_says_that_it_is_locked(locked: Context, ids: dict[str, int]) -> None:
    for attempt in (
        lambda: get_entry(locked, ids["entry"]),
        lambda: entry_ids(locked),
        lambda: save_entry(locked, Entry(title="", body="x")),
        lambda: remove_entry(locked, ids["entry"]),
        lambda: start(locked, ids["entry"]),
        lambda: everything_shared(locked),
    ):
        with pytest.raises(JournalLocked) as fault:
            attempt()
        assert "Nothing was changed" in fault.value.sentence
    assert settle_interrupted(locked) == ()


def test_an_export_says_that_the_journal_is_not_in_it(locked: Context, tmp_path: Path) -> None:
    report = export_all(locked, tmp_path / "out")
    assert report.warning.startswith("The journal is locked")
    assert "The journal is locked" in (tmp_path / "out" / files.READ_ME).read_text()
    assert report.counts["entries"] == report.counts["drafts"] == report.counts["share_log"] == 0


def test_an_export_with_a_journal_is_not_read_into_a_locked_one(
    context: Context, ids: dict[str, int], lock: Prepared, tmp_path: Path
) -> None:
    export_all(context, tmp_path / "out")
    journal_lock.lock_journal(context)
    people = _people(context)
    with pytest.raises(JournalLocked):
        import_all(context, tmp_path / "out")
    assert _people(context) == people
    assert canaries_in_store(context.store.path) == set()
    journal_lock.open_journal(context, WORDS)
    assert import_all(context, tmp_path / "out").added.get("entries", 0) == 0


def test_passphrase_and_recovery_code_open_it_and_nothing_else_does(locked: Context, lock: Prepared) -> None:
    for words in ("pears and apples", "", WORDS.upper(), "0000-0000-0000-0000-0000-0000-0000-0000"):
        with pytest.raises(WrongSecret) as fault:
            journal_lock.open_journal(locked, words)
        assert "journal" in fault.value.title
        assert journal_lock.state(locked) is JournalState.LOCKED
    for words in (WORDS, lock.code, lock.code.lower().replace("-", " ")):
        journal_lock.open_journal(locked, words)
        assert journal_lock.state(locked) is JournalState.OPEN
        journal_lock.lock_journal(locked)
    assert set(json.loads(locked.profile.journal_vault.read_text())["slots"]) == {"passphrase", "recovery"}


def test_the_store_key_and_the_secrets_stay_out_of_what_is_printed(lock: Prepared) -> None:
    assert lock.code not in repr(lock)
    assert lock.key.key.hex() not in repr(lock)
    assert repr(lock.key.key) not in repr(lock)


def test_other_words_and_another_code_take_the_place_of_the_first(locked: Context, lock: Prepared) -> None:
    with pytest.raises(WrongSecret):
        journal_lock.change_words(locked, "pears and apples", "plums and pears", CHEAP)
    with pytest.raises(UsageError):
        journal_lock.change_words(locked, WORDS, "short", CHEAP)
    journal_lock.change_words(locked, lock.code, "plums and pears", CHEAP)
    code = journal_lock.fresh_code(locked, "plums and pears")
    for words in (WORDS, lock.code):
        with pytest.raises(WrongSecret):
            journal_lock.open_journal(locked, words)
    journal_lock.open_journal(locked, code)
    assert journal_lock.state(locked) is JournalState.OPEN


def test_a_short_passphrase_is_refused_before_anything_is_made(context: Context) -> None:
    with pytest.raises(UsageError, match="too short"):
        prepare("  seven  ", CHEAP)
    assert not context.profile.journal_vault.exists()


def test_ending_asks_for_the_words_and_puts_everything_back(
    context: Context, ids: dict[str, int], lock: Prepared
) -> None:
    entry = get_entry(context, ids["entry"])
    with pytest.raises(WrongSecret):
        journal_lock.end(context, "pears and apples")
    assert journal_lock.state(context) is JournalState.OPEN
    journal_lock.lock_journal(context)
    journal_lock.end(context, WORDS)
    assert journal_lock.state(context) is JournalState.TOGETHER
    assert get_entry(context, ids["entry"]) == entry
    assert search(context, CANARIES["title"])
    assert not context.profile.journal.exists()
    assert any(context.profile.set_aside.rglob("journal.db"))  # nothing is deleted


def test_it_can_be_set_up_again_afterwards_but_not_twice(context: Context, ids: dict[str, int], lock: Prepared) -> None:
    with pytest.raises(UsageError):
        journal_lock.set_up(context, prepare(WORDS, CHEAP))
    journal_lock.end(context, WORDS)
    journal_lock.set_up(context, prepare("plums and pears", CHEAP))
    journal_lock.lock_journal(context)
    journal_lock.open_journal(context, "plums and pears")
    assert get_entry(context, ids["entry"]).title == CANARIES["title"]


def test_every_change_of_the_lock_is_told(context: Context, ids: dict[str, int]) -> None:
    heard: list[ChangeSet] = []
    context.bus.subscribe(heard.append)
    journal_lock.set_up(context, prepare(WORDS, CHEAP))
    journal_lock.lock_journal(context)
    journal_lock.open_journal(context, WORDS)
    journal_lock.end(context, WORDS)
    told = [changes for changes in heard if changes.origin == journal_lock.ORIGIN and changes.bulk_nouns]
    assert len(told) == 4
    assert all(changes.touches(Noun.ENTRY) and changes.touches(Noun.SHARE) for changes in told)


def test_undo_of_a_removal_waits_until_it_is_open(context: Context, ids: dict[str, int], lock: Prepared) -> None:
    step = remove_entry(context, ids["entry"])
    journal_lock.lock_journal(context)
    with pytest.raises(JournalLocked):
        take_back(context, step)
    journal_lock.open_journal(context, WORDS)
    assert take_back(context, step) is step
    assert ids["entry"] in entry_ids(context)


@pytest.mark.parametrize("damage", [b"{}", b"", None])
def test_a_key_file_that_cannot_be_read_is_told_and_left(locked: Context, lock: Prepared, damage: bytes | None) -> None:
    path = locked.profile.journal_vault
    kept = path.read_bytes()
    path.unlink() if damage is None else path.write_bytes(damage)
    with pytest.raises(StoreFault, match="key file"):
        journal_lock.open_journal(locked, WORDS)
    path.write_bytes(kept)
    journal_lock.open_journal(locked, WORDS)


def test_the_key_file_of_another_journal_does_not_open_this_one(locked: Context, lock: Prepared) -> None:
    own = locked.profile.journal_vault.read_bytes()
    locked.profile.journal_vault.write_bytes(dump(prepare(WORDS, CHEAP).vault))
    with pytest.raises(PlnError, match="another journal"):
        journal_lock.open_journal(locked, WORDS)
    locked.profile.journal_vault.write_bytes(own)


def _people(ctx: Context) -> list[object]:
    with ctx.store.read() as work:
        return [asdict(person) for person in work.people.everyone()]
