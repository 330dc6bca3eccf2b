"""The program goes in good order when the system asks it to."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest


@pytest.mark.skipif(os.name != "posix", reason="signals of this kind are posix")
def test_an_idle_window_leaves_on_sigterm(tmp_path: Path) -> None:
    (tmp_path / "pf").write_text("a calm sentence\n")
    line = [sys.executable, "-m", "pln", "--profile", str(tmp_path / "p"), "--passphrase-file", str(tmp_path / "pf")]
    with subprocess.Popen(line, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"}, stderr=subprocess.PIPE) as running:
        try:
            until = time.monotonic() + 60
            while not (tmp_path / "p" / "store.db").exists() and time.monotonic() < until:
                time.sleep(0.05)
            time.sleep(1)
            running.send_signal(signal.SIGTERM)
            assert running.wait(timeout=20) == 0
        finally:
            running.kill()
    assert not (tmp_path / "p" / "store.db-wal").exists(), "the store was closed"
