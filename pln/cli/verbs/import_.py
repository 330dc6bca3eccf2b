"""`pln import PATH...`"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from pln.cli.importers import IMPORTERS, nothing_of
from pln.cli.options import a_path
from pln.cli.progress import progress
from pln.cli.session import Session
from pln.cli.terminal import counted, records, table
from pln.cli.verb import Answer, Arguments, Verb
from pln.model.errors import PlnError, UsageError
from pln.services.backup import is_backup
from pln.services.keeping import Why, safely
from pln.services.recognising import recognise_input

_MOST_TOLD = 20


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "paths", metavar="PATH", nargs="+", type=a_path, help="a file, or a folder that pln export made"
    )
    parser.add_argument("--dry-run", action="store_true", help="say what would be done, and do nothing")
    parser.add_argument(
        "--without-backup", action="store_true", help="go on where no backup can be made before, as on a full disk"
    )


def _run(session: Session, arguments: Arguments) -> Answer:
    told: list[dict[str, Any]] = []
    faults: list[PlnError] = []
    backup_first = _once(session, without=arguments.dry_run or arguments.without_backup or session.is_new)
    for path in arguments.paths:
        try:
            told.append(_import(session, path.expanduser(), arguments.dry_run, backup_first))
        except PlnError as fault:
            if len(arguments.paths) == 1:
                raise
            faults.append(fault)
            told.append({**nothing_of(path, ""), "error": f"{fault.title}. {fault.sentence}"})
    if len(faults) == len(arguments.paths):
        raise faults[0]
    lines = [line for each in told for line in _lines(each, dry=arguments.dry_run)]
    partly = bool(faults) or any(each["unread"] for each in told)
    return Answer(data={"dry_run": arguments.dry_run, "files": told}, lines=tuple(lines), partly=partly)


def _once(session: Session, *, without: bool) -> Callable[[], None]:
    """A backup before the first file that changes something. It raises NoBackup where none can be made."""
    done = without

    def backup_first() -> None:
        nonlocal done
        if not done:
            safely(session.ctx, Why.BEFORE_IMPORT)
            done = True

    return backup_first


def _import(session: Session, path: Path, dry: bool, backup_first: Callable[[], None]) -> dict[str, Any]:
    if is_backup(path):
        raise UsageError(
            "This is a backup",
            "pln restore FILE brings it back, and pln restore FILE --profile NEW into another profile. "
            "Nothing was changed.",
        )
    kind = recognise_input(path)
    ctx = session.ctx
    backup_first()
    with progress(f"Importing {path.name}") as shown:
        return IMPORTERS[kind](ctx, path, dry, shown)


def _lines(told: Mapping[str, Any], *, dry: bool) -> list[str]:
    if told["error"]:
        return [f"{told['path']}: {told['error']}"]
    lines = [f"{told['path']}: {told['format']}"]
    if dry:
        lines += [f"   {line}" for line in table(_cells(row) for row in told["rows"])]
    counts = [_counted("to add" if dry else "added", told["added"])]
    counts += [f"{told['merged']} {'to merge' if dry else 'merged'}"] if told["merged"] else []
    counts += [_counted("brought back", told["restored"]), _counted("already here", told["here"])]
    lines.append(f"   {'; '.join(part for part in counts if part) or 'Nothing to do'}.")
    if told["skipped"]:
        lines.append(f"   {counted(len(told['skipped']), 'row')} passed over:")
        lines += _reasons(told["skipped"])
    passed_over = {(each["row"], each["reason"]) for each in told["skipped"]}
    only_unread = [each for each in told["unread"] if (each["row"], each["reason"]) not in passed_over]
    if only_unread:
        lines.append("   Could not be read:")
        lines += _reasons(only_unread)
    return lines + [f"   {warning}" for warning in told["warnings"]]


def _cells(row: Mapping[str, Any]) -> tuple[str, ...]:
    return f"{row['row']}", str(row["action"]), str(row["name"]), str(row["detail"])


def _reasons(rows: list[dict[str, Any]]) -> list[str]:
    told = [f"      row {each['row']}: {each['reason']}" if each["row"] else f"      {each['reason']}" for each in rows]
    more = len(told) - _MOST_TOLD
    return told if more <= 0 else [*told[:_MOST_TOLD], f"      and {more} more; --json tells all of them"]


def _counted(words: str, counts: Mapping[str, int]) -> str:
    told = records(counts)
    return f"{told} {words}" if told else ""


IMPORT = Verb(
    run=_run,
    arguments=_arguments,
    notes="What a file is, is told by what stands in it: vCard, the address books of LinkedIn, Google, Outlook and "
    "Thunderbird, any table of people (CSV), feed lists (OPML), calendars (ICS). Reading a file twice adds nothing. "
    "Of a calendar, events that name somebody you know become meetups. A file is taken whole or, when it is stopped "
    "with Ctrl+C, not at all. A backup is made before. Exit code 1 says that something in a file could not be read.",
    shape={
        "dry_run": "true where nothing was written",
        "files[].path": "the file or folder",
        "files[].format": "what it is, in words",
        "files[].added.*": "how many were (or would be) added of a kind: people, feeds, meetups, ...",
        "files[].merged": "rows that belong to somebody who is here and add something",
        "files[].here.*": "how many of a kind were here already",
        "files[].restored.*": "how many of a kind had been removed here and came back (exports only)",
        "files[].skipped[].row": "line or number of what was passed over; 0 where there is none",
        "files[].skipped[].reason": "why",
        "files[].unread[].row": "line or number of what could not be read; 0 where there is none",
        "files[].unread[].reason": "what could not be read",
        "files[].warnings": "what was odd about the file as a whole",
        "files[].rows[].row": "line or number in the file",
        "files[].rows[].action": "add, merge, already here or skip",
        "files[].rows[].name": "who or what it is",
        "files[].rows[].detail": "what is known of it, or why nothing is done",
        "files[].error": "why the file could not be imported, or null",
    },
    examples=(
        "pln import contacts.vcf connections.csv --dry-run",
        "pln import contacts.vcf connections.csv feeds.opml calendar.ics",
    ),
)
