"""`pln backup [FILE]`"""

from __future__ import annotations

import argparse
from typing import Any

from pln.cli.options import a_path
from pln.cli.session import Session
from pln.cli.terminal import records
from pln.cli.verb import Answer, Arguments, Verb
from pln.model.errors import UsageError
from pln.services.backup import BackupReport, backup
from pln.services.keeping import keep_now, place
from pln.services.kept_backups import Found, kept_of


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file", metavar="FILE", nargs="?", type=a_path,
        help="the file to write, as somewhere/else.plnbackup; without it, one in the folder of backups",
    )  # fmt: skip
    parser.add_argument("--over", action="store_true", help="replace a file that is there already")
    parser.add_argument("--list", action="store_true", help="write nothing, tell which backups there are")


def _run(session: Session, arguments: Arguments) -> Answer:
    session.need_profile()
    if arguments.list:
        if arguments.file is not None or arguments.over:
            raise UsageError("--list stands alone", "It writes nothing, so it takes neither FILE nor --over.")
        return _list(session)
    if arguments.file is None and arguments.over:
        raise UsageError("--over needs a file", "Without FILE a new name is found, and nothing is ever replaced.")
    if arguments.file is None:
        return _made(keep_now(session.ctx), _about_place(session))
    return _made(backup(session.ctx, arguments.file.expanduser(), over=arguments.over))


def _made(report: BackupReport, more: tuple[str, ...] = ()) -> Answer:
    data = {
        "file": str(report.path), "made": report.made.isoformat(), "why": report.why, "bytes": report.size,
        "counts": dict(report.counts), "backups": [],
    }  # fmt: skip
    return Answer(
        data=data,
        lines=(
            f"Backed up to {report.path}, {_size(report.size)}, and read to its end.",
            "It is encrypted. pln restore FILE brings it back with your passphrase or recovery code.",
            *more,
        ),
    )


def _list(session: Session) -> Answer:
    found = kept_of(session.profile)
    lines = [_line(each) for each in found] or ["There is no backup yet. pln backup makes one."]
    return Answer(
        data={"file": None, "made": None, "why": None, "bytes": 0, "counts": {}, "backups": [*map(_told, found)]},
        lines=tuple(lines),
    )


def _line(found: Found) -> str:
    made = found.made.astimezone().strftime("%Y-%m-%d %H:%M")
    why = found.kept.why or "kept under a name of its own"
    return f"{made}  {why}, {_size(found.size)}: {records(found.counts) or 'nothing yet'}\n   {found.path}"


def _told(found: Found) -> dict[str, Any]:
    return {
        "file": str(found.path), "made": found.made.isoformat(), "why": found.kept.why or "", "bytes": found.size,
        "counts": dict(found.counts),
    }  # fmt: skip


def _about_place(session: Session) -> tuple[str, ...]:
    found = place(session.ctx)
    if not found.missing:
        return ()
    return (f"The folder for backups, {found.chosen}, is not there now; the profile's own folder stood in.",)


def _size(size: int) -> str:
    return f"{max(size / 1_000_000, 0.1):.1f} MB"


BACKUP = Verb(
    run=_run,
    arguments=_arguments,
    notes="While the window runs it makes one a day by itself, and one before an import or an update. The newest of "
    "seven days and of five weeks stay, with the newest three made before something, and all that you made by hand.",
    shape={
        "file": "where it was written, null with --list",
        "made": "when, in UTC, null with --list",
        "why": 'what it was made for: by-hand, "" under a name of your own, null with --list',
        "bytes": "its size",
        "counts.*": "how many records of a kind it holds",
        "backups[].file": "with --list: each backup of this profile, the newest first",
        "backups[].made": "when it was made, in UTC",
        "backups[].why": 'daily, before-import, before-update, before-removal, before-merge, by-hand or ""',
        "backups[].bytes": "its size",
        "backups[].counts.*": "how many records of a kind it holds",
    },
    examples=("pln backup today.plnbackup", "pln backup", "pln backup --list"),
)
