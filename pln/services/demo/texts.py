"""Reads the files of resources/demo. Their form is told in the comments at their heads."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from typing import Any

from pln.system.resources import resource

Table = dict[str, Any]


def read(*parts: str) -> Table:
    """One of the files as it stands."""
    return tomllib.loads(resource("demo", *parts).read_text("utf-8"))


def feeds() -> list[Table]:
    """The feeds in the order of their names; "name" is that of the file, without its ending."""
    paths = sorted(resource("demo", "feeds").glob("*.toml"))
    return [{"name": path.stem, **read("feeds", path.name)} for path in paths]


def days_before(today: date, table: Table) -> date:
    """The day that "ago" or "in" stands for."""
    return today - timedelta(days=table["ago"]) if "ago" in table else today + timedelta(days=table["in"])
