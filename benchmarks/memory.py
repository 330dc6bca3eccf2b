"""How much memory the program holds with 10,000 articles, beside a bare window.

    python benchmarks/memory.py [--json] [--quick]

Resident set of the window's process, from /proc (Linux only). The process that reads feeds ends when it idles and is
not counted; nothing is fetched here. Today is worked out once in each, kept page or not, and so is what fits whom.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from _figures import Figure, at_most, run, told
from _profile import HERE, child_environment, filled

GOAL_MB = 150.0


def measure(quick: bool) -> list[Figure]:
    articles, people = (50, 10) if quick else (10_000, 2_000)
    with filled(articles, people) as root:
        _held("visited", root)  # compiles what is not compiled yet, which takes memory that no later start takes
        bare, ours = _held("bare", root), _held("visited", root)
    return [
        at_most("Today worked out and shown", ours["today"], "MB", GOAL_MB, bare["bare"]),
        at_most("then Reading shown", ours["reading"], "MB", GOAL_MB, bare["bare"]),
        told("then every place visited, and left alone", ours["visited"], "MB", bare["bare"]),
        told("the most at any time", ours["peak"], "MB", bare["peak"]),
    ]


def _held(kind: str, root: Path) -> dict[str, float]:
    command = [sys.executable, str(HERE / "_visited.py"), kind, str(root)]
    done = subprocess.run(
        command, env=child_environment(root), capture_output=True, text=True, timeout=300, check=False
    )
    if done.returncode:
        raise RuntimeError(f"{kind} did not run: {done.stderr[-2000:]}")
    return dict(json.loads(done.stdout))


if __name__ == "__main__":
    sys.exit(run(__doc__, measure, beside="bare window"))
