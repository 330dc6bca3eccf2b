"""`pln demo`"""

from __future__ import annotations

import argparse

from pln.cli.session import Session
from pln.cli.throw_away import feed_server, fill, throw_away, write_passphrase
from pln.cli.verb import Answer, Arguments, Verb
from pln.model.errors import PlnError, UsageError


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--no-window", action="store_true", help="only fill the profile that --profile names, which must be new"
    )


def _run(session: Session, arguments: Arguments) -> Answer:
    if session.given is not None:
        return _kept(session, window=not arguments.no_window)
    if arguments.no_window:
        raise UsageError("Where to?", "Name the folder of a new profile with --profile DIR. Nothing was made.")
    with throw_away() as made:
        _fill_and_show(made)
    return _answer("")


def _kept(session: Session, *, window: bool) -> Answer:
    if not session.is_new:
        raise UsageError(
            "This profile is in use",
            f"{session.profile.root} holds records already, and invented people were not mixed with them. "
            "Name a new folder.",
        )
    if session.passphrase_file is None:
        session.passphrase_file = write_passphrase(session.profile.root)
    if window:
        _fill_and_show(session)
    else:
        fill(session)
    return _answer(str(session.profile.root), str(session.passphrase_file))


def _fill_and_show(session: Session) -> None:
    with feed_server(session) as address:
        fill(session, address)
        session.close()
        _show(session)


def _show(session: Session) -> None:
    from pln.app import open_window

    if open_window(session.profile.root, session.passphrase_file):
        raise PlnError("The window did not open", "See above for why. `pln demo --no-window --profile DIR` needs none.")


def _answer(root: str, passphrase_file: str = "") -> Answer:
    lines = (f"Filled {root}. Open it with: pln --profile {root} --passphrase-file {passphrase_file}",) if root else ()
    return Answer(data={"profile": root or None, "passphrase_file": passphrase_file or None}, lines=lines)


DEMO = Verb(
    name="demo",
    title="Try PLN with an invented network in a throw-away profile.",
    run=_run,
    arguments=_arguments,
    notes="Without --profile it is gone when the window is closed. Your own profile is not touched.",
    shape={
        "profile": "the folder that was filled, or null where it was thrown away",
        "passphrase_file": "the file with its passphrase, or null where it was thrown away",
    },
    examples=("pln demo --no-window --profile invented",),
)
