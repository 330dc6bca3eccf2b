"""Visits every place and prints the memory held in MB: _visited.py bare|visited PROFILE."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

_AT_REST_MS = 5000  # the window gives memory back when nothing was asked of it for four seconds


def bare() -> dict[str, float]:
    from PySide6.QtWidgets import QApplication, QMainWindow

    app = QApplication([])
    window = QMainWindow()
    window.resize(1360, 860)
    window.show()
    app.processEvents()
    window.repaint()
    return {"bare": status("VmRSS"), "peak": status("VmHWM")}


def visited(root: Path) -> dict[str, float]:
    from _window import settle, shown, wait

    with shown(root) as start:
        _work_out_today(start)
        found = {"today": status("VmRSS")}
        entries = {place.id.value: place.id for place in start.window.entries()}
        for name in ("reading", *(each for each in entries if each != "reading")):
            start.window.go(entries[name])
            settle(200)
            wait(lambda: start.program.tasks.idle)
            settle(200)
            found.setdefault("reading", status("VmRSS"))
        settle(_AT_REST_MS)
        return {**found, "visited": status("VmRSS"), "peak": status("VmHWM")}


def _work_out_today(start: Any) -> None:
    """As after a change: a start may show the page it kept, and work nothing out."""
    from _window import settle, wait

    from pln.services.today import today_page

    ctx = start.program.ctx
    ended = start.program.tasks.read(lambda: today_page(ctx))
    wait(ended.done)
    ended.result()
    settle(200)


def status(name: str) -> float:
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(name + ":")) / 1024


if __name__ == "__main__":
    print(json.dumps(bare() if sys.argv[1] == "bare" else visited(Path(sys.argv[2]))))
