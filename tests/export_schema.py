"""Holds an export against the schema that is published for it. Taken by import, as store_fixtures is."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from pln.services.whole import files
from pln.system.resources import resource


def published() -> dict[str, Any]:
    return json.loads(resource(*files.PUBLISHED).read_text("utf-8"))


def faults_of(folder: Path) -> list[str]:
    """What an export has that its schema does not allow, with its place."""
    whole, line = _validators()
    found = _told(whole, json.loads((folder / files.INDEX).read_text("utf-8")))
    for number, article in enumerate((folder / files.ARTICLES).read_bytes().splitlines(), 1):
        found += [f"line {number}: {fault}" for fault in _told(line, json.loads(article))]
    return found


def faults_of_index(index: dict[str, Any]) -> list[str]:
    return _told(_validators()[0], index)


def _told(validator: Draft202012Validator, value: Any) -> list[str]:
    return [f"{fault.json_path}: {fault.message}" for fault in validator.iter_errors(value)]


@cache
def _validators() -> tuple[Draft202012Validator, Draft202012Validator]:
    """For the index, and for a line of the articles."""
    form = published()
    Draft202012Validator.check_schema(form)
    return Draft202012Validator(form), Draft202012Validator({"$ref": "#/$defs/article", "$defs": form["$defs"]})
