"""Values of the model <-> what JSON holds, field by field from the types, so that no field can be forgotten.

Reading checks everything: a wrong type, an unknown field or a reference to nobody is told with the place it stands in.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import UTC, date, datetime, time
from enum import StrEnum
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from pln.model.changes import Noun, Ref
from pln.model.contact import PartialDate
from pln.services.whole.references import LEFT_OUT, REFERENCES
from pln.store.column_types import whole

Made = TypeVar("Made")
UidOf = Callable[[Noun, int], str | None]
IdOf = Callable[[Noun, str], int | None]

MOST = 2**31
LONGEST_UID = 2000


class Wrong(Exception):
    """What is wrong with a file, and where; without any words from the file."""

    def __init__(self, where: str, what: str) -> None:
        super().__init__(f"{where}: {what}")


def told_fields(kind: type[Any]) -> Mapping[str, tuple[Field[Any], Any]]:
    """Name in the file -> (field, its type), for every field but the number of the record."""
    if kind not in _TOLD:
        hints = get_type_hints(kind)
        _TOLD[kind] = {
            each.name.removesuffix("_id"): (each, hints[each.name])
            for each in fields(kind)
            if each.name != "id" and (kind, each.name) not in LEFT_OUT
        }
    return _TOLD[kind]


_TOLD: dict[type[Any], Mapping[str, tuple[Field[Any], Any]]] = {}


# Writing -------------------------------------------------------------------------------------------------------------


def to_plain(value: Any, uid_of: UidOf) -> dict[str, Any]:
    """A value of the model as JSON has it. A reference to a record that is not in the file is null."""
    return {
        name: _written(getattr(value, each.name), REFERENCES.get((type(value), each.name)), uid_of)
        for name, (each, _) in told_fields(type(value)).items()
    }


def _written(value: Any, points_at: Noun | None, uid_of: UidOf) -> Any:
    match value:
        case tuple():
            return [_written(each, points_at, uid_of) for each in value]
        case int() if points_at is not None:
            return uid_of(points_at, value)
        case Ref():
            uid = uid_of(value.noun, value.id)
            return None if uid is None else {"noun": value.noun.value, "uid": uid}
        case StrEnum():
            return value.value
        case datetime() | date():
            return value.isoformat()
        case time():
            return value.isoformat("auto")
        case PartialDate():
            return str(value)
    return to_plain(value, uid_of) if is_dataclass(value) else value


# Reading -------------------------------------------------------------------------------------------------------------


def from_plain(kind: type[Made], data: Any, where: str, id_of: IdOf, **told: Any) -> Made:
    """A value of the model from JSON. told: fields that the file does not hold. Raises Wrong."""
    record = mapping(data, where)
    known = told_fields(kind)
    if strange := record.keys() - known.keys():
        raise Wrong(where, f"it has {_number(len(strange), 'field')} that PLN does not know")
    values = dict(told)
    for name, (each, hint) in known.items():
        if name in record:
            here = f"{where}, {name}"
            values[each.name] = _read(hint, record[name], here, REFERENCES.get((kind, each.name)), id_of)
        elif each.default is MISSING and each.default_factory is MISSING:
            raise Wrong(where, f"it has no {name}")
    return kind(**values)


def mapping(data: Any, where: str) -> dict[str, Any]:
    if not isinstance(data, dict):
        raise Wrong(where, "a record was expected there")
    return data


def listing(data: Any, where: str) -> list[Any]:
    if not isinstance(data, list):
        raise Wrong(where, "a list was expected there")
    return data


def uid_in(data: Any, where: str) -> str:
    """The uid of a record or of a reference to one."""
    if not isinstance(data, str) or not 0 < len(data) <= LONGEST_UID:
        raise Wrong(where, "it has no uid")
    return whole(data)


def _read(hint: Any, data: Any, where: str, points_at: Noun | None, id_of: IdOf) -> Any:
    if isinstance(hint, types.UnionType):
        inner = next(each for each in get_args(hint) if each is not type(None))
        return None if data is None else _read(inner, data, where, points_at, id_of)
    if get_origin(hint) is tuple:
        inner = get_args(hint)[0]
        return tuple(_read(inner, each, where, points_at, id_of) for each in listing(data, where))
    if points_at is not None:
        return resolved(points_at, data, where, id_of)
    if hint is Ref:
        return _ref(data, where, id_of)
    if is_dataclass(hint) and isinstance(hint, type) and hint is not PartialDate:
        return from_plain(hint, data, where, id_of)
    return _plain(hint, data, where)


def resolved(noun: Noun, data: Any, where: str, id_of: IdOf) -> int:
    """The number of the record that a uid names. Raises Wrong where the file holds no such record."""
    found = id_of(noun, uid_in(data, where))
    if found is None:
        raise Wrong(where, f"it names a {_SPOKEN.get(noun, noun.value)} that is not in the file")
    return found


_SPOKEN = {Noun.ENTRY: "journal entry", Noun.SHARE: "share draft"}


def _ref(data: Any, where: str, id_of: IdOf) -> Ref:
    record = mapping(data, where)
    noun = _plain(Noun, record.get("noun"), where)
    return Ref(noun, resolved(noun, record.get("uid"), where, id_of))


def _plain(hint: Any, data: Any, where: str) -> Any:
    if hint is bool and isinstance(data, bool):
        return data
    if hint is int and isinstance(data, int) and not isinstance(data, bool) and -MOST < data < MOST:
        return data
    if isinstance(data, str):
        try:
            return _from_text(hint, data)
        except (ValueError, OverflowError) as fault:
            raise Wrong(where, f"it holds no {_NAMES.get(hint, 'value that PLN knows')}") from fault
    raise Wrong(where, f"{_NAMES.get(hint, 'a text')} was expected there")


_NAMES = {
    str: "text", int: "number", bool: "yes or no", date: "day", datetime: "moment", time: "time of day",
    PartialDate: "day",
}  # fmt: skip


def _from_text(hint: Any, text: str) -> Any:
    if hint is str:
        return whole(text)
    if hint is datetime:
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is None:
            raise ValueError("a moment without its zone")
        return moment.astimezone(UTC)
    if hint is time:
        at = time.fromisoformat(text)
        if at.tzinfo is not None:
            raise ValueError("a time of day has no zone")
        return at
    if hint is date:
        return date.fromisoformat(text)
    if hint is PartialDate:
        return PartialDate.parse(text)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return hint(text)
    raise ValueError("another type")


def _number(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"
