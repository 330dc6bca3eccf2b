"""The disk runs full while PLN works: nothing that was there is lost, and with room again the same session goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from durability.test_flipped_bits import WORDS, opened
from feed_documents import item, rss
from feed_server import FeedServer
from migrations.make_sample import PASSPHRASE, key_of, make
from migrations.migrating_child import MORE, with_more_steps
from pln.model.errors import StoreFault
from pln.model.feed import Feed
from pln.model.journal import Entry
from pln.services.backup import backup, verify_backup
from pln.services.context import Context
from pln.services.importing import apply_import, plan_import
from pln.services.journal import save_entry
from pln.services.opening import Opened
from pln.services.refreshing import allow_place, refresh_feeds
from pln.store.connection import connect
from pln.store.migrate import version_of
from pln.store.migrations import STEPS
from pln.system.paths import Profile
from small_disk import SmallDisk, in_a_space_of_its_own

LONG = "word " * 4000

Do = Callable[[Context], object]


@pytest.fixture
def profile(small_disk: SmallDisk) -> Profile:
    return Profile(small_disk.folder / "profile")


@pytest.fixture
def session(profile: Profile) -> Iterator[Opened]:
    assert WORDS == PASSPHRASE
    running = opened(profile)
    yield running
    running.close()
    again = opened(profile)
    assert again.context.store.check() == ()
    again.close()


def everything(ctx: Context) -> dict[str, int]:
    return dict(ctx.store.examine(ctx.store.path).counts)


def refused_then_done(ctx: Context, disk: SmallDisk, do: Do) -> None:
    """On the full disk the act is refused whole; with room again it succeeds, in the same session."""
    _fold_in(ctx)
    disk.fill()
    with pytest.raises(StoreFault, match="disk is full"):
        do(ctx)
    before = everything(ctx)
    disk.free()
    assert everything(ctx) == before
    do(ctx)
    assert everything(ctx) != before
    assert ctx.store.check() == ()


def _fold_in(ctx: Context) -> None:
    """As after a start: no room of the write-ahead log is left in which a little could still be written."""
    key = key_of(ctx.profile)
    with closing(connect(ctx.store.path, key.key, key.salt)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def test_typing(session: Opened, small_disk: SmallDisk) -> None:
    entry = save_entry(session.context, Entry(title="Before", body="It was raining."))
    refused_then_done(
        session.context, small_disk, lambda ctx: save_entry(ctx, Entry(title="After", body=LONG))
    )  # fmt: skip
    with session.context.store.read() as work:
        assert work.journal.get(entry.id) == entry


def test_typing_until_it_is_full_keeps_every_word_that_was_saved(session: Opened, small_disk: SmallDisk) -> None:
    small_disk.fill(but=3 * 1024 * 1024)
    saved = 0
    with pytest.raises(StoreFault, match="disk is full"):
        for number in range(1000):
            save_entry(session.context, Entry(title=str(number), body=f"{number} {LONG}"))
            saved += 1
    assert saved > 10
    small_disk.free()
    save_entry(session.context, Entry(title=str(saved), body=LONG))
    with session.context.store.read() as work:
        assert sorted(int(entry.title) for entry in work.journal.everything()) == list(range(saved + 1))


def test_an_import_of_people(session: Opened, small_disk: SmallDisk, tmp_path: Path) -> None:
    card = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Somebody {0}\r\nNOTE:{1}\r\nEND:VCARD\r\n"
    cards = tmp_path / "people.vcf"
    cards.write_text("".join(card.format(number, LONG[:2000]) for number in range(400)), newline="")
    plan = plan_import(session.context, cards)
    refused_then_done(session.context, small_disk, lambda ctx: apply_import(ctx, plan))
    assert everything(session.context)["person"] == 400


def test_a_refresh_of_feeds(session: Opened, small_disk: SmallDisk) -> None:
    articles = rss(*(item(number, LONG[:8000]) for number in range(100)))
    with FeedServer({"/long": articles, "/short": rss(item(1))}) as server:
        allow_place(session.context, *server.allow)
        with session.context.write("") as work:
            for path in server.routes:
                work.feeds.add(Feed(url=server.url(path)))
        refused_then_done(session.context, small_disk, lambda ctx: refresh_feeds(ctx, force=True))
    assert everything(session.context)["article"] == 101


def test_a_backup(session: Opened, small_disk: SmallDisk, tmp_path: Path) -> None:
    ctx, target = session.context, small_disk.folder / "kept"
    save_entry(ctx, Entry(title="", body=LONG))
    small_disk.fill()
    with pytest.raises(StoreFault, match="disk is full"):
        backup(ctx, target)
    assert sorted(path.name for path in small_disk.folder.iterdir()) == ["ballast", "profile"]
    small_disk.free()
    assert backup(ctx, target).counts == verify_backup(target, key_of(ctx.profile)).counts == everything(ctx)


# A profile of an earlier version -------------------------------------------------------------------------------------


@pytest.fixture
def old(small_disk: SmallDisk, monkeypatch: pytest.MonkeyPatch) -> Iterator[Profile]:
    make(small_disk.folder / "profile", 1, 1000)
    with_more_steps()
    yield Profile(small_disk.folder / "profile")
    with_more_steps(STEPS)


def version(profile: Profile) -> int:
    key = key_of(profile)
    with closing(connect(profile.store, key.key, key.salt)) as connection:
        return version_of(connection)


def assert_opens_now(profile: Profile) -> None:
    running = opened(profile)
    assert running.context.store.check() == ()
    assert everything(running.context)["person"] == 1000
    running.close()
    assert version(profile) == len(MORE)


@pytest.mark.parametrize("room", [0, 256 * 1024], ids=["none at all", "a little"])
def test_a_migration_without_room_for_its_backup(old: Profile, small_disk: SmallDisk, room: int) -> None:
    before = old.store.read_bytes()
    small_disk.fill(but=room)
    with pytest.raises(StoreFault, match="disk is full"):
        opened(old)
    small_disk.free()
    assert (old.store.read_bytes(), version(old)) == (before, 1)
    assert list(old.backups.iterdir()) == []
    assert_opens_now(old)


def test_a_migration_without_room_for_a_step(old: Profile, small_disk: SmallDisk) -> None:
    room = 2 * old.store.stat().st_size + 256 * 1024  # the copy and what it is packed into, and little more
    small_disk.fill(but=room)
    with pytest.raises(StoreFault, match="disk is full"):
        opened(old)
    assert version(old) == len(STEPS)
    (kept,) = old.backups.glob("*.plnbackup")
    assert verify_backup(kept, key_of(old), within=small_disk.folder.parent).counts["person"] == 1000
    small_disk.free()
    assert_opens_now(old)


def test_all_of_these_where_we_may_not_mount(tmp_path: Path) -> None:
    in_a_space_of_its_own(Path(__file__), tmp_path)
