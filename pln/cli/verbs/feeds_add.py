"""`pln feeds add URL`"""

from __future__ import annotations

import argparse
from collections.abc import Callable

from pln.cli.named import person_named
from pln.cli.progress import progress
from pln.cli.session import Session
from pln.cli.verb import Answer, Arguments, Verb
from pln.model.errors import NetworkFault
from pln.services.context import Context
from pln.services.refreshing import FoundFeed, PrivateAddressRefused, find_feeds, subscribe


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("address", metavar="URL", help="the address of a feed, or of a site that has one")
    parser.add_argument("--folder", default="", metavar="NAME", help="where to keep it, nested with /")
    parser.add_argument("--person", metavar="NAME", help="whose feed it is")
    parser.add_argument(
        "--allow-local", action="store_true", help="the address lies in your home network or on this computer"
    )


def _run(session: Session, arguments: Arguments) -> Answer:
    ctx = session.ctx
    whose = person_named(ctx, arguments.person) if arguments.person else None
    with progress("Looking for feeds") as shown:
        shown.step(0, 0)
        found = _found(ctx, arguments, shown.cancelled)
    feed = subscribe(
        ctx, found[0], folder=arguments.folder, person_id=whose.id if whose else None, origin="cli"
    )  # fmt: skip
    others = [each.url for each in found[1:]]
    data = {"id": feed.id, "uid": feed.uid, "url": feed.url, "title": feed.title, "folder": feed.folder}
    lines = [f"Added {feed.title or feed.url}. `pln refresh` brings its articles."]
    lines += [f"The site has more: {', '.join(others)}"] if others else []
    return Answer(data={**data, "person": whose.name if whose else None, "others": others}, lines=tuple(lines))


def _found(ctx: Context, arguments: Arguments, cancelled: Callable[[], bool]) -> tuple[FoundFeed, ...]:
    try:
        return find_feeds(ctx, arguments.address, allow_local=arguments.allow_local, cancelled=cancelled)
    except PrivateAddressRefused as refused:
        raise NetworkFault(
            refused.title,
            f"{refused.place} points to this computer or the home network. Nothing was sent to it. "
            "If it is meant, say so with --allow-local.",
        ) from refused


FEEDS_ADD = Verb(
    run=_run,
    arguments=_arguments,
    shape={
        "id": "number of the feed in this profile",
        "uid": "its stable id",
        "url": "its address",
        "title": "its title, empty until it is known",
        "folder": "where it is kept",
        "person": "whose it is, or null",
        "others": "addresses of further feeds of the same site",
    },
    examples=('pln feeds add https://example.org/feed.xml --folder Learning --person "Anna Lindqvist"',),
)
