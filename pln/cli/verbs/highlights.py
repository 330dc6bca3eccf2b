"""`pln highlights`"""

from __future__ import annotations

import argparse
from typing import Any

from pln.cli.session import Session
from pln.cli.terminal import shortened, table
from pln.cli.verb import Answer, Arguments, Verb
from pln.model.highlight import HighlightKind, HighlightRow
from pln.services.highlight_pages import markdown_of
from pln.services.highlights import Which, highlight_ids, highlight_rows


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("text", metavar="TEXT", nargs="*", help="only those that hold these words")
    parser.add_argument("--kind", choices=[kind.value for kind in HighlightKind], help="only those of one kind")
    parser.add_argument("--open", action="store_true", help="only questions that were not asked yet")
    parser.add_argument("--markdown", action="store_true", help="as one Markdown text, quoted, with links")


def _run(session: Session, arguments: Arguments) -> Answer:
    kind = HighlightKind(arguments.kind) if arguments.kind else None
    which = Which(typed=" ".join(arguments.text), kind=kind, open=arguments.open)
    rows = highlight_rows(session.ctx, highlight_ids(session.ctx, which))
    if arguments.markdown:
        lines = tuple(markdown_of(rows).splitlines())
    else:
        lines = table((row.day.isoformat(), row.highlight.kind.value, _words(row), row.title) for row in rows)
    return Answer(data={"highlights": [_told(row) for row in rows]}, lines=lines or ("There is none.",))


def _words(row: HighlightRow) -> str:
    quote, note = " ".join(row.highlight.quote.split()), " ".join(row.highlight.note.split())
    return shortened(f"“{shortened(quote, 60)}” {note}".rstrip(), 100)


def _told(row: HighlightRow) -> dict[str, Any]:
    each = row.highlight
    return {
        "id": each.id, "kind": each.kind.value, "quote": each.quote, "note": each.note, "day": row.day.isoformat(),
        "article": each.article_id, "title": row.title, "url": row.url, "author": row.author, "feed": row.feed_title,
        "voice": row.voice or None, "for": row.person or None,
        "asked": each.closed_on.isoformat() if each.closed_on else None,
    }  # fmt: skip


HIGHLIGHTS = Verb(
    run=_run,
    arguments=_arguments,
    shape={
        "highlights[].id": "number of the record in this profile",
        "highlights[].kind": "highlight, lesson or question",
        "highlights[].quote": "the passage",
        "highlights[].note": "the note in the margin",
        "highlights[].day": "when it was marked",
        "highlights[].article": "number of the article",
        "highlights[].title": "its title",
        "highlights[].url": "its address",
        "highlights[].author": "who wrote it",
        "highlights[].feed": "the feed it is from",
        "highlights[].voice": "the person whose feed that is, or null",
        "highlights[].for": "the person of whom a question is asked, or null",
        "highlights[].asked": "the day it was asked, or null",
    },
    examples=("pln highlights", "pln highlights --kind question --open", "pln highlights --markdown"),
)
