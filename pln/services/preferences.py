"""What the owner wishes of PLN, kept in the encrypted store."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from pln.model.retention import KEEP_COUNT, KEEP_DAYS
from pln.model.suggestion import Energy
from pln.services.context import Context
from pln.store.unit_of_work import Work

_KEY = "preferences"


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """energy: how much Today shows. purpose: "start with why", one sentence. paused_until: the whole app rests.

    resumed_on: the day a pause ended; rhythms begin anew from there. places: shown in the rail beside Today, People
    and Meetups. feed_folder_name: the title of a folder shared to. own_interests: for common ground. lock_minutes: idle
    minutes until the window locks, 0 for never. lock_asks_words: the password store alone does not open it again.
    keep_days, keep_count: how long and how many articles of a feed stay, 0 for no limit. keep_unread: what was never
    read stays longer.
    proxy: the way to the network, "none", "system" or an address (see `going_out`). refresh_metered: feeds are asked by
    themselves, and what will be read is kept for offline, also where data is paid for. refresh_on_battery: also while
    no cable brings power.
    flight_mode: nothing is asked of the network. keep_pictures: for offline, in so many MB in all and of a feed.
    """

    energy: Energy = Energy.STEADY
    purpose: str = ""
    own_interests: tuple[str, ...] = ()
    paused_until: date | None = None
    resumed_on: date | None = None
    places: tuple[str, ...] = ("reading", "journal", "network")
    sharing: bool = False
    share_folder: str = ""
    feed_folder_name: str = ""
    guidelines: str = ""
    cool_off_minutes: int = 10
    lock_minutes: int = 10
    lock_asks_words: bool = False
    refresh_minutes: int = 60
    keep_days: int = KEEP_DAYS
    keep_count: int = KEEP_COUNT
    keep_unread: bool = True
    proxy: str = "system"
    refresh_metered: bool = False
    refresh_on_battery: bool = False
    welcomed: bool = False
    flight_mode: bool = False
    keep_pictures: bool = True
    pictures_mb: int = 500
    feed_pictures_mb: int = 50


def read_preferences(work: Work) -> Preferences:
    return _build(work.settings.get(_KEY, {}))


def preferences(ctx: Context) -> Preferences:
    with ctx.store.read() as work:
        return read_preferences(work)


def save_preferences(ctx: Context, new: Preferences, *, origin: str = "") -> Preferences:
    """Write all wishes. own_interests are kept beside them for the brief."""
    with ctx.write(origin) as work:
        work.settings.put(_KEY, _plain(new))
        work.settings.put("own_interests", list(new.own_interests))
    return new


def _plain(value: Preferences) -> dict[str, Any]:
    return {key: item.isoformat() if isinstance(item, date) else item for key, item in asdict(value).items()}


def _build(kept: dict[str, Any]) -> Preferences:
    values = {key: kept[key] for key in Preferences.__dataclass_fields__ if key in kept}
    for key in ("paused_until", "resumed_on"):
        if values.get(key):
            values[key] = date.fromisoformat(values[key])
    for key in ("own_interests", "places"):
        if key in values:
            values[key] = tuple(values[key])
    if "energy" in values:  # a newer PLN may know more of them
        values["energy"] = Energy(values["energy"]) if values["energy"] in list(Energy) else Energy.STEADY
    return Preferences(**values)
