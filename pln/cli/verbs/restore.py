"""`pln restore FILE`, `pln restore --latest`"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from functools import cache
from pathlib import Path

from pln.cli.options import a_path
from pln.cli.passphrase import passphrase_source
from pln.cli.session import Session
from pln.cli.terminal import records
from pln.cli.verb import Answer, Arguments, Verb
from pln.model.errors import PlnError, StoreFault, UsageError, WrongSecret
from pln.services.kept_backups import kept_of
from pln.services.restoring import Restored, bring_in
from pln.services.vault import NeedsPassphrase, open_vault
from pln.store.vault import StoreKey
from pln.system.paths import Profile
from pln.system.secrets import KeyringSecrets, NoSecrets

Words = Callable[[], str] | None


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", nargs="?", type=a_path, help="a file that pln backup made")
    parser.add_argument("--latest", action="store_true", help="the newest whole backup of this profile instead of FILE")


def _run(session: Session, arguments: Arguments) -> Answer:
    if (arguments.file is None) is not arguments.latest:
        raise UsageError("Which backup?", "Name a FILE, or give --latest, and not both. Nothing was changed.")
    words = passphrase_source(session.passphrase_file, lambda: False)
    over: list[str] = []
    if arguments.latest:
        restored = _latest(session, words and cache(words), over)  # asked for once, however many are tried
    else:
        restored = _bring_in(session, arguments.file.expanduser(), words)
    report, earlier = restored.report, restored.earlier
    data = {
        "file": str(report.path), "profile": str(session.profile.root), "made": report.made.isoformat(),
        "counts": dict(report.counts), "earlier": None if earlier is None else str(earlier),
    }  # fmt: skip
    lines = (
        f"Restored into {session.profile.root}: {records(report.counts) or 'nothing yet'}.",
        "It opens with the passphrase or the recovery code of that backup.",
        *over,
        *([] if earlier is None else [f"What was there before is kept in {earlier}."]),
    )
    return Answer(data=data, lines=lines)


def _bring_in(session: Session, path: Path, words: Words) -> Restored:
    return bring_in(
        path, session.profile, lambda stage: _key(session, stage, words), set_aside=True, clock=session.clock
    )


def _latest(session: Session, words: Words, over: list[str]) -> Restored:
    """The newest one that is whole and opens: another one must not keep an earlier one from coming back.

    over: takes a line on each that was passed over.
    """
    first: PlnError | None = None
    for found in kept_of(session.profile):
        try:
            return _bring_in(session, found.path, words)
        except (StoreFault, WrongSecret) as fault:
            first = first or fault
            over.append(f"A newer one, {found.path}, was passed over: {fault.title}.")
    raise first or UsageError(
        "There is no backup of this profile", f"None was found in {session.profile.backups}. Nothing was changed."
    )


def _key(session: Session, stage: Profile, words: Words) -> StoreKey:
    """The password store is only read: what it keeps may still serve the profile that was backed up."""
    if session.passphrase_file is None:
        try:
            return open_vault(stage, KeyringSecrets()).key
        except NeedsPassphrase:
            pass
    try:
        return open_vault(stage, NoSecrets(), words).key
    except NeedsPassphrase as need:
        raise PlnError(
            "A passphrase is needed",
            "There is no terminal to ask at. Nothing was changed. Give the passphrase or the recovery code of the "
            "backup with --passphrase-file FILE.",
        ) from need


RESTORE = Verb(
    run=_run,
    arguments=_arguments,
    notes="The profile is the folder that --profile names. A store that is there already is never written over: it is "
    "moved whole into the profile's folder set-aside first, and stays there. It takes the passphrase or the recovery "
    "code that was in force when the backup was made.",
    shape={
        "file": "the backup",
        "profile": "the folder of the profile",
        "made": "when the backup was made, in UTC",
        "counts.*": "how many records of a kind came back",
        "earlier": "the folder where the store lies that was there before, or null",
    },
    examples=("pln restore today.plnbackup --profile restored", "pln restore --latest"),
)
