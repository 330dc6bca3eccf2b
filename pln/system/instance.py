"""One running PLN per profile."""

from __future__ import annotations

import errno
import os
import sys
from contextlib import suppress
from pathlib import Path
from types import TracebackType

from pln.model.errors import StoreFault
from pln.system.paths import Profile

_HELD = (errno.EACCES, errno.EAGAIN, errno.EWOULDBLOCK, errno.EDEADLK)
_LOCKED_BYTE = 1 << 20
"""Far behind the text: Windows refuses to read a locked range, and the process id is to be read by others."""


class InstanceLock:
    """Holds a profile until released. The system itself lets go when the process dies, however it dies."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor: int | None = descriptor

    def release(self) -> None:
        """Let go. A second call does nothing. The file stays: removing it would race with whoever opens it next."""
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is not None:
            os.close(descriptor)

    def __enter__(self) -> InstanceLock:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()


def acquire(profile: Profile) -> InstanceLock:
    """Take the profile for this process. A lock left behind by a crash is no obstacle.

    Raises StoreFault where another process (or this one, earlier) holds it, or where the place cannot be locked.
    """
    try:
        descriptor = os.open(profile.lock, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as fault:
        raise _cannot_lock(profile) from fault
    try:
        _lock(descriptor)
        _write_pid(descriptor)
    except OSError as fault:
        os.close(descriptor)
        if fault.errno in _HELD:
            raise _already_open(holder(profile.lock)) from fault
        raise _cannot_lock(profile) from fault
    return InstanceLock(descriptor)


def holder(path: Path) -> int | None:
    """Process id written in a lock file; None where there is none to read."""
    with suppress(OSError, ValueError):
        return int(path.read_text("ascii"))
    return None


def _write_pid(descriptor: int) -> None:
    os.ftruncate(descriptor, 0)
    os.lseek(descriptor, 0, os.SEEK_SET)
    os.write(descriptor, f"{os.getpid()}\n".encode("ascii"))


def _lock(descriptor: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _already_open(pid: int | None) -> StoreFault:
    process = f" (process {pid})" if pid else ""
    return StoreFault(
        "PLN is already open",
        f"Another PLN{process} is using this profile. Nothing was changed. Use that window, or close it and try again.",
    )


def _cannot_lock(profile: Profile) -> StoreFault:
    return StoreFault(
        "The profile cannot be locked",
        f"PLN could not take {profile.lock} for itself, so it did not open the profile. Nothing was changed. "
        "Check the folder's permissions, or move the profile to a disk of this computer.",
    )
