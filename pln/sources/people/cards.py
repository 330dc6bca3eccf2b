"""A file of vCards cut into cards, each with its lines. A card within a card stays whole, as a property's value."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from pln.sources.people.lines import ContentLine, escaped, parse_line, unfold
from pln.sources.people.text import Text, settle

_BEGIN = re.compile(r"\s*BEGIN\s*:\s*VCARD\s*\Z", re.IGNORECASE)
_END = re.compile(r"\s*END\s*:\s*VCARD\s*\Z", re.IGNORECASE)
_HOLDS_CARD = re.compile(r"(?:[\w-]+\.)?AGENT[^:]*:\s*\Z", re.IGNORECASE)


@dataclass(slots=True)
class Card:
    """One card. row: of its BEGIN. odd: lines that are no property, as they stand. closed: whether it has its END."""

    row: int
    lines: list[ContentLine] = field(default_factory=list)
    odd: list[str] = field(default_factory=list)
    closed: bool = False

    @property
    def version(self) -> str:
        """ "2.1", "3.0" or "4.0"; "3.0" where the card does not say."""
        return next((line.value.strip() for line in self.lines if line.name == "VERSION"), "3.0")


class CardSplitter:
    """Cuts a text into `cards`; rows of text between cards are counted in `outside`.

    A BEGIN before the END of the last card starts a new one: the file was cut or glued, and both are kept. Only after
    an empty AGENT does it start a card within the card.
    """

    def __init__(self, found: Text) -> None:
        self.cards: list[Card] = []
        self.outside = 0
        self._stray = found.stray
        self._open: Card | None = None
        self._agent: list[str] = []
        self._depth = 0
        for row, raw in unfold(found.text):
            self._line(row, raw)
        self._end_agent(0)

    def _line(self, row: int, raw: str) -> None:
        if self._agent and (self._depth or _BEGIN.match(raw)):
            self._within_agent(row, raw)
            return
        self._end_agent(row)
        if _BEGIN.match(raw):
            self._open = Card(row)
            self.cards.append(self._open)
        elif self._open is None:
            self.outside += 1
        elif _END.match(raw):
            self._open.closed = True
            self._open = None
        elif _HOLDS_CARD.match(raw):
            self._agent = [raw.strip()]
        else:
            self._property(row, raw)

    def _within_agent(self, row: int, raw: str) -> None:
        self._agent.append(raw)
        self._depth += bool(_BEGIN.match(raw)) - bool(_END.match(raw))
        if not self._depth:
            self._end_agent(row)

    def _end_agent(self, row: int) -> None:
        """Close the card within, in the one-line form of vCard 3.0."""
        if self._agent:
            self._property(row, self._agent[0] + escaped("\n".join(self._agent[1:])))
        self._agent, self._depth = [], 0

    def _property(self, row: int, raw: str) -> None:
        if self._open is None:
            return
        line = parse_line(raw, row, self._stray)
        if line is None:
            self._open.odd.append(settle(raw, self._stray)[0])
        else:
            self._open.lines.append(line)
