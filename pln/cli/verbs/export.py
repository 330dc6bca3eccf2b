"""`pln export --plain DIR`"""

from __future__ import annotations

import argparse

from pln.cli.options import a_path
from pln.cli.progress import progress
from pln.cli.session import Session
from pln.cli.terminal import records
from pln.cli.verb import Answer, Arguments, Verb
from pln.model.errors import UsageError
from pln.services.exporting import NOT_ENCRYPTED, export_all


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", metavar="DIR", type=a_path, help="a new folder, or an earlier export to be replaced")
    parser.add_argument(
        "--plain", action="store_true", help="yes, without encryption: nothing is exported before this word is said"
    )
    parser.add_argument(
        "--force", action="store_true", help="put the files beside others that are in the folder; nothing is removed"
    )


def _run(session: Session, arguments: Arguments) -> Answer:
    if not arguments.plain:
        raise UsageError(
            "Nothing was exported yet",
            f"{NOT_ENCRYPTED} Your journal and your notes about people are in it. "
            "If you want that, say so with --plain: `pln export --plain DIR`.",
        )
    session.need_profile()
    with progress("Exporting") as shown:
        report = export_all(
            session.ctx, arguments.folder, force=arguments.force,
            on_progress=shown.step, cancelled=shown.cancelled,
        )  # fmt: skip
    told = records(report.counts)
    data = {
        "folder": str(report.folder), "files": list(report.files), "counts": dict(report.counts), "bytes": report.size,
        "warning": report.warning,
    }  # fmt: skip
    return Answer(data=data, lines=(f"Exported to {report.folder}: {told or 'nothing yet'}.", report.warning))


EXPORT = Verb(
    run=_run,
    arguments=_arguments,
    notes="People as vCard, feeds as OPML, meetups as ICS, the journal as Markdown, and everything as JSON with its "
    "schema, which `pln import DIR` reads back whole (docs/formats.md). The folder is for your eyes only, but it is "
    "not encrypted; the word --plain says that you know.",
    shape={
        "folder": "where it was written",
        "files": "names of the files in it",
        "counts.*": "how many records of a kind were written",
        "bytes": "size of all files",
        "warning": "that the export is not encrypted",
    },
    examples=("pln export --plain everything",),
)
