"""The journal of the invented owner."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time

from pln.model.changes import Noun, Ref
from pln.model.journal import Entry, EntryKind, Mention
from pln.services.demo.meetups import Told
from pln.services.demo.people import Keys
from pln.services.demo.texts import Table, days_before
from pln.store.unit_of_work import Work

_MENTION = re.compile(r"\{(\w+)\}")
_MORNING, _EVENING = time(7, 10), time(20, 15)


def add_entries(work: Work, tables: list[Table], keys: Keys, told: Told, today: date) -> None:
    """Store the entries, the oldest first."""
    for table in sorted(tables, key=lambda table: -int(table["ago"])):
        work.journal.add(_entry(table, keys, told, today))


def _entry(table: Table, keys: Keys, told: Told, today: date) -> Entry:
    day = days_before(today, table)
    written = datetime.combine(day, _MORNING if day == today else _EVENING, UTC)
    about = table.get("about")
    return Entry(
        title=table["title"], body=_MENTION.sub(lambda found: f"@{keys[found[1]].name}", table["body"]).strip(),
        kind=EntryKind(table.get("kind", "note")), created=written, changed=written,
        mentions=tuple(_mentions(table["body"], keys)), prompt=table.get("prompt", ""),
        about=Ref(Noun.MEETUP, told[about[0], about[1]]) if about else None,
    )  # fmt: skip


def _mentions(body: str, keys: Keys) -> list[Mention]:
    found = dict.fromkeys(_MENTION.findall(body))
    return [Mention(keys[key].id, f"@{keys[key].name}") for key in found]
