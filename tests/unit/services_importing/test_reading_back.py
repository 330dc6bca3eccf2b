"""An export read back: beside what is there, or not at all where anything in it is wrong."""

from __future__ import annotations

import itertools
import json
import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pln.model.contact import Person
from pln.model.errors import Cancelled, UnreadableInput, UsageError
from pln.model.feed import Article, Feed
from pln.model.highlight import Highlight
from pln.model.interaction import Interaction, InteractionKind
from pln.model.journal import Entry, Mention
from pln.model.reading_rules import Act, Rule
from pln.model.share import DestinationKind, ShareDraft, ShareRecord, ShareState
from pln.model.suggestion import Response, StepKind, Verdict
from pln.services.contacts import remove_person, save_person
from pln.services.context import Context
from pln.services.exporting import export_all
from pln.services.journal import remove_entry
from pln.services.reading_back import import_all
from pln.services.whole.files import ARTICLES, HIGHLIGHTS, INDEX
from pln.system.clock import FixedClock
from pln.system.paths import Profile
from store_fixtures import NOW, TODAY, assert_index_in_step, fill, make_store

SAMPLES = Path(__file__).parent / "samples"


@pytest.fixture
def exported(context: Context, tmp_path: Path) -> Path:
    """An export with a record of each kind."""
    ids = fill(context.store)
    with context.write("") as work:
        person, article = ids["person"], ids["article"]
        other = work.people.add(Person(name="Bilal Osman", introduced_by=person))
        work.interactions.add(
            Interaction(
                kind=InteractionKind.ARTICLE, person_id=person, day=TODAY, article_id=article, other_id=other.id
            )
        )
        entry = work.journal.add(Entry(title="t", body="@Ines", mentions=(Mention(person, "@Ines"),)))
        draft = work.shares.add_draft(ShareDraft(title="d", body="b", entry_id=entry.id))
        work.shares.log(
            ShareRecord(
                uid="s", kind=DestinationKind.FILE, state=ShareState.SENT, at=NOW, target="x", audience="me", text="t",
                sha256="0", entry_id=entry.id, draft_id=draft.id,
            )
        )  # fmt: skip
        (mark,) = work.meetups.marks_of(ids["meetup"])
        work.responses.add(
            Response(key=f"promise:{mark.id}", kind=StepKind.PROMISE, person_id=person, verdict=Verdict.LATER, at=NOW)
        )
        work.settings.put("preferences", {"energy": "quiet"})
        work.settings.put("allowed_places", ["192.168.1.1:80"])
        work.settings.put("kept_for", {str(person): [article]})
    export_all(context, tmp_path / "out")
    return tmp_path / "out"


@pytest.fixture
def other(tmp_path: Path) -> Any:
    """Another profile, empty."""
    (tmp_path / "other").mkdir()
    numbers = itertools.count()
    store = make_store(tmp_path / "other" / "store.db", new_uid=lambda: f"f{next(numbers):031x}")
    ctx = Context(store=store, profile=Profile(tmp_path / "other"), clock=FixedClock.on(TODAY))
    yield ctx
    assert store.check() == ()
    ctx.close()


def counts(ctx: Context) -> dict[str, int]:
    with ctx.store.read() as work:
        return {
            "people": work.people.total(), "meetups": work.meetups.total(), "feeds": work.feeds.total(),
            "articles": work.articles.total(), "entries": work.journal.total(), "drafts": len(work.shares.drafts()),
            "log": len(work.shares.everything()), "responses": len(work.responses.everything()),
            "given": len(work.interactions.everything()), "settings": len(work.settings.everything()),
        }  # fmt: skip


def test_everything_comes_back(exported: Path, context: Context, other: Context):
    report = import_all(other, exported)
    assert report.added == {
        "people": 2, "meetups": 1, "feeds": 1, "articles": 1, "interactions": 1, "entries": 2, "drafts": 1,
        "share_log": 1, "responses": 1, "settings": 2,
    }  # fmt: skip
    assert counts(other) == {**counts(context), "settings": 2}
    assert_index_in_step(other.store)


def test_permissions_of_the_other_computer_do_not_come_over(exported: Path, other: Context):
    import_all(other, exported)
    with other.store.read() as work:
        assert work.settings.get("allowed_places") is None
    index = json.loads((exported / INDEX).read_text())
    index["settings"]["allowed_places"] = ["192.168.1.1:80"]
    (exported / INDEX).write_text(json.dumps(index))
    import_all(other, exported)
    with other.store.read() as work:
        assert work.settings.get("allowed_places") is None


