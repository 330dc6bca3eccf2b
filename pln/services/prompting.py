"""Questions for an empty page: a few of the day, and others where these do not fit."""

from __future__ import annotations

from pln.services.context import Context
from pln.services.today import journal_prompts, prompt_used
from pln.suggest.prompts import Prompt, pick

__all__ = ["prompt_used", "prompts_for", "prompts_passed"]


def prompts_for(ctx: Context, count: int = 3) -> tuple[str, ...]:
    """Different questions for today; those answered or passed over lately stay away as long as others are left."""
    with ctx.store.read() as work:
        recent = list(work.settings.get("recent_prompts", []))
    left, found = list(journal_prompts()), list[Prompt]()
    while left and len(found) < count:
        found.append(pick(left, recent, ctx.clock.today()))
        left.remove(found[-1])
    return tuple(prompt.text for prompt in found)


def prompts_passed(ctx: Context, texts: tuple[str, ...], *, origin: str = "") -> None:
    """Remember that these did not fit."""
    for text in texts:
        prompt_used(ctx, text, origin=origin)
