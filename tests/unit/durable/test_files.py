"""Files are replaced as a whole or not at all, and lie on the disk before they have their name."""

from __future__ import annotations

import errno
import os
import signal
import stat
import subprocess
import sys
import time
from contextlib import nullcontext
from pathlib import Path

import pytest

from pln.durable.files import InPlace, flush_folder, make_private, put_in_place, write_atomically, write_fault
from pln.model.errors import StoreFault


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
    with pytest.raises(StoreFault, match=r"small\.json could not be written"):
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


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_a_new_file_is_private_and_never_one_that_was_there(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    make_private(path)
    assert path.read_bytes() == b"" and stat.S_IMODE(path.stat().st_mode) == 0o600
    with pytest.raises(FileExistsError):
        make_private(path)


def test_a_finished_file_takes_its_place_after_it_lies_on_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    monkeypatch.setattr("pln.durable.files.flush_file", lambda path: done.append(f"file {path.name}"))
    monkeypatch.setattr("pln.durable.files.flush_folder", lambda path: done.append(f"folder, {path.name}"))
    (tmp_path / "new").write_bytes(b"new")
    (tmp_path / "name").write_bytes(b"old")
    put_in_place(tmp_path / "new", tmp_path / "name")
    assert (tmp_path / "name").read_bytes() == b"new" and not (tmp_path / "new").exists()
    assert done == ["file new", f"folder, {tmp_path.name}"]


@pytest.mark.skipif(os.name != "posix", reason="folders are flushed on POSIX alone")
@pytest.mark.parametrize(("number", "told"), [(errno.EINVAL, False), (errno.ENOTSUP, False), (errno.EIO, True)])
def test_a_folder_that_cannot_be_flushed_is_no_fault_but_a_failing_disk_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, told: bool
) -> None:
    def refuse(_descriptor: int) -> None:
        raise OSError(number, "refused")

    monkeypatch.setattr("os.fsync", refuse)
    with pytest.raises(OSError, match="refused") if told else nullcontext():
        flush_folder(tmp_path)


def test_a_disk_that_does_not_confirm_the_new_name_is_told_as_that(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_folder: Path) -> None:
        raise OSError(errno.EIO, "refused")

    path = tmp_path / "small.json"
    path.write_bytes(b"old")
    monkeypatch.setattr("pln.durable.files.flush_folder", refuse)
    with pytest.raises(InPlace) as caught:
        write_atomically(path, b"new")
    assert path.read_bytes() == b"new"
    assert "is in place" in caught.value.sentence and "Nothing was changed" not in caught.value.sentence
    (tmp_path / "finished").write_bytes(b"newer")
    with pytest.raises(OSError, match="refused") as raw:
        put_in_place(tmp_path / "finished", path)
    assert isinstance(write_fault(path, raw.value), InPlace)


_WRITER = """
import sys
from pathlib import Path
from pln.durable.files import write_atomically
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