def test_what_is_here_stays_as_it_is(exported: Path, context: Context):
    with context.store.read() as work:
        ines = next(person for person in work.people.everyone() if person.name == "Ines Okafor")
    save_person(context, replace(ines, note="changed since"))
    before = counts(context)
    report = import_all(context, exported)
    assert sum(report.added.values()) == 0 and report.here["people"] == 2
    assert counts(context) == before
    with context.store.read() as work:
        person = work.people.get(ines.id)
    assert person is not None and person.note == "changed since"


def test_what_was_removed_here_comes_back(exported: Path, context: Context):
    with context.store.read() as work:
        person, entry = work.people.ids()[0], work.journal.ids()[0]
        before = counts(context)
    remove_person(context, person)
    remove_entry(context, entry)
    assert import_all(context, exported).restored == {"people": 1, "entries": 1}
    assert counts(context) == before
    assert_index_in_step(context.store)


def test_a_feed_that_moved_is_the_same_feed(exported: Path, context: Context):
    with context.write("") as work:
        (feed,) = work.feeds.everything()
        work.feeds.change(replace(feed, url="https://example.invalid/moved"))
    assert import_all(context, exported).here["feeds"] == 1


def test_a_dry_run_only_looks(exported: Path, other: Context):
    report = import_all(other, exported, dry_run=True)
    assert report.added["people"] == 2
    assert set(counts(other).values()) == {0}
    assert import_all(other, exported).added == report.added


def test_a_cancelled_reading_keeps_nothing(exported: Path, other: Context):
    with pytest.raises(Cancelled):
        import_all(other, exported, cancelled=lambda: True)
    assert set(counts(other).values()) == {0}


def test_removed_people_whom_a_meetup_names_keep_their_name(context: Context, other: Context, tmp_path: Path):
    ids = fill(context.store)
    remove_person(context, ids["person"])
    export_all(context, tmp_path / "out")
    index = json.loads((tmp_path / "out" / INDEX).read_text())
    assert index["people"] == [] and [sorted(each) for each in index["put_away"]] == [["name", "uid"]]
    import_all(other, tmp_path / "out")
    with other.store.read() as work:
        (meetup,) = work.meetups.everything()
        assert list(work.people.names(meetup.people).values()) == ["Ines Okafor"]
        assert work.people.ids() == ()


def test_an_export_of_the_first_format_is_still_read(other: Context):
    """Written by a PLN of before highlights, kept as it was."""
    report = import_all(other, SAMPLES / "format-1")
    assert report.added["articles"] == 1 and report.added["people"] == 1 and report.added["entries"] == 2
    with other.store.read() as work:
        (article,) = work.articles.everything()
        (feed,) = work.feeds.everything()
    assert (article.text, article.starred_at, article.later_at, article.tags) == ("kumquat", NOW, None, ())
    assert (feed.title, feed.full_text, feed.pictures) == ("Orchard notes", False, True)
    assert_index_in_step(other.store)


def test_a_list_that_its_format_has_may_not_be_missing(exported: Path, other: Context):
    index = json.loads((exported / INDEX).read_text())
    del index["highlights"]
    (exported / INDEX).write_text(json.dumps(index))
    with pytest.raises(UnreadableInput, match="highlights"):
        import_all(other, exported)


def test_marked_passages_come_back_with_a_feed_that_was_removed(context: Context, other: Context, tmp_path: Path):
    """Notes are not lost with the subscription, and the feed does not come back to life."""
    ids = fill(context.store)
    with context.write("") as work:
        made = work.highlights.add(Highlight(article_id=ids["article"], quote="kumquat", note="sour"))
        work.feeds.remove(ids["feed"])
    export_all(context, tmp_path / "out")
    assert "> kumquat" in (tmp_path / "out" / HIGHLIGHTS).read_text("utf-8")
    report = import_all(other, tmp_path / "out")
    assert (report.added["highlights"], report.added["articles"]) == (1, 1) and "feeds" not in report.added
    with other.store.read() as work:
        (back,) = work.highlights.everything()
        assert work.feeds.everything() == () and work.articles.total() == 0
    assert (back.quote, back.note, back.uid) == ("kumquat", "sour", made.uid)
    assert_index_in_step(other.store)


def test_an_article_that_was_removed_does_not_come_back(context: Context, other: Context, tmp_path: Path):
    ids = fill(context.store)
    with context.write("") as work:
        work.around.remove(ids["article"])
    export_all(context, tmp_path / "out")
    assert import_all(other, tmp_path / "out").added["tombstones"] == 1
    with other.store.read() as work:
        assert [each.guid for each in work.around.tombstones()] == ["a"]


