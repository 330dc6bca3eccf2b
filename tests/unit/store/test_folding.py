"""A text as it goes into the search index: the same whether it is folded whole or in pieces."""

from __future__ import annotations

import unicodedata
from random import Random

import pytest

from pln.store.folding import spaced

MORE_THAN_A_PIECE = 40_000


def test_unspaced_scripts_become_words_and_odd_forms_the_usual_ones() -> None:
    assert spaced("ﬁne tea") == "fine tea"
    assert spaced("緑茶 tea").split() == ["緑", "茶", "tea"]
    assert spaced("half \ud83d of a pair") == "half \ufffd of a pair"


@pytest.mark.parametrize("ending", ["", " ", "a", "é", "ﬁ"])
def test_plain_text_stays_as_it_is(ending: str) -> None:
    assert spaced("green tea\n" * MORE_THAN_A_PIECE + ending) == "green tea\n" * MORE_THAN_A_PIECE + (
        unicodedata.normalize("NFKC", ending)
    )


@pytest.mark.parametrize("seed", range(6))
def test_pieces_of_a_long_text_join_as_if_it_were_one(seed: int) -> None:
    """Letters with accents of their own, Hangul in parts and ligatures stand at every border somewhere."""
    chance = Random(seed)
    text = "".join(chance.choices(["e\u0301", "a\u0323\u0302", "\u1112\u1161\u11ab", "ﬁ", "o", " ", "\n"], k=90_000))
    assert spaced(text) == unicodedata.normalize("NFKC", text)


def test_a_long_run_without_a_plain_character_stays_in_one_piece() -> None:
    text = "\u1112\u1161\u11ab" * MORE_THAN_A_PIECE
    assert spaced(text) == unicodedata.normalize("NFKC", text)
