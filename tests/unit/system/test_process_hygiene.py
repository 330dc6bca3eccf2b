"""A hardened process writes no core dump and cannot be looked into; every process of PLN is one. Looked at in /proc."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from architecture.source_tree import ROOT

on_linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looked at through /proc")
UNHARDENED = "import sys\nprint('begun', flush=True)\nsys.stdin.readline()"
WORKER = """
import os, sys
from pln.services.context import Context
parser = Context.__dataclass_fields__["parser"].default_factory()
feed = b'<rss version="2.0"><channel><title>x</title><item><guid>1</guid><title>t</title></item></channel></rss>'
parser.parse(feed, url="https://example.invalid/")
print(parser.worker_id, flush=True)
sys.stdin.readline()
parser.close()
"""


def _hardened(code: str) -> str:
    whole = f"from pln.system.hygiene import harden_process\nharden_process()\nharden_process()\n{code}"
    return subprocess.run([sys.executable, "-c", whole], capture_output=True, text=True, check=True).stdout.strip()


@pytest.mark.skipif(sys.platform == "win32", reason="no such limit on Windows")
def test_no_core_dumps() -> None:
    assert _hardened("import resource; print(resource.getrlimit(resource.RLIMIT_CORE))") == "(0, 0)"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="a facility of Linux")
def test_not_attachable() -> None:
    assert _hardened("import ctypes; print(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))") == "0"


def test_harmless_everywhere() -> None:
    assert _hardened("print('lives')") == "lives"


# Every process of PLN ------------------------------------------------------------------------------------------------


@on_linux
def test_looking_from_outside_can_tell() -> None:
    with _started("-c", UNHARDENED) as running:
        assert _line(running) == "begun"
        assert not _is_closed(running.pid)


@on_linux
def test_a_verb_of_the_command_line_is_hardened(tmp_path: Path) -> None:
    words = ["-m", "pln", "check", "--profile", str(tmp_path / "p"), "--passphrase-file", "/dev/stdin"]
    (tmp_path / "p").mkdir()
    with _started(*words) as running:  # it waits for the passphrase
        _until(lambda: _is_hardened(running.pid))


@on_linux
def test_the_process_that_reads_feeds_is_hardened() -> None:
    with _started("-c", WORKER) as running:
        worker = int(_line(running))
        assert _is_hardened(worker)
        assert not _is_closed(running.pid), "it hardens itself, whatever started it"


@on_linux
def test_the_window_is_hardened(tmp_path: Path) -> None:
    (tmp_path / "words").write_text("a calm sentence\n")
    words = ["-m", "pln", "--profile", str(tmp_path / "p"), "--passphrase-file", str(tmp_path / "words")]
    with _started(*words) as running:
        _until((tmp_path / "p" / "store.db").exists)
        assert _is_hardened(running.pid)
        time.sleep(0.5)
        running.send_signal(signal.SIGTERM)
        assert running.wait(timeout=20) == 0


@contextmanager
def _started(*words: str) -> Iterator[subprocess.Popen[str]]:
    """A Python whose user or group is not root's, so that the owner of its files in /proc tells."""
    pipe = subprocess.PIPE
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
    with subprocess.Popen(
        [sys.executable, *words], stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, text=True, env=environment,
        group=54321 if os.geteuid() == 0 else None,
    ) as running:  # fmt: skip
        try:
            yield running
        finally:
            running.kill()


def _is_hardened(pid: int) -> bool:
    limits = Path(f"/proc/{pid}/limits").read_text().splitlines()
    core = next(line.split() for line in limits if line.startswith("Max core file size"))
    return core[4:6] == ["0", "0"] and _is_closed(pid)


def _is_closed(pid: int) -> bool:
    """What is about a process that may not be looked into belongs to root."""
    about = Path(f"/proc/{pid}/stat").stat()
    return (about.st_uid, about.st_gid) == (0, 0)


def _line(running: subprocess.Popen[str]) -> str:
    assert running.stdout is not None
    return running.stdout.readline().strip()


def _until(condition: Callable[[], bool]) -> None:
    ends = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < ends, "waited in vain"
        time.sleep(0.02)
