"""Highlights: marked, found again, changed, removed and brought back, searched, carried on."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from pln.model.anchoring import Anchor
from pln.model.changes import Noun, Ref
from pln.model.contact import Person
from pln.model.errors import UsageError
from pln.model.feed import Feed
from pln.model.highlight import Highlight, HighlightKind
from pln.model.journal import EntryKind, Mention
from pln.services.context import Context, take_back
from pln.services.highlight_pages import highlights_markdown, save_markdown
from pln.services.highlights import (
    Which,
    anchor_in,
    change_highlight,
    close_question,
    entry_about,
    get_highlight,
    highlight,
    highlight_ids,
    highlight_rows,
    highlights_of,
    placed,
    remove_highlight,
)
from pln.services.journal import save_entry
from pln.services.reading import remove_feed
from pln.services.search import search
from store_fixtures import NOW, TODAY, assert_index_in_step, entry_of

TEXT = "Start with a walk. Most of what changed my mind came from someone I had spoken to twice. None of it was luck."
QUOTE = "Most of what changed my mind came from someone I had spoken to twice."


@pytest.fixture
def ids(context: Context) -> dict[str, int]:
    with context.write("") as work:
        ines = work.people.add(Person(name="Ines Okafor"))
        bilal = work.people.add(Person(name="Bilal Osman"))
        feed = work.feeds.add(Feed(url="https://example.invalid/feed", title="Edges", person_id=ines.id))
        new = [
            entry_of("a", title="On [edges]", url="https://example.invalid/a?x=<1>", text=TEXT),
            entry_of("b", text="Other words."),
        ]
        work.articles.take_in(feed.id, new)
        a, b = (work.articles.by_guid(feed.id, guid) or 0 for guid in "ab")
    return {"ines": ines.id, "bilal": bilal.id, "feed": feed.id, "a": a, "b": b}


def mark(context: Context, ids: dict[str, int], quote: str = QUOTE, **more: object) -> Highlight:
    anchor = anchor_in(TEXT, TEXT, TEXT.index(quote), len(quote))
    assert anchor is not None
    return highlight(context, ids["a"], anchor, **more)  # type: ignore[arg-type]


def test_a_passage_is_kept_with_what_stands_around(context: Context, ids: dict[str, int]) -> None:
    made = mark(context, ids, note="  yes \n")
    assert (made.quote, made.note, made.start) == (QUOTE, "yes", TEXT.index(QUOTE))
    assert made.before == "Start with a walk. " and made.after == " None of it was luck."
    assert highlights_of(context, ids["a"]) == (get_highlight(context, made.id),) == (made,)
    assert highlights_of(context, ids["b"]) == ()


def test_the_same_passage_is_marked_once(context: Context, ids: dict[str, int]) -> None:
    assert mark(context, ids).id == mark(context, ids).id


def test_a_selection_in_the_page_is_told_in_the_words_of_the_article(context: Context, ids: dict[str, int]) -> None:
    shown = "On edges\n\n" + TEXT.replace(". ", ".\u2029").replace(" ", "\n", 1)
    anchor = anchor_in(TEXT, shown, shown.index("Most"), len("Most of what"))
    assert anchor == Anchor("Most of what", "Start with a walk. ", TEXT[31 : 31 + 64], 19)
    only_there = anchor_in(TEXT, shown, 0, 8)
    assert only_there is not None and only_there.quote == "On edges"
    assert anchor_in(TEXT, shown, 8, 2) is None


def test_it_is_placed_in_an_edited_page_or_told_as_lost(context: Context, ids: dict[str, int]) -> None:
    made, other = mark(context, ids), mark(context, ids, "None of it was luck.")
    page = "Written anew. " + TEXT.replace("None of it was luck.", "It rained all day long.").replace(" ", "\n")
    found = placed([made, other], page)
    ((_, span),) = found.found
    assert page[span.start : span.end].split() == QUOTE.split()
    assert found.lost == (other,)


@pytest.mark.parametrize("quote", ["", "  \n"])
def test_nothing_is_marked_where_nothing_is_chosen(context: Context, ids: dict[str, int], quote: str) -> None:
    with pytest.raises(UsageError):
        highlight(context, ids["a"], Anchor(quote, "", "", 0))
    assert highlight_ids(context, Which()) == ()


def test_unknown_articles_and_people_are_refused(context: Context, ids: dict[str, int]) -> None:
    with pytest.raises(UsageError):
        highlight(context, 999, Anchor("x", "", "", 0))
    with pytest.raises(UsageError):
        mark(context, ids, kind=HighlightKind.QUESTION, person_id=999)
    with pytest.raises(UsageError):
        change_highlight(context, Highlight(id=999, article_id=ids["a"], quote="x"))
    with pytest.raises(UsageError):
        remove_highlight(context, 999)
    assert highlight_ids(context, Which()) == ()


def test_search_finds_the_passage_and_the_note(context: Context, ids: dict[str, int]) -> None:
    made = mark(context, ids, note="for the autumn circle")
    for typed in ("changed my mi", "autumn"):
        hits = [hit for hit in search(context, typed) if hit.ref == Ref(Noun.HIGHLIGHT, made.id)]
        assert [hit.title for hit in hits] == ["On [edges]"], typed
    change_highlight(context, replace(made, note="spring"))
    assert not [hit for hit in search(context, "autumn") if hit.ref.noun is Noun.HIGHLIGHT]
    assert_index_in_step(context.store)


def test_removing_is_undone(context: Context, ids: dict[str, int]) -> None:
    made = mark(context, ids)
    step = remove_highlight(context, made.id)
    assert highlights_of(context, ids["a"]) == () and not highlight_ids(context, Which(typed="mind"))
    with pytest.raises(UsageError):
        get_highlight(context, made.id)
    take_back(context, step)
    assert highlights_of(context, ids["a"]) == (made,) and highlight_ids(context, Which(typed="mind")) == (made.id,)
    assert_index_in_step(context.store)


def test_they_are_listed_by_feed_person_kind_and_words(context: Context, ids: dict[str, int]) -> None:
    plain, lesson = mark(context, ids), mark(context, ids, "Start with a walk.", kind=HighlightKind.LESSON)
    ask = mark(
        context, ids, "None of it was luck.", kind=HighlightKind.QUESTION, person_id=ids["bilal"], note="Really?"
    )
    assert highlight_ids(context, Which()) == (ask.id, lesson.id, plain.id)
    assert highlight_ids(context, Which(kind=HighlightKind.LESSON)) == (lesson.id,)
    assert highlight_ids(context, Which(person_id=ids["bilal"])) == (ask.id,)
    assert highlight_ids(context, Which(voice_id=ids["ines"])) == highlight_ids(context, Which(feed_id=ids["feed"]))
    assert highlight_ids(context, Which(voice_id=ids["bilal"])) == ()
    assert highlight_ids(context, Which(typed="luck")) == (ask.id,)
    (row,) = highlight_rows(context, (ask.id,))
    assert (row.person, row.voice, row.feed_title, row.day) == ("Bilal Osman", "Ines Okafor", "Edges", TODAY)


def test_only_questions_have_somebody_and_are_closed(context: Context, ids: dict[str, int]) -> None:
    ask = mark(context, ids, kind=HighlightKind.QUESTION, person_id=ids["bilal"])
    step = close_question(context, ask.id)
    assert get_highlight(context, ask.id).closed_on == TODAY and highlight_ids(context, Which(open=True)) == ()
    take_back(context, step)
    assert highlight_ids(context, Which(open=True)) == (ask.id,)
    changed = change_highlight(context, replace(ask, kind=HighlightKind.LESSON, closed_on=TODAY))
    assert (changed.person_id, changed.closed_on) == (None, None)
    with pytest.raises(UsageError):
        close_question(context, ask.id)


def test_they_outlive_their_feed(context: Context, ids: dict[str, int]) -> None:
    """What was thought about an article is not thrown away with the subscription."""
    made = mark(context, ids, note="autumn")
    remove_feed(context, ids["feed"])
    with context.write("") as work:
        work.trash.empty(NOW + timedelta(days=400))
    assert [row.highlight for row in highlight_rows(context, highlight_ids(context, Which(typed="autumn")))] == [made]
    remove_highlight(context, made.id)
    with context.write("") as work:
        gone = work.trash.empty(NOW + timedelta(days=400))
    assert (gone[Noun.HIGHLIGHT], gone[Noun.FEED]) == (1, 1)


def test_markdown_quotes_links_and_tells_the_note(context: Context, ids: dict[str, int], tmp_path: Path) -> None:
    plain = mark(context, ids, note="Ask *everyone*.")
    ask = mark(context, ids, "None of it was luck.", kind=HighlightKind.QUESTION, person_id=ids["bilal"])
    text = highlights_markdown(context, (ask.id, plain.id))
    assert text == (
        "# Highlights\n\n## [On \\[edges\\]](<https://example.invalid/a?x=%3C1%3E>)\n\n"
        "Ines Okafor · Edges · 21 November 2026\n\n"
        f"> {QUOTE}\n\nAsk *everyone*.\n\n*Marked on 22 November 2026*\n\n"
        "> None of it was luck.\n\n*To ask Bilal Osman, noted on 22 November 2026*\n"
    )
    assert save_markdown(context, (ask.id, plain.id), tmp_path / "out.md") == 2
    assert (tmp_path / "out.md").read_text("utf-8") == text


def test_a_journal_entry_begins_with_the_passage_and_its_voice(context: Context, ids: dict[str, int]) -> None:
    made = mark(context, ids, note="Write about this.", kind=HighlightKind.LESSON)
    draft = entry_about(highlight_rows(context, (made.id,))[0])
    assert draft.body.startswith(f"> {QUOTE}\n>\n> [On \\[edges\\]](<") and "· @Ines Okafor" in draft.body
    assert draft.body.endswith("\n\nWrite about this.\n\n") and draft.kind is EntryKind.LESSON
    saved = save_entry(context, draft)
    assert saved.mentions == (Mention(ids["ines"], "@Ines Okafor"),) and saved.about == Ref(Noun.ARTICLE, ids["a"])
