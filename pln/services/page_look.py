"""How articles are set, kept in the store; and in which order each shelf is listed."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from pln.model.page_look import PageLook, Paper, within_reason
from pln.services.context import Context

_LOOK, _OLDEST = "page_look", "oldest_first"
_KINDS: dict[str, type] = {"face": str, "size": int, "line": int, "measure": int}


def page_look(ctx: Context) -> PageLook:
    """As it was kept; the design's own for what is not there or makes no sense."""
    with ctx.store.read() as work:
        kept = work.settings.get(_LOOK, {})
    return _build(kept if isinstance(kept, dict) else {})


def save_page_look(ctx: Context, look: PageLook, *, origin: str = "") -> None:
    with ctx.write(origin) as work:
        work.settings.put(_LOOK, asdict(look))


def oldest_first(ctx: Context) -> frozenset[str]:
    """Names of the shelves that are listed oldest first."""
    with ctx.store.read() as work:
        kept = work.settings.get(_OLDEST, [])
    return frozenset(str(each) for each in kept) if isinstance(kept, list) else frozenset()


def list_oldest_first(ctx: Context, shelf: str, *, oldest: bool, origin: str = "") -> None:
    """Remember the order of a shelf, by its name."""
    with ctx.write(origin) as work:
        kept = [each for each in work.settings.get(_OLDEST, []) if each != shelf]
        work.settings.put(_OLDEST, [*kept, shelf] if oldest else kept)


def _build(kept: dict[str, Any]) -> PageLook:
    values = {key: kept[key] for key, kind in _KINDS.items() if isinstance(kept.get(key), kind)}
    paper = Paper(kept["paper"]) if kept.get("paper") in list(Paper) else Paper.APP
    return within_reason(PageLook(**values, paper=paper))
