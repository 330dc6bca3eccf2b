"""`pln sync`"""

from __future__ import annotations

import argparse

from pln.cli.options import a_path
from pln.cli.passphrase import from_file
from pln.cli.progress import progress
from pln.cli.session import Session
from pln.cli.terminal import counted
from pln.cli.verb import Answer, Arguments, Verb
from pln.model.errors import KeyringUnavailable, NetworkFault, UsageError
from pln.model.sync import SyncReport
from pln.services.context import Context
from pln.services.refreshing import PrivateAddressRefused, allow_place
from pln.services.sync_account import forget_sync_account, keep_sync_account
from pln.services.syncing import sync


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--server", metavar="URL", help="the address of the server's Google Reader API, to begin with")
    parser.add_argument("--login", metavar="NAME", default="", help="the user name there")
    parser.add_argument(
        "--password-file", metavar="FILE", type=a_path, help="a file with the password on its first line"
    )
    parser.add_argument("--allow-local", action="store_true", help="the server lies in your home network")
    parser.add_argument(
        "--forget", action="store_true", help="forget the server; feeds and articles stay on both sides"
    )


def _run(session: Session, arguments: Arguments) -> Answer:
    ctx = session.ctx
    if arguments.forget:
        forget_sync_account(ctx)
        return _answer(SyncReport(), ("The server is forgotten. Feeds and articles stay, here and there.",))
    password = None if arguments.password_file is None else from_file(arguments.password_file)
    if arguments.server is not None:
        _name(ctx, arguments, password)
    with progress("Syncing") as shown:
        report = sync(ctx, password=password, on_progress=shown.step, cancelled=shown.cancelled)
    lines = [f"{counted(report.sent, 'change')} sent, {counted(report.received, 'article')} changed here."]
    lines += [f"   The server did not take {each}." for each in report.refused]
    lines += [f"   Left out, because it could not be read: {each}" for each in report.left_out]
    return _answer(report, tuple(lines))


def _name(ctx: Context, arguments: Arguments, password: str | None) -> None:
    if password is None:
        raise UsageError("The server's password is needed", "Give it with --password-file FILE. Nothing was changed.")
    try:
        _keep(ctx, arguments, password)
    except PrivateAddressRefused as refused:
        if not arguments.allow_local:
            raise NetworkFault(
                refused.title,
                f"{refused.place} points to this computer or the home network. Nothing was sent to it. "
                "If it is meant, say so with --allow-local.",
            ) from refused
        allow_place(ctx, refused.place)
        _keep(ctx, arguments, password)


def _keep(ctx: Context, arguments: Arguments, password: str) -> None:
    """Where there is no password store, the password is given with each sync."""
    try:
        keep_sync_account(ctx, arguments.server, arguments.login, password)
    except KeyringUnavailable:
        keep_sync_account(ctx, arguments.server, arguments.login, password, keep_password=False)


def _answer(report: SyncReport, lines: tuple[str, ...]) -> Answer:
    data = {
        "sent": report.sent, "received": report.received, "taken_in": report.taken_in,
        "feeds": {
            "added_here": report.feeds_added_here, "added_there": report.feeds_added_there,
            "removed_here": report.feeds_removed_here, "removed_there": report.feeds_removed_there,
        },
        "refused": list(report.refused),
        "left_out": list(report.left_out),
    }  # fmt: skip
    return Answer(data=data, lines=lines, partly=bool(report.refused or report.left_out))


SYNC = Verb(
    run=_run,
    arguments=_arguments,
    notes=(
        "A server that speaks the Google Reader API, as FreshRSS and Miniflux do. Its password is kept in the system's "
        "password store; without one, give --password-file each time."
    ),
    shape={
        "sent": "states of articles that the server was told",
        "received": "articles that were changed here",
        "taken_in": "starred articles that came from the server",
        "feeds.added_here": "subscriptions that were new on the server",
        "feeds.added_there": "subscriptions that were new here",
        "feeds.removed_here": "subscriptions that the server no longer had",
        "feeds.removed_there": "subscriptions that were removed here",
        "refused": "feeds that the server did not take",
        "left_out": "titles of articles of the server that could not be read",
        "feeds": "subscriptions, in numbers",
    },
    examples=("pln sync --server https://example.org --login ada --password-file words", "pln sync --forget"),
)
