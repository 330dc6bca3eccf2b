"""Makes the stored sample of a version: a small profile as PLN of that version left it, with something in every table.

usage: PYTHONPATH=.:tests .venv/bin/python -m migrations.make_sample VERSION
Writes tests/migrations/samples/vNNNN. Make it before the next step is written, and never anew.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any

from every_table import into_every_table
from pln.services.opening import open_profile
from pln.services.vault import open_vault
from pln.store.connection import connect
from pln.store.migrate import migrate
from pln.store.migrations import STEPS
from pln.store.passphrase import Cost
from pln.store.vault import StoreKey
from pln.system.clock import FixedClock
from pln.system.paths import Profile
from pln.system.secrets import NoSecrets
from store_fixtures import TODAY

SAMPLES = Path(__file__).parent / "samples"
PASSPHRASE, WORD = "open sesame", "kumquat"
INDEX_OF_ARTICLES_SINCE = 4
CHEAP = Cost(memory_kib=8, iterations=1, lanes=1)

_OWN_TABLES = "type = 'table' AND name NOT LIKE 'sqlite_%' AND sql NOT LIKE 'CREATE VIRTUAL%'"


def make(folder: Path, version: int, people: int = 3) -> None:
    """A profile in a folder that is not there yet. Its rows are those that today's program writes, as far as the
    tables of the version can hold them."""
    folder.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as place:
        newest = Profile(Path(place) / "newest")
        opened = open_profile(newest, NoSecrets(), lambda: PASSPHRASE, FixedClock.on(TODAY), cost=CHEAP)
        with opened.context.store.write("") as work:
            into_every_table(work, WORD, people)
        opened.close()
        shutil.copy(newest.vault, folder)
        _fill(folder / newest.store.name, newest.store, key_of(newest), version)


def key_of(profile: Profile) -> StoreKey:
    return open_vault(profile, NoSecrets(), lambda: PASSPHRASE).key


def own_tables(connection: Any, schema: str = "main") -> dict[str, list[str]]:
    """Table -> columns; those in which FTS5 keeps its index are among them."""
    names = [name for (name,) in connection.execute(f"SELECT name FROM {schema}.sqlite_master WHERE {_OWN_TABLES}")]
    return {name: [row[1] for row in connection.execute(f"PRAGMA {schema}.table_info('{name}')")] for name in names}


def _fill(path: Path, newest: Path, key: StoreKey, version: int) -> None:
    with closing(connect(path, key.key, key.salt)) as connection:
        migrate(connection, copy_first=lambda: None, steps=STEPS[:version])
        connection.execute("PRAGMA journal_mode = WAL").fetchall()
        connection.execute("PRAGMA foreign_keys = OFF")
        spelt = f"x'{key.key.hex()}{key.salt.hex()}'"
        connection.execute("ATTACH DATABASE ? AS newest KEY ?", (str(newest), spelt))
        there = own_tables(connection, "newest")
        connection.execute("BEGIN IMMEDIATE")
        for table, columns in own_tables(connection).items():
            shared = ", ".join(f'"{name}"' for name in columns if name in there[table])
            connection.execute(f"DELETE FROM main.{table}")
            connection.execute(f"INSERT INTO main.{table} ({shared}) SELECT {shared} FROM newest.{table}")
        if version < INDEX_OF_ARTICLES_SINCE:
            _index_as_it_was(connection)
        connection.execute("COMMIT")
        connection.execute("DETACH DATABASE newest")
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        connection.execute("VACUUM")


def _index_as_it_was(connection: Any) -> None:
    """Before the fourth version articles were in the index of all, and there were no highlights."""
    connection.execute("DELETE FROM main.search WHERE rowid >= 5 << 40")
    connection.execute(
        "INSERT INTO main.search(rowid, title, body)"
        " SELECT (3 << 40) + id, title, text FROM main.article JOIN main.article_body ON article_id = id"
    )


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    number = int(sys.argv[1])
    make(SAMPLES / f"v{number:04}", number)
