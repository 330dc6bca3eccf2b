"""Journal entries as Markdown files with front matter, for any program that reads such folders."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping

from pln.model.journal import Entry

_LONGEST_SLUG = 40


def journal_files(entries: Iterable[Entry], names: Mapping[int, str]) -> Iterator[tuple[str, bytes]]:
    """(file name, content) of each entry; names differ also where letters' case counts for nothing."""
    taken: set[str] = set()
    for entry in entries:
        name = _free(_stem(entry), taken)
        taken.add(name.casefold())
        yield f"{name}.md", _text(entry, names).encode("utf-8", "replace")


def _stem(entry: Entry) -> str:
    day = entry.created.date().isoformat() if entry.created else "0000-00-00"
    uid = re.sub(r"[^A-Za-z0-9]", "", entry.uid)[:8]
    return "-".join(part for part in (day, _slug(entry.title), uid) if part)


def _slug(title: str) -> str:
    """The title's letters of any script, small, joined by hyphens."""
    words = re.findall(r"[^\W_]+", unicodedata.normalize("NFC", title.casefold()))
    return "-".join(words)[:_LONGEST_SLUG].strip("-")


def _free(stem: str, taken: set[str]) -> str:
    number, free = 1, stem
    while free.casefold() in taken:
        number += 1
        free = f"{stem}-{number}"
    return free


def _text(entry: Entry, names: Mapping[int, str]) -> str:
    """JSON's texts and lists are YAML's as well."""
    people = list(dict.fromkeys(names[each.person_id] for each in entry.mentions if each.person_id in names))
    head = {
        "title": entry.title,
        "created": entry.created.isoformat() if entry.created else "",
        "changed": entry.changed.isoformat() if entry.changed else "",
        "kind": entry.kind.value,
        "prompt": entry.prompt,
        "people": people,
        "tags": list(entry.tags),
        "uid": entry.uid,
    }
    told = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in head.items() if value]
    return "\n".join(["---", *told, "---", "", entry.body]) + ("" if entry.body.endswith("\n") else "\n")
