"""A program that writes like PLN in use, and says of each commit that it is done. It is there to be killed.

Each line "run number, path" on its input makes one writer, a fork: so its imports are paid for once. It tells the
writer's process id first, then the commits, and "ended" once the writer is gone.
"""

from __future__ import annotations

import os
import random
import secrets
import sys
from dataclasses import replace
from pathlib import Path

from pln.model.contact import Person
from pln.model.journal import Entry
from pln.model.meetup import Meetup, MeetupKind
from pln.services.contacts import save_person
from pln.services.context import Context
from pln.services.journal import save_entry
from pln.services.meetup_log import log_meetup
from pln.system.clock import FixedClock
from pln.system.paths import Profile
from store_fixtures import TODAY, make_store

SIZES = (10, 500, 5_000, 60_000)


def write(root: Path, run: int) -> None:
    """Writes `run number` lines: the entry's autosave number, the meetup's and the person's are all `number`."""
    store = make_store(root / "store.db", new_uid=lambda: secrets.token_hex(16))
    ctx = Context(store=store, profile=Profile(root), clock=FixedClock.on(TODAY))
    chance = random.Random(run)
    entry = save_entry(ctx, Entry(title=f"run{run}", body=""))
    number = 0
    while True:
        number += 1
        filling = "word " * (chance.choice(SIZES) // 5)
        entry = save_entry(ctx, replace(entry, body=f"saved{number} #tag{number % 7} {filling}"))
        said("entry", run, number)
        person = save_person(ctx, Person(name=f"run{run} number{number}", circles=(f"circle{number % 5}",)))
        notes = f"run{run} note{number}\n[ ] me: promise {number}\n! lesson {number}\n{filling}"
        log_meetup(ctx, Meetup(kind=MeetupKind.TEA, day=TODAY, notes=notes), [(person.id, "")])
        said("meetup", run, number)


def said(what: str, run: int, number: int) -> None:
    sys.stdout.write(f"{what} {run} {number}\n")
    sys.stdout.flush()


def main() -> None:
    for line in sys.stdin:
        run, _, root = line.rstrip("\n").partition(" ")
        child = os.fork()
        if child == 0:
            said("pid", int(run), os.getpid())
            write(Path(root), int(run))
        os.waitpid(child, 0)
        said("ended", int(run), 0)


if __name__ == "__main__":
    main()
