"""`pln restore FILE`"""

from __future__ import annotations

import argparse

from pln.cli.options import a_path
from pln.cli.passphrase import passphrase_source
from pln.cli.session import Session
from pln.cli.terminal import records
from pln.cli.verb import Answer, Arguments, Verb
from pln.model.errors import PlnError
from pln.services.backup import restore
from pln.services.vault import NeedsPassphrase, open_vault
from pln.store.vault import StoreKey
from pln.system.paths import Profile
from pln.system.secrets import KeyringSecrets, NoSecrets


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", type=a_path, help="a file that pln backup made")


def _run(session: Session, arguments: Arguments) -> Answer:
    path = arguments.file.expanduser()
    report = restore(path, session.profile, lambda stage: _key(session, stage))
    data = {
        "file": str(path), "profile": str(session.profile.root), "made": report.made.isoformat(),
        "counts": dict(report.counts),
    }  # fmt: skip
    return Answer(
        data=data,
        lines=(
            f"Restored into {session.profile.root}: {records(report.counts) or 'nothing yet'}.",
            "It opens with the passphrase or the recovery code of that backup.",
        ),
    )


def _key(session: Session, stage: Profile) -> StoreKey:
    """The password store is only read: what it keeps may still serve the profile that was backed up."""
    if session.passphrase_file is None:
        try:
            return open_vault(stage, KeyringSecrets()).key
        except NeedsPassphrase:
            pass
    try:
        return open_vault(stage, NoSecrets(), passphrase_source(session.passphrase_file, lambda: False)).key
    except NeedsPassphrase as need:
        raise PlnError(
            "A passphrase is needed",
            "There is no terminal to ask at. Nothing was changed. Give the passphrase or the recovery code of the "
            "backup with --passphrase-file FILE.",
        ) from need


RESTORE = Verb(
    run=_run,
    arguments=_arguments,
    notes="The profile is the folder that --profile names, and it must not hold a store yet. It takes the passphrase "
    "or the recovery code that was in force when the backup was made.",
    shape={
        "file": "the backup",
        "profile": "the folder of the new profile",
        "made": "when the backup was made, in UTC",
        "counts.*": "how many records of a kind came back",
    },
    examples=("pln restore today.plnbackup --profile restored",),
)
