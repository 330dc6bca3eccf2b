"""The steps of the journal's own file make the tables of the main file, but for links to people, who stay there."""

from __future__ import annotations

import re
from contextlib import closing
from pathlib import Path
from typing import Any

from pln.store import migrations
from pln.store.connection import connect
from pln.store.migrate import migrate
from pln.store.schema import HERE
from store_fixtures import KEY, SALT


def made(path: Path, steps: tuple[tuple[str, ...], ...]) -> Any:
    connection = connect(path, KEY, SALT)
    migrate(connection, copy_first=lambda: None, steps=steps)
    return connection


def told(connection: Any, table: str) -> list[Any]:
    def ask(sql: str) -> list[Any]:
        return list(connection.execute(sql).fetchall())

    indexes = [(row[1], row[2:], ask(f"PRAGMA index_info('{row[1]}')")) for row in ask(f"PRAGMA index_list({table})")]
    links = [row[2:] for row in ask(f"PRAGMA foreign_key_list({table})") if row[2] != "person"]
    rules = ask(f"SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = '{table}' ORDER BY 1")
    counts = "AUTOINCREMENT" in ask(f"SELECT sql FROM sqlite_master WHERE name = '{table}'")[0][0]
    return [ask(f"PRAGMA table_info({table})"), sorted(indexes), sorted(links), rules, counts]


def test_each_table_is_the_same_in_either_file(tmp_path: Path) -> None:
    with (
        closing(made(tmp_path / "store.db", migrations.STEPS)) as main,
        closing(made(tmp_path / "journal.db", migrations.JOURNAL_STEPS)) as own,
    ):
        for table in HERE.all:
            assert told(own, table.name) == told(main, table.name), table.name
        index = "SELECT sql FROM sqlite_master WHERE name = 'search'"
        assert own.execute(index).fetchone() == main.execute(index).fetchone()
        assert not any(row[2] == "person" for row in own.execute("PRAGMA foreign_key_list(entry_mention)"))


def test_every_step_has_its_module_in_order() -> None:
    names = sorted(path.stem for path in Path(migrations.__file__).parent.glob("journal_v*.py"))
    assert [int(re.findall(r"journal_v(\d{4})_\w+", name)[0]) for name in names] == list(range(1, len(names) + 1))
    assert tuple(getattr(migrations, name).STATEMENTS for name in names) == migrations.JOURNAL_STEPS
