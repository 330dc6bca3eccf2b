"""Two sides that agree go on agreeing, and nobody's change is lost."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from pln.model.sync import LocalItem, RemoteItem, State, agreed, matched

STATES = st.builds(State, st.booleans(), st.booleans())
DAY = datetime(2026, 11, 20, tzinfo=UTC)


@given(STATES, STATES, STATES)
def test_each_change_is_followed(base: State, here: State, there: State) -> None:
    found = agreed(base, here, there)
    for flag in ("read", "starred"):
        was, mine, theirs = getattr(base, flag), getattr(here, flag), getattr(there, flag)
        assert getattr(found, flag) == (was if mine == theirs == was else (not was))


@given(STATES, STATES, STATES)
def test_it_comes_to_rest(base: State, here: State, there: State) -> None:
    found = agreed(base, here, there)
    assert agreed(found, found, found) == found


@given(STATES, STATES)
def test_before_they_ever_agreed_nothing_that_was_done_is_lost(here: State, there: State) -> None:
    assert agreed(State(), here, there) == State(here.read or there.read, here.starred or there.starred)


def remote(name: str, url: str, title: str = "") -> RemoteItem:
    return RemoteItem(id=name, feed_id="feed/1", url=url, title=title, published=DAY)


def local(record: int, url: str, title: str = "") -> LocalItem:
    return LocalItem(id=record, url=url, title=title, published=DAY, state=State())


def test_articles_are_told_by_their_link_else_by_title_and_day() -> None:
    there = [remote("7", "https://a.example/x", "Pears"), remote("8", "https://b.example/other", " Figs  and nuts")]
    here = [local(1, "https://a.example/x", "Other"), local(2, "", "figs and nuts"), local(3, "", "Quinces")]
    assert matched(there, here) == {"7": 1, "8": 2}


def test_no_article_is_taken_twice() -> None:
    there = [remote("7", "https://a.example/x"), remote("8", "https://a.example/x")]
    assert matched(there, [local(1, "https://a.example/x")]) == {"7": 1}
