"""One PLN per profile; a crash leaves nothing in the way."""

from __future__ import annotations

import errno
import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from pln.model.errors import StoreFault
from pln.system import instance
from pln.system.instance import acquire, holder, let_go, take_for_window
from pln.system.paths import Profile

_HOLDER = """
import sys, time
from pathlib import Path
from pln.system.instance import acquire
from pln.system.paths import Profile
lock = acquire(Profile(Path(sys.argv[1])))
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def profile(tmp_path: Path) -> Profile:
    return Profile(tmp_path / "me").create()


def _started(profile: Profile) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", _HOLDER, str(profile.root)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_second_process_is_refused_and_told_who_holds_it(profile: Profile) -> None:
    with _started(profile) as other:
        with pytest.raises(StoreFault, match=f"PLN is already open.*process {other.pid}"):
            acquire(profile)
        assert holder(profile.lock) == other.pid
        assert other.stdin is not None
        other.stdin.close()
    acquire(profile).release()


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL")
def test_lock_of_a_crashed_process_is_taken_over(profile: Profile) -> None:
    with _started(profile) as other:
        other.send_signal(signal.SIGKILL)
    assert profile.lock.exists()
    with acquire(profile):
        assert holder(profile.lock) == os.getpid()


@pytest.mark.skipif(os.name != "posix", reason="elsewhere an open file cannot be removed")
@pytest.mark.parametrize("made_anew", [False, True])
def test_a_lock_file_that_was_removed_lets_nobody_in(profile: Profile, made_anew: bool) -> None:
    with _started(profile) as other:
        profile.lock.unlink()
        if made_anew:
            profile.lock.write_bytes(b"")
        for _ in range(2):
            with pytest.raises(StoreFault, match="already open"):
                acquire(profile)
        assert other.stdin is not None
        other.stdin.close()
    acquire(profile).release()


@pytest.mark.skipif(os.name != "posix", reason="elsewhere an open file cannot be removed")
def test_a_window_that_stays_keeps_others_out_without_its_lock_file(profile: Profile) -> None:
    assert take_for_window(profile)
    try:
        profile.lock.unlink()
        command = [sys.executable, "-c", _HOLDER, str(profile.root)]
        second = subprocess.run(command, input="", capture_output=True, text=True, check=False)
        assert "already open" in second.stderr
        acquire(profile).release()
    finally:
        let_go(profile)
    acquire(profile).release()


@pytest.mark.skipif(os.name != "posix", reason="elsewhere an open file cannot be removed")
@pytest.mark.parametrize("made_anew", [False, True])
def test_a_file_removed_while_it_was_being_locked_is_not_taken_for_the_lock(
    profile: Profile, monkeypatch: pytest.MonkeyPatch, made_anew: bool
) -> None:
    lock, removed = instance._lock, list[int]()

    def late(descriptor: int) -> None:
        if not removed:
            removed.append(descriptor)
            profile.lock.unlink()
            if made_anew:
                profile.lock.write_bytes(b"")
        lock(descriptor)

    monkeypatch.setattr(instance, "_lock", late)
    with acquire(profile):
        assert holder(profile.lock) == os.getpid()


@pytest.mark.skipif(os.name != "posix", reason="folders are locked on POSIX alone")
def test_a_folder_that_cannot_be_locked_is_no_obstacle(profile: Profile, monkeypatch: pytest.MonkeyPatch) -> None:
    lock = instance._lock

    def of_files_alone(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(errno.EBADF, "not here")
        lock(descriptor)

    monkeypatch.setattr(instance, "_lock", of_files_alone)
    with acquire(profile), pytest.raises(StoreFault, match="already open"):
        acquire(profile)


def test_same_process_cannot_take_it_twice(profile: Profile) -> None:
    with acquire(profile), pytest.raises(StoreFault, match="already open"):
        acquire(profile)


def test_release_frees_it_and_may_be_repeated(profile: Profile) -> None:
    lock = acquire(profile)
    lock.release()
    lock.release()
    acquire(profile).release()


def test_profiles_do_not_disturb_each_other(profile: Profile, tmp_path: Path) -> None:
    with acquire(profile), acquire(Profile(tmp_path / "other").create()):
        pass


def test_a_child_process_does_not_keep_the_lock(profile: Profile) -> None:
    with acquire(profile):
        child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    try:
        acquire(profile).release()
    finally:
        child.communicate(b"\n")


@pytest.mark.parametrize("left", ["", "no number", "99999999\n\n", "\x00\x01"])
def test_whatever_an_old_file_holds_is_no_obstacle(profile: Profile, left: str) -> None:
    profile.lock.write_text(left)
    with acquire(profile):
        assert holder(profile.lock) == os.getpid()


def test_a_place_that_cannot_be_locked_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreFault, match="cannot be locked"):
        acquire(Profile(tmp_path / "absent"))


def test_no_file_has_no_holder(tmp_path: Path) -> None:
    assert holder(tmp_path / "absent") is None
