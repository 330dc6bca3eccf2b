"""How soon the window is painted and Today is filled, beside a bare window of Qt started in turns with it.

    python benchmarks/startup.py [--json] [--quick]

Both are processes of their own, from being asked for to the end of the paint; the profile exists (10,000 articles,
2,000 people) and is opened by a stand-in for the desktop's password store. Wall: what the owner waits. Processor: what
it costs on all cores. Today is shown as the start before kept it; the last line is a start that has to compute it
first.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

from _figures import Figure, run, spread, times, told
from _profile import HERE, child_environment, filled

PAINT_GOAL, TODAY_GOAL = 1.5, 4.0
KINDS = ("bare", "paint", "today")
Times = dict[str, list[dict[str, float]]]


def measure(quick: bool) -> list[Figure]:
    articles, people, rounds = (100, 20, 1) if quick else (10_000, 2_000, 15)
    with filled(articles, people) as root:
        _started("today", root)  # byte code and file cache, and Today's page kept for the next start
        taken: Times = {kind: [] for kind in KINDS}
        for _ in range(rounds):  # in turns, so that what else the machine does meets all of them
            for kind in KINDS:
                taken[kind].append(_started(kind, root))
        anew = [_started("anew", root) for _ in range(max(1, rounds // 3))]
    bare = spread(each["wall"] for each in taken["bare"])
    return [
        *_figures(taken, "paint", "first paint", PAINT_GOAL),
        *_figures(taken, "today", "Today filled", TODAY_GOAL),
        told(
            "the same with nothing kept, wall, median", spread(each["wall"] for each in anew)["p50"], "ms", bare["p50"]
        ),
    ]


def _figures(taken: Times, kind: str, name: str, most: float) -> list[Figure]:
    """The goal is held against the median wall time; the least and the processor's share are told beside it."""
    found = []
    for clock in ("wall", "cpu"):
        ours, bare = (spread(each[clock] for each in taken[one]) for one in (kind, "bare"))
        for part, words in (("p50", "median"), ("min", "least")):
            label = f"{name}, {'wall' if clock == 'wall' else 'processor'}, {words}"
            if (clock, part) == ("wall", "p50"):
                found.append(times(label, ours[part], "ms", bare[part], most))
            else:
                found.append(told(label, ours[part], "ms", bare[part]))
    return found


def _started(kind: str, root: Path) -> dict[str, float]:
    """Milliseconds of one start: {"wall", "cpu"}."""
    command = [sys.executable, str(HERE / "_started.py"), kind, str(root), repr(time.time())]
    done = subprocess.run(
        command, env=child_environment(root), capture_output=True, text=True, timeout=120, check=False
    )
    if done.returncode:
        raise RuntimeError(f"{kind} did not start: {done.stderr[-2000:]}")
    return dict(json.loads(done.stdout))


if __name__ == "__main__":
    sys.exit(run(__doc__, measure, beside="bare window"))
