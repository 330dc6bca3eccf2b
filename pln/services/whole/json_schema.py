"""The published form of an export: a JSON Schema made from the same types that write and read it.

`python -m pln.services.whole.json_schema > resources/formats/pln-export-2.schema.json` writes it anew.
"""

from __future__ import annotations

import json
import types
from collections.abc import Collection, Mapping
from dataclasses import MISSING, Field, is_dataclass
from datetime import date, datetime, time
from enum import StrEnum
from inspect import getdoc
from typing import Any, get_args, get_origin

from pln.model.article_around import EarlierWords, PageText, Tombstone
from pln.model.changes import Noun, Ref
from pln.model.contact import PartialDate, Person
from pln.model.feed import Article, Feed, PictureLink
from pln.model.highlight import Highlight
from pln.model.interaction import Interaction
from pln.model.journal import Entry
from pln.model.marks import Mark
from pln.model.meetup import Meetup
from pln.model.reading_rules import Rule
from pln.model.share import ShareDraft, ShareRecord
from pln.model.smart_folders import SmartFolder
from pln.model.suggestion import Response
from pln.services.preferences import Preferences
from pln.services.whole import files
from pln.services.whole.form import LONGEST_UID, MOST, told_fields
from pln.services.whole.references import REFERENCES
from pln.services.whole.settings import SHAPES, Shape

Node = dict[str, Any]

KINDS: Mapping[str, type[Any]] = {
    "people": Person, "meetups": Meetup, "interactions": Interaction, "feeds": Feed, "entries": Entry,
    "drafts": ShareDraft, "share_log": ShareRecord, "responses": Response, "tombstones": Tombstone,
    "highlights": Highlight, "rules": Rule, "smart_folders": SmartFolder,
}  # fmt: skip
"""The lists of the index that hold values of the model as they are."""

_NEEDED = ("what", "format", "articles", *KINDS)
"""What reading asks for; the rest may be missing."""

_UID: Node = {"type": "string", "minLength": 1, "maxLength": LONGEST_UID}
_COUNT: Node = {"type": "integer", "minimum": 0}
_PLAIN: Mapping[Any, Node] = {
    str: {"type": "string"},
    bool: {"type": "boolean"},
    int: {"type": "integer", "exclusiveMinimum": -MOST, "exclusiveMaximum": MOST},
    date: {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
    datetime: {
        "type": "string", "format": "date-time",
        "pattern": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}(\.[0-9]{1,6})?([+-][0-9]{2}:[0-9]{2}|Z)$",
    },
    time: {"type": "string", "pattern": r"^[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?$"},
    PartialDate: {"type": "string", "pattern": "^([0-9]{4}|-)-[0-9]{2}-[0-9]{2}$"},
}  # fmt: skip


def schema() -> Node:
    """The form of the index; a line of the articles is `$defs/article`. Draft 2020-12."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:pln:export:{files.FORMAT}",
        "title": f"Everything of a PLN profile, format {files.FORMAT}",
        "description": f"Describes {files.INDEX}. Each line of {files.ARTICLES} is one value of #/$defs/article.",
        **_object(_index(), _NEEDED),
        "$defs": {
            "uid": {**_UID, "description": "Names a record of this export, wherever it stands."},
            "article": _article(),
            "mark": _record(Mark),
            **{name: _kind(name, kind) for name, kind in KINDS.items()},
        },
    }


def text() -> str:
    """The schema as its file holds it."""
    return json.dumps(schema(), ensure_ascii=False, indent=1) + "\n"


def _index() -> dict[str, Node]:
    uids = {"type": "array", "items": _ref("uid")}
    return {
        "what": {"const": files.WHAT},
        "format": {"const": files.FORMAT},
        "program": _PLAIN[str],
        "made": _PLAIN[datetime],
        "articles": _object({"file": {"const": files.ARTICLES}, "count": _COUNT}, ("file", "count")),
        **{name: {"type": "array", "items": _ref(name)} for name in KINDS},
        "feeds_put_away": {"type": "array", "items": _ref("feeds")},
        "articles_put_away": uids,
        "put_away": _listed({"uid": _ref("uid"), "name": _PLAIN[str]}),
        "circles": _listed({"name": _PLAIN[str], "people": uids}),
        "settings": _settings(),
    }


def _article() -> Node:
    made = _record(Article)
    made["properties"] |= {
        "versions": {"type": "array", "items": _record(EarlierWords)},
        "page": _or_null(_record(PageText)),
        "pictures": {"type": "array", "items": _record(PictureLink)},
    }
    return made


def _kind(name: str, kind: type[Any]) -> Node:
    made = _record(kind)
    if name == "meetups":
        made["properties"]["marks"] = {"type": "array", "items": _ref("mark")}
    if name == "responses":
        made["properties"]["step"] = {"type": "array", "items": _or_null(_PLAIN[str])}
        made["required"].append("step")
    return made


def _record(kind: type[Any]) -> Node:
    """A value of the model. Required is what has no usual value, as in reading."""
    told = told_fields(kind)
    properties = {name: _field(kind, each, hint) for name, (each, hint) in told.items()}
    needed = [name for name, (each, _) in told.items() if each.default is MISSING and each.default_factory is MISSING]
    if "uid" in told and "uid" not in needed:
        needed.append("uid")
    return {"description": getdoc(kind) or "", **_object(properties, needed)}


def _field(kind: type[Any], each: Field[Any], hint: Any) -> Node:
    return _ref("uid") if each.name == "uid" else _value(hint, REFERENCES.get((kind, each.name)))


def _value(hint: Any, points_at: Noun | None = None) -> Node:
    if isinstance(hint, types.UnionType):
        return _or_null(_value(next(each for each in get_args(hint) if each is not type(None)), points_at))
    if get_origin(hint) is tuple:
        return {"type": "array", "items": _value(get_args(hint)[0], points_at)}
    if points_at is not None:
        return _ref("uid")
    if hint is Ref:
        return _object({"noun": {"enum": [each.value for each in Noun]}, "uid": _ref("uid")}, ("noun", "uid"))
    if hint in _PLAIN:
        return _PLAIN[hint]
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return {"enum": [each.value for each in hint]}
    assert is_dataclass(hint) and isinstance(hint, type), f"no form for {hint}"
    return _record(hint)


def _settings() -> Node:
    """Reading passes over settings that it does not know: those of a part that is no more."""
    words = {"type": "array", "items": _PLAIN[str]}
    forms: Mapping[Shape, Node] = {
        Shape.WISHES: {**_record(Preferences), "required": []},
        Shape.WORDS: words,
        Shape.KEPT_FOR: {"type": "object", "additionalProperties": {"type": "array", "items": _ref("uid")}},
    }
    told = {key: forms[shape] for key, shape in SHAPES.items() if shape is not Shape.HERE}
    return {"type": "object", "properties": told}


def _listed(properties: dict[str, Node]) -> Node:
    return {"type": "array", "items": _object(properties, tuple(properties))}


def _object(properties: dict[str, Node], needed: Collection[str]) -> Node:
    return {
        "type": "object",
        "properties": properties,
        "required": [each for each in properties if each in needed],
        "additionalProperties": False,
    }


def _ref(name: str) -> Node:
    return {"$ref": f"#/$defs/{name}"}


def _or_null(node: Node) -> Node:
    return {"anyOf": [node, {"type": "null"}]}


if __name__ == "__main__":
    import sys

    sys.stdout.write(text())
