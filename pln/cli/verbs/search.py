"""`pln search TEXT`"""

from __future__ import annotations

import argparse

from pln.cli.session import Session
from pln.cli.terminal import shortened, table
from pln.cli.verb import Answer, Arguments, Verb
from pln.model.search import Hit
from pln.services.search import search


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("text", metavar="TEXT", nargs="+", help="words; the last one may be unfinished")
    parser.add_argument("--limit", type=int, default=8, metavar="N", help="hits of each kind (default 8)")


def _run(session: Session, arguments: Arguments) -> Answer:
    hits = search(session.ctx, " ".join(arguments.text), max(arguments.limit, 1))
    lines = table((hit.ref.noun.value, hit.title, shortened(hit.snippet, 80)) for hit in hits)
    return Answer(data={"hits": [_told(hit) for hit in hits]}, lines=lines or ("Nothing found.",))


def _told(hit: Hit) -> dict[str, object]:
    return {
        "kind": hit.ref.noun.value, "id": hit.ref.id, "title": hit.title, "snippet": hit.snippet,
        "day": hit.when or None,
    }  # fmt: skip


SEARCH = Verb(
    run=_run,
    arguments=_arguments,
    shape={
        "hits[].kind": "person, meetup, article, highlight or entry",
        "hits[].id": "number of the record in this profile",
        "hits[].title": "its name",
        "hits[].snippet": "the text around the match",
        "hits[].day": "the day it belongs to, or null",
    },
    examples=("pln search studio",),
)
