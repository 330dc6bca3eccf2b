"""How the window looks: the few settings needed before the store is unlocked. Nothing private belongs here."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, fields
from enum import StrEnum
from pathlib import Path
from typing import Any

from pln.durable.files import write_atomically


class Theme(StrEnum):
    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True, kw_only=True)
class LookSettings:
    """width, height: of the window, in device-independent pixels. text_scale: 1.0 is the design's size.

    reading_width: the measure of articles and journal, in characters a line.
    unknown: what a newer version wrote; kept as it is.
    """

    theme: Theme = Theme.SYSTEM
    width: int = 1360
    height: int = 860
    maximised: bool = False
    text_scale: float = 1.0
    reading_width: int = 68
    unknown: Mapping[str, Any] = field(default_factory=dict)


_LIMITS: Mapping[str, tuple[float, float]] = {
    "width": (480, 20_000),
    "height": (360, 20_000),
    "text_scale": (0.5, 3.0),
    "reading_width": (40, 120),
}
_KNOWN = frozenset(entry.name for entry in fields(LookSettings)) - {"unknown"}


def read_settings(path: Path) -> LookSettings:
    """What the file says, defaults for what it does not say or says wrongly. Never raises for the file's content.

    A file that is no JSON object is set aside as `settings.json.damaged`.
    """
    try:
        found = json.loads(path.read_bytes(), parse_constant=_refuse)
    except OSError:
        return LookSettings()
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        _set_aside(path)
        return LookSettings()
    known = {name: value for name in _KNOWN & found.keys() if (value := _accepted(name, found[name])) is not None}
    return LookSettings(**known, unknown={name: value for name, value in found.items() if name not in _KNOWN})


def write_settings(path: Path, settings: LookSettings) -> None:
    """Replace the file. Raises StoreFault where it cannot be written."""
    known = {name: getattr(settings, name) for name in sorted(_KNOWN)}
    write_atomically(path, json.dumps({**settings.unknown, **known}, indent=2).encode() + b"\n")


def _accepted(name: str, value: object) -> Any:
    """The value as its field wants it, within its limits; None where it makes no sense."""
    match name, value:
        case "theme", str():
            return Theme(value) if value in list(Theme) else None
        case "maximised", bool():
            return value
        case ("theme" | "maximised", _) | (_, bool()):
            return None
        case "text_scale", int() | float():
            return float(_within(name, value))
        case _, int():
            return int(_within(name, value))
    return None


def _refuse(word: str) -> None:
    raise ValueError(f"{word} is no JSON")


def _within(name: str, value: float) -> float:
    low, high = _LIMITS[name]
    return min(max(value, low), high)


def _set_aside(path: Path) -> None:
    with suppress(OSError):  # a read-only place: the damaged file simply stays
        path.replace(path.with_name(f"{path.name}.damaged"))
