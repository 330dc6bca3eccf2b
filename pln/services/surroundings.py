"""May feeds be asked by themselves just now? The network may be paid for, the battery may be used, or there is none."""

from __future__ import annotations

from dataclasses import dataclass

from pln.services.preferences import Preferences
from pln.system.power import on_battery

__all__ = ["Surroundings", "may_go_out", "on_battery"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What the system tells; None for what it does not. online: False where no network is there at all."""

    online: bool | None = None
    metered: bool | None = None
    battery: bool | None = None


def may_go_out(now: Surroundings, wishes: Preferences) -> bool:
    """What is not known keeps nobody from reading."""
    if now.online is False:
        return False
    if now.metered and not wishes.refresh_metered:
        return False
    return not now.battery or wishes.refresh_on_battery
