"""Opens a profile of an earlier version, with one heavy step more than PLN has. It is there to be killed."""

from __future__ import annotations

from pathlib import Path

from forked import say, serve
from migrations.make_sample import PASSPHRASE
from pln.services.opening import Opened, open_profile
from pln.store import migrate as migrating
from pln.store.migrations import STEPS
from pln.system.clock import FixedClock
from pln.system.paths import Profile
from pln.system.secrets import NoSecrets
from store_fixtures import TODAY

HEAVY = (
    "ALTER TABLE person ADD COLUMN colour TEXT",
    "UPDATE person SET colour = note",
    "CREATE INDEX ix_person_colour ON person (colour)",
    "CREATE TABLE again AS SELECT * FROM person",
    "INSERT INTO again SELECT * FROM person",
    "CREATE INDEX ix_again ON again (note, colour)",
)
MORE = (*STEPS, HEAVY)


def with_more_steps(steps: tuple[tuple[str, ...], ...] = MORE) -> None:
    """Let this process take these steps for those of the program."""
    migrating.STEPS = steps
    migrating.migrate.__kwdefaults__["steps"] = steps


def opened(root: Path) -> Opened:
    return open_profile(Profile(root), NoSecrets(), lambda: PASSPHRASE, FixedClock.on(TODAY))


def migrate(root: str) -> None:
    say("begun")
    opened(Path(root)).close()
    say("done")


if __name__ == "__main__":
    with_more_steps()
    serve(migrate)
