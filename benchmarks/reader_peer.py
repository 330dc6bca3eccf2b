"""A whole refresh of 500 feeds beside the best: lemon24/reader (a library) and newsboat (a terminal program).

    python benchmarks/reader_peer.py [--json] [--quick]

Each refresh is a process of its own: ours stores encrypted, cleaned and searchable; reader does
`update_feeds(workers=20)` and `update_search()`; newsboat reloads with 20 threads and has no index. Beside reader
stands the processor time of the refresh itself with its workers, as both are parts of programs that run already;
beside newsboat that of the whole process from its start to its end, which is told beside reader too. The server is a
process of its own on this machine. The three take turns in each round, so that other work on the machine falls on all
of them alike. reader is installed into a throw-away environment, newsboat is Debian's; where one cannot be had, its
rows are left out and the reason is told.

cold: nothing is stored yet. unchanged: every answer is 304. changed: 100 feeds have one entry more. slow: every answer
is 304 and takes 100 ms on the average, which 20 at a time cannot do faster than feeds x 100 ms / 20; its wall is that
of the refresh without the start of the process.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from _figures import Figure, run, times, told
from _peer_feeds import serving, tell
from _refresh_once import WORKERS

HERE = Path(__file__).resolve().parent
READER = ("reader==3.26", "sgmllib3k==1.0.0")  # the second is needed by the first, which does not say so
DELAY_MS = 100
GOALS = (
    ("cold", "reader", 1 / 5), ("unchanged", "reader", 1 / 2), ("unchanged", "newsboat", 1 / 5),
    ("changed", "reader", 1 / 2.5),
)  # fmt: skip
PHASES: tuple[tuple[str, dict[str, int]], ...] = (
    ("cold", {}), ("unchanged", {}), ("slow", {"delay": DELAY_MS}), ("changed", {"newer": 1}),
)  # fmt: skip


@dataclass
class Taken:
    """Seconds of one refresh."""

    wall: list[float] = field(default_factory=list)
    inner: list[float] = field(default_factory=list)  # without the start of the process, where it tells
    cpu: list[float] = field(default_factory=list)
    work: list[float] = field(default_factory=list)  # processor time without the start of the process, where it tells


def measure(quick: bool) -> list[Figure]:
    feeds, entries, rounds = (10, 5, 1) if quick else (500, 30, 2)
    taken: dict[tuple[str, str], Taken] = {}
    with tempfile.TemporaryDirectory(prefix="pln-peer-") as folder, serving(feeds, entries) as port:
        place = Path(folder)
        peers = _peers(place / "tools", quick)
        for number in range(rounds):
            for phase, what in PHASES:
                for name, peer in peers.items():
                    tell(port, newer=bool(what.get("newer")), delay=what.get("delay", 0))
                    root = place / f"{name}-{number}"
                    if phase == "cold":
                        peer.begin(root, port, feeds)
                    here = taken.setdefault((name, phase), Taken())
                    with _measured(here):
                        found, seconds, used = peer.refresh(root, port)
                    here.inner.append(seconds)
                    here.work.append(used)
                    wanted = feeds * entries + (len(range(0, feeds, 5)) if phase == "changed" else 0)
                    if found not in (None, wanted):
                        raise RuntimeError(f"{name}, {phase}: {found} articles instead of {wanted}")
    return list(_figures(taken, feeds))


@dataclass(frozen=True)
class Peer:
    """refresh: gives the number of articles it has then (None where it does not tell), its own seconds, and those of
    the processor."""

    begin: Callable[[Path, int, int], object]
    refresh: Callable[[Path, int], tuple[int | None, float, float]]


def _peers(tools: Path, quick: bool) -> dict[str, Peer]:
    found = {"pln": _python_peer(sys.executable, "pln")}
    if quick:
        return found
    python = tools / "bin" / "python"
    try:
        subprocess.run([sys.executable, "-m", "venv", str(tools)], check=True, capture_output=True)
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", *READER], check=True, capture_output=True)
        found["reader"] = _python_peer(str(python), "reader")
    except (OSError, subprocess.CalledProcessError) as fault:
        print(f"reader is left out: it could not be installed ({fault})", file=sys.stderr)
    if shutil.which("newsboat"):
        found["newsboat"] = Peer(_begin_newsboat, _reload_newsboat)
    else:
        print("newsboat is left out: it is not installed here", file=sys.stderr)
    return found


def _python_peer(python: str, who: str) -> Peer:
    def once(root: Path, port: int, feeds: int) -> tuple[int | None, float, float]:
        command = [python, str(HERE / "_refresh_once.py"), who, str(root), str(port), str(feeds)]
        environment = {name: each for name, each in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        ran = subprocess.run(command, check=True, stdout=subprocess.PIPE, env=environment, text=True)
        said = json.loads(ran.stdout)
        return int(said["entries"]), float(said["seconds"]), float(said["processor"])

    return Peer(once, lambda root, port: once(root, port, 0))


def _begin_newsboat(root: Path, port: int, feeds: int) -> None:
    root.mkdir()
    (root / "urls").write_text("".join(f"http://127.0.0.1:{port}/{each}.xml\n" for each in range(feeds)))
    (root / "config").write_text(f"reload-threads {WORKERS}\n")


def _reload_newsboat(root: Path, port: int) -> tuple[int | None, float, float]:
    began, used = time.perf_counter(), _children()
    command = ["newsboat", "-C", "config", "-u", "urls", "-c", "cache.db", "-x", "reload"]
    subprocess.run(command, check=True, cwd=root, env={**os.environ, "HOME": str(root)}, capture_output=True)
    return None, time.perf_counter() - began, _children() - used


@contextmanager
def _measured(taken: Taken) -> Iterator[None]:
    wall, cpu = time.perf_counter(), _children()
    yield
    taken.wall.append(time.perf_counter() - wall)
    taken.cpu.append(_children() - cpu)


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _figures(taken: dict[tuple[str, str], Taken], feeds: int) -> Iterator[Figure]:
    def cpu(who: str, phase: str) -> float:
        return statistics.median(taken[who, phase].cpu)

    def wall(who: str, phase: str) -> float:
        return statistics.median(taken[who, phase].wall)

    def work(who: str, phase: str) -> float:
        return statistics.median(taken[who, phase].work)

    here = {who for who, _ in taken}
    for phase, who, most in GOALS:
        if who in here:
            told_of = cpu if who == "newsboat" else work
            yield times(f"{phase}, processor, beside {who}", told_of("pln", phase), "s", told_of(who, phase), most)
    if "newsboat" in here:
        yield times("cold, wall, beside newsboat", wall("pln", "cold"), "s", wall("newsboat", "cold"), 1)
    floor = feeds * DELAY_MS / 1000 / WORKERS
    yield times(
        "slow, wall, beside the least there can be", statistics.median(taken["pln", "slow"].inner), "s", floor, 1.3
    )
    for phase in ("cold", "unchanged", "slow", "changed"):
        beside = cpu("reader", phase) if "reader" in here else None
        yield told(f"{phase}, processor of the whole process", cpu("pln", phase), "s", beside)
        yield told(f"{phase}, wall", wall("pln", phase), "s")
    for who in sorted(here - {"pln"}):
        yield told(f"slow, wall of {who}", statistics.median(taken[who, "slow"].inner), "s")


if __name__ == "__main__":
    sys.exit(run(__doc__, measure, beside="beside"))
