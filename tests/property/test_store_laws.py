"""Laws of the store: what is read is what was written, and the search index is in step after any sequence of acts."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, multiple, rule

from pln.model.article_identity import told_apart
from pln.model.changes import Noun
from pln.model.contact import Handle, HandleKind, NamingConsent, PartialDate, Person, RhythmWish
from pln.model.errors import UsageError
from pln.model.feed import Feed, FeedState, ParsedEntry
from pln.model.journal import Entry, EntryKind, Mention
from pln.model.marks import MarkState, read_marks
from pln.model.meetup import Meetup, MeetupKind, MeetupState
from pln.store.articles import Shelf
from pln.store.folding import match_expression
from pln.store.unit_of_work import Store, Work
from store_fixtures import NOW, TODAY, assert_index_in_step, make_store, store

__all__ = ["store"]

# Halves of surrogate pairs are no text and are replaced: see test_search_index.py.
texts = st.text(st.characters(exclude_categories=("Cs",)), max_size=60)
words = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=20)
several = st.lists(texts, max_size=3).map(tuple)
days = st.dates(min_value=date(1, 1, 1))
instants = st.datetimes(timezones=st.just(UTC)).map(
    lambda moment: moment.replace(microsecond=moment.microsecond // 1000 * 1000)
)
people = st.builds(
    Person, name=texts, given=texts, family=texts, nickname=texts, pronouns=texts, org=texts, role=texts, place=texts,
    birthday=st.none() | days.map(lambda day: PartialDate(day.month, day.day, day.year))
    | st.just(PartialDate(2, 29)), note=texts, how_met=texts, met_on=texts, naming=st.sampled_from(NamingConsent),
    rhythm_wish=st.sampled_from(RhythmWish), paused_until=st.none() | days, interests=several, asks=several,
    offers=several, circles=st.lists(texts, max_size=3, unique_by=str.casefold).map(tuple),
    handles=st.lists(
        st.builds(Handle, kind=st.sampled_from(HandleKind), value=texts, label=texts), max_size=3
    ).map(tuple), extra=several, source=texts, created=instants,
)  # fmt: skip
marked = st.lists(
    st.one_of(
        words,
        words.map("[ ] me: {}".format),
        words.map("[x] Ines: {}".format),
        words.map("! {}".format),
        words.map("? {}".format),
    ),
    max_size=6,
).map("\n".join)
entries = st.builds(
    ParsedEntry, guid=texts, title=texts, url=texts, author=texts, published=st.none() | instants,
    html=texts, text=texts,
)  # fmt: skip
reused = settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None)


@reused
@given(st.lists(people, min_size=1, max_size=3))
def test_people_read_back_as_written(store: Store, new: list[Person]) -> None:
    with store.write("") as work:
        # A circle is one whatever its case: the first spelling stays, so each example begins without circles.
        for each in work.people.everyone():
            work.people.change(replace(each, circles=()))
        added = work.people.add_many(new)
    with store.read() as work:
        found = work.people.get_many([each.id for each in added])
    firsts = {name.casefold(): name for each in reversed(added) for name in reversed(each.circles)}
    same = [_as_first_spelled(each, firsts, other) for each, other in zip(added, found, strict=True)]
    assert list(found) == same
    assert [replace(each, id=0, uid="") for each in added] == new


def _as_first_spelled(person: Person, firsts: dict[str, str], found: Person) -> Person:
    """A circle may stand in another case where two of one write differ in case alone."""
    assert [name.casefold() for name in found.circles] == [name.casefold() for name in person.circles]
    assert all(name.casefold() in firsts for name in found.circles)
    return replace(person, circles=found.circles)


@reused
@given(
    st.sampled_from(MeetupKind), st.sampled_from(MeetupState), days, st.none() | st.times(),
    st.none() | st.integers(0, 10_000), texts, marked, instants,
)  # fmt: skip
def test_meetups_read_back_as_written_and_their_marks_are_those_of_the_note(
    store: Store, kind: MeetupKind, state: MeetupState, day: date, at: time | None, minutes: int | None, place: str,
    notes: str, created: datetime,
) -> None:  # fmt: skip
    with store.write("") as work:
        ines = work.people.add(Person(name="Ines Okafor"))
        stored = work.meetups.add(
            Meetup(kind=kind, state=state, day=day, at=at, minutes=minutes, place=place, notes=notes,
                   people=(ines.id,), created=created), TODAY,
        )  # fmt: skip
        assert work.meetups.get(stored.id) == stored
        marks = work.meetups.marks_of(stored.id)
    assert [(mark.kind, mark.text, mark.line) for mark in marks] == [
        (mark.kind, mark.text, mark.line) for mark in read_marks(notes)
    ]
    with store.write("") as work:  # saved again as it is: nothing moves
        work.meetups.change(stored, TODAY)
        assert work.meetups.marks_of(stored.id) == marks


@reused
@given(texts, texts, st.sampled_from(EntryKind), instants, texts)
def test_entries_read_back_as_written(
    store: Store, title: str, body: str, kind: EntryKind, created: datetime, prompt: str
) -> None:
    with store.write("") as work:
        who = work.people.add(Person(name="Ines"))
        mention = Mention(who.id, "@Ines")
        new = Entry(title=title, body=f"{body} @Ines", kind=kind, created=created, prompt=prompt, mentions=(mention,))
        stored = work.journal.add(new)
        assert work.journal.get(stored.id) == stored
        assert replace(stored, id=0, uid="", changed=None) == new
        for tag in stored.tags:
            assert stored.id in work.journal.ids_tagged(tag)


@reused
@given(texts, texts, st.sampled_from(FeedState), st.none() | instants, texts, st.integers(0, 99))
def test_feeds_read_back_as_written(
    store: Store, url: str, title: str, state: FeedState, checked: datetime | None, error: str, count: int
) -> None:
    with store.write("") as work:
        if work.feeds.by_url(url) is None:
            stored = work.feeds.add(
                Feed(url=url, title=title, state=state, checked=checked, error=error, error_count=count)
            )
            assert work.feeds.get(stored.id) == stored


@reused
@given(st.lists(entries, max_size=5))
def test_a_refresh_stores_what_was_parsed_and_the_same_again_changes_nothing(
    store: Store, found: list[ParsedEntry]
) -> None:
    with store.write("") as work:
        feed = work.feeds.add(Feed(url=f"https://example.invalid/{work.feeds.total()}"))
        wanted = {entry.guid: entry for entry in told_apart(found)}
        assert work.articles.take_in(feed.id, found) == (len(wanted), 0)
        assert work.articles.take_in(feed.id, found) == (0, 0)
        for guid, entry in wanted.items():
            article = work.articles.get(work.articles.by_guid(feed.id, guid) or 0)
            assert article is not None
            for name in ("title", "url", "author", "published", "html", "text"):
                assert getattr(article, name) == getattr(entry, name)


@reused
@given(st.text(max_size=80))
def test_no_typed_text_breaks_a_search(store: Store, typed: str) -> None:
    with store.read() as work:
        work.search.hits(typed)
        work.people.ids(typed)
        work.people.find(typed)
    assert '"' not in match_expression(typed).replace('" AND "', "").strip('"*')


TOLD = "A story of some length, which several feeds tell in the very same words."


class AnySequence(RuleBasedStateMachine):
    """Acts of all kinds in any order: adding, changing, removing, restoring, taking in, closing marks, emptying."""

    persons, meetings, feeds, pages = Bundle("persons"), Bundle("meetings"), Bundle("feeds"), Bundle("pages")

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory(prefix="pln-laws-")
        self.store = make_store(Path(self.folder.name) / "store.db")
        self.used: set[tuple[Noun, int]] = set()

    def teardown(self) -> None:
        try:
            assert_index_in_step(self.store)
        finally:
            self.store.close()
            self.folder.cleanup()

    @invariant()
    def sound(self) -> None:
        with self.store.read() as work:
            assert work.search.missing() == []
            assert _run(work, _WRONG_TWINS) == []
            assert _run(work, "SELECT 1 FROM article_version GROUP BY article_id HAVING count(*) > 24") == []
            shown = {each for row in work.articles.ids(Shelf()) for each in work.articles.sources(row)}
            assert shown == set(work.articles.every_id())

    @initialize(target=persons)
    def first_person(self) -> int:
        return self.add_person("Ines Okafor")

    @initialize(target=feeds)
    def first_feed(self) -> int:
        return self.subscribe(0)

    @initialize(target=pages)
    def first_entry(self) -> int:
        return self.write("quince")

    @rule(target=persons, name=words)
    def add_person(self, name: str) -> int:
        with self.store.write("") as work:
            return self._new(Noun.PERSON, work.people.add(Person(name=name, interests=(name,), circles=(name,))).id)

    @rule(who=persons, name=words)
    def rename(self, who: int, name: str) -> None:
        with self.store.write("") as work:
            old = work.people.get(who)
            if old is not None:
                work.people.change(replace(old, name=name))

    @rule(target=meetings, who=persons, notes=marked)
    def meet(self, who: int, notes: str) -> object:
        with self.store.write("") as work:
            if work.people.get(who) is None:
                return multiple()
            new = Meetup(kind=MeetupKind.TEA, day=TODAY, people=(who,), notes=notes)
            return self._new(Noun.MEETUP, work.meetups.add(new, TODAY).id)

    @rule(which=meetings, notes=marked)
    def edit(self, which: int, notes: str) -> None:
        with self.store.write("") as work:
            old = work.meetups.get(which)
            if old is not None:
                work.meetups.change(replace(old, notes=notes), TODAY)

    @rule(which=meetings, state=st.sampled_from(MarkState))
    def close(self, which: int, state: MarkState) -> None:
        with self.store.write("") as work:
            for mark in work.meetups.marks_of(which):
                work.meetups.close_mark(mark.id, state, TODAY)
                after = work.meetups.get(which)
                assert after is not None
                if mark.kind.is_promise:
                    written = {each.line: each.done for each in read_marks(after.notes)}
                    assert written[mark.line] is (state is MarkState.DONE)

    @rule(target=feeds, number=st.integers(0, 3))
    def subscribe(self, number: int) -> int:
        with self.store.write("") as work:
            return work.feeds.add(Feed(url=f"https://example.invalid/{number}", title=str(number))).id

    @rule(which=feeds, found=st.lists(entries, max_size=3))
    def take_in(self, which: int, found: list[ParsedEntry]) -> None:
        with self.store.write("") as work:
            work.articles.take_in(which, found)

    @rule(which=feeds, number=st.integers(0, 2), wording=st.sampled_from(["quince", "pear", TOLD]))
    def tell(self, which: int, number: int, wording: str) -> None:
        """A story that other feeds tell too, in changing words and under changing ids."""
        entry = ParsedEntry(
            guid=f"{number} {len(wording)}", title=f"Story {number}", url=f"https://s.example.invalid/{number}",
            author="", published=NOW, html="", text=wording,
        )  # fmt: skip
        with self.store.write("") as work:
            graves = _graves(work)
            assert work.articles.take_in(which, [entry])[0] <= 1
            assert not graves & {(row.feed_id, row.guid) for row in _run(work, "SELECT feed_id, guid FROM article")}

    @rule(number=st.integers(0, 9), back=st.booleans())
    def put_article_away(self, number: int, back: bool) -> None:
        with self.store.write("") as work:
            ids = [row.id for row in _run(work, "SELECT id FROM article ORDER BY id")][number : number + 1]
            work.articles.restore(ids) if back else work.articles.remove(ids)

    @rule(number=st.integers(0, 9), read=st.booleans())
    def read_article(self, number: int, read: bool) -> None:
        with self.store.write("") as work:
            ids = work.articles.every_id()[number : number + 1]
            work.articles.set_read(ids, NOW if read else None)

    @rule(target=pages, body=words)
    def write(self, body: str) -> int:
        with self.store.write("") as work:
            return self._new(Noun.ENTRY, work.journal.add(Entry(title="", body=body)).id)

    @rule(which=pages, body=words)
    def autosave(self, which: int, body: str) -> None:
        try:
            with self.store.write("") as work:
                work.journal.change(Entry(id=which, title="", body=body))
        except UsageError:
            with self.store.read() as work:
                assert work.journal.get(which) is None

    @rule(who=persons, back=st.booleans())
    def put_person_away(self, who: int, back: bool) -> None:
        with self.store.write("") as work:
            work.people.restore(who) if back else work.people.remove(who)

    @rule(which=meetings, back=st.booleans())
    def put_meetup_away(self, which: int, back: bool) -> None:
        with self.store.write("") as work:
            work.meetups.restore(which) if back else work.meetups.remove(which)

    @rule(which=feeds, back=st.booleans())
    def put_feed_away(self, which: int, back: bool) -> None:
        with self.store.write("") as work:
            work.feeds.restore(which) if back else work.feeds.remove(which)

    @rule(which=pages, back=st.booleans())
    def put_entry_away(self, which: int, back: bool) -> None:
        with self.store.write("") as work:
            work.journal.restore(which) if back else work.journal.remove(which)

    @rule(which=meetings, notes=marked)
    def put_away_while_it_is_edited(self, which: int, notes: str) -> None:
        self.put_meetup_away(which, back=False)
        self.edit(which, notes)
        self.close(which, MarkState.DONE)

    @rule(which=feeds, found=st.lists(entries, min_size=1, max_size=3))
    def put_away_while_it_is_fetched(self, which: int, found: list[ParsedEntry]) -> None:
        self.put_feed_away(which, back=False)
        self.take_in(which, found)

    @rule(which=pages, body=words)
    def put_away_while_it_is_written(self, which: int, body: str) -> None:
        self.put_entry_away(which, back=False)
        self.autosave(which, body)

    @rule(who=persons, name=words)
    def put_away_while_it_is_renamed(self, who: int, name: str) -> None:
        self.put_person_away(who, back=False)
        self.rename(who, name)

    @rule(sure=st.integers(0, 4))
    def empty_the_trash(self, sure: int) -> None:
        if sure == 0:  # seldom, or nothing would be left to restore
            with self.store.write("") as work:
                work.trash.empty(NOW + timedelta(days=1))

    @rule(name=words)
    def fail(self, name: str) -> None:
        with pytest.raises(ZeroDivisionError), self.store.write("") as work:
            work.people.add(Person(name=name))
            _remove_everything(work)
            1 / 0  # noqa: B018

    def _new(self, noun: Noun, record: int) -> int:
        assert (noun, record) not in self.used, "an id was used again"
        self.used.add((noun, record))
        return record


_WRONG_TWINS = """
    SELECT t.id FROM article t JOIN feed f ON f.id = t.feed_id
    LEFT JOIN article h ON h.id = t.twin_of LEFT JOIN feed g ON g.id = h.feed_id
    WHERE t.twin_of IS NOT NULL AND (
        h.id IS NULL OR h.twin_of IS NOT NULL OR h.removed_at IS NOT NULL OR g.removed_at IS NOT NULL
        OR t.removed_at IS NOT NULL OR f.removed_at IS NOT NULL OR (h.read_at IS NULL) != (t.read_at IS NULL))
"""


def _run(work: Work, query: str) -> list[Any]:
    return list(work.people.connection.exec_driver_sql(query).all())


def _graves(work: Work) -> set[tuple[int, str]]:
    return {(row.feed_id, row.guid) for row in _run(work, "SELECT feed_id, guid FROM tombstone")}


def _remove_everything(work: Work) -> None:
    for repository, ids in ((work.people, work.people.ids()), (work.journal, work.journal.ids())):
        for record in ids:
            repository.remove(record)  # type: ignore[attr-defined]
    work.articles.set_read(work.articles.ids(Shelf()), NOW)


TestAnySequence = AnySequence.TestCase
TestAnySequence.settings = settings(max_examples=40, stateful_step_count=30, deadline=None)


@pytest.mark.long
class TestAnySequenceInFull(AnySequence.TestCase):
    settings = settings(max_examples=300, stateful_step_count=50, deadline=None)
