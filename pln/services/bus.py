"""Change notices: after a commit, everyone who listens hears what was touched."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock

from pln.model.changes import ChangeSet

Listener = Callable[[ChangeSet], None]
Post = Callable[[Callable[[], None]], None]


def at_once(call: Callable[[], None]) -> None:
    """Deliver where we stand: for programs without a window."""
    call()


class Bus:
    """Passes change sets on. post: brings a call to the thread that listeners live on."""

    def __init__(self, post: Post = at_once) -> None:
        self._post = post
        self._listeners: list[Listener] = []
        self._lock = Lock()

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Hear of every commit from now on; call what is returned to stop."""
        with self._lock:
            self._listeners.append(listener)

        def stop() -> None:
            with self._lock:
                if listener in self._listeners:
                    self._listeners.remove(listener)

        return stop

    def publish(self, changes: ChangeSet) -> None:
        if not changes.empty:
            self._post(lambda: self._deliver(changes))

    def _deliver(self, changes: ChangeSet) -> None:
        with self._lock:
            listeners = tuple(self._listeners)
        faults = [fault for listener in listeners if (fault := _told(listener, changes)) is not None]
        if faults:
            raise faults[0]


def _told(listener: Listener, changes: ChangeSet) -> Exception | None:
    """What a listener raised: the others are to hear of the commit all the same."""
    try:
        listener(changes)
    except Exception as fault:
        return fault
    return None
