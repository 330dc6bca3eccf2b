"""`pln journal add [TEXT]`"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterator

from pln.cli.given_text import text_of
from pln.cli.journal_words import add_option, journal_of
from pln.cli.session import Session
from pln.cli.terminal import shortened
from pln.cli.verb import Answer, Arguments, Verb
from pln.model.errors import UsageError
from pln.model.identity import folded
from pln.model.journal import Entry, EntryKind, Mention
from pln.services.context import Context
from pln.services.journal import save_entry

_AT = re.compile(r"(?<!\w)@(?=\w)")
_MOST_WORDS = 5
_LONGEST_NAME = 200


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("text", metavar="TEXT", nargs="?", help="the entry in Markdown; - or nothing: standard input")
    parser.add_argument("--title", default="", metavar="TEXT", help="its title")
    kinds = ", ".join(kind.value for kind in EntryKind)
    parser.add_argument(
        "--kind", choices=[kind.value for kind in EntryKind], default="note", metavar="KIND",
        help=f"{kinds} (default note)",
    )  # fmt: skip
    add_option(parser)


def _run(session: Session, arguments: Arguments) -> Answer:
    body = text_of(arguments.text).strip("\n")
    if not body.strip() and not arguments.title.strip():
        raise UsageError("An entry needs some words", "Nothing was saved. Give a text, or pipe one in.")
    ctx = session.ctx
    mentions = tuple(dict.fromkeys(_mentions(ctx, body)))
    new = Entry(title=arguments.title.strip(), body=body, kind=EntryKind(arguments.kind), mentions=mentions)
    with journal_of(session, arguments):
        entry = save_entry(ctx, new, origin="cli")
    named = [mention.text.removeprefix("@") for mention in entry.mentions]
    data = {"id": entry.id, "uid": entry.uid, "title": entry.title, "tags": list(entry.tags), "names": named}
    words = f"Written: {shortened(entry.title or body, 50)}"
    return Answer(data=data, lines=(words + (f", with {', '.join(named)}." if named else "."),))


def _mentions(ctx: Context, body: str) -> Iterator[Mention]:
    """@ and the full name of somebody here, however it is capitalised."""
    known = _people_by_name(ctx) if _AT.search(body) else {}
    for at in _AT.finditer(body):
        words = re.split(r"(\s+)", body[at.end() : at.end() + _LONGEST_NAME].split("\n", 1)[0])[: 2 * _MOST_WORDS - 1]
        for length in range(len(words), 0, -2):
            name = "".join(words[:length]).rstrip(".,;:!?)'\"")
            who = known.get(folded(name)) if name else None
            if who is not None:
                yield Mention(who, f"@{name}")
                break


def _people_by_name(ctx: Context) -> dict[str, int]:
    """Folded names that belong to one person alone."""
    with ctx.store.read() as work:
        names = work.people.names(work.people.ids())
    bearers = Counter(map(folded, names.values()))
    return {folded(name): who for who, name in names.items() if bearers[folded(name)] == 1}


JOURNAL_ADD = Verb(
    run=_run,
    arguments=_arguments,
    notes="@ and somebody's full name becomes a mention; #word is a tag.",
    shape={
        "id": "number of the entry in this profile",
        "uid": "its stable id",
        "title": "its title, empty where it has none",
        "tags": "the tags in it",
        "names": "names of the people mentioned",
    },
    examples=(
        'pln journal add --title "On studios" "What @Anna Lindqvist said about #studios: begin with a question."',
    ),
)
