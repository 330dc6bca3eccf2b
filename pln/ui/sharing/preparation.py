"""What the user wishes to share, and what comes of it: names with a decision each, and the exact bytes. No widgets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pln.model.errors import PlnError
from pln.model.share import NameAction, NameDecision, NameHit, Rendered, ShareDraft
from pln.services.context import Context
from pln.services.sharing import (
    KnownNames,
    SharePlace,
    ShareStart,
    decided,
    draft_of,
    key,
    names_in,
    rendered_for,
    still_named,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Everything the left side of the window says. decisions: by the key of a name; others get their suggestion."""

    start: ShareStart
    known: KnownNames
    place: SharePlace | None = None
    chosen: frozenset[int] = frozenset()
    title: str = ""
    closing: str = ""
    keep_tags: bool = False
    role: str = ""
    decisions: Mapping[str, NameDecision] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """hits: one for each different name; decisions: one for each of them. rendered: None where nothing can leave yet.

    still: names that would stand in the bytes without a decision to keep them. fault: why there are no bytes.
    """

    wish: Wish
    draft: ShareDraft
    hits: tuple[NameHit, ...]
    decisions: tuple[NameDecision, ...]
    rendered: Rendered | None = None
    still: tuple[NameHit, ...] = ()
    fault: PlnError | None = None

    @property
    def can_leave(self) -> bool:
        return self.rendered is not None and not self.still


def prepare(ctx: Context, wish: Wish) -> Prepared:
    """Make the copy, decide its names, render it. Reads the shared folder: off the main thread."""
    draft = draft_of(
        wish.start, wish.chosen, keep_tags=wish.keep_tags, title=wish.title, closing=wish.closing
    )  # fmt: skip
    names = names_in(ctx, draft, wish.known)
    hits = tuple({key(hit.text): hit for hit in reversed(names.hits)}.values())[::-1]
    decisions = (*(_decision(wish, hit) for hit in hits), *_others(wish, hits))
    ready = Prepared(wish=wish, draft=draft, hits=hits, decisions=decisions)
    if wish.place is None or not names.draft.body.strip():
        return ready
    try:
        rendered = rendered_for(ctx, decided(names, decisions), wish.place)
    except PlnError as fault:
        return Prepared(wish=wish, draft=draft, hits=hits, decisions=decisions, fault=fault)
    still = tuple({key(hit.text): hit for hit in still_named(rendered, decisions, wish.known)}.values())
    return Prepared(wish=wish, draft=draft, hits=hits, decisions=decisions, rendered=rendered, still=still)


def _decision(wish: Wish, hit: NameHit) -> NameDecision:
    """What the user said, what was kept when this copy was held, or what their "may I name you?" suggests."""
    said = wish.decisions.get(key(hit.text))
    if said is not None:
        return said
    kept = key(hit.text) in {key(text) for text in wish.start.kept}
    return NameDecision(
        matched=hit.text, action=NameAction.KEEP if kept else hit.suggestion, role=wish.role or "a friend"
    )


def _others(wish: Wish, hits: Sequence[NameHit]) -> tuple[NameDecision, ...]:
    """Decisions about words that only came in with the replacements."""
    named = {key(hit.text) for hit in hits}
    return tuple(decision for name, decision in wish.decisions.items() if name not in named)
