"""Everything that a store holds comes back from an export, field by field."""

from __future__ import annotations

import ast
import itertools
import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from architecture.source_tree import modules
from export_schema import faults_of
from pln.model.article_around import ArticleAround, EarlierWords, PageText, Tombstone
from pln.model.changes import Noun, Ref
from pln.model.contact import Handle, HandleKind, NamingConsent, PartialDate, Person, RhythmWish
from pln.model.feed import Article, Attachment, Feed, FeedState, PictureLink
from pln.model.highlight import Highlight, HighlightKind
from pln.model.interaction import Interaction, InteractionKind
from pln.model.journal import Entry, EntryKind, Mention
from pln.model.marks import Mark, MarkState
from pln.model.meetup import Meetup, MeetupKind, MeetupState
from pln.model.reading_rules import Act, Condition, Rule
from pln.model.share import DestinationKind, ShareDraft, ShareRecord, ShareState
from pln.model.smart_folders import SmartFolder
from pln.model.suggestion import Response, StepKind, Verdict
from pln.services.context import Context
from pln.services.exporting import export_all
from pln.services.preferences import Preferences, _plain
from pln.services.reading_back import import_all
from pln.services.whole.files import ARTICLES, INDEX
from pln.services.whole.form import from_plain, to_plain, told_fields
from pln.services.whole.references import LEFT_OUT, REFERENCES
from pln.services.whole.settings import SHAPES
from pln.services.whole.step_keys import PARTS
from pln.sources.sanitize import prepare
from pln.store.unit_of_work import Work
from pln.system.clock import FixedClock
from pln.system.paths import Profile
from store_fixtures import TODAY, make_store

WORD = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
NAME = WORD.map(lambda text: " ".join(text.split())).filter(bool)
WORDS = st.lists(NAME, unique_by=str.casefold, max_size=3).map(tuple)
DAY = st.dates(date(1990, 1, 1), date(2080, 1, 1))
MOMENT = st.integers(600_000_000_000, 3_500_000_000_000).map(
    lambda milliseconds: datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=milliseconds)
)
AT = st.none() | st.times().map(lambda at: at.replace(microsecond=0))
PARTIAL = st.builds(lambda day, known: PartialDate(day.month, day.day, day.year if known else None), DAY, st.booleans())
LINE = st.one_of(
    WORD,
    st.builds("[ ] me: {}".format, NAME),
    st.builds("[x] me: {}".format, NAME),
    st.builds("[ ] {}: {}".format, st.sampled_from(["Anna", "Bilal", "nobody"]), NAME),
    st.builds("! {}".format, NAME),
    st.builds("? {}".format, NAME),
)
NOTES = st.lists(LINE, max_size=5).map("\n".join)

