"""Everything of a store as the records of an export."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from pln.model.changes import Noun
from pln.model.contact import Person
from pln.model.feed import Feed
from pln.model.highlight import Highlight
from pln.model.interaction import Interaction
from pln.model.journal import Entry
from pln.model.marks import Mark
from pln.model.meetup import Meetup
from pln.model.reading_rules import Rule
from pln.model.share import ShareDraft
from pln.model.smart_folders import SmartFolder
from pln.model.suggestion import Response
from pln.services.whole.form import to_plain
from pln.services.whole.settings import settings_to_plain
from pln.services.whole.step_keys import key_to_plain
from pln.store.unit_of_work import Work


class Gathered:
    """One state of the store. Articles are read one by one, so that their texts need not fit into memory.

    put_away: people who were removed, but whom something that is still there names. feeds_put_away: feeds that were
    removed, but in which a passage is marked. without_journal: it is locked,
    so neither it nor the copies made of it are among all this.
    """

    def __init__(self, work: Work) -> None:
        self._work = work
        self.without_journal: bool = work.journal_locked
        self.people: tuple[Person, ...] = work.people.everyone()
        self.meetups: tuple[Meetup, ...] = work.meetups.everything()
        self.marks: dict[int, tuple[Mark, ...]] = work.meetups.marks_of_many([each.id for each in self.meetups])
        self.interactions: tuple[Interaction, ...] = work.interactions.everything()
        self.feeds: tuple[Feed, ...] = work.feeds.everything()
        self.entries: tuple[Entry, ...] = work.journal.everything()
        self.drafts: tuple[ShareDraft, ...] = work.shares.drafts()
        self.responses: tuple[Response, ...] = work.responses.everything()
        self.feeds_put_away: tuple[Feed, ...] = tuple(
            feed for each in work.around.feeds_put_away() if (feed := work.feeds.get(each)) is not None
        )
        self.highlights: tuple[Highlight, ...] = work.highlights.everything()
        self.rules: tuple[Rule, ...] = work.rules.everything()
        self.smart_folders: tuple[SmartFolder, ...] = work.smart_folders.everything()
        self._articles: dict[int, str] = work.around.uids()
        self.article_ids: tuple[int, ...] = tuple(self._articles)
        self.put_away: tuple[Person, ...] = self._put_away()
        self._uids = self._known_uids()

    def articles(self) -> Iterator[dict[str, Any]]:
        """Every article, oldest first, with what hangs on it."""
        for record in self.article_ids:
            article = self._work.articles.get(record)
            if article is not None:
                around = self._work.around.of(record)
                told = to_plain(replace(article, tags=around.tags), self.uid_of)
                yield told | {
                    "versions": [to_plain(each, self.uid_of) for each in around.versions],
                    "page": None if around.page is None else to_plain(around.page, self.uid_of),
                    "pictures": [to_plain(each, self.uid_of) for each in around.pictures],
                }

    def index(self) -> dict[str, Any]:
        """All records but the articles."""
        return {
            "people": [to_plain(each, self.uid_of) for each in self.people],
            "put_away": [{"uid": each.uid, "name": each.name} for each in self.put_away],
            "circles": self._circles(),
            "meetups": [self._meetup(each) for each in self.meetups],
            "interactions": [to_plain(each, self.uid_of) for each in self.interactions],
            "feeds": [to_plain(each, self.uid_of) for each in self.feeds],
            "feeds_put_away": [to_plain(each, self.uid_of) for each in self.feeds_put_away],
            "articles_put_away": list(self._work.around.put_away()),
            "tombstones": [to_plain(each, self.uid_of) for each in self._work.around.tombstones()],
            "highlights": [to_plain(each, self.uid_of) for each in self.highlights],
            "rules": [to_plain(each, self.uid_of) for each in self.rules],
            "smart_folders": [to_plain(each, self.uid_of) for each in self.smart_folders],
            "entries": [to_plain(each, self.uid_of) for each in self.entries],
            "drafts": [to_plain(each, self.uid_of) for each in self.drafts],
            "share_log": [to_plain(each, self.uid_of) for each in self._work.shares.everything()],
            "responses": list(self._answers()),
            "settings": settings_to_plain(self._work.settings.everything(), self.uid_of),
        }

    def uid_of(self, noun: Noun, record: int) -> str | None:
        return self._uids.get((noun, record))

    def names(self) -> dict[int, str]:
        return {each.id: each.name for each in (*self.people, *self.put_away)}

    def _meetup(self, meetup: Meetup) -> dict[str, Any]:
        return {
            **to_plain(meetup, self.uid_of),
            "marks": [to_plain(mark, self.uid_of) for mark in self.marks[meetup.id]],
        }

    def _circles(self) -> list[dict[str, Any]]:
        members: dict[str, list[str]] = {}
        for person in self.people:
            for name in person.circles:
                members.setdefault(name, []).append(person.uid)
        return [{"name": name, "people": members[name]} for name in sorted(members)]

    def _answers(self) -> Iterator[dict[str, Any]]:
        """What was said of steps; not of people who are gone for good."""
        for each in self.responses:
            if self.uid_of(Noun.PERSON, each.person_id) is not None:
                yield {**to_plain(each, self.uid_of), "step": key_to_plain(each.kind, each.key, self.uid_of)}

    def _put_away(self) -> tuple[Person, ...]:
        live = {person.id for person in self.people}
        named = dict.fromkeys(who for who in self._named() if who is not None and who not in live)
        return self._work.people.get_many(list(named))

    def _named(self) -> Iterable[int | None]:
        yield from (person.introduced_by for person in self.people)
        for meetup in self.meetups:
            yield from meetup.people
            yield from (mark.person_id for mark in self.marks[meetup.id])
        for gift in self.interactions:
            yield from (gift.person_id, gift.other_id)
        yield from (feed.person_id for feed in (*self.feeds, *self.feeds_put_away))
        yield from (each.person_id for each in self.highlights)
        yield from (mention.person_id for entry in self.entries for mention in entry.mentions)
        yield from (answer.person_id for answer in self.responses)

    def _known_uids(self) -> dict[tuple[Noun, int], str]:
        uids: dict[tuple[Noun, int], str] = {}
        for noun, records in (
            (Noun.PERSON, (*self.people, *self.put_away)), (Noun.MEETUP, self.meetups),
            (Noun.FEED, (*self.feeds, *self.feeds_put_away)),
            (Noun.INTERACTION, self.interactions), (Noun.ENTRY, self.entries), (Noun.SHARE, self.drafts),
            (Noun.MARK, tuple(mark for marks in self.marks.values() for mark in marks)),
        ):  # fmt: skip
            uids.update({(noun, each.id): each.uid for each in records})
        uids.update({(Noun.ARTICLE, record): uid for record, uid in self._articles.items()})
        return uids