def test_rules_follow_their_feed(context: Context, other: Context, tmp_path: Path):
    ids = fill(context.store)
    with context.write("") as work:
        uid = work.feeds.get(ids["feed"]).uid  # type: ignore[union-attr]
        work.rules.put(Rule(name="r", feed=uid, acts=(Act.STAR,)))
    with other.write("") as work:
        here = work.feeds.add(Feed(url="https://example.invalid/feed", title="Mine"))
    export_all(context, tmp_path / "out")
    import_all(other, tmp_path / "out")
    with other.store.read() as work:
        assert [rule.feed for rule in work.rules.everything()] == [here.uid] != [uid]


def test_html_in_a_foreign_export_is_cleaned(exported: Path, other: Context):
    line = json.loads((exported / ARTICLES).read_text())
    line["html"] = '<p onclick="x()">text<script>steal()</script><img src="file:///etc/passwd"></p>'
    (exported / ARTICLES).write_text(json.dumps(line) + "\n")
    import_all(other, exported)
    with other.store.read() as work:
        html = work.articles.everything()[0].html
    assert "text" in html and not any(word in html for word in ("script", "onclick", "img", "file:"))


# Wrong in one place --------------------------------------------------------------------------------------------------

Change = Callable[[dict[str, Any]], object]
WRONG: dict[str, Change] = {
    "no list": lambda index: index.update(people={}),
    "a kind is missing": lambda index: index.pop("meetups"),
    "a record that is none": lambda index: index["entries"].append(None),
    "a name that is a number": lambda index: index["people"][0].update(name=7),
    "a blank name": lambda index: index["people"][0].update(name="  "),
    "a missing name": lambda index: index["people"][0].pop("name"),
    "a field that nobody knows": lambda index: index["people"][0].update(shoe="43"),
    "no uid": lambda index: index["people"][0].update(uid=""),
    "a uid that is a list": lambda index: index["people"][0].update(uid=[]),
    "an endless uid": lambda index: index["people"][0].update(uid="x" * 5000),
    "a uid twice": lambda index: index["people"].append(index["people"][0]),
    "a birthday that is none": lambda index: index["people"][0].update(birthday="1988-02-30"),
    "a moment without a zone": lambda index: index["people"][0].update(created="2026-01-01T00:00:00"),
    "a moment before all": lambda index: index["people"][0].update(created="0001-01-01T00:00:00+14:00"),
    "a wish of its own": lambda index: index["people"][0].update(rhythm_wish="hourly"),
    "a handle that is a text": lambda index: index["people"][0].update(handles=["x"]),
    "interests in interests": lambda index: index["people"][0].update(interests=[["x"]]),
    "introduced by nobody": lambda index: index["people"][0].update(introduced_by="nobody"),
    "a meetup with nobody": lambda index: index["meetups"][0].update(people=["nobody"]),
    "endless minutes": lambda index: index["meetups"][0].update(minutes=10**40),
    "minutes that are true": lambda index: index["meetups"][0].update(minutes=True),
    "a time with a zone": lambda index: index["meetups"][0].update(at="10:00+02:00"),
    "marks that are none": lambda index: index["meetups"][0].update(marks="x"),
    "a mark without a state": lambda index: index["meetups"][0]["marks"][0].update(state="lost"),
    "a feed of this computer": lambda index: index["feeds"][0].update(url="file:///etc/passwd"),
    "an entry about nothing": lambda index: index["entries"][0].update(about={"noun": "meetup", "uid": "x"}),
    "an entry about a thing": lambda index: index["entries"][0].update(about={"noun": "thing", "uid": "x"}),
    "a line of an unknown draft": lambda index: index["share_log"][0].update(draft="x"),
    "an answer without its step": lambda index: index["responses"][0].pop("step"),
    "an answer with too many parts": lambda index: index["responses"][0].update(step=["a", "b"]),
    "wishes that are none": lambda index: index["settings"].update(preferences=5),
    "an unknown wish": lambda index: index["settings"].update(preferences={"energy": "furious"}),
    "texts that are numbers": lambda index: index["settings"].update(recent_prompts=[1]),
    "more articles than there are": lambda index: index["articles"].update(count=2),
    "no number of articles": lambda index: index["articles"].pop("count"),
    "a newer format": lambda index: index.update(format=99),
    "no format": lambda index: index.pop("format"),
    "something else": lambda index: index.update(what="a recipe"),
    "a name without end": lambda index: index["people"][0].update(name="Ines" * 1000),
}


