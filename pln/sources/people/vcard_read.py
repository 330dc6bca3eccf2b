"""A file of vCards, whole: everyone in it, what names nobody, and what was odd about the file."""

from __future__ import annotations

from collections.abc import Mapping

from pln.model.importing import Draft, ReadFile, Skipped
from pln.sources.people.card_reader import CardReader
from pln.sources.people.cards import Card, CardSplitter
from pln.sources.people.text import Text


def read_vcards(found: Text, id_of: Mapping[str, int]) -> ReadFile:
    """Everyone in a text of vCards. id_of: uid -> id of people already known, for who introduced whom."""
    split = CardSplitter(found)
    drafts: list[Draft] = []
    skipped: list[Skipped] = []
    for card in split.cards:
        draft = CardReader(card).draft(id_of)
        if isinstance(draft, Draft):
            drafts.append(draft)
        else:
            skipped.append(draft)
    return ReadFile(
        format=_format(split.cards), drafts=tuple(drafts), skipped=tuple(skipped), warnings=_warnings(split)
    )


def _format(cards: list[Card]) -> str:
    versions = sorted({card.version for card in cards})
    return f"vCard {' and '.join(versions)}"


def _warnings(split: CardSplitter) -> tuple[str, ...]:
    told = [
        f"The card that begins on row {card.row} has no end; what was there of it was read."
        for card in split.cards
        if not card.closed
    ]
    if split.outside:
        rows = "1 row stands" if split.outside == 1 else f"{split.outside} rows stand"
        told.append(f"{rows} outside of any card and could not be read.")
    return tuple(told)
