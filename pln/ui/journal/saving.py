"""Saving while one writes: once a second, at once when leaving, again and again while the disk refuses."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal

from pln.model.errors import PlnError, UsageError
from pln.model.journal import Entry
from pln.services.journal import remove_entry, save_entry
from pln.services.undo import UndoStep
from pln.ui.place import PlaceId
from pln.ui.shell import Shell

GROUPED_MS = 1000
RETRY_MS = 5000


class Writing:
    """One entry being written. stored: as the store has it; wanted: what is still to be stored, or None."""

    def __init__(self, entry: Entry) -> None:
        self.stored = entry
        self.wanted: Entry | None = None
        self.sent: Entry | None = None
        self.future: Future[Entry] | None = None
        self.emptied = False

    @property
    def unsaved(self) -> bool:
        return self.wanted is not None or self.future is not None


class Saver(QObject):
    """read: the entry as it stands in the editor. It is asked for once a second, not at every key.

    saved: an entry as it was stored. refused: the fault that keeps text from being stored; it is tried again,
    but where the store can only be looked at.
    removed: an entry left empty was removed; brings its id and the step that undoes it.
    """

    saved = Signal(object)
    refused = Signal(object)
    removed = Signal(int, object)

    def __init__(self, shell: Shell, read: Callable[[Entry], Entry], parent: QObject) -> None:
        super().__init__(parent)
        self._shell, self._read = shell, read
        self._now = Writing(Entry(title="", body=""))
        self._left: list[Writing] = []
        self._waiting: list[Callable[[Entry], object]] = []
        self._dirty = False
        self._timer = _timer(self, GROUPED_MS, self._due)
        self._retry = _timer(self, RETRY_MS, self._again)

    @property
    def entry(self) -> Entry:
        """The entry in the editor as the store has it; id 0 where it was not stored yet."""
        return self._now.stored

    def is_unsaved(self) -> bool:
        return self._dirty or any(writing.unsaved for writing in self._all())

    def is_emptied(self) -> bool:
        """Nothing stands on the page any more."""
        return _is_empty(self._read(self._now.stored))

    def begin(self, entry: Entry) -> None:
        """The editor shows this entry from now on, as stored."""
        self._now = Writing(entry)
        self._dirty = False

    def take_up(self, entry_id: int) -> Entry | None:
        """Text of an entry that was left while it could not be stored: begin with that instead of the store's."""
        writing = next((one for one in self._left if one.stored.id == entry_id and one.unsaved), None)
        if writing is None:
            return None
        self._left.remove(writing)
        self._now, self._dirty = writing, False
        return writing.wanted or writing.sent

    def edited(self) -> None:
        """Something was typed: it is stored within a second, a new entry at once."""
        self._dirty = True
        if self._now.stored.id == 0 and not self._now.unsaved:
            self._due()
        elif not self._timer.isActive():
            self._timer.start()

    def flush(self) -> None:
        """Store now what is not stored."""
        self._timer.stop()
        self._due()

    def leave(self) -> None:
        """The editor turns to something else. An entry left empty is removed; undo brings it back as it last was."""
        self.flush()
        self._waiting = []
        self._now.emptied = self.is_emptied()
        if self._now.unsaved:
            self._left.append(self._now)
        elif self._now.emptied and self._now.stored.id:
            self._remove(self._now)
        self._now = Writing(Entry(title="", body=""))

    def settle(self) -> PlnError | None:
        """Before the window closes: wait until all is stored. The fault is given back where that cannot be."""
        self.flush()
        try:
            for writing in self._all():
                self._wait(writing)
        except PlnError as fault:
            self._retry.start()
            return fault
        return None

    def when_stored(self, call: Callable[[Entry], object]) -> None:
        """Call with the entry once nothing of it is unsaved; not at all where it is refused or left before."""
        self.flush()
        if self._now.unsaved:
            self._waiting.append(call)
        elif self._now.stored.id:
            call(self._now.stored)

    def _all(self) -> list[Writing]:
        return [*self._left, self._now]

    def _due(self) -> None:
        if self._dirty:
            self._dirty = False
            wanted = self._read(self._now.stored)
            self._now.wanted = None if _is_empty(wanted) else wanted
            self._push(self._now)

    def _push(self, writing: Writing) -> None:
        if writing.future is not None or writing.wanted is None:
            return
        entry = self._taken(writing)
        writing.future = self._submit(
            entry, lambda stored: self._stored(writing, stored), lambda error: self._failed(writing, error)
        )

    def _submit(
        self, entry: Entry, done: Callable[[Entry], None] | None, failed: Callable[[BaseException], None]
    ) -> Future[Entry]:
        ctx = self._shell.ctx
        return self._shell.tasks.write(lambda: save_entry(ctx, entry, origin=PlaceId.JOURNAL.value), done, failed)

    def _taken(self, writing: Writing) -> Entry:
        assert writing.wanted is not None
        stored = writing.stored
        entry = replace(writing.wanted, id=stored.id, uid=stored.uid, created=stored.created or writing.wanted.created)
        writing.wanted, writing.sent = None, entry
        return entry

    def _stored(self, writing: Writing, stored: Entry) -> None:
        writing.future, writing.stored = None, stored
        self.saved.emit(stored)
        self._push(writing)
        if writing.unsaved:
            return
        if writing in self._left:
            self._left.remove(writing)
            if writing.emptied:
                self._remove(writing)
        elif writing is self._now:
            waiting, self._waiting = self._waiting, []
            for call in waiting:
                call(stored)

    def _failed(self, writing: Writing, error: BaseException) -> None:
        writing.future = None
        writing.wanted = writing.wanted or writing.sent
        if isinstance(error, UsageError) and writing.stored.id:  # deleted for good meanwhile: it becomes a new entry
            writing.stored = replace(writing.stored, id=0, uid="")
            self._push(writing)
            return
        if not isinstance(error, PlnError):
            self._shell.fail(error)
        self._waiting = []
        self.refused.emit(error)
        if self._shell.ctx.store.writable:  # else no try will ever succeed
            self._retry.start()

    def _again(self) -> None:
        for writing in self._all():
            self._push(writing)

    def _wait(self, writing: Writing) -> None:
        if writing.future is not None:
            future, writing.future = writing.future, None
            try:
                writing.stored = future.result()
            except PlnError:
                writing.wanted = writing.wanted or writing.sent
        if writing.wanted is not None:
            wanted = writing.wanted
            entry = self._taken(writing)
            writing.wanted = wanted  # until it is known to be stored
            writing.stored = self._submit(entry, None, lambda _error: None).result()
            writing.wanted = None

    def _remove(self, writing: Writing) -> None:
        record = writing.stored.id

        def removed(step: UndoStep) -> None:
            self.removed.emit(record, step)

        self._shell.write(lambda: remove_entry(self._shell.ctx, record, origin=PlaceId.JOURNAL.value), removed)


def _is_empty(entry: Entry) -> bool:
    """Nothing but the question it began with."""
    body = entry.body.strip()
    return not entry.title.strip() and (not body or (bool(entry.prompt) and body == f"> {entry.prompt}"))


def _timer(parent: QObject, milliseconds: int, call: Callable[[], None]) -> QTimer:
    made = QTimer(parent, singleShot=True, interval=milliseconds)
    made.timeout.connect(call)
    return made
