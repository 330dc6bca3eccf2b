"""What the owner keeps of an article while reading: put aside for later, and how far they are."""

from __future__ import annotations

from collections.abc import Sequence

from pln.services.context import Context
from pln.services.undo import UndoStep


def read_later(ctx: Context, ids: Sequence[int], *, later: bool = True, origin: str = "") -> UndoStep | None:
    """Put articles aside to be read later, or no longer. None where all were so already."""
    when = ctx.clock.now() if later else None
    with ctx.write(origin) as work:
        changed = work.articles.set_later(ids, when)
    if not changed:
        return None
    label = "Kept to be read later" if later else "No longer kept for later"
    step = UndoStep(
        label=label, back=lambda work: work.articles.set_later(changed, None if later else ctx.clock.now())
    )  # fmt: skip
    ctx.undo.push(step)
    return step


def remember_place(ctx: Context, article_id: int, thousandths: int, *, origin: str = "") -> None:
    """Keep how far one has read, 0 to 1,000; nobody is told of it."""
    with ctx.write(origin) as work:
        work.articles.set_read_to(article_id, min(max(thousandths, 0), 1000))
