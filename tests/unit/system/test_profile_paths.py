"""Where a profile lies, and what is said where it cannot lie there."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from pln.model.errors import StoreFault, Trouble
from pln.system.paths import Profile, default_profile


def test_everything_lies_under_the_root(tmp_path: Path) -> None:
    profile = Profile(tmp_path / "me")
    places = {profile.store, profile.vault, profile.settings, profile.backups, profile.log, profile.lock}
    assert len(places) == 6
    assert all(place.is_relative_to(profile.root) for place in places)


def test_looking_at_a_profile_creates_nothing(tmp_path: Path) -> None:
    assert Profile(tmp_path / "me").store.name == "store.db"
    assert not (tmp_path / "me").exists()


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_is_created_for_its_owner_only(tmp_path: Path) -> None:
    profile = Profile(tmp_path / "deep" / "me").create()
    for folder in (profile.root, profile.backups, profile.log.parent):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_creating_again_changes_nothing(tmp_path: Path) -> None:
    profile = Profile(tmp_path / "me").create()
    profile.settings.write_text("{}")
    assert profile.create() == profile
    assert profile.settings.read_text() == "{}"


def test_a_file_in_its_place_is_told(tmp_path: Path) -> None:
    (tmp_path / "me").write_text("a letter")
    for root in (tmp_path / "me", tmp_path / "me" / "deeper"):
        with pytest.raises(StoreFault, match="not a folder"):
            Profile(root).create()
    assert (tmp_path / "me").read_text() == "a letter"


@pytest.mark.parametrize(
    ("number", "trouble"),
    [(errno.ENOSPC, Trouble.FULL), (errno.EDQUOT, Trouble.FULL), (errno.EROFS, Trouble.READ_ONLY)],
)
def test_a_full_disk_is_not_taken_for_a_closed_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, trouble: Trouble
) -> None:
    def refuse(*_args: object, **_named: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(StoreFault) as told:
        Profile(tmp_path / "me").create()
    assert told.value.trouble is trouble
    assert ("full" in told.value.title) is (trouble is Trouble.FULL)
    assert "or its disk" not in told.value.sentence


_AS_NOBODY = """
import os, sys
from pathlib import Path
from pln.model.errors import StoreFault
from pln.system.paths import Profile
import platformdirs
if os.geteuid() == 0:
    os.setgid(65534); os.setuid(65534)
try:
    Profile(Path(sys.argv[1])).create()
except StoreFault as fault:
    print(fault.title)
"""


@pytest.fixture
def sealed() -> Iterator[Path]:
    """A folder that may be read but not written, reachable by everybody."""
    with tempfile.TemporaryDirectory() as open_to_all:
        Path(open_to_all).chmod(0o755)
        folder = Path(open_to_all) / "sealed"
        folder.mkdir()
        folder.chmod(0o555)
        yield folder
        folder.chmod(0o755)


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
@pytest.mark.parametrize("name", [".", "me"])
def test_a_folder_that_cannot_be_written_is_told(sealed: Path, name: str) -> None:
    command = [sys.executable, "-c", _AS_NOBODY, str(sealed / name)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "The profile folder cannot be written", done.stderr


def test_default_profile_is_the_systems_place_for_data(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    if sys.platform.startswith("linux"):
        monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
        assert default_profile().root == tmp_path / "pln"
    else:
        assert default_profile().root.name == "pln"
