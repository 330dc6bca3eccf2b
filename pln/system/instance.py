"""One running PLN per profile."""

from __future__ import annotations

import errno
import os
import sys
from contextlib import suppress
from pathlib import Path
from threading import Lock
from types import TracebackType

from pln.model.errors import StoreFault, Trouble
from pln.system.paths import Profile

_HELD = (errno.EACCES, errno.EAGAIN, errno.EWOULDBLOCK, errno.EDEADLK)
_LOCKED_BYTE = 1 << 20
"""Far behind the text: Windows refuses to read a locked range, and the process id is to be read by others."""
_WINDOW = "window"
_TRIES = 5
_Taken = tuple[int, ...]
"""What is held of one profile: the lock file's descriptor and, where the system can lock it, the folder's."""
_staying: dict[Path, _Taken | None] = {}
"""Lock files that this process keeps to its end: with what is held of the profile while nobody in it uses it."""
_taken: set[Path] = set()
_guard = Lock()


class InstanceLock:
    """Holds a profile until released. The system itself lets go when the process dies, however it dies."""

    def __init__(self, held: _Taken, path: Path) -> None:
        self._held: _Taken | None = held
        self._path = path

    def release(self) -> None:
        """Let go. A second call does nothing. The file stays: removing it would race with whoever opens it next.

        Where this process stays on the profile (see `stay`), only others in this process may take it now.
        """
        held, self._held = self._held, None
        if held is None:
            return
        with _guard:
            if self._path in _staying:
                _staying[self._path] = held
                return
        _close(held)

    def __enter__(self) -> InstanceLock:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()


def acquire(profile: Profile) -> InstanceLock:
    """Take the profile for this process. A lock left behind by a crash is no obstacle.

    Where somebody removed the lock file of a running PLN, the folder is still held by it.

    Raises StoreFault where another process (or this one, earlier) holds it, or where the place cannot be locked.
    """
    with _guard:
        kept = _staying.get(profile.lock)
        if kept is not None:
            _staying[profile.lock] = None
            return InstanceLock(kept, profile.lock)
    descriptor = _take_file(profile)
    try:
        held = (descriptor, *_take_folder(profile.root))
    except BlockingIOError as fault:
        os.close(descriptor)
        raise _already_open(None) from fault
    with suppress(OSError):  # only whoever comes second reads it; on a full disk the lock holds without
        _write_pid(descriptor, window=profile.lock in _staying)
    _taken.add(profile.lock)
    return InstanceLock(held, profile.lock)


def stay(profile: Profile) -> None:
    """Keep the profile once it was taken, also while it is closed: a window does so, locked or asking for words."""
    with _guard:
        _staying.setdefault(profile.lock, None)


def let_go(profile: Profile) -> None:
    """Stay no longer: what nobody uses is free at once, what is in use as soon as it is released."""
    with _guard:
        held = _staying.pop(profile.lock, None)
        _taken.discard(profile.lock)
    if held is not None:
        _close(held)


def stays(profile: Profile) -> bool:
    """Whether this process took the profile and keeps it."""
    return profile.lock in _staying and profile.lock in _taken


def take_for_window(profile: Profile) -> bool:
    """Take the profile and stay on it; False where another process has it.

    True too where it could not be found out: opening the profile tells why.
    """
    stay(profile)
    try:
        profile.create()
        acquire(profile).release()
    except StoreFault as fault:
        return fault.trouble is not Trouble.IN_USE
    return True


def holder(path: Path) -> int | None:
    """Process id written in a lock file; None where there is none to read."""
    with suppress(OSError, ValueError):
        return int(path.read_text("ascii").split("\n", 1)[0])
    return None


def is_window(path: Path) -> bool:
    """Whether it was a window that wrote a lock file."""
    with suppress(OSError, ValueError):
        return path.read_text("ascii").split("\n")[1:2] == [_WINDOW]
    return False


def _take_file(profile: Profile) -> int:
    """The descriptor of the locked file that has the name: one that was removed since it was opened guards nothing."""
    for _ in range(_TRIES):
        try:
            descriptor = os.open(profile.lock, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as fault:
            raise _cannot_lock(profile) from fault
        try:
            _lock(descriptor)
            if os.path.samestat(os.fstat(descriptor), profile.lock.stat()):
                return descriptor
        except FileNotFoundError:
            pass
        except OSError as fault:
            os.close(descriptor)
            if fault.errno in _HELD:
                raise _already_open(holder(profile.lock)) from fault
            raise _cannot_lock(profile) from fault
        os.close(descriptor)
    raise _cannot_lock(profile)


def _take_folder(root: Path) -> _Taken:
    """The descriptor of the locked folder; () where folders cannot be locked, and the file has to do.

    Raises BlockingIOError where another PLN holds it.
    """
    if sys.platform == "win32":  # there, an open lock file cannot be removed
        return ()
    try:
        descriptor = os.open(root, os.O_RDONLY)
    except OSError:
        return ()
    try:
        _lock(descriptor)
    except BlockingIOError:
        os.close(descriptor)
        raise
    except OSError:  # as in some network folders
        os.close(descriptor)
        return ()
    return (descriptor,)


def _close(held: _Taken) -> None:
    """The lock file last: whoever gets it finds the folder free."""
    for descriptor in reversed(held):
        os.close(descriptor)


def _write_pid(descriptor: int, *, window: bool) -> None:
    os.ftruncate(descriptor, 0)
    os.lseek(descriptor, 0, os.SEEK_SET)
    os.write(descriptor, f"{os.getpid()}\n{_WINDOW if window else ''}\n".encode("ascii"))


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
        Trouble.IN_USE,
    )


def _cannot_lock(profile: Profile) -> StoreFault:
    return StoreFault(
        "The profile cannot be locked",
        f"PLN could not take {profile.lock} for itself, so it did not open the profile. Nothing was changed. "
        "Check the folder's permissions, or move the profile to a disk of this computer.",
        Trouble.READ_ONLY,
    )
