"""The records of an export back into a store: what is there already stays as it is, everything else is added."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from pln.model.changes import Noun
from pln.model.contact import Person
from pln.model.interaction import Interaction
from pln.model.journal import Entry
from pln.model.lengths import overlong, too_long
from pln.model.marks import Mark
from pln.model.meetup import Meetup
from pln.model.share import ShareDraft, ShareRecord
from pln.model.suggestion import Response
from pln.services.whole.form import Wrong, from_plain, listing, mapping, uid_in
from pln.services.whole.put_back_reading import PutBackReading
from pln.services.whole.putting import records
from pln.services.whole.settings import settings_from_plain
from pln.services.whole.step_keys import key_from_plain


class PutBack(PutBackReading):
    """One reading, in one unit of work. Each step may raise Wrong, and names only what the steps before have put back.

    The order: people, meetups, feeds, every article, end_articles, tombstones, highlights, rules, smart_folders,
    interactions, entries, drafts, share_log, responses, settings.
    """

    def people(self, index: Mapping[str, Any]) -> None:
        """Everyone, then who introduced whom: those may stand in any order."""
        self._former(index)
        fresh, later = [], {}
        for number, data in enumerate(listing(index.get("people"), "people"), 1):
            where = f"people, number {number}"
            uid = self._new_uid(Noun.PERSON, data, where)
            record = mapping(data, where)
            person = from_plain(Person, {**record, "introduced_by": None}, where, self.id_of)
            if not person.name.strip():
                raise Wrong(where, "it has no name")
            if word := overlong(person):
                raise Wrong(where, too_long(word))
            later[uid] = (record.get("introduced_by"), where)
            if not self._known(Noun.PERSON, "people", uid, self._work.people):
                fresh.append(person)
        for person in self._work.people.add_many(fresh):
            self._count(Noun.PERSON, "people", person.uid, person.id)
        self._introduce({person.uid for person in fresh}, later)

    def _introduce(self, fresh: set[str], later: Mapping[str, tuple[Any, str]]) -> None:
        for uid, (by, where) in later.items():
            if by is None:
                continue
            introducer = self._ids.get((Noun.PERSON, uid_in(by, f"{where}, introduced_by")))
            if introducer is None:
                raise Wrong(f"{where}, introduced_by", "it names a person that is not in the file")
            person = self._work.people.by_uid(uid) if uid in fresh else None
            if person is not None:
                self._work.people.change(replace(person, introduced_by=introducer))

    def _former(self, index: Mapping[str, Any]) -> None:
        """People who were removed and whom something still names: known again, and put away again."""
        for number, data in enumerate(listing(index.get("put_away", []), "put_away"), 1):
            where = f"put_away, number {number}"
            uid = self._new_uid(Noun.PERSON, data, where)
            former = from_plain(Person, data, where, self.id_of)
            old = self._work.people.by_uid(uid)
            if old is None:
                old = self._work.people.add(former)
                self._work.people.remove(old.id)
            self._ids[Noun.PERSON, uid] = old.id

    def meetups(self, index: Mapping[str, Any]) -> None:
        for where, data in records(index, "meetups"):
            uid = self._new_uid(Noun.MEETUP, data, where)
            record = dict(data)
            written = listing(record.pop("marks", []), f"{where}, marks")
            meetup = from_plain(Meetup, record, where, self.id_of)
            marks = [self._mark(mark, f"{where}, mark {at}", meetup) for at, mark in enumerate(written, 1)]
            if not self._known(Noun.MEETUP, "meetups", uid, self._work.meetups):
                stored = self._work.meetups.add(meetup, self._today)
                self._count(Noun.MEETUP, "meetups", uid, stored.id)
                self._put_states(stored, marks)
            self._know_marks(uid)

    def _mark(self, data: Any, where: str, meetup: Meetup) -> Mark:
        uid_in(mapping(data, where).get("uid"), where)
        return from_plain(Mark, data, where, self.id_of, meetup_id=0)

    def _put_states(self, meetup: Meetup, marks: list[Mark]) -> None:
        """The note made the marks anew; they get back what is known of them beside the note."""
        for mark in marks:
            self._work.meetups.put_mark_state(
                mark.uid, mark.state, mark.closed_on, meetup_id=meetup.id, kind=mark.kind.value, text=mark.text
            )
        wanted = {mark.uid: mark.person_id for mark in marks}
        for mark in self._work.meetups.marks_of(meetup.id):
            if mark.uid in wanted and mark.person_id != wanted[mark.uid]:
                self._work.meetups.put_mark_person(mark.id, wanted[mark.uid])

    def _know_marks(self, uid: str) -> None:
        for mark in self._work.meetups.marks_of(self._ids[Noun.MEETUP, uid]):
            self._ids[Noun.MARK, mark.uid] = mark.id

    def interactions(self, index: Mapping[str, Any]) -> None:
        for where, data in records(index, "interactions"):
            uid = self._new_uid(Noun.INTERACTION, data, where)
            gift = from_plain(Interaction, data, where, self.id_of)
            if not self._known(Noun.INTERACTION, "interactions", uid, self._work.interactions):
                self._count(Noun.INTERACTION, "interactions", uid, self._work.interactions.add(gift).id)

    def entries(self, index: Mapping[str, Any]) -> None:
        for where, data in records(index, "entries"):
            uid = self._new_uid(Noun.ENTRY, data, where)
            entry = from_plain(Entry, data, where, self.id_of)
            if not self._known(Noun.ENTRY, "entries", uid, self._work.journal):
                self._count(Noun.ENTRY, "entries", uid, self._work.journal.add(entry).id)

    def drafts(self, index: Mapping[str, Any]) -> None:
        here = {draft.uid: draft.id for draft in self._work.shares.drafts()}
        for where, data in records(index, "drafts"):
            uid = self._new_uid(Noun.SHARE, data, where)
            draft = from_plain(ShareDraft, data, where, self.id_of)
            if uid in here:
                self._keep(Noun.SHARE, "drafts", uid, here[uid])
            else:
                self._count(Noun.SHARE, "drafts", uid, self._work.shares.add_draft(draft).id)

    def share_log(self, index: Mapping[str, Any]) -> None:
        """Lines have no uid of their own: one that says the same is the same."""
        here = Counter(_bare(line) for line in self._work.shares.everything())
        for where, data in records(index, "share_log"):
            line = from_plain(ShareRecord, data, where, self.id_of)
            self._once("share_log", _bare(line), here, partial(self._work.shares.log, line))

    def responses(self, index: Mapping[str, Any]) -> None:
        here = Counter(_bare(answer) for answer in self._work.responses.everything())
        for where, data in records(index, "responses"):
            record = dict(data)
            step = record.pop("step", None)
            answer = from_plain(Response, record, where, self.id_of, key="")
            answer = replace(answer, key=key_from_plain(answer.kind, step, f"{where}, step", self.id_of))
            self._once("responses", _bare(answer), here, partial(self._work.responses.add, answer))

    def settings(self, index: Mapping[str, Any]) -> None:
        """Wishes of this store stay; what was laid aside for people is united."""
        here = self._work.settings.everything()
        for key, value in settings_from_plain(index.get("settings", {}), "settings", self.id_of).items():
            new = _united(here.get(key, {}), value) if key == "kept_for" else here.get(key, value)
            if new != here.get(key):
                self._work.settings.put(key, new)
                self.added["settings"] += 1
            else:
                self.here["settings"] += 1


def _united(old: Mapping[str, list[int]], new: Mapping[str, list[int]]) -> dict[str, list[int]]:
    return {who: list(dict.fromkeys([*old.get(who, []), *new.get(who, [])])) for who in {**old, **new}}


def _bare(record: Any) -> Any:
    return replace(record, id=0)