@pytest.mark.parametrize("name", WRONG)
def test_anything_wrong_is_told_and_nothing_is_written(exported: Path, other: Context, name: str):
    save_person(other, Person(name="Here Before"))
    before = counts(other)
    index = json.loads((exported / INDEX).read_text())
    WRONG[name](index)
    (exported / INDEX).write_text(json.dumps(index))
    with pytest.raises(UnreadableInput) as told:
        import_all(other, exported)
    assert "Nothing was changed" in told.value.sentence
    assert "Ines" not in str(told.value) and "kumquat" not in str(told.value)
    assert counts(other) == before


@pytest.mark.parametrize(
    "data", [b"", b"{", b"[" * 100_000, b"null", b"\xff\xfe{}", b'{"what": NaN}', b"9" * 10_000, b"\0" * 100]
)
def test_an_index_that_is_no_json(exported: Path, other: Context, data: bytes):
    (exported / INDEX).write_bytes(data)
    with pytest.raises(UnreadableInput):
        import_all(other, exported)


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data[:-20],
        lambda data: b"",
        lambda data: data + data,
        lambda data: data.replace(b'"feed": "', b'"feed": "x'),
        lambda data: data + b"null\n",
        lambda data: b"\xff" + data,
    ],
)
def test_articles_that_were_changed(exported: Path, other: Context, change: Callable[[bytes], bytes]):
    path = exported / ARTICLES
    path.write_bytes(change(path.read_bytes()))
    with pytest.raises(UnreadableInput):
        import_all(other, exported)
    assert set(counts(other).values()) == {0}


def test_a_part_that_is_missing(exported: Path, other: Context):
    (exported / ARTICLES).unlink()
    with pytest.raises(UnreadableInput):
        import_all(other, exported)
    (exported / INDEX).unlink()
    with pytest.raises(UnreadableInput):
        import_all(other, exported)


ODD = (None, "", "x", "\ud800", -1, 2**70, 1.5, True, [], {}, [None], {"uid": "x"}, "2026-13-01", "\0", "x" * 3000)


@pytest.mark.parametrize("seed", range(60))
def test_a_value_changed_at_random_never_ends_otherwise(exported: Path, other: Context, seed: int):
    """Either it is read, or it is refused in words; no other fault, and nothing half."""
    chance = random.Random(seed)
    index = json.loads((exported / INDEX).read_text())
    for _ in range(2):
        _change_somewhere(index, chance)
    (exported / INDEX).write_text(json.dumps(index))
    try:
        import_all(other, exported)
    except UnreadableInput:
        assert set(counts(other).values()) == {0}


def _change_somewhere(value: Any, chance: random.Random) -> None:
    while True:
        keys = list(value) if isinstance(value, dict) else list(range(len(value)))
        if not keys:
            return
        key = chance.choice(keys)
        inner = value[key]
        if isinstance(inner, dict | list) and inner and chance.random() < 0.8:
            value = inner
            continue
        value[key] = chance.choice(ODD)
        return


# Writing -------------------------------------------------------------------------------------------------------------


def test_a_cancelled_export_leaves_nothing(context: Context, tmp_path: Path):
    ids = fill(context.store)
    with context.write("") as work:
        work.articles.add(Article(feed_id=ids["feed"], guid="z", title="z"))
    with pytest.raises(Cancelled):
        export_all(context, tmp_path / "out", cancelled=lambda: True)
    assert not [path for path in tmp_path.iterdir() if "out" in path.name]


def test_a_failed_export_keeps_the_earlier_one(exported: Path, context: Context):
    before = (exported / INDEX).read_bytes()
    with pytest.raises(Cancelled):
        export_all(context, exported, cancelled=lambda: True)
    assert (exported / INDEX).read_bytes() == before


def test_a_link_to_a_folder_is_followed(exported: Path, context: Context, tmp_path: Path):
    (tmp_path / "link").symlink_to(exported, target_is_directory=True)
    export_all(context, tmp_path / "link")
    assert (tmp_path / "link").is_symlink() and (exported / INDEX).is_file()


def test_a_folder_with_something_else_is_left_alone(context: Context, tmp_path: Path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "thesis.txt").write_text("years of work")
    with pytest.raises(UsageError):
        export_all(context, tmp_path / "out")
    (tmp_path / "out" / INDEX).write_text("{}")  # named so, but no export
    with pytest.raises(UsageError):
        export_all(context, tmp_path / "out")
    assert (tmp_path / "out" / "thesis.txt").read_text() == "years of work"
