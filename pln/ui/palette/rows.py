"""What the palette offers for a typed text: commands that match and records that a search found."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from pln.model.changes import Noun
from pln.model.search import Hit
from pln.ui.commands import Command, CommandId, Registry

_PER_GROUP = 6
_USEFUL = (
    CommandId.MEETUP_LOG, CommandId.JOURNAL_WRITE, CommandId.PERSON_ADD, CommandId.READING_REFRESH,
    CommandId.GO_TODAY, CommandId.GO_PEOPLE, CommandId.GO_READING, CommandId.HELP_SHORTCUTS,
)  # fmt: skip


class Group(StrEnum):
    """In the order of showing."""

    PEOPLE = "people"
    MEETUPS = "meetups"
    ARTICLES = "articles"
    HIGHLIGHTS = "highlights"
    JOURNAL = "journal"
    COMMANDS = "commands"


_GROUP_OF = {
    Noun.PERSON: Group.PEOPLE,
    Noun.CIRCLE: Group.PEOPLE,
    Noun.MEETUP: Group.MEETUPS,
    Noun.MARK: Group.MEETUPS,
    Noun.INTERACTION: Group.MEETUPS,
    Noun.FEED: Group.ARTICLES,
    Noun.ARTICLE: Group.ARTICLES,
    Noun.HIGHLIGHT: Group.HIGHLIGHTS,
    Noun.ENTRY: Group.JOURNAL,
    Noun.SHARE: Group.JOURNAL,
}


class SearchSource(Protocol):
    """Searches off the UI thread and calls `reply` on it with the hits, the best first. Later asks may overtake."""

    def ask(self, text: str, reply: Callable[[Sequence[Hit]], None]) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class PaletteRow:
    """A line of the palette and what choosing it does."""

    group: Group
    title: str
    run: Callable[[], object]
    detail: str = ""
    hint: str = ""
    icon: str = ""
    person: bool = False


def command_rows(registry: Registry, text: str) -> list[PaletteRow]:
    """Commands that fit the text, the best first; for no text the recent and the most useful ones."""
    if not text.strip():
        return [_command_row(registry, command) for command in _first_commands(registry)]
    fitting = [(fit(text, f"{command.title} {command.words}"), command) for command in registry.all() if command.when()]
    ranked = sorted((pair for pair in fitting if pair[0] is not None), key=lambda pair: pair[0] or 0)
    return [_command_row(registry, command) for _place, command in ranked[:_PER_GROUP]]


def hit_rows(hits: Iterable[Hit], open_hit: Callable[[Hit], object]) -> list[PaletteRow]:
    """Found records by group, at most six of each, in the order of the search."""
    rows: list[PaletteRow] = []
    for hit in hits:
        group = _GROUP_OF.get(hit.ref.noun)
        if group is not None and sum(row.group is group for row in rows) < _PER_GROUP:
            rows.append(_hit_row(hit, group, open_hit))
    order = list(Group)
    return sorted(rows, key=lambda row: order.index(row.group))


def fit(text: str, words: str) -> int | None:
    """How well typed words fit: each must begin a word. 0 is best (in order from the start); None for no fit."""
    wanted, given = _folded(text).split(), _folded(words).split()
    places = [next((n for n, word in enumerate(given) if word.startswith(part)), None) for part in wanted]
    if not wanted or any(place is None for place in places):
        return None
    found = [place for place in places if place is not None]
    return found[0] + (0 if found == sorted(found) else 10)


def _first_commands(registry: Registry) -> list[Command]:
    useful = [command for known in _USEFUL if (command := registry.get(known)) is not None]
    both = dict.fromkeys(command.id for command in (*registry.recent(), *useful))
    chosen = (registry.get(known) for known in both)
    return [command for command in chosen if command is not None and command.when()][:8]


def _command_row(registry: Registry, command: Command) -> PaletteRow:
    return PaletteRow(
        group=Group.COMMANDS,
        title=command.title,
        hint=next(iter(command.shortcuts()), ""),
        icon=command.icon or "command",
        run=lambda: registry.run(command.id),
    )


def _hit_row(hit: Hit, group: Group, open_hit: Callable[[Hit], object]) -> PaletteRow:
    icons = {Group.MEETUPS: "coffee", Group.ARTICLES: "book-open", Group.JOURNAL: "feather", Group.PEOPLE: "users"}
    icons[Group.HIGHLIGHTS] = "highlighter"
    return PaletteRow(
        group=group,
        title=hit.title,
        detail=hit.snippet,
        hint=hit.when,
        icon=icons[group],
        person=hit.ref.noun is Noun.PERSON,
        run=lambda: open_hit(hit),
    )


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in plain if not unicodedata.combining(char))
