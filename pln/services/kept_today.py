"""Today's page as it was last: read before the store is opened in full, so that a start need not wait for it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

from pln.model.plain import from_plain, to_plain
from pln.model.today import TodayPage
from pln.services.unlocking import Unlocked
from pln.store.glance import kept_page

NAME = "today"


@dataclass(frozen=True, slots=True)
class KeptToday:
    """holds: the page is what would be computed now; otherwise it is the best there is until that was done."""

    page: TodayPage
    holds: bool


def glance(unlocked: Unlocked, today: date) -> KeptToday | None:
    """The page that was kept last, None where there is none that can be shown. Takes a few milliseconds."""
    kept = kept_page(unlocked.profile.store, unlocked.key.key, unlocked.key.salt, NAME)
    return None if kept is None else read(kept.body, stale=kept.stale, today=today)


def read(body: str, *, stale: bool, today: date) -> KeptToday | None:
    try:
        page = from_plain(TodayPage, json.loads(body))
    except ValueError:  # an earlier or later PLN wrote it
        return None
    shown = page.on(today)
    return None if shown is None else KeptToday(shown, holds=not stale and page.day == today)


def written(page: TodayPage) -> str:
    return json.dumps(to_plain(page), ensure_ascii=False, separators=(",", ":"))
