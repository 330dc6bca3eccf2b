"""Which entry is which article: the laws, and the cases that feeds are known for."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pln.model.article_identity import Traits, known_again, told_apart
from pln.model.feed import ParsedEntry
from pln.model.link_key import link_key, names_a_page

DAY = datetime(2026, 11, 20, tzinfo=UTC)
few = st.sampled_from(["", "a", "b", "c"])
entries = st.builds(
    ParsedEntry, guid=few, title=few, author=st.just(""), html=st.just(""), text=few,
    url=st.sampled_from(["", "https://x.example/a", "http://www.x.example/a/", "https://x.example/b"]),
    published=st.none() | st.sampled_from([DAY, DAY + timedelta(days=1)]),
)  # fmt: skip
traits = st.builds(
    Traits, key=st.just(0), guid=few, link=st.sampled_from(["", "x.example", "x.example/a", "x.example/b"]),
    title=few, published=st.none() | st.sampled_from([DAY, DAY + timedelta(days=1)]),
)  # fmt: skip


def _numbered(found: list[Traits], start: int) -> list[Traits]:
    return [replace(each, key=number) for number, each in enumerate(found, start)]


def _trait(key: int, **values: object) -> Traits:
    plain: dict[str, object] = {"guid": str(key), "link": "x.example/a", "title": "grafting", "published": DAY}
    return Traits(key=key, **{**plain, **values})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "url",
    [
        "https://x.example/a?id=3", "http://x.example/a?id=3", "https://www.x.example:443/a/?id=3#part",
        "https://X.example/a?utm_source=feed&id=3&fbclid=1",
    ],
)  # fmt: skip
def test_one_page_has_one_key(url: str) -> None:
    assert link_key(url) == "x.example/a?id=3"


@pytest.mark.parametrize(
    "url", ["", "mailto:ines@example.org", "urn:uuid:1", "/a", "https://", "https://[x/", "http://x:y/"]
)
def test_what_is_no_page_has_none(url: str) -> None:
    assert link_key(url) == ""


@given(st.text(max_size=60))
def test_a_key_is_its_own_key(url: str) -> None:
    key = link_key(url)
    assert not key or link_key(f"https://{key}") == key


def test_a_site_is_no_page() -> None:
    assert not names_a_page(link_key("https://x.example/"))
    assert names_a_page(link_key("https://x.example/a"))


@given(st.lists(entries, max_size=6))
def test_ids_differ_and_nothing_but_a_repeated_entry_goes(found: list[ParsedEntry]) -> None:
    kept = told_apart(found)
    ids = [each.guid for each in kept]
    assert {(each.url, each.text) for each in kept} <= {(each.url, each.text) for each in found}
    if len({each.guid for each in found}) == len(found):
        assert kept == tuple(found)
    assert len({link_key(each.url) or each.title for each in found}) <= len(kept)
    assert len(ids) == len(set(ids))


@given(st.lists(traits, max_size=6), st.lists(traits, max_size=6))
def test_no_article_is_given_twice_and_two_traits_agree(new: list[Traits], old: list[Traits]) -> None:
    unknown, idle = _numbered(new, 0), _numbered(old, 100)
    found = known_again(unknown, idle)
    assert len(set(found.values())) == len(found)
    here = {each.key: each for each in (*unknown, *idle)}
    for entry, article in found.items():
        a, b = here[entry], here[article]
        assert (a.link == b.link) + (a.title == b.title) + (a.published == b.published) >= 2


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), unique=True, max_size=9))
def test_a_feed_that_renames_all_its_ids_brings_nothing_new(pages: list[tuple[int, int]]) -> None:
    old = [
        _trait(100 + n, link=f"x.example/{page}", title=f"t{page}", published=DAY + timedelta(days=day))
        for n, (page, day) in enumerate(pages)
    ]
    new = [replace(each, key=n, guid=f"new {n}") for n, each in enumerate(old)]
    assert known_again(new, old) == {n: 100 + n for n in range(len(new))}


@pytest.mark.parametrize(
    "changed",
    [
        {"guid": "n"}, {"guid": "n", "link": "x.example/moved"}, {"guid": "n", "published": DAY + timedelta(days=9)},
        {"guid": "n", "title": "grafting, corrected"},
    ],
)  # fmt: skip
def test_a_new_id_with_one_more_change_is_still_the_same(changed: dict[str, object]) -> None:
    assert known_again([_trait(1, **changed)], [_trait(2)]) == {1: 2}


def test_a_link_blog_may_speak_of_one_page_twice() -> None:
    later = DAY + timedelta(days=9)
    assert known_again([_trait(1, title="more on it", published=later)], [_trait(2)]) == {}
    week = [_trait(n, link="x.example", title="open thread", published=DAY + timedelta(weeks=n)) for n in range(2)]
    assert known_again(week[1:], week[:1]) == {}