PERSON = st.builds(
    Person, name=NAME | st.sampled_from(["Anna", "Bilal"]), given=WORD, family=WORD, nickname=WORD, pronouns=WORD,
    org=WORD, role=WORD, place=WORD, birthday=st.none() | PARTIAL, note=WORD, how_met=WORD, met_on=WORD,
    naming=st.sampled_from(NamingConsent), rhythm_wish=st.sampled_from(RhythmWish), paused_until=st.none() | DAY,
    interests=WORDS, asks=WORDS, offers=WORDS, circles=WORDS, extra=WORDS, source=WORD, created=MOMENT,
    handles=st.lists(
        st.builds(Handle, kind=st.sampled_from(HandleKind), value=NAME, label=WORD), unique=True, max_size=3
    ).map(tuple),
)  # fmt: skip
MEETUP = st.builds(
    Meetup, kind=st.sampled_from(MeetupKind), day=DAY, state=st.sampled_from(MeetupState), at=AT,
    minutes=st.none() | st.integers(0, 900), place=WORD, notes=NOTES, created=MOMENT,
)  # fmt: skip
FEED = st.builds(
    Feed, url=st.integers(0, 10**9).map("https://example.org/{}.xml".format), title=WORD,
    site_url=st.just("https://example.org/"), folder=WORD, state=st.sampled_from(FeedState), etag=WORD,
    last_modified=WORD, body_hash=WORD, checked=st.none() | MOMENT, next_check=st.none() | MOMENT, error=WORD,
    error_count=st.integers(0, 99), added=MOMENT, validators_since=st.none() | MOMENT, moving_to=WORD,
    moving_since=st.none() | MOMENT, interval_minutes=st.none() | st.integers(1, 9999),
    ttl_minutes=st.none() | st.integers(1, 9999), login=WORD, full_text=st.booleans(), pictures=st.booleans(),
    notify=st.booleans(), keep_days=st.none() | st.integers(1, 999), keep_count=st.none() | st.integers(1, 999),
    tags=WORDS,
)  # fmt: skip
HTML = WORD.map(lambda text: prepare(f"<p>{text}", "").html)
ARTICLE = st.builds(
    Article, feed_id=st.just(0), guid=NAME, title=WORD, url=st.just("https://example.org/a"), author=WORD,
    published=st.none() | MOMENT, received=MOMENT, text=WORD,
    html=HTML, read_at=st.none() | MOMENT, starred_at=st.none() | MOMENT, later_at=st.none() | MOMENT,
    read_to=st.integers(0, 1000), words=st.integers(0, 9999), edited_at=st.none() | MOMENT,
    attached=st.lists(
        st.builds(Attachment, url=st.just("https://example.org/a.ogg"), kind=WORD, size=st.integers(0, 9**9)),
        max_size=2,
    ).map(tuple),
)  # fmt: skip
AROUND = st.builds(
    ArticleAround,
    versions=st.lists(st.builds(EarlierWords, at=MOMENT, title=WORD, html=HTML, text=WORD), max_size=2).map(tuple),
    page=st.none() | st.builds(PageText, at=MOMENT, html=HTML, text=WORD), tags=WORDS,
    pictures=st.lists(
        st.builds(PictureLink, key=st.sampled_from("abc"), url=st.just("https://example.org/a.png")),
        max_size=2, unique_by=lambda each: each.key,
    ).map(tuple),
)  # fmt: skip
HIGHLIGHT = st.builds(
    Highlight, article_id=st.just(0), quote=NAME, kind=st.sampled_from(HighlightKind), before=WORD, after=WORD,
    start=st.integers(0, 10**6), note=WORD, created=MOMENT, closed_on=st.none() | DAY,
)  # fmt: skip
RULE = st.builds(
    Rule, name=NAME, enabled=st.booleans(), folder=NAME, feed_tag=WORD, tags=WORDS, mute_words=st.booleans(),
    conditions=st.lists(st.builds(Condition, words=WORDS.filter(bool), unless=st.booleans()), max_size=2).map(tuple),
    acts=st.lists(st.sampled_from([act for act in Act if act is not Act.TAG]), min_size=1, unique=True).map(tuple),
)  # fmt: skip
FOLDER = st.builds(
    SmartFolder, name=NAME, words=WORD, unread=st.booleans(), starred=st.booleans(), later=st.booleans(), tag=WORD,
    folder=WORD, days=st.none() | st.integers(1, 999),
)  # fmt: skip
ENTRY = st.builds(
    Entry, title=WORD, body=WORD, kind=st.sampled_from(EntryKind), created=MOMENT, changed=MOMENT, prompt=WORD
)
LINE_OF_LOG = st.builds(
    ShareRecord, uid=st.sampled_from(["aa", "bb"]), kind=st.sampled_from(DestinationKind),
    state=st.sampled_from(ShareState), at=MOMENT, target=WORD, audience=WORD, text=WORD, sha256=WORD, names_kept=WORDS,
    error=WORD,
)  # fmt: skip
PREFERENCES = st.builds(
    Preferences, purpose=WORD, own_interests=WORDS, paused_until=st.none() | DAY, resumed_on=st.none() | DAY,
    sharing=st.booleans(), share_folder=WORD, guidelines=WORD, cool_off_minutes=st.integers(0, 1440),
    lock_minutes=st.integers(0, 240), lock_asks_words=st.booleans(),
    refresh_minutes=st.integers(5, 1440), welcomed=st.booleans(),
)  # fmt: skip


@contextmanager
def open_context(folder: Path) -> Iterator[Context]:
    numbers = itertools.count(1)  # two stores never make the same uid
    store = make_store(folder / "store.db", new_uid=lambda: f"{folder.name}{next(numbers):031x}")
    ctx = Context(store=store, profile=Profile(folder), clock=FixedClock.on(TODAY))
    try:
        yield ctx
        assert store.check() == ()
    finally:
        ctx.close()


