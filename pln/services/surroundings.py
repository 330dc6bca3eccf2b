"""What may go out unasked just now? The network may be paid for, the battery may be used, or there is none."""

from __future__ import annotations

from dataclasses import dataclass

from pln.services.preferences import Preferences
from pln.system.power import on_battery

__all__ = ["Surroundings", "may_go_out", "may_keep", "on_battery"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What the system tells; None for what it does not. online: False where no network is there at all."""

    online: bool | None = None
    metered: bool | None = None
    battery: bool | None = None


def may_go_out(now: Surroundings, wishes: Preferences) -> bool:
    """May feeds be asked by themselves? What is not known keeps nobody from reading."""
    return now.online is not False and may_keep(now, wishes)


def may_keep(now: Surroundings, wishes: Preferences) -> bool:
    """May full texts and pictures be fetched for offline, after a refresh by hand too?"""
    if now.metered and not wishes.refresh_metered:
        return False
    return not now.battery or wishes.refresh_on_battery
