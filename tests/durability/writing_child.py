"""A program that writes like PLN in use, and says of each commit that it is done. It is there to be killed."""

from __future__ import annotations

import random
import secrets
from dataclasses import replace
from pathlib import Path

from forked import say, serve
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


def write(root: str, run: str) -> None:
    """Writes `run number` lines: the entry's autosave number, the meetup's and the person's are all `number`."""
    store = make_store(Path(root) / "store.db", new_uid=lambda: secrets.token_hex(16))
    ctx = Context(store=store, profile=Profile(Path(root)), clock=FixedClock.on(TODAY))
    chance = random.Random(int(run))
    entry = save_entry(ctx, Entry(title=f"run{run}", body=""))
    number = 0
    while True:
        number += 1
        filling = "word " * (chance.choice(SIZES) // 5)
        entry = save_entry(ctx, replace(entry, body=f"saved{number} #tag{number % 7} {filling}"))
        say("entry", number)
        person = save_person(ctx, Person(name=f"run{run} number{number}", circles=(f"circle{number % 5}",)))
        notes = f"run{run} note{number}\n[ ] me: promise {number}\n! lesson {number}\n{filling}"
        log_meetup(ctx, Meetup(kind=MeetupKind.TEA, day=TODAY, notes=notes), [(person.id, "")])
        say("meetup", number)


if __name__ == "__main__":
    serve(write)
