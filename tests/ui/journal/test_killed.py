"""What was said to be saved is there after kill -9."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import ui.journal.writer_process as writer
from store_fixtures import make_store

WORDS = "Words that must not be lost"


def test_what_was_acknowledged_outlives_a_kill(tmp_path: Path):
    tests = Path(writer.__file__).parents[2]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(tests.parent), str(tests)))}
    command = [sys.executable, "-m", "ui.journal.writer_process", str(tmp_path), WORDS]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment, text=True) as process:
        assert process.stdout is not None
        try:
            assert process.stdout.readline() == "saved\n"
        finally:
            process.kill()
    store = make_store(tmp_path / "store.db")
    with store.read() as work:
        (entry,) = work.journal.everything()
    assert store.check() == ()
    store.close()
    assert (entry.title, entry.body) == ("Kept", WORDS)
