"""What a commit touched, so that views know what to redraw."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Noun(StrEnum):
    """A kind of record. Used in references, changes, search and export."""

    PERSON = "person"
    CIRCLE = "circle"
    MEETUP = "meetup"
    MARK = "mark"
    INTERACTION = "interaction"
    FEED = "feed"
    ARTICLE = "article"
    HIGHLIGHT = "highlight"
    RULE = "rule"
    SMART_FOLDER = "smart_folder"
    ENTRY = "entry"
    SHARE = "share"
    RESPONSE = "response"
    SETTING = "setting"


@dataclass(frozen=True, slots=True)
class Ref:
    """Points at one record of the store."""

    noun: Noun
    id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeSet:
    """The records that one commit touched.

    origin: who asked ("people-page", "cli"); a view skips the echo of its own change.
    refs: the records touched; for bulk work (`bulk=True`) only their nouns count and refs may be incomplete.
    """

    origin: str
    refs: frozenset[Ref]
    bulk_nouns: frozenset[Noun] = frozenset()

    def touches(self, *nouns: Noun) -> bool:
        """True where any record of one of these kinds was touched."""
        return any(ref.noun in nouns for ref in self.refs) or any(noun in nouns for noun in self.bulk_nouns)

    def ids(self, noun: Noun) -> frozenset[int]:
        """Ids of the touched records of one kind (not those of bulk work)."""
        return frozenset(ref.id for ref in self.refs if ref.noun is noun)

    @property
    def empty(self) -> bool:
        return not self.refs and not self.bulk_nouns
