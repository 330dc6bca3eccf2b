"""What a backup says of itself, tested once: whoever reads it later needs no doubts. Anybody may have written it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

FORMAT, PLAIN, WITH_MORE = "pln-backup", 1, 2
_YEARS = range(1970, 9000)  # room on both sides for any zone, and for a little reckoning
_MOST = 1 << 53


def is_newer(told: Any) -> bool:
    """Whether a backup is of a form that this PLN does not know. Raises ValueError for what is no backup."""
    if not isinstance(told, dict) or told.get("format") != FORMAT or not _is_number(told.get("version")):
        raise ValueError("not a backup")
    return bool(told["version"] > WITH_MORE)


def tested(told: dict[str, Any]) -> dict[str, Any]:
    """What a backup of a known form tells, all of it. Raises ValueError where a part of it cannot be."""
    whole = (
        told["version"] >= PLAIN
        and isinstance(told.get("program"), str)
        and isinstance(told.get("why", ""), str)
        and isinstance(told.get("profile", ""), str)
        and isinstance(told.get("journal", ""), str)
        and _is_number(told.get("store_version", 0))
        and isinstance(told.get("counts"), dict)
        and all(_is_number(number) for number in told["counts"].values())
        and _is_moment(told.get("made"))
    )
    if not whole:
        raise ValueError("not a backup")
    return dict(told)


def _is_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < _MOST


def _is_moment(value: object) -> bool:
    """With its zone: moments without one cannot be compared with others."""
    if not isinstance(value, str):
        return False
    made = datetime.fromisoformat(value)
    return made.tzinfo is not None and made.year in _YEARS
