"""What stood in the log dialog when it was left without saving: kept in the encrypted store for its next opening."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from pln.model.meetup import MeetupKind
from pln.services.context import Context
from pln.services.meetup_log import Named

_KEY = "meetup_drafts"


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetupDraft:
    """The fields as they stood. typed: letters in the field for people that were not picked yet. minutes: as typed."""

    who: tuple[Named, ...]
    typed: str
    kind: MeetupKind
    day: date
    at: time | None
    minutes: str
    place: str
    notes: str
    kept: datetime


def keep_draft(ctx: Context, slot: str, draft: MeetupDraft | None) -> None:
    """Keep a draft for a slot; None lets it go. No place shows drafts, so nobody is told."""
    with ctx.store.write("") as work:
        drafts = work.settings.get(_KEY, {})
        if draft is None:
            drafts.pop(slot, None)
        else:
            drafts[slot] = _plain(draft)
        work.settings.put(_KEY, drafts)


def draft_of(ctx: Context, slot: str) -> MeetupDraft | None:
    with ctx.store.read() as work:
        kept = work.settings.get(_KEY, {}).get(slot)
    return None if kept is None else _build(kept)


def _plain(draft: MeetupDraft) -> dict[str, Any]:
    return {
        "who": [list(one) for one in draft.who], "typed": draft.typed, "kind": draft.kind.value,
        "day": draft.day.isoformat(), "at": draft.at.isoformat() if draft.at else None, "minutes": draft.minutes,
        "place": draft.place, "notes": draft.notes, "kept": draft.kept.isoformat(),
    }  # fmt: skip


def _build(kept: dict[str, Any]) -> MeetupDraft:
    return MeetupDraft(
        who=tuple((known, name) for known, name in kept["who"]), typed=kept["typed"], kind=MeetupKind(kept["kind"]),
        day=date.fromisoformat(kept["day"]), at=time.fromisoformat(kept["at"]) if kept["at"] else None,
        minutes=kept["minutes"], place=kept["place"], notes=kept["notes"], kept=datetime.fromisoformat(kept["kept"]),
    )  # fmt: skip
