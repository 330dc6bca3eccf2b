"""The names in an export, and whether a folder is one."""

from __future__ import annotations

import re
from pathlib import Path

INDEX = "pln.json"
ARTICLES = "articles.jsonl"
PEOPLE = "people.vcf"
FEEDS = "feeds.opml"
MEETUPS = "meetups.ics"
JOURNAL = "journal"
HIGHLIGHTS = "highlights.md"
READ_ME = "README.txt"
SCHEMA = "schema.json"

WHAT = "everything of a PLN profile"
FORMAT = 2
"""Raised with every field that is added or changes its meaning. Reading knows this one and all before it."""

PUBLISHED = ("formats", f"pln-export-{FORMAT}.schema.json")
"""Where the schema of this format lies among the resources; every export carries a copy."""

_OURS = frozenset({INDEX, ARTICLES, PEOPLE, FEEDS, MEETUPS, HIGHLIGHTS, READ_ME, SCHEMA})
_ENTRY = re.compile(r"\d{4}-\d{2}-\d{2}-[^/]*\.md")
_HEAD = 400


def is_export(folder: Path, but: Path | None = None) -> bool:
    """Whether a folder holds an export and nothing else (`but` aside), so that a newer one may take its place."""
    return says_so(folder / INDEX) and all(_is_ours(path) for path in folder.iterdir() if path != but)


def says_so(index: Path) -> bool:
    """Whether a file begins as the index of an export does."""
    try:
        with index.open("rb") as file:
            return f'"what": "{WHAT}"'.encode() in file.read(_HEAD)
    except OSError:
        return False


def _is_ours(path: Path) -> bool:
    if path.name == JOURNAL and path.is_dir():
        return all(_ENTRY.fullmatch(entry.name) and entry.is_file() for entry in path.iterdir())
    return path.name in _OURS and path.is_file()
