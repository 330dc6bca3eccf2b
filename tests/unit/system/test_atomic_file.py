"""Small files are replaced as a whole or not at all."""

from __future__ import annotations

import errno
import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pln.model.errors import StoreFault
from pln.system.atomic_file import write_atomically, write_fault


def test_writes_and_replaces(tmp_path: Path) -> None:
    path = tmp_path / "small.json"
    write_atomically(path, b"one")
    write_atomically(path, b"two")
    assert path.read_bytes() == b"two"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_is_private_unless_told_otherwise(tmp_path: Path) -> None:
    path = tmp_path / "small.json"
    write_atomically(path, b"x")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    write_atomically(path, b"x", mode=0o644)
    assert stat.S_IMODE(path.stat().st_mode) == 0o644


def test_a_missing_folder_is_told_in_words(tmp_path: Path) -> None:
    with pytest.raises(StoreFault, match=r"small\.json could not be saved"):
        write_atomically(tmp_path / "absent" / "small.json", b"x")


def test_failure_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "small.json"
    path.mkdir()  # a folder cannot be replaced by a file
    (path / "kept").write_text("kept")
    with pytest.raises(StoreFault):
        write_atomically(path, b"x")
    assert list(tmp_path.iterdir()) == [path]
    assert (path / "kept").read_text() == "kept"


def test_a_full_disk_has_its_own_words() -> None:
    fault = write_fault(Path("vault.json"), OSError(errno.ENOSPC, "No space left on device"))
    assert fault.title == "The disk is full"
    assert "stays as it was" in fault.sentence


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no tmpfs to fill on this system")
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="mounting a small disk needs root")
def test_a_really_full_disk_leaves_the_old_content(tmp_path: Path) -> None:
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(tmp_path)], capture_output=True)
    if mounted.returncode:
        pytest.skip("this machine does not allow a small disk to be mounted")
    try:
        path = tmp_path / "small.json"
        write_atomically(path, b"old")
        with pytest.raises(StoreFault, match="The disk is full"):
            write_atomically(path, b"x" * 200_000)
        assert path.read_bytes() == b"old"
        assert list(tmp_path.iterdir()) == [path]
    finally:
        subprocess.run(["umount", str(tmp_path)], check=True)


_WRITER = """
import sys
from pathlib import Path
from pln.system.atomic_file import write_atomically
path = Path(sys.argv[1])
number = 0
while True:
    write_atomically(path, str(number).encode() * 5000)
    number += 1
"""


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL")
def test_a_killed_writer_leaves_whole_content(tmp_path: Path) -> None:
    path = tmp_path / "small.json"
    writer = subprocess.Popen([sys.executable, "-c", _WRITER, str(path)])
    try:
        deadline = time.monotonic() + 20
        while not path.exists() and time.monotonic() < deadline:
            time.sleep(0.01)
        time.sleep(0.1)
    finally:
        writer.send_signal(signal.SIGKILL)
        writer.wait()
    content = path.read_text()
    assert content == content[: len(content) // 5000] * 5000
