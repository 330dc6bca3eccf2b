"""Which article a rule speaks of."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pln.model.errors import UsageError
from pln.model.reading_rules import (
    Act,
    Condition,
    How,
    Part,
    Rule,
    Subject,
    acts_on,
    checked,
    fits,
    from_body,
    split_words,
    to_body,
)

ARTICLE = Subject(
    id=7, title="On Pottery", author="Elín Berg", text="Clay, wheels and the crypto market.",
    url="https://kiln.example/on-pottery", feed="f" * 32, folder="Craft/Clay", feed_tags=("Making",),
)  # fmt: skip
MUTED = Rule(conditions=(Condition(words=("crypto",)),), acts=(Act.MUTE,))


def _of(words: tuple[str, ...], **values: object) -> Rule:
    return Rule(conditions=(Condition(words=words, **values),), acts=(Act.STAR,))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("words", "values", "fitting"),
    [
        (("crypto",), {}, True), (("crypt",), {}, False), (("CRYPTO  Market",), {}, True), (("elin berg",), {}, True),
        (("tea", "clay"), {}, True), (("clay",), {"part": Part.TITLE}, False),
        (("pottery",), {"part": Part.TITLE}, True),
        (("kiln.example",), {"part": Part.LINK}, True), (("tea",), {"unless": True}, True),
        (("^on p",), {"how": How.PATTERN, "part": Part.TITLE}, True),
        (("^clay",), {"how": How.PATTERN, "part": Part.TITLE}, False),
    ],
)  # fmt: skip
def test_words_are_found_whole(words: tuple[str, ...], values: dict[str, object], fitting: bool) -> None:
    assert fits(_of(words, **values), ARTICLE) is fitting


def test_scripts_without_spaces_have_no_edges() -> None:
    assert fits(_of(("陶芸",)), replace(ARTICLE, title="私の陶芸日記"))


@pytest.mark.parametrize(
    ("scope", "fitting"),
    [({"feed": "f" * 32}, True), ({"feed": "0" * 32}, False), ({"folder": "Craft"}, True), ({"folder": "Cra"}, False),
     ({"feed_tag": "making"}, True), ({"feed_tag": "tea"}, False)],
)  # fmt: skip
def test_a_rule_can_keep_to_some_feeds(scope: dict[str, str], fitting: bool) -> None:
    assert fits(replace(MUTED, **scope), ARTICLE) is fitting
    assert fits(Rule(acts=(Act.STAR,), **scope), ARTICLE) is fitting


def test_all_conditions_must_hold() -> None:
    both = Rule(conditions=(Condition(words=("clay",)), Condition(words=("tea",))), acts=(Act.STAR,))
    assert not fits(both, ARTICLE)


def test_acts_are_gathered_and_resting_rules_do_nothing() -> None:
    tagging = Rule(conditions=(Condition(words=("clay",)),), acts=(Act.TAG, Act.STAR), tags=("craft", "clay"))
    resting = replace(_of(("clay",)), acts=(Act.LATER,), enabled=False)
    assert acts_on([MUTED, tagging, resting], [ARTICLE, replace(ARTICLE, id=8, text="Clay")]) == {
        (Act.MUTE, ""): (7,), (Act.STAR, ""): (7, 8), (Act.TAG, "craft"): (7, 8), (Act.TAG, "clay"): (7, 8),
    }  # fmt: skip


@pytest.mark.parametrize(
    "condition",
    [
        Condition(how=How.PATTERN, words=("(((",)),
        Condition(how=How.PATTERN, words=("(?=later)",), unless=True),
        Condition(how=How.PATTERN, words=()),
        Condition(words=(), unless=True),
    ],
)
def test_a_stored_rule_that_cannot_be_read_does_nothing_and_costs_no_other_rule(condition: Condition) -> None:
    strange = Rule(conditions=(Condition(words=("clay",)), condition), acts=(Act.STAR,))
    fine = Rule(conditions=(Condition(words=("clay",)),), acts=(Act.LATER,))
    assert acts_on([strange, fine], [ARTICLE]) == {(Act.LATER, ""): (7,)}


@pytest.mark.parametrize(
    "rule",
    [Rule(conditions=MUTED.conditions), Rule(acts=(Act.STAR,)), replace(MUTED, acts=(Act.TAG,)),
     Rule(conditions=(Condition(words=(" , ",)),), acts=(Act.STAR,)), _of(("(",), how=How.PATTERN)],
)  # fmt: skip
def test_a_rule_that_makes_no_sense_is_refused(rule: Rule) -> None:
    with pytest.raises(UsageError):
        checked(rule)


def test_mute_words_are_typed_in_one_line() -> None:
    assert split_words(" crypto, web  three ;Crypto,\n,nft") == ("crypto", "web three", "nft")


TEXTS = st.text(max_size=5)
CONDITIONS = st.builds(
    Condition, part=st.sampled_from(Part), how=st.sampled_from(How), words=st.lists(TEXTS, max_size=2).map(tuple),
    unless=st.booleans(),
)  # fmt: skip


@given(
    st.builds(
        Rule, feed=TEXTS, folder=TEXTS, feed_tag=TEXTS, conditions=st.lists(CONDITIONS, max_size=2).map(tuple),
        acts=st.lists(st.sampled_from(Act), max_size=3).map(tuple), tags=st.lists(TEXTS, max_size=2).map(tuple),
        mute_words=st.booleans(),
    )
)  # fmt: skip
def test_a_rule_comes_back_as_it_was_kept(rule: Rule) -> None:
    assert from_body(to_body(rule)) == rule


@given(
    st.one_of(
        st.text(), st.sampled_from(["[]", "null", '{"conditions": [{"part": 3, "words": [1]}], "acts": ["x", 1]}'])
    )
)
def test_what_is_no_rule_is_an_empty_one(body: str) -> None:
    rule = from_body(body)
    assert not rule.acts
    assert all(not condition.words for condition in rule.conditions)
