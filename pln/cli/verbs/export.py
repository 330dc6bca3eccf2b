"""`pln export DIR`"""

from __future__ import annotations

import argparse

from pln.cli.options import a_path
from pln.cli.progress import progress
from pln.cli.session import Session
from pln.cli.terminal import records
from pln.cli.verb import Answer, Arguments, Verb
from pln.services.exporting import export_all


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", metavar="DIR", type=a_path, help="a new folder, or an earlier export to be replaced")
    parser.add_argument(
        "--force", action="store_true", help="put the files beside others that are in the folder; nothing is removed"
    )


def _run(session: Session, arguments: Arguments) -> Answer:
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
    notes="People as vCard, feeds as OPML, meetups as ICS, the journal as Markdown, and everything as JSON, which "
    "`pln import DIR` reads back whole (docs/formats.md). The folder is for your eyes only, but it is not encrypted.",
    shape={
        "folder": "where it was written",
        "files": "names of the files in it",
        "counts.*": "how many records of a kind were written",
        "bytes": "size of all files",
        "warning": "that the export is not encrypted",
    },
    examples=("pln export everything",),
)
