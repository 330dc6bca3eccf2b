"""Patterns find what `re` finds, and never take long."""

from __future__ import annotations

import random
import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pln.model.errors import UsageError
from pln.model.patterns import Pattern

LEAVES = st.sampled_from(["a", "b", ".", "[ab]", "[^a]", r"\w", r"\d", r"\b", r"\.", "-", "[a-c0-9]"])


def _grown(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    signs = st.sampled_from(["*", "+", "?", "{2}", "{1,3}", "{0,2}", "{2,}", "*?"])
    return st.one_of(
        st.tuples(inner, inner).map("".join),
        st.tuples(inner, inner).map(lambda two: f"({two[0]}|{two[1]})"),
        st.tuples(inner, signs).map(lambda two: f"(?:{two[0]}){two[1]}"),
    )


@given(st.recursive(LEAVES, _grown, max_leaves=6), st.text("abAB1. -", max_size=8))
def test_a_pattern_finds_where_re_does(text: str, searched: str) -> None:
    assert Pattern(text).found_in(searched) == bool(re.search(text, searched, re.IGNORECASE))


@pytest.mark.parametrize(
    ("text", "searched", "found"),
    [("^tea", "Tea time", True), ("^time", "tea time", False), ("time$", "tea time", True), ("", "", True),
     (r"\bart\b", "start", False), (r"\bart\b", "the art of", True), ("[]a]", "]", True), ("É", "é", True)],
)  # fmt: skip
def test_places_and_case(text: str, searched: str, found: bool) -> None:
    assert Pattern(text).found_in(searched) is found


def test_what_takes_other_engines_for_ever_ends() -> None:
    assert not Pattern("(a+)+$x").found_in("a" * 20_000)
    assert not Pattern("(a|a)*(a|aa)+b").found_in("a" * 20_000)


@pytest.mark.parametrize("text", ["(.{0,99}a){1,9}#", ".*a.{99}#", "[aeiou].{0,100}[aeiou].{0,100}[aeiou].{0,100}#"])
def test_what_keeps_many_places_in_mind_ends_too(text: str) -> None:
    """Some took half a minute for one article."""
    words, begun = random.Random(4).choices(["the", "tea", "apple", "of", "network"], k=10_000), time.process_time()
    assert not Pattern(text).found_in(" ".join(words))
    assert time.process_time() - begun < 4
    assert Pattern("tea#$").found_in(" ".join([*words, "tea#"])), "a plain one is looked for to the end"


@pytest.mark.parametrize(
    "text",
    ["(", ")", "a)", "[a", "*a", "a**", "a{1000}", "a{2,1}", "a{x}", r"(a)\1", "(?=a)", "(?P<n>a)", "\\", r"\q",
     "[z-a]", "(" * 30, "a" * 600, "(((a{90}){90}){90})"],
)  # fmt: skip
def test_what_is_not_understood_is_told(text: str) -> None:
    with pytest.raises(UsageError) as told:
        Pattern(text)
    assert told.value.sentence.startswith("In the pattern, ")