def fill(work: Work, draw: Any) -> None:
    """Random records of every kind, pointing at one another; some people are removed afterwards."""

    def some(strategy: st.SearchStrategy[Any], most: int = 3) -> list[Any]:
        return draw(st.lists(strategy, max_size=most))

    def one(ids: list[int]) -> int | None:
        return draw(st.none() | st.sampled_from(ids)) if ids else None

    people = [work.people.add(person).id for person in some(PERSON, 4)]
    for who in people:
        person = work.people.get(who)
        assert person is not None
        by = one([other for other in people if other != who])
        work.people.change(replace(person, introduced_by=by))
    meetups, marks = [], []
    for meetup in some(MEETUP) if people else []:
        company = tuple(draw(st.lists(st.sampled_from(people), min_size=1, max_size=3, unique=True)))
        stored = work.meetups.add(replace(meetup, people=company), TODAY)
        meetups.append(stored.id)
        for mark in work.meetups.marks_of(stored.id):
            marks.append(mark.id)
            work.meetups.close_mark(mark.id, draw(st.sampled_from(MarkState)), draw(DAY))
    feeds = [work.feeds.add(replace(each, person_id=one(people))).id for each in some(FEED)]
    articles = []
    for article in some(ARTICLE) if feeds else []:
        home = draw(st.sampled_from(feeds))
        if work.articles.by_guid(home, article.guid) is None:
            articles.append(work.articles.add(replace(article, feed_id=home)).id)
            work.around.put(articles[-1], draw(AROUND))
            work.articles.reindex(articles[-1:])
    for record in draw(st.lists(st.sampled_from(articles), unique=True, max_size=2)) if len(articles) > 1 else []:
        work.around.put_twin(record, draw(st.sampled_from([other for other in articles if other != record])))
    for mark in some(HIGHLIGHT) if articles else []:
        work.highlights.add(replace(mark, article_id=draw(st.sampled_from(articles)), person_id=one(people)))
    for guid in draw(st.sets(NAME, max_size=2)) if feeds else ():
        work.around.bury(
            Tombstone(feed_id=draw(st.sampled_from(feeds)), guid=f"gone {guid}", link_key=guid, at=draw(MOMENT))
        )
    for rule in some(RULE, 2):
        work.rules.put(replace(rule, feed=draw(st.sampled_from(["", *(work.feeds.get(each).uid for each in feeds)]))))  # type: ignore[union-attr]
    for folder in some(FOLDER, 2):
        work.smart_folders.put(folder)
    for _ in range(draw(st.integers(0, 3)) if people else 0):
        work.interactions.add(
            Interaction(
                kind=draw(st.sampled_from(InteractionKind)), person_id=draw(st.sampled_from(people)), day=draw(DAY),
                article_id=one(articles), other_id=one(people), note=draw(WORD), created=draw(MOMENT),
            )
        )  # fmt: skip
    entries = []
    for entry in some(ENTRY):
        who, about = one(people), one(meetups)
        body = f"{entry.body} @you #tag"
        entries.append(
            work.journal.add(
                replace(
                    entry, body=body, mentions=(Mention(who, "@you"),) if who else (),
                    about=Ref(Noun.MEETUP, about) if about else None,
                )
            ).id
        )  # fmt: skip
    drafts = [
        work.shares.add_draft(
            ShareDraft(title=draw(WORD), body=draw(WORD), entry_id=one(entries), created=draw(MOMENT))
        ).id
        for _ in range(draw(st.integers(0, 2)))
    ]
    for line in some(LINE_OF_LOG):
        work.shares.log(replace(line, entry_id=one(entries), draft_id=one(drafts)))
    ids = {Noun.PERSON: people, Noun.MEETUP: meetups, Noun.ARTICLE: articles, Noun.MARK: marks}
    for kind in draw(st.lists(st.sampled_from(StepKind), max_size=4)) if people else []:
        parts = [str(one(ids[noun]) or 0) if noun else "2026" for noun in PARTS[kind]]
        if kind is StepKind.INTRODUCTION:
            parts.sort(key=int)
        work.responses.add(
            Response(
                key=":".join([kind, *parts]), kind=kind, person_id=draw(st.sampled_from(people)),
                verdict=draw(st.sampled_from(Verdict)), at=draw(MOMENT), until=draw(st.none() | DAY),
            )
        )  # fmt: skip
    work.settings.put("preferences", _plain(draw(PREFERENCES)))
    work.settings.put("recent_prompts", list(draw(WORDS)))
    if people and articles:
        work.settings.put("kept_for", {str(people[0]): articles})
    for who in draw(st.lists(st.sampled_from(people), unique=True, max_size=2)) if people else []:
        work.people.remove(who)


def told(folder: Path) -> Any:
    """All records of an export, in an order of their own; who wrote it and when aside."""
    index = json.loads((folder / INDEX).read_text("utf-8"))
    del index["made"]
    index["articles"] = [json.loads(line) for line in (folder / ARTICLES).read_bytes().splitlines()]
    return _sorted(index)


def _sorted(value: Any, key: str = "") -> Any:
    if isinstance(value, dict):
        return {name: _sorted(each, name) for name, each in sorted(value.items())}
    if isinstance(value, list):
        items = [_sorted(each) for each in value]
        is_record = any(isinstance(each, dict) and key != "handles" for each in items)
        return sorted(items, key=lambda each: json.dumps(each, sort_keys=True)) if is_record else items
    return value


