"""`pln demo`"""

from __future__ import annotations

import argparse
from pathlib import Path

from pln.cli.session import Session
from pln.cli.terminal import records
from pln.cli.throw_away import made_up_passphrase, throw_away
from pln.cli.verb import Answer, Arguments, Verb
from pln.model.errors import PlnError, UsageError
from pln.services.demo import FEED_FOLDER, FeedServer, fill, move_feeds


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--no-window", action="store_true", help="only fill the profile that --profile names, which must be new"
    )


def _run(session: Session, arguments: Arguments) -> Answer:
    if session.given is None:
        if arguments.no_window:
            raise UsageError("Where to?", "Name the folder of a new profile with --profile DIR. Nothing was made.")
        with throw_away() as made:
            return _shown(made, kept=False)
    _refuse_used(session, again=not arguments.no_window)
    if session.passphrase_file is None:
        session.passphrase_file = made_up_passphrase(session.profile.root)
    return _filled(session) if arguments.no_window else _shown(session, kept=True)


def _refuse_used(session: Session, *, again: bool) -> None:
    """Invented people are never mixed with others. again: a profile of invented people may be opened once more."""
    root = session.profile.root
    if not session.is_new and not (again and (root / FEED_FOLDER).is_dir()):
        raise UsageError(
            "This profile is in use",
            f"{root} holds records already, and invented people were not mixed with them. Name a new folder.",
        )


def _filled(session: Session) -> Answer:
    report = fill(session.ctx, session.clock.today())
    counts = {name: getattr(report, name) for name in type(report).__slots__}
    root, words = session.profile.root, session.passphrase_file
    return _answer(
        root, words, counts,
        f"Filled {root} with {records(counts)}.", f"Open it with: pln --profile {root} --passphrase-file {words}",
    )  # fmt: skip


def _shown(session: Session, *, kept: bool) -> Answer:
    """The window on the profile, its feeds served from this computer for as long as it is open."""
    from pln.app import open_window

    root, words = session.profile.root, session.passphrase_file
    with FeedServer(root / FEED_FOLDER) as server:
        if session.is_new:
            fill(session.ctx, session.clock.today(), feeds_at=server.at)
        else:
            move_feeds(session.ctx, server.at)
        session.close()  # the window opens it for itself
        if open_window(root, words):
            raise PlnError("The window did not open", "`pln demo --no-window --profile DIR` fills a profile without.")
    return _answer(root, words, {}) if kept else _answer(None, None, {})


def _answer(root: Path | None, words: Path | None, counts: dict[str, int], *lines: str) -> Answer:
    data = {"profile": str(root) if root else None, "passphrase_file": str(words) if words else None, "counts": counts}
    return Answer(data=data, lines=lines)


DEMO = Verb(
    run=_run,
    arguments=_arguments,
    notes="Without --profile it is gone when the window is closed. Your own profile is not touched.",
    shape={
        "profile": "the folder of the profile, or null where it was thrown away",
        "passphrase_file": "the file with its passphrase, or null where it was thrown away",
        "counts.*": "how many invented records of a kind were laid in (--no-window)",
    },
    examples=("pln demo --no-window --profile invented",),
)
