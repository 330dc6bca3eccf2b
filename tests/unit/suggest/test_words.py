"""Stems: forms of a word meet, different words stay apart."""

from __future__ import annotations

import unicodedata

import pytest

from pln.suggest.words import Wanted, content, counted, stem


@pytest.mark.parametrize(
    "forms",
    [
        ("garden", "gardens", "gardening", "gardener", "gardeners"),
        ("community", "communities"),
        ("practice", "practices", "practicing"),
        ("mentor", "mentors", "mentoring"),
        ("plan", "planning", "planned", "plans"),
        ("surprise", "surprised", "surprising"),
        ("allotment", "allotments"),
        ("facilitate", "facilitation", "facilitator", "facilitating"),
        ("schulung", "schulungen"),
        ("werkstatt", "werkstätten"),
        ("jardin", "jardins"),
        ("apprentissage", "apprentissages"),
    ],
)
def test_forms_of_a_word_share_their_stem(forms: tuple[str, ...]):
    assert len({stem(form) for form in forms}) == 1


@pytest.mark.parametrize(("one", "other"), [("paper", "page"), ("peer", "pear"), ("jazz", "jam"), ("moment", "month")])
def test_different_words_stay_apart(one: str, other: str):
    assert stem(one) != stem(other)


def test_case_accents_and_composition_fall_away():
    assert content("CAFÉ").keys() == content(unicodedata.normalize("NFD", "café")).keys() == content("cafe").keys()
    assert content("STRASSE").keys() == content("Straße").keys()


def test_stop_words_of_three_languages_say_nothing():
    assert content("the and of with über nicht für où déjà c'est") == {"deja": "déjà"}


def test_the_word_is_kept_beside_its_stem_as_it_was_written():
    assert content("Gardens of Malmö") == {stem("gardens"): "gardens", "malmo": "malmö"}


def test_chinese_and_japanese_go_by_pairs():
    assert set(content("学習共同体")) == {"学習", "習共", "共同", "同体"}
    assert "学習" in content("私の学習です PLN")


def test_counts_are_by_stem():
    assert counted("garden gardens the gardening", Wanted({stem("garden")})) == {stem("garden"): 3}
    assert counted("", Wanted({stem("garden")})) == {}


def test_only_wanted_stems_are_counted():
    assert counted("Gardens, gardeners and tea", Wanted({stem("tea"), "cycl"})) == {stem("tea"): 1}
    assert counted("the and of", Wanted({"the", ""})) == {}


WORDS = (
    "Stories storied a planned plan plans Café cafes STRASSE straße werkstätten ees iss egg 学習共同体 die dies buss"
)


def test_looking_for_few_stems_finds_each_as_looking_for_all_does():
    for wanted in content(WORDS):
        assert counted(WORDS, Wanted({wanted})) == {wanted: counted(WORDS, Wanted(content(WORDS)))[wanted]}
