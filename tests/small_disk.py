"""A disk of a few MB that can run full for real: a file system in memory, mounted for one test.

Fixtures are taken by importing them in a folder's conftest.py. Mounting is for root; for everybody else
`in_a_space_of_its_own` runs the tests of a file where they are root and nobody else sees what is mounted.
"""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

MEGABYTES = 24


@dataclass(frozen=True)
class SmallDisk:
    folder: Path

    def fill(self, *, but: int = 0) -> None:
        """Take all the room there is, but for some bytes."""
        with self._ballast.open("wb", buffering=0) as file:
            while (left := shutil.disk_usage(self.folder).free - but) > 0:
                try:
                    file.write(bytes(min(left, 256 * 1024)))
                except OSError as fault:
                    if fault.errno != errno.ENOSPC:
                        raise
                    break

    def free(self) -> None:
        """Give the room back."""
        self._ballast.unlink()

    @property
    def _ballast(self) -> Path:
        return self.folder / "ballast"


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[SmallDisk]:
    if os.name != "posix" or os.geteuid() != 0 or shutil.which("mount") is None:
        pytest.skip("only root can mount a small disk")
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={MEGABYTES}m", "tmpfs", str(folder)]
    if subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("this system does not let us mount a small disk")
    try:
        yield SmallDisk(folder)
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def in_a_space_of_its_own(tests: Path) -> None:
    """Run a file of tests as root of a user namespace. Skips where the system allows none, and where we are root."""
    if os.name == "posix" and os.geteuid() == 0:
        pytest.skip("we are root: they ran as they are")
    space = ["unshare", "--user", "--map-root-user", "--mount"]
    if shutil.which("unshare") is None or subprocess.run([*space, "true"], capture_output=True).returncode:
        pytest.skip("neither root nor a user namespace: no small disk can be mounted")
    options = ["-q", "-p", "no:cacheprovider", "-W", "error::pytest.PytestWarning"]
    done = subprocess.run(
        [*space, sys.executable, "-m", "pytest", *options, str(tests)], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout
