"""The schema that is published for exports: made from the code, carried by every export, and kept by each of them."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from export_schema import faults_of, faults_of_index, published
from pln.model.article_around import ArticleAround, EarlierWords, PageText, Tombstone
from pln.model.contact import Handle, HandleKind, PartialDate, Person
from pln.model.feed import Feed, PictureLink
from pln.model.highlight import Highlight, HighlightKind
from pln.model.interaction import Interaction, InteractionKind
from pln.model.journal import Entry, Mention
from pln.model.reading_rules import Act, Condition, Rule
from pln.model.share import DestinationKind, ShareDraft, ShareRecord, ShareState
from pln.model.smart_folders import SmartFolder
from pln.model.suggestion import Response, StepKind, Verdict
from pln.services.context import Context
from pln.services.exporting import export_all
from pln.services.preferences import preferences, save_preferences
from pln.services.whole import files
from pln.services.whole.json_schema import schema, text
from pln.store.unit_of_work import Work
from pln.system.resources import resource
from store_fixtures import NOW, TODAY, entry_of, fill

Index = dict[str, Any]


@pytest.fixture
def exported(context: Context, tmp_path: Path) -> Path:
    """An export with a record of each kind."""
    ids = fill(context.store)
    with context.write("") as work:
        ines = work.people.get(ids["person"])
        assert ines is not None
        phone = Handle(kind=HandleKind.PHONE, value="123", label="work")
        work.people.change(replace(ines, handles=(phone,), birthday=PartialDate(2, 29), circles=("Orchard",)))
        other = work.people.add(Person(name="Bilal Osman", introduced_by=ines.id))
        work.interactions.add(
            Interaction(kind=InteractionKind.INTRODUCTION, person_id=ines.id, day=TODAY, other_id=other.id)
        )
        entry = work.journal.add(Entry(title="t", body="@Ines", mentions=(Mention(ines.id, "@Ines"),)))
        draft = work.shares.add_draft(ShareDraft(title="d", body="b", entry_id=entry.id))
        work.shares.log(
            ShareRecord(
                uid="s", kind=DestinationKind.FILE, state=ShareState.SENT, at=NOW, target="x", audience="me", text="t",
                sha256="0", entry_id=entry.id, draft_id=draft.id,
            )
        )  # fmt: skip
        (mark,) = work.meetups.marks_of(ids["meetup"])
        work.responses.add(
            Response(key=f"promise:{mark.id}", kind=StepKind.PROMISE, person_id=ines.id, verdict=Verdict.DONE, at=NOW)
        )
        _reading(work, ids, ines.id)
        work.settings.put("kept_for", {str(ines.id): [ids["article"]]})
        work.people.remove(other.id)
    save_preferences(context, replace(preferences(context), paused_until=TODAY, own_interests=("bees",)))
    export_all(context, tmp_path / "out")
    return tmp_path / "out"


def _reading(work: Work, ids: dict[str, int], who: int) -> None:
    """Everything that hangs on articles and feeds; a feed and an article that are put away, each with a highlight."""
    around = ArticleAround(
        versions=(EarlierWords(at=NOW, title="before", html="<p>x</p>", text="x"),), tags=("craft",),
        page=PageText(at=NOW, html="<p>whole</p>", text="whole"), pictures=(PictureLink(key="abc", url="https://a.example/x.png"),),
    )  # fmt: skip
    work.around.put(ids["article"], around)
    work.articles.reindex([ids["article"]])
    work.around.bury(Tombstone(feed_id=ids["feed"], guid="gone", link_key="k", at=NOW))
    work.highlights.add(
        Highlight(
            article_id=ids["article"],
            quote="kum",
            kind=HighlightKind.QUESTION,
            person_id=who,
            note="n",
            closed_on=TODAY,
        )
    )
    work.rules.put(Rule(name="r", conditions=(Condition(words=("w",)),), acts=(Act.TAG,), tags=("t",)))
    work.smart_folders.put(SmartFolder(name="s", words="w", days=7))
    former = work.feeds.add(Feed(url="https://former.example/feed"))
    for record in (former.id, ids["feed"]):
        work.articles.take_in(record, [entry_of("kept")])
        article = work.articles.by_guid(record, "kept")
        assert article is not None
        work.highlights.add(Highlight(article_id=article, quote="Title"))
    work.around.remove(article)
    work.feeds.remove(former.id)


def index_of(folder: Path) -> Index:
    return json.loads((folder / files.INDEX).read_text("utf-8"))


def test_the_published_schema_is_the_one_that_the_code_makes() -> None:
    told = "python -m pln.services.whole.json_schema > resources/" + "/".join(files.PUBLISHED)
    assert resource(*files.PUBLISHED).read_text("utf-8") == text(), f"write it anew: {told}"
    assert published() == schema()


def test_every_export_carries_it(exported: Path) -> None:
    assert (exported / files.SCHEMA).read_bytes() == resource(*files.PUBLISHED).read_bytes()
    assert files.SCHEMA in (exported / files.READ_ME).read_text("utf-8")


def test_an_export_with_a_record_of_each_kind_keeps_it(exported: Path) -> None:
    index = index_of(exported)
    assert all(index[kind] for kind in index), "the example leaves a kind empty"
    assert faults_of(exported) == []


def test_an_empty_export_keeps_it(context: Context, tmp_path: Path) -> None:
    export_all(context, tmp_path / "out")
    assert faults_of(tmp_path / "out") == []


@pytest.mark.parametrize(
    "kind",
    sorted(
        {
            "people",
            "meetups",
            "interactions",
            "feeds",
            "entries",
            "drafts",
            "share_log",
            "highlights",
            "rules",
            "smart_folders",
            "tombstones",
        }
    ),
)
def test_it_tells_a_strange_field_and_a_wrong_type_in_every_kind(exported: Path, kind: str) -> None:
    index = index_of(exported)
    for name in [*index[kind][0], "strange"]:
        changed = json.loads(json.dumps(index))
        changed[kind][0][name] = {"no": "value of any field"}
        assert faults_of_index(changed), f"{kind}, {name}"


CHANGES: dict[str, Callable[[Index], object]] = {
    "another format": lambda index: index.update(format=files.FORMAT + 1),
    "another file": lambda index: index.update(what="something else"),
    "no people": lambda index: index.pop("people"),
    "a person without name": lambda index: index["people"][0].pop("name"),
    "a person without uid": lambda index: index["people"][0].pop("uid"),
    "a day that is none": lambda index: index["meetups"][0].update(day="tomorrow"),
    "a moment without zone": lambda index: index["entries"][0].update(created="2026-11-22T12:00:00"),
    "a kind that is none": lambda index: index["meetups"][0].update(kind="conference call"),
    "a number as truth": lambda index: index["meetups"][0].update(minutes=True),
    "a mark without text": lambda index: index["meetups"][0]["marks"][0].pop("text"),
    "an answer without step": lambda index: index["responses"][0].pop("step"),
    "a wish that is none": lambda index: index["settings"]["preferences"].update(colour="red"),
    "words that are none": lambda index: index["settings"].update(own_interests=[1]),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_it_tells_what_reading_refuses_too(exported: Path, change: Callable[[Index], object]) -> None:
    index = index_of(exported)
    change(index)
    assert faults_of_index(index)
