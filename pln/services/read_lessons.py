"""What was learned from reading, told as what was learned in talks is."""

from __future__ import annotations

from pln.model.highlight import HighlightKind
from pln.model.marks import Mark, MarkKind
from pln.store.highlights import Which
from pln.store.unit_of_work import Work


def read_lessons(work: Work, voice_id: int | None = None) -> tuple[Mark, ...]:
    """Passages marked as something learned, newest first, as lessons of no meetup, from the person whose feed it is.

    voice_id: only those that a person wrote.
    """
    rows = work.highlights.rows(work.highlights.ids(Which(kind=HighlightKind.LESSON, voice_id=voice_id)))
    return tuple(
        Mark(
            kind=MarkKind.LESSON, text=row.highlight.words, meetup_id=0, made_on=row.day, person_id=row.voice_id,
            who=row.voice,
        )
        for row in rows
    )  # fmt: skip
