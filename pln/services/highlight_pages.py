"""Highlights as a Markdown text for other programs: quoted, with title, author, link, day and note."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path

from pln.durable.files import write_atomically
from pln.model.highlight import HighlightKind, HighlightRow
from pln.model.quoted import as_words, link, quotation
from pln.services.context import Context
from pln.services.highlights import Which, highlight_rows
from pln.store.unit_of_work import Work


def markdown_of(rows: Iterable[HighlightRow]) -> str:
    """One section for each article, in the order of the rows; within it in the order of the text."""
    articles: dict[int, list[HighlightRow]] = {}
    for row in rows:
        articles.setdefault(row.highlight.article_id, []).append(row)
    sections = [_section(of_one) for of_one in articles.values()]
    return "\n\n".join(["# Highlights", *sections]) + "\n"


def highlights_markdown(ctx: Context, ids: Sequence[int]) -> str:
    """Highlights by their ids as one Markdown text, as for the clipboard."""
    return markdown_of(highlight_rows(ctx, ids))


def save_markdown(ctx: Context, ids: Sequence[int], path: Path) -> int:
    """Write highlights into a file; how many. Raises StoreFault where it cannot be written."""
    rows = highlight_rows(ctx, ids)
    write_atomically(path, markdown_of(rows).encode("utf-8", "replace"))
    return len(rows)


def all_markdown(work: Work) -> str:
    """Every highlight, the newest article first, for an export of everything."""
    return markdown_of(work.highlights.rows(work.highlights.ids(Which())))


def _section(rows: list[HighlightRow]) -> str:
    first = rows[0]
    head = f"## {link(first.title or 'Without a title', first.url)}"
    by = [each for each in (first.author or first.voice, first.feed_title) if each]
    about = " · ".join([*(as_words(each) for each in dict.fromkeys(by)), _day(first.published)])
    ordered = sorted(rows, key=lambda row: (row.highlight.start, row.highlight.id))
    return "\n\n".join([head, about, *(_passage(row) for row in ordered)])


def _passage(row: HighlightRow) -> str:
    each = row.highlight
    said = {
        HighlightKind.HIGHLIGHT: f"Marked on {_day(row.day)}",
        HighlightKind.LESSON: f"Learned on {_day(row.day)}",
        HighlightKind.QUESTION: f"To ask {as_words(row.person) or 'somebody'}, noted on {_day(row.day)}",
    }[each.kind]
    if each.closed_on is not None:
        said += f", asked on {_day(each.closed_on)}"
    return "\n\n".join(part for part in (quotation(each.quote), each.note, f"*{said}*") if part)


def _day(day: date | datetime) -> str:
    local = day.astimezone() if isinstance(day, datetime) else day
    return f"{local.day} {local:%B %Y}"
