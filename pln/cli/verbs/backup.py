"""`pln backup FILE`"""

from __future__ import annotations

import argparse

from pln.cli.options import a_path
from pln.cli.session import Session
from pln.cli.verb import Answer, Arguments, Verb
from pln.services.backup import backup


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", type=a_path, help="the file to write, as somewhere/else.plnbackup")
    parser.add_argument("--over", action="store_true", help="replace a file that is there already")


def _run(session: Session, arguments: Arguments) -> Answer:
    session.need_profile()
    report = backup(session.ctx, arguments.file.expanduser(), over=arguments.over)
    data = {
        "file": str(report.path), "made": report.made.isoformat(), "bytes": report.size, "counts": dict(report.counts),
    }  # fmt: skip
    size = f"{max(report.size / 1_000_000, 0.1):.1f} MB"
    return Answer(
        data=data,
        lines=(
            f"Backed up to {report.path}, {size}, and read to its end.",
            "It is encrypted. pln restore FILE --profile NEW brings it back with your passphrase or recovery code.",
        ),
    )


BACKUP = Verb(
    run=_run,
    arguments=_arguments,
    shape={
        "file": "where it was written",
        "made": "when, in UTC",
        "bytes": "its size",
        "counts.*": "how many records of a kind it holds",
    },
    examples=("pln backup today.plnbackup",),
)
