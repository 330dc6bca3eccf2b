"""Highlights and margin notes: marking, changing, listing, finding them again in what is shown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from pln.model.anchoring import Anchor, Readable, Span, anchor_of, find
from pln.model.changes import Noun, Ref
from pln.model.errors import UsageError
from pln.model.highlight import Highlight, HighlightKind, HighlightRow
from pln.model.journal import Entry, EntryKind, Mention
from pln.model.quoted import link, quotation
from pln.services.context import Context
from pln.services.undo import UndoStep
from pln.store.highlights import Which
from pln.store.unit_of_work import Work

__all__ = ["Which"]


def highlight(
    ctx: Context, article_id: int, anchor: Anchor, *, kind: HighlightKind = HighlightKind.HIGHLIGHT, note: str = "",
    person_id: int | None = None, origin: str = "",
) -> Highlight:  # fmt: skip
    """Mark a passage. Where the very same one is marked already, that is returned as it is.

    Raises UsageError for an unknown article or person, and for a passage without words.
    """
    with ctx.write(origin) as work:
        if not work.articles.titles([article_id]):
            raise UsageError("No such article", "Nothing was marked. Its feed may have been removed.")
        if not anchor.quote.strip():
            raise UsageError("There is nothing to mark", "Choose some words of the article first.")
        same = (each for each in work.highlights.of_article(article_id) if _anchor(each) == anchor)
        if (old := next(same, None)) is not None:
            return old
        new = Highlight(
            article_id=article_id, quote=anchor.quote, before=anchor.before, after=anchor.after, start=anchor.start,
            kind=kind, note=note.strip(), person_id=person_id,
        )  # fmt: skip
        return work.highlights.add(_checked(work, new))


def change_highlight(ctx: Context, changed: Highlight, *, origin: str = "") -> Highlight:
    """Write another note, kind or person. Raises UsageError where the highlight or the person is gone."""
    with ctx.write(origin) as work:
        return work.highlights.change(_checked(work, replace(changed, note=changed.note.strip())))


def remove_highlight(ctx: Context, record: int, *, origin: str = "") -> UndoStep:
    """Take a highlight away with its note; the step returned brings it back."""
    with ctx.write(origin) as work:
        if not work.highlights.remove(record):
            raise UsageError("No such highlight", "It may have been removed already.")
    step = UndoStep(label="The highlight was removed", back=lambda work: work.highlights.restore(record))
    ctx.undo.push(step)
    return step


def close_question(ctx: Context, record: int, *, closed: bool = True, origin: str = "") -> UndoStep:
    """Say that a question was asked, or not yet."""
    with ctx.write(origin) as work:
        old = work.highlights.get(record)
        if old is None or old.kind is not HighlightKind.QUESTION:
            raise UsageError("No such question", "It may have been removed.")
        work.highlights.change(replace(old, closed_on=ctx.clock.today() if closed else None))
    step = UndoStep(
        label="The question was asked" if closed else "The question is open again",
        back=lambda work: work.highlights.change(old),
    )
    ctx.undo.push(step)
    return step


def get_highlight(ctx: Context, record: int) -> Highlight:
    """Raises UsageError for an unknown id."""
    with ctx.store.read() as work:
        found = work.highlights.get(record)
    if found is None:
        raise UsageError("No such highlight", "It may have been removed.")
    return found


def highlights_of(ctx: Context, article_id: int) -> tuple[Highlight, ...]:
    """Those of one article, in the order of its text."""
    with ctx.store.read() as work:
        return work.highlights.of_article(article_id)


def highlight_ids(ctx: Context, which: Which) -> tuple[int, ...]:
    """Newest first."""
    with ctx.store.read() as work:
        return work.highlights.ids(which)


def highlight_rows(ctx: Context, ids: Sequence[int]) -> tuple[HighlightRow, ...]:
    """Lines of the list, in the order of the ids; removed ones are passed over."""
    with ctx.store.read() as work:
        return work.highlights.rows(ids)


# Where they are ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Placed:
    """Highlights in a text that is shown. lost: their words are no longer there; they are listed all the same."""

    found: tuple[tuple[Highlight, Span], ...]
    lost: tuple[Highlight, ...]


def placed(highlights: Iterable[Highlight], shown: str) -> Placed:
    """Look for highlights in a text. Pure; some milliseconds each in a text of 200 KB, and 30 for the text."""
    page = Readable(shown)
    looked = [(each, find(page, _anchor(each))) for each in highlights]
    return Placed(
        tuple((each, span) for each, span in looked if span is not None),
        tuple(each for each, span in looked if span is None),
    )


def anchor_in(text: str, shown: str, start: int, length: int) -> Anchor | None:
    """The anchor of a selection in what is shown, told in the article's own text where it stands there too.

    None where nothing but spaces is selected.
    """
    chosen = anchor_of(shown, start, length)
    own = None if chosen is None else find(text, chosen)
    return chosen if own is None else anchor_of(text, own.start, own.length)


def _anchor(each: Highlight) -> Anchor:
    return Anchor(each.quote, each.before, each.after, each.start)


# Carried on ----------------------------------------------------------------------------------------------------------


def entry_about(row: HighlightRow) -> Entry:
    """A journal entry to be begun: the passage, where it is from and by whom, the note. Nothing is stored yet."""
    each = row.highlight
    parts = [f"{quotation(each.quote)}\n>\n> {link(row.title or 'An article', row.url)}"]
    mentions: tuple[Mention, ...] = ()
    if row.voice_id is not None and row.voice:
        parts[0] += f" · @{row.voice}"
        mentions = (Mention(row.voice_id, f"@{row.voice}"),)
    if each.note:
        parts.append(each.note)
    kinds = {HighlightKind.LESSON: EntryKind.LESSON, HighlightKind.QUESTION: EntryKind.QUESTION}
    return Entry(
        title=row.title, body="\n\n".join(parts) + "\n\n", kind=kinds.get(each.kind, EntryKind.NOTE),
        mentions=mentions, about=Ref(Noun.ARTICLE, each.article_id),
    )  # fmt: skip


def _checked(work: Work, value: Highlight) -> Highlight:
    """Only a question has somebody it is for, and only it can be closed."""
    if value.kind is not HighlightKind.QUESTION:
        return replace(value, person_id=None, closed_on=None)
    if value.person_id is not None and not work.people.names([value.person_id]):
        raise UsageError("No such person", "Nothing was saved: they may have been removed.")
    return value
