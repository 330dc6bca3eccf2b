"""The rules of the place that need no window."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from architecture.source_tree import ROOT
from pln.model.feed import FeedRow, FeedState
from pln.services.reading import Shelf
from pln.ui.reading.ages import age
from pln.ui.reading.keeping import merged, next_of
from pln.ui.reading.quoting import quoted_link
from pln.ui.reading.reason import reason_markup
from pln.ui.reading.shelves import FITTING, SAVED, UNREAD, Kind, folder_names, lines_of, next_shelf, voice_title

TOTALS = {"unread": 7, "starred": 2, "later": 1, "all": 30}


def feed(number: int, title: str, folder: str = "", voice: str = "", unread: int = 0, error: str = "") -> FeedRow:
    return FeedRow(
        id=number, title=title, folder=folder, voice=voice, unread=unread, error=error, state=FeedState.ACTIVE
    )


FEEDS = (
    feed(1, "Edges", voice="Elin Berg", unread=3),
    feed(2, "Kwame Owusu", voice="Kwame Owusu"),
    feed(3, "Loose leaves", unread=1),
    feed(4, "Field guide", "Craft", unread=2, error="The server took too long."),
    feed(5, "Stacks", "Craft/Libraries", unread=1),
)


def shown(*folded: str) -> list[tuple[str, str, int, int]]:
    return [(line.kind.value, line.text, line.depth, line.count) for line in lines_of(FEEDS, TOTALS, 6, folded)]


def test_lines_stand_in_the_order_of_the_eye():
    assert shown() == [
        ("shelf", "Unread", 0, 7),
        ("shelf", "Saved", 0, 2),
        ("shelf", "Read later", 0, 1),
        ("shelf", "For your people", 0, 6),
        ("label", "Voices", 0, 0),
        ("feed", "Elin Berg · Edges", 0, 3),
        ("feed", "Kwame Owusu", 0, 0),
        ("label", "Feeds", 0, 0),
        ("feed", "Loose leaves", 0, 1),
        ("folder", "Craft", 0, 3),
        ("feed", "Field guide", 0, 2),
        ("folder", "Libraries", 1, 1),
        ("feed", "Stacks", 1, 1),
    ]


def test_a_folded_folder_hides_what_is_in_it():
    assert [line[1] for line in shown("Craft")][-2:] == ["Loose leaves", "Craft"]
    assert [line[1] for line in shown("Craft/Libraries")][-2:] == ["Field guide", "Libraries"]


def test_a_quiet_feed_carries_its_sentence():
    lines = {line.text: line for line in lines_of(FEEDS, TOTALS, 0)}
    assert lines["Field guide"].sentence == "The server took too long."
    assert lines["Stacks"].sentence == ""
    assert (lines["Unread"].shelf, lines["Saved"].shelf, lines["For your people"].shelf) == (UNREAD, SAVED, FITTING)


def test_the_next_shelf_with_something_unread():
    lines = lines_of(FEEDS, TOTALS, 0)
    assert next_shelf(lines, UNREAD) == Shelf(feed_id=1)
    assert next_shelf(lines, Shelf(feed_id=1)) == Shelf(feed_id=3)
    assert next_shelf(lines, Shelf(feed_id=5)) == Shelf(feed_id=1)
    assert next_shelf(lines_of((FEEDS[1],), TOTALS, 0), UNREAD) is None


def test_folders_with_their_outer_ones():
    assert folder_names([feed(1, "x", "b/c/d"), feed(2, "y", "A")]) == ("A", "b", "b/c", "b/c/d")


def test_a_voice_whose_feed_has_their_name_is_said_once():
    assert voice_title(feed(1, "The notes of Elin Berg", voice="Elin Berg")) == "The notes of Elin Berg"


ids = st.lists(st.integers(0, 40), unique=True)


@given(ids, ids, st.sets(st.integers(0, 40)))
def test_merging_loses_nothing_and_adds_only_what_is_kept(old: list[int], fresh: list[int], keep: set[int]):
    found = merged(old, fresh, keep)
    assert len(set(found)) == len(found)
    assert [each for each in found if each in set(fresh)] == fresh
    assert set(found) == set(fresh) | (set(old) & keep)


@given(ids, st.sets(st.integers(0, 40)), st.integers(0, 10))
def test_what_is_kept_stays_between_its_neighbours(old: list[int], gone: set[int], news: int):
    fresh = [100 + n for n in range(news)] + [each for each in old if each not in gone]
    assert merged(old, fresh, set(old)) == tuple([100 + n for n in range(news)] + old) or not set(old) - gone
    kept = [each for each in merged(old, fresh, set(old)) if each < 100]
    assert kept == old


@given(ids, st.sets(st.integers(0, 40)), st.integers(0, 40))
def test_the_next_wanted_one(listed: list[int], wanted: set[int], current: int):
    found = next_of(listed, current, wanted)
    others = [each for each in listed if each in wanted and each != current]
    assert (found is None) == (not others)
    if found is not None and current in listed:
        below = [each for each in listed[listed.index(current) + 1 :] if each in wanted]
        assert found == (below or others)[0]


@pytest.mark.parametrize(
    ("before", "words"),
    [
        (timedelta(seconds=-5), "now"), (timedelta(minutes=12), "12 min"), (timedelta(hours=5), "5 h"),
        (timedelta(days=3), "3 d"), (timedelta(days=20), "2 Nov"), (timedelta(days=400), "18 Oct 2025"),
    ],
)  # fmt: skip
def test_ages_are_short(before: timedelta, words: str):
    now = datetime(2026, 11, 22, 12, tzinfo=UTC)
    assert age(now - before, now) == words


def test_a_quotation_is_words_and_a_link():
    assert quoted_link("A [title]", "https://a.example/x y") == "> [A \\[title\\]](<https://a.example/x%20y>)\n\n"
    assert quoted_link("T", "", "one\u2029<b>two").startswith("> one\n>\n> \\<b\\>two\n>\n> T\n\n")


def test_a_link_cannot_break_out_of_its_place():
    assert "\n>" not in quoted_link("x", "https://a.example/>\n<script>").removesuffix("\n\n")[1:]


@pytest.mark.parametrize(
    ("name", "reason", "words", "markup"),
    [
        ("Bilal", "Bilal cares about weak ties", ("weak ties",), "<b>Bilal</b> cares about <i>weak ties</i>"),
        ("Anna", "You talked about tea on 2 May", ("tea",), "<b>Anna</b> · You talked about <i>tea</i> on 2 May"),
        ("<i>", "x & steam", ("tea", "x"), "<b>&lt;i&gt;</b> · <i>x</i> &amp; steam"),
        ("Mei", "", (), "<b>Mei</b>"),
    ],
)
def test_reasons_set_their_words_apart(name: str, reason: str, words: tuple[str, ...], markup: str):
    assert reason_markup(name, reason, words) == markup


def test_the_place_is_made_without_the_libraries_of_the_network():
    code = (
        "import sys, pln.ui.reading.place, pln.ui.reading.commands; print({'httpx', 'feedparser'} & set(sys.modules))"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert ended.stdout.strip() == "set()"


def test_labels_cannot_be_chosen():
    assert all((line.shelf is None) == (line.kind is Kind.LABEL) for line in lines_of(FEEDS, TOTALS, 0))
