"""Values of the model <-> what JSON holds, by their types: for what the program keeps for itself.

Numbers of records stay as they are, so this is no form for other programs (that is `pln.services.whole`).
"""

from __future__ import annotations

import types
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

Made = TypeVar("Made")


def to_plain(value: Any) -> Any:
    """Dataclasses, tuples, dicts, dates and enumerations as dicts, lists and texts. Raises TypeError for others."""
    match value:
        case StrEnum():
            return value.value
        case None | bool() | int() | float() | str():
            return value
        case tuple():
            return [to_plain(each) for each in value]
        case dict():
            return {str(key): to_plain(each) for key, each in value.items()}
        case datetime() | date() | time():
            return value.isoformat()
    if is_dataclass(value):
        return {each.name: to_plain(getattr(value, each.name)) for each in fields(value)}
    raise TypeError(f"no plain form for {type(value).__name__}")


def from_plain(kind: type[Made], data: Any) -> Made:
    """A dataclass from its plain form. Raises ValueError where it does not fit: another version wrote it."""
    try:
        return _made(kind, data)  # type: ignore[no-any-return]
    except (TypeError, KeyError, AttributeError, IndexError) as fault:
        raise ValueError(f"no {kind.__name__}: {type(fault).__name__}") from fault


def _made(hint: Any, data: Any) -> Any:
    if isinstance(hint, types.UnionType):
        return None if data is None else _made(_without_none(hint), data)
    origin = get_origin(hint)
    if origin is tuple:
        return _tuple(get_args(hint), data)
    if origin is dict:
        key, value = get_args(hint)
        return {key(one): _made(value, each) for one, each in data.items()}
    if is_dataclass(hint) and isinstance(hint, type):
        return hint(**{name: _made(hints, data[name]) for name, hints in _hints(hint).items() if name in data})
    if issubclass(hint, StrEnum):
        return hint(data)
    if issubclass(hint, (date, time)):
        return hint.fromisoformat(data)
    if hint is float and isinstance(data, int) and not isinstance(data, bool):
        return float(data)
    if not isinstance(data, hint) or (hint is int and isinstance(data, bool)):
        raise TypeError("another type")
    return data


def _without_none(hint: types.UnionType) -> Any:
    return next(each for each in get_args(hint) if each is not type(None))


def _tuple(of: tuple[Any, ...], data: Any) -> tuple[Any, ...]:
    if not isinstance(data, list):
        raise TypeError("another type")
    if of[1:] == (Ellipsis,):
        return tuple(_made(of[0], each) for each in data)
    return tuple(_made(one, each) for one, each in zip(of, data, strict=True))


def _hints(kind: type[Any]) -> dict[str, Any]:
    if kind not in _KNOWN:
        _KNOWN[kind] = get_type_hints(kind)
    return _KNOWN[kind]


_KNOWN: dict[type[Any], dict[str, Any]] = {}
