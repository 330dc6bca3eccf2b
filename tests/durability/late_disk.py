"""A disk that takes names and contents late: what a power cut at any moment could leave of a folder.

Names change in order and one at a time, as journalling file systems keep them, but a change lasts only once the
folder was flushed in which the name appeared (or, where it only went, from which it went), and with it all before.
The content of a file lasts as it was when the file was last flushed; later bytes may be there or not.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

Left = dict[str, bytes | None]
"""What a folder holds: relative path -> content, None for a folder."""

_NAMING = ("os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link")
_LOGS = ("-wal", "-shm", "-journal")
_watched: list[LateDisk] = []


@dataclass
class LateDisk:
    """Everything below `root` while `watching` it. left: what each moment could leave, in order, without repetition.

    late_contents: False where SQLite itself writes, flushes and removes its files, which is not seen here: then names
    alone are late, and not those of its logs.
    """

    root: Path
    late_contents: bool = True
    left: list[Left] = field(default_factory=list)
    _flushed: dict[int, bytes] = field(default_factory=dict)  # inode -> content that lasts
    _seen: dict[int, bytes] = field(default_factory=dict)  # inode -> content when it was last looked at
    _names: list[dict[str, int]] = field(default_factory=list)  # the listing before and after each change of names
    _waiting: list[set[str]] = field(default_factory=list)  # of each change that may not last: the folders it concerns
    unflushed: set[str] = field(default_factory=set)  # folders in which a name changed and that were not flushed since
    _kinds: dict[int, bool] = field(default_factory=dict)  # inode -> is a folder
    _held: list[int] = field(default_factory=list)  # descriptors: the number of a removed file must not be given anew

    @contextmanager
    def watching(self, patch: pytest.MonkeyPatch) -> Iterator[LateDisk]:
        """All that is there now lasts; from here on only what is flushed does."""
        self._names.append(self._listing())
        self._flushed.update({inode: _content(self.root / name) for name, inode in self._names[0].items()})
        fsync = os.fsync

        def flushing(descriptor: int) -> None:
            self._moment()
            fsync(descriptor)
            self._has_flushed(Path(f"/proc/self/fd/{descriptor}").readlink())

        patch.setattr(os, "fsync", flushing)
        _watched.append(self)
        try:
            yield self
            self._moment()
        finally:
            _watched.remove(self)
            patch.setattr(os, "fsync", fsync)
            for descriptor in self._held:
                os.close(descriptor)

    @property
    def afterwards(self) -> list[Left]:
        """All that a cut could leave once everything was done."""
        now = self._listing()
        self._seen.update({inode: _content(self.root / name) for name, inode in now.items()})
        if self.late_contents:
            return [self._as_left(names, latest=latest) for names in self._names for latest in (False, True)]
        logs = {name: inode for name, inode in now.items() if name.endswith(_LOGS)}
        late = [{name: inode for name, inode in names.items() if not name.endswith(_LOGS)} for names in self._names]
        return [self._as_left(names | logs, latest=True) for names in late]

    def _moment(self) -> None:
        """Note the names as they are, and all that a cut could leave right now."""
        now = self._listing()
        if now != self._names[-1]:
            before = self._names[-1]
            changed = (now.items() - before.items()) or (before.items() - now.items())
            self._waiting.append({str(Path(name).parent) for name, _inode in changed})
            self.unflushed |= self._waiting[-1]
            self._names.append(now)
        self.left += [found for found in self.afterwards if found not in self.left]

    def _has_flushed(self, path: Path) -> None:
        if not path.is_relative_to(self.root):
            return
        if not path.is_dir():
            self._flushed[path.stat().st_ino] = path.read_bytes()
            return
        folder = str(path.relative_to(self.root))
        self.unflushed.discard(folder)
        lasting = max((number for number, each in enumerate(self._waiting, 1) if folder in each), default=0)
        del self._waiting[:lasting], self._names[:lasting]

    def _as_left(self, names: dict[str, int], *, latest: bool) -> Left:
        """latest: the disk has taken all bytes that were written, else those alone that were flushed."""
        contents = self._seen if latest else self._flushed
        return {name: None if self._kinds[inode] else contents.get(inode, b"") for name, inode in names.items()}

    def _listing(self) -> dict[str, int]:
        found = {}
        for path in sorted(self.root.rglob("*")):
            inode = path.stat().st_ino
            if inode not in self._kinds:
                self._kinds[inode] = path.is_dir()
                self._held.append(os.open(path, os.O_PATH))  # O_PATH: closing it lets go of none of SQLite's locks
            found[str(path.relative_to(self.root))] = inode
        return found


def lay_out(left: Left, folder: Path) -> Path:
    """Make a folder as the power cut left it."""
    folder.mkdir()
    for name, data in sorted(left.items()):
        path = folder / name
        if data is None:
            path.mkdir(parents=True, exist_ok=True)
        elif path.parent.is_dir():
            path.write_bytes(data)
    return folder


def _content(path: Path) -> bytes:
    return path.read_bytes() if path.is_file() else b""


def _before_a_name_changes(event: str, _arguments: tuple[Any, ...]) -> None:
    """Every change of names is a moment of its own. Audit hooks are never taken away, so there is one for all tests."""
    if event in _NAMING:
        for disk in _watched:
            disk._moment()


sys.addaudithook(_before_a_name_changes)
