"""Which fields of the model point at other records. In files a record is named by its uid, never by its number."""

from __future__ import annotations

from collections.abc import Mapping

from pln.model.article_around import Tombstone
from pln.model.changes import Noun
from pln.model.contact import Person
from pln.model.feed import Article, Feed
from pln.model.highlight import Highlight
from pln.model.interaction import Interaction
from pln.model.journal import Mention
from pln.model.marks import Mark
from pln.model.meetup import Meetup
from pln.model.share import ShareDraft, ShareRecord
from pln.model.suggestion import Response

REFERENCES: Mapping[tuple[type, str], Noun] = {
    (Person, "introduced_by"): Noun.PERSON,
    (Meetup, "people"): Noun.PERSON,
    (Mark, "person_id"): Noun.PERSON,
    (Interaction, "person_id"): Noun.PERSON,
    (Interaction, "other_id"): Noun.PERSON,
    (Interaction, "article_id"): Noun.ARTICLE,
    (Feed, "person_id"): Noun.PERSON,
    (Article, "feed_id"): Noun.FEED,
    (Article, "twin_of"): Noun.ARTICLE,
    (Highlight, "article_id"): Noun.ARTICLE,
    (Highlight, "person_id"): Noun.PERSON,
    (Tombstone, "feed_id"): Noun.FEED,
    (Mention, "person_id"): Noun.PERSON,
    (ShareDraft, "entry_id"): Noun.ENTRY,
    (ShareRecord, "entry_id"): Noun.ENTRY,
    (ShareRecord, "draft_id"): Noun.SHARE,  # the drafts; lines of the log are not pointed at
    (Response, "person_id"): Noun.PERSON,
}
LEFT_OUT = frozenset({(Mark, "meetup_id"), (Response, "key")})
"""Fields told in another way: marks stand inside their meetup, keys of steps are taken apart (see step_keys)."""
