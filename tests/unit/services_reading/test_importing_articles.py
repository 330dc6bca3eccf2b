"""Starred articles of another reader on a real store: taken in once, with stars, tags and dates, and taken back."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pln.model.contact import Person
from pln.model.errors import UnreadableInput
from pln.model.feed import Feed, FeedState
from pln.services.context import Context
from pln.services.feed_lists import export_opml, import_opml
from pln.services.importing_articles import HOLDER, bring_articles, plan_articles
from pln.services.reading import Shelf, article_ids, feed_rows
from pln.services.recognising import InputKind, recognise_input
from store_fixtures import entry_of

AT = datetime(2026, 10, 1, 12, tzinfo=UTC)


def _item(number: int, feed: str = "https://kiln.example/feed", **values: object) -> dict[str, object]:
    return {
        "title": f"Clay {number}", "published": int(AT.timestamp()), "crawlTimeMsec": int(AT.timestamp() * 1000),
        "canonical": [{"href": f"https://kiln.example/{number}"}],
        "origin": {"streamId": f"feed/{feed}", "title": "Kiln"},
        "content": {"content": f"<p>Pot {number}</p><script>alert(1)</script>"},
        "categories": ["user/-/state/com.google/starred", "user/-/state/com.google/read", "user/-/label/Craft"],
        **values,
    }  # fmt: skip


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "starred.json"
    path.write_text(json.dumps({"items": [_item(1), _item(2), {"title": "no address", "origin": {}}]}))
    return path


def test_an_export_is_taken_in_once_and_taken_back(context: Context, file: Path) -> None:
    assert recognise_input(file) is InputKind.ARTICLES
    plan = plan_articles(context, file)
    assert (len(plan.new), plan.known, plan.new_feeds) == (2, 0, ("Kiln",))
    report = bring_articles(context, plan.export)
    assert (report.added, report.starred, report.tagged, report.feeds) == (2, 2, 2, ("Kiln",))
    assert report.skipped == (("no address", "It has no address."),)
    ids = article_ids(context, Shelf(starred=True))
    with context.store.read() as work:
        article = work.articles.get(ids[0])
        assert article is not None
        assert (article.published, article.starred_at, article.read_at is not None) == (AT, AT, True)
        assert "script" not in article.html and "Pot" in article.text
        assert work.rules.tags_of(ids) == dict.fromkeys(ids, ("Craft",))
        (feed,) = work.feeds.everything()
        assert feed.state is FeedState.PAUSED
    again = bring_articles(context, plan_articles(context, file).export)
    assert (again.added, again.known, again.starred, again.tagged, again.step) == (0, 2, 0, 0, None)
    assert report.step is not None
    with context.store.write("") as work:
        report.step.back(work)
    assert article_ids(context, Shelf()) == ()
    assert feed_rows(context) == ()


def test_articles_that_are_here_get_their_star_and_keep_the_rest(context: Context, file: Path) -> None:
    with context.store.write("") as work:
        feed = work.feeds.add(Feed(url="https://kiln.example/feed", title="My kiln"))
        work.articles.take_in(feed.id, [entry_of("own-guid", url="https://kiln.example/1", text="own words")])
        known = work.articles.by_guid(feed.id, "own-guid")
    report = bring_articles(context, plan_articles(context, file).export)
    assert (report.added, report.known, report.feeds) == (1, 1, ())
    with context.store.read() as work:
        assert known is not None
        article = work.articles.get(known)
        assert article is not None
        assert (article.text, article.starred_at, article.read_at) == ("own words", AT, None)
    assert report.step is not None
    with context.store.write("") as work:
        report.step.back(work)
    assert article_ids(context, Shelf()) == (known,)
    assert article_ids(context, Shelf(starred=True)) == ()


def test_links_without_a_feed_lie_in_one_that_rests(context: Context, tmp_path: Path) -> None:
    table = tmp_path / "pocket.csv"
    table.write_text(
        "title,url,time_added,tags,status\nA,https://a.example/,1,x,unread\nB,https://b.example/,2,,archive\n"
    )
    report = bring_articles(context, plan_articles(context, table).export)
    assert report.added == 2
    with context.store.read() as work:
        (feed,) = work.feeds.everything()
        assert (feed.url, feed.state, feed.title) == (HOLDER, FeedState.PAUSED, "Saved elsewhere")
        later = [record for record in work.articles.ids(Shelf()) if (work.articles.get(record) or feed).later_at]  # type: ignore[union-attr]
        assert len(later) == 1


def test_a_damaged_export_changes_nothing(context: Context, tmp_path: Path) -> None:
    path = tmp_path / "starred.json"
    path.write_text('{"items": [{"origin": {')
    with pytest.raises(UnreadableInput):
        plan_articles(context, path)


def test_a_list_of_feeds_keeps_voice_tags_and_full_text(context: Context) -> None:
    with context.store.write("") as work:
        ada = work.people.add(Person(name="Ada Kiln"))
        work.feeds.add(Feed(url="https://kiln.example/feed", title="Kiln", folder="Craft/Clay", person_id=ada.id,
                            tags=("craft",), full_text=True))  # fmt: skip
    written = export_opml(context)
    with context.store.write("") as work:
        (feed,) = work.feeds.everything()
        work.feeds.connection.exec_driver_sql("DELETE FROM feed")
    report = import_opml(context, written)
    (back,) = report.added
    assert (back.title, back.folder, back.person_id, back.tags, back.full_text) == (
        feed.title, feed.folder, ada.id, ("craft",), True,
    )  # fmt: skip
    assert report.step is not None
    with context.store.write("") as work:
        report.step.back(work)
    assert feed_rows(context) == ()
