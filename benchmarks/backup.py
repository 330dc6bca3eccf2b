"""What a verified backup costs, beside copying the plain file with a flush to the disk, which would lose commits.

    python benchmarks/backup.py [--json] [--quick]

The store of the other benchmarks (10,000 articles, 1,000 people; --quick 300 and 20). A backup reads the live store to
its end, copies it compact and encrypted, packs the copy with the key slots, and unpacks and reads that to its end.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from _figures import Figure, run, spread, told
from _profile import filled, opened_at, progress

from pln.durable.files import flush_file
from pln.services.backup import backup
from pln.services.context import Context

_TURNS = 5


def measure(quick: bool) -> list[Figure]:
    with filled(*((300, 20) if quick else (10_000, 1_000))) as root, tempfile.TemporaryDirectory(dir=root) as folder:
        opened = opened_at(root)
        try:
            return _figures(opened.context, Path(folder), 1 if quick else _TURNS)
        finally:
            opened.close()


def _figures(ctx: Context, folder: Path, turns: int) -> list[Figure]:
    store, made = ctx.profile.store, ctx.profile.backups / "bench.plnbackup"
    ours, plain = list[float](), list[float]()
    waits, sizes = list[float](), list[int]()
    for turn in range(turns):
        progress(f"backup {turn + 1} of {turns}")
        plain.append(_seconds(lambda: _copied(store, folder / "plain")))
        ours.append(_seconds(lambda: backup(ctx, made)))
        sizes.append(made.stat().st_size)
        waits.append(_seconds(lambda: _write(ctx)))
        made.unlink()
    time_, copy = spread(ours), spread(plain)
    mega = store.stat().st_size / 1e6
    return [
        told("verified backup, p50", time_["p50"], "s", copy["p50"]),
        told("verified backup, max", time_["max"], "s", copy["max"]),
        told("size of the backup", sizes[-1] / 1e6, "MB", mega),
        told("verified backup for 100 MB of store", time_["p50"] / mega * 100, "s"),
        told("a small commit after it, max", max(waits) * 1e3, "ms"),
    ]


def _copied(store: Path, target: Path) -> None:
    target.write_bytes(store.read_bytes())
    flush_file(target)


def _write(ctx: Context) -> None:
    with ctx.write("bench") as work:
        work.settings.put("bench", 1)


def _seconds(job: Callable[[], object]) -> float:
    begun = time.perf_counter()
    job()
    return time.perf_counter() - begun


if __name__ == "__main__":
    sys.exit(run(__doc__, measure, beside="plain copy of the file"))
