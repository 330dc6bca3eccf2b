"""A disk of a few MB that can run full for real: a file system in memory, mounted for one test.

Fixtures are taken by importing them in a folder's conftest.py. Mounting is for root; where that is not to be had,
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
    folder = tmp_path / "disk"
    folder.mkdir()
    if not _mounted(folder):
        pytest.skip("no small disk can be mounted as we are: see the test that runs this file in a space of its own")
    try:
        yield SmallDisk(folder)
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def in_a_space_of_its_own(tests: Path, place: Path) -> None:
    """Run a file of tests as root of a user namespace, where a small disk can be mounted.

    place: an empty folder. Skips where the tests ran as they are, and where the system allows no such space.
    """
    if _mounted(place):
        subprocess.run(["umount", str(place)], check=True)
        pytest.skip("they ran as they are")
    space = ["unshare", "--user", "--map-root-user", "--mount"]
    if shutil.which("unshare") is None or subprocess.run([*space, "true"], capture_output=True).returncode:
        pytest.skip("no small disk can be mounted here: we are not root, and there are no user namespaces")
    program = [*space, sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:randomly", str(tests)]
    done = subprocess.run(program, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
    assert "no small disk can be mounted" not in done.stdout


def _mounted(folder: Path) -> bool:
    if os.name != "posix" or os.geteuid() != 0 or shutil.which("mount") is None:
        return False
    mount = ["mount", "-t", "tmpfs", "-o", f"size={MEGABYTES}m", "tmpfs", str(folder)]
    return subprocess.run(mount, capture_output=True).returncode == 0
