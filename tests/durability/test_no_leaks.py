"""No word of the owner's reaches the disk in the clear: not in the log, not in sorter files, not in copies."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from pln.model.contact import Handle, HandleKind, Person
from pln.model.feed import Feed
from pln.model.interaction import Interaction, InteractionKind
from pln.model.journal import Entry, Mention
from pln.model.meetup import Meetup, MeetupKind
from pln.model.share import DestinationKind, ShareDraft, ShareRecord, ShareState
from pln.model.suggestion import Response, StepKind, Verdict
from pln.services.backup import backup
from pln.services.context import Context
from pln.store import connection
from pln.store.unit_of_work import Store, Work
from pln.system.clock import FixedClock
from pln.system.paths import Profile
from store_fixtures import NOW, TODAY, entry_of, make_store
from vault_fixtures import keys_of

CANARY = "zq canary zq"
ROWS = 2500


def test_no_canary_in_any_file(tmp_path: Path) -> None:
    found = canaries_of_a_session(tmp_path)
    assert found == {}
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert {"store.db", "made.plnbackup", "copy.db"} <= {path.name for path in files}


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="deleted files are looked at through /proc")
def test_the_search_for_canaries_can_find_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same session with sorter files allowed on the disk leaks: so the test above means something."""
    pragmas = tuple("temp_store=FILE" if each == "temp_store=MEMORY" else each for each in connection._PRAGMAS)
    monkeypatch.setattr(connection, "_PRAGMAS", pragmas)
    found = canaries_of_a_session(tmp_path)
    assert found
    assert all("(deleted)" in name for name in found)


def canaries_of_a_session(root: Path) -> dict[str, int]:
    """Write a canary into every table, sort, make temporary tables, back up; how many stand in which file."""
    profile = Profile(root / "profile").create()
    profile.vault.write_bytes(keys_of()[0])
    store = make_store(profile.store)
    ctx = Context(store=store, profile=profile, clock=FixedClock.on(TODAY))
    found: dict[str, int] = {}
    with store.write("") as work:
        _into_every_table(work)
        _look(found, root)
    with store.write("") as work:
        work.people.connection.execute(text("PRAGMA cache_size = 20"))
        work.people.connection.execute(text("UPDATE person SET note = note || ' changed'"))
        _look(found, root)
        _sort(work, found, root)
    with store.read() as work:
        work.people.connection.execute(text("PRAGMA cache_size = 20"))
        _sort(work, found, root)
        assert work.search.hits("canary")
    store.copy_to(root / "copy.db")
    backup(ctx, root / "made.plnbackup")
    _look(found, root)
    _assert_every_table_filled(store)
    ctx.close()
    _look(found, root)
    return found


def _into_every_table(work: Work) -> None:
    many = (
        Person(
            name=f"{CANARY} {number}", note=f"{CANARY} " * 20, circles=(f"{CANARY} {number % 9}",),
            handles=(Handle(kind=HandleKind.OTHER, value=CANARY),),
        )
        for number in range(ROWS)
    )  # fmt: skip
    who = work.people.add_many(many)[0]
    work.meetups.add(
        Meetup(kind=MeetupKind.TEA, day=TODAY, people=(who.id,), place=CANARY, notes=f"! {CANARY}"), TODAY
    )  # fmt: skip
    feed = work.feeds.add(Feed(url=f"https://example.invalid/{CANARY}", title=CANARY))
    work.articles.take_in(feed.id, [entry_of(CANARY, title=CANARY, html=CANARY, text=CANARY)])
    work.interactions.add(
        Interaction(kind=InteractionKind.THANKS, person_id=who.id, day=TODAY - timedelta(days=1), note=CANARY)
    )
    work.journal.add(Entry(title=CANARY, body=f"{CANARY} #{CANARY}", mentions=(Mention(who.id, CANARY),)))
    work.shares.add_draft(ShareDraft(title=CANARY, body=CANARY))
    work.shares.log(
        ShareRecord(
            uid="s", kind=DestinationKind.FILE, state=ShareState.SENT, at=NOW, target=CANARY, audience=CANARY,
            text=CANARY, sha256="", names_kept=(CANARY,), error=CANARY,
        )
    )  # fmt: skip
    work.responses.add(
        Response(key=CANARY, kind=StepKind.DATE, person_id=who.id, verdict=Verdict.LATER, at=NOW)
    )  # fmt: skip
    work.settings.put(CANARY, CANARY)
    work.kept_pages.put(CANARY, CANARY)


def _sort(work: Work, found: dict[str, int], root: Path) -> None:
    run = work.people.connection.exec_driver_sql
    for query in (
        "SELECT note FROM person ORDER BY random()",
        "SELECT DISTINCT note || id FROM person UNION SELECT note || -id FROM person ORDER BY 1",
    ):
        rows = run(query)
        rows.fetchone()
        _look(found, root)
        rows.close()
    if not run("PRAGMA query_only").scalar():
        run("CREATE TEMP TABLE words AS SELECT * FROM person")
        _look(found, root)
        run("DROP TABLE words")


def _look(found: dict[str, int], root: Path) -> None:
    for name, data in (*_named(root), *_deleted()):
        count = sum(data.count(CANARY.encode(code)) for code in ("utf-8", "utf-16-le", "utf-16-be"))
        if count:
            found[name] = found.get(name, 0) + count


def _named(root: Path) -> Iterator[tuple[str, bytes]]:
    for path in root.rglob("*"):
        if path.is_file():
            yield path.name, path.read_bytes()


def _deleted() -> Iterator[tuple[str, bytes]]:
    """Files that have no name any more, as SQLite keeps its temporary ones."""
    listing = Path("/proc/self/fd")
    for link in list(listing.iterdir()) if listing.is_dir() else ():
        try:
            name = str(link.readlink())
            if "(deleted)" in name and not name.startswith(("/memfd:", "/dev/")):
                with link.open("rb") as file:
                    yield name, file.read()
        except OSError:
            continue


def _assert_every_table_filled(store: Store) -> None:
    with store.read() as work:
        run = work.people.connection.exec_driver_sql
        for table in run("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'").scalars():
            if table == "journal_home":  # one number, once the journal has a file of its own
                continue
            assert run(f"SELECT count(*) FROM '{table}'").scalar_one() > 0, f"no canary in {table}"
