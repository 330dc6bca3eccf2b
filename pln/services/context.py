"""What every verb needs: the open store, the bus, the undo stack, the clock, and where the profile lies."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial

from pln.services.bus import Bus
from pln.services.undo import UndoStack, UndoStep
from pln.sources.parse import Parser
from pln.store.unit_of_work import Store, Work
from pln.system.clock import Clock
from pln.system.hygiene import harden_process
from pln.system.paths import Profile
from pln.system.secrets import NoSecrets, Secrets


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """secrets: the password store of this run, for changing what opens the store."""

    store: Store
    profile: Profile
    clock: Clock
    bus: Bus = field(default_factory=Bus)
    undo: UndoStack = field(default_factory=UndoStack)
    # Starts its process with the first feed; what it reads is the owner's, too.
    parser: Parser = field(default_factory=partial(Parser, settle=harden_process))
    secrets: Secrets = field(default_factory=NoSecrets)

    def close(self) -> None:
        """End the parser's process and close the store."""
        self.parser.close()
        self.store.close()

    @contextmanager
    def write(self, origin: str) -> Iterator[Work]:
        """One unit of work; what it touched is published after the commit."""
        with self.store.write(origin) as work:
            yield work
        self.bus.publish(work.changes)


def take_back(ctx: Context, step: UndoStep | None = None, *, origin: str = "undo") -> UndoStep | None:
    """Undo the given step, or the last one. Returns what was undone, None where there was nothing.

    A step that cannot be undone now (a full disk) stays, to be tried again.
    """
    found = ctx.undo.pop(step)
    if found is None:
        return None
    try:
        with ctx.write(origin) as work:
            found.back(work)
    except BaseException:
        ctx.undo.push(found)
        raise
    return found
