"""What was shared: the log, looking where it is not known, taking back. Later edits of an entry change nothing here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from pln.model.errors import UsageError
from pln.model.share import DestinationKind, ShareRecord, ShareState
from pln.services.context import Context
from pln.services.preferences import preferences
from pln.share.outbox import ShareEvent, after_restart, next_state

if TYPE_CHECKING:
    from pln.share.destinations.file import FileDestination
    from pln.share.destinations.folder import FolderDestination

# The destinations bring Markdown and HTML with them, 4 MB: they are imported by those who share, not by who looks.

_WROTE = (ShareState.SENT, ShareState.UNSURE)

_under_way: set[str] = set()
_lock = Lock()


@contextmanager
def under_way(uid: str) -> Iterator[None]:
    """While a share of this process is being written it is not one that a restart interrupted.

    Raises UsageError where the same share is being written already.
    """
    with _lock:
        if uid in _under_way:
            raise UsageError("This is being shared already", "Nothing was written twice.")
        _under_way.add(uid)
    try:
        yield
    finally:
        with _lock:
            _under_way.discard(uid)


def latest(records: Iterable[ShareRecord]) -> tuple[ShareRecord, ...]:
    """The last line of each share, newest first, from lines in their order."""
    last = {record.uid: record for record in records}
    return tuple(sorted(last.values(), key=lambda record: (record.at, record.id), reverse=True))


def shares_of(ctx: Context, entry_id: int) -> tuple[ShareRecord, ...]:
    """How every share of an entry stands now, newest first."""
    with ctx.store.read() as work:
        return latest(work.shares.of_entry(entry_id))


def everything_shared(ctx: Context) -> tuple[ShareRecord, ...]:
    """How everything I ever shared, held or took back stands now, newest first. Raises JournalLocked."""
    with ctx.store.read() as work:
        work.need_journal()
        return latest(work.shares.everything())


def history(ctx: Context, uid: str) -> tuple[ShareRecord, ...]:
    """Every line about one share, oldest first."""
    with ctx.store.read() as work:
        return work.shares.of_share(uid)


def settle_interrupted(ctx: Context, *, origin: str = "") -> tuple[ShareRecord, ...]:
    """After a start: what was being written is unsure now, what was approved waits for the user. Nothing is sent."""
    now = ctx.clock.now()
    with ctx.store.read() as work:
        found = latest(work.shares.everything())
    lines = [line for record in found if record.uid not in _under_way and (line := after_restart(record, now))]
    if not lines:
        return ()
    with ctx.write(origin) as work:
        return tuple(work.shares.log(line) for line in lines)


def look(ctx: Context, record: ShareRecord, *, origin: str = "") -> ShareRecord:
    """Where it is unsure: see whether exactly this text lies there (sent) or nothing (failed); else it stays unsure."""
    from pln.share.destinations.writing import content_of, told_plainly

    with told_plainly():
        there = content_of(Path(record.target))
    if there is None:
        event = ShareEvent.NOT_FOUND
    elif there == record.text.encode():
        event = ShareEvent.FOUND
    else:
        return record
    return _logged(ctx, record, next_state(record.state, event), origin)


def take_back(ctx: Context, record: ShareRecord, *, origin: str = "") -> tuple[ShareRecord, str]:
    """Delete what a share wrote and look that it is gone; the sentence says what may remain.

    A share that waits or never arrived is let go: nothing of it lies anywhere. Raises PlnError where what lies there
    is not what PLN wrote; the log stays as it was then.
    """
    _need_log(ctx)
    state = next_state(record.state, ShareEvent.TAKE_BACK)
    said = "Nothing of it had left this computer."
    if record.state in _WROTE:
        said = destination(ctx, record.kind, Path(record.target).parent).take_back(record, ctx.clock.now())
    return _logged(ctx, record, state, origin), said


def _need_log(ctx: Context) -> None:
    """Before anything outside is touched: what cannot be written down is not done."""
    with ctx.store.read() as work:
        work.need_journal()


def destination(ctx: Context, kind: DestinationKind, folder: Path) -> FileDestination | FolderDestination:
    """folder: of the pages, or the one that a file is put into."""
    from pln.share.destinations.file import FileDestination
    from pln.share.destinations.folder import FolderDestination

    if kind is DestinationKind.FILE:
        return FileDestination()
    return FolderDestination(folder, preferences(ctx).feed_folder_name or "Notes")


def _logged(ctx: Context, record: ShareRecord, state: ShareState, origin: str) -> ShareRecord:
    with ctx.write(origin) as work:
        return work.shares.log(replace(record, id=0, state=state, at=ctx.clock.now(), error=""))