@settings(max_examples=25)
@given(st.data())
def test_what_is_read_back_exports_the_same(data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as place:
        root = Path(place)
        for name in ("a", "b"):
            (root / name).mkdir()
        with open_context(root / "a") as ctx:
            with ctx.write("") as work:
                fill(work, data.draw)
            first = export_all(ctx, root / "first")
        assert faults_of(root / "first") == []
        with open_context(root / "b") as ctx:
            assert sum(import_all(ctx, root / "first").here.values()) == 0
            second = export_all(ctx, root / "second")
            again = import_all(ctx, root / "first")
            third = export_all(ctx, root / "third")
        assert told(root / "first") == told(root / "second") == told(root / "third")
        assert first.counts == second.counts == third.counts
        assert sum(again.added.values()) == 0 and sum(again.restored.values()) == 0


# No field can be forgotten -------------------------------------------------------------------------------------------

EXPORTED = (
    Person, Meetup, Mark, Interaction, Feed, Article, Entry, ShareDraft, ShareRecord, Response, Handle, Mention,
    EarlierWords, PageText, PictureLink, Tombstone, Highlight, Rule, Condition, SmartFolder,
)  # fmt: skip
SAMPLES: dict[Any, Any] = {
    str: "word", int: 7, bool: True, date: date(2026, 3, 4), datetime: datetime(2026, 3, 4, 5, tzinfo=UTC),
    time: time(10, 30), PartialDate: PartialDate(2, 29), Ref: Ref(Noun.MEETUP, 7),
    Handle: Handle(kind=HandleKind.PHONE, value="123", label="work"), Mention: Mention(7, "@you"),
    Attachment: Attachment(url="https://example.org/a.ogg", kind="audio/ogg", size=7),
    Condition: Condition(words=("word",), unless=True),
}  # fmt: skip


def sample(hint: Any) -> Any:
    """A value of a type that no default has."""
    if get_origin(hint) is tuple:
        return (sample(get_args(hint)[0]),)
    inner = [each for each in get_args(hint) if each is not type(None)]
    if inner:
        return sample(inner[0])
    return SAMPLES[hint] if hint in SAMPLES else list(hint)[-1]


@pytest.mark.parametrize("kind", EXPORTED)
def test_every_field_of_the_model_survives(kind: type[Any]) -> None:
    hints = get_type_hints(kind)
    full = kind(**{each.name: sample(hints[each.name]) for each in fields(kind)})
    plain = json.loads(json.dumps(to_plain(full, lambda noun, record: f"{noun}-{record}")))
    left_out = {each.name: getattr(full, each.name) for each in fields(kind) if (kind, each.name) in LEFT_OUT}
    back = from_plain(kind, plain, "here", lambda noun, uid: int(uid.removeprefix(f"{noun}-")), **left_out)
    assert replace(back, id=7) == full if "id" in hints else back == full
    assert all(value not in (None, "", []) for value in plain.values()), "the sample leaves a field empty"


@pytest.mark.parametrize("kind", EXPORTED)
def test_every_reference_is_known_as_one(kind: type[Any]) -> None:
    pointing = {name for name, hint in get_type_hints(kind).items() if name.endswith("_id") or name == "introduced_by"}
    assert {(kind, name) for name in pointing} - LEFT_OUT <= REFERENCES.keys()
    assert not {name for name in told_fields(kind) if name.endswith("_id")}


def test_every_step_kind_has_the_parts_of_its_key() -> None:
    assert PARTS.keys() == set(StepKind)


def test_every_setting_that_the_program_keeps_is_known_to_the_export() -> None:
    assert set(kept_settings()) - {"key"} <= SHAPES.keys()  # "key" is the export's own reading back


def kept_settings() -> Iterator[str]:
    """The first argument of every `settings.put`, constants by their value."""
    for module in modules():
        nodes = list(ast.walk(module.tree))
        constants = {
            ast.unparse(name): str(value.value)
            for node in nodes
            if isinstance(node, ast.Assign)
            for name, value in zip(_several(node.targets[0]), _several(node.value), strict=False)
            if isinstance(value, ast.Constant)
        }
        for node in nodes:
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("settings.put"):
                key = node.args[0]
                written = ast.unparse(key)
                yield str(key.value) if isinstance(key, ast.Constant) else constants.get(written, written)


def _several(node: ast.expr) -> list[ast.expr]:
    """`a, b = 1, 2` as well as `a = 1`."""
    return node.elts if isinstance(node, ast.Tuple) else [node]
