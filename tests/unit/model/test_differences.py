from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pln.model.differences import Kept, Piece, difference

texts = st.lists(st.sampled_from(["plum", "pear", "quince", ",", " ", "\n"]), max_size=30).map("".join)


def test_words_are_compared_not_letters() -> None:
    assert difference("The pear is ripe.", "The quince is ripe.") == (
        Piece(Kept.SAME, "The "), Piece(Kept.GONE, "pear"), Piece(Kept.NEW, "quince"), Piece(Kept.SAME, " is ripe."),
    )  # fmt: skip


@given(texts | st.text(max_size=40), texts | st.text(max_size=40))
def test_the_pieces_make_up_both_texts(old: str, new: str) -> None:
    pieces = difference(old, new)
    assert "".join(each.text for each in pieces if each.kept is not Kept.NEW) == old
    assert "".join(each.text for each in pieces if each.kept is not Kept.GONE) == new
    assert all(each.text for each in pieces)


def test_a_book_is_not_compared_word_by_word() -> None:
    old, new = "a b " * 20_000, "c d " * 20_000
    assert {each.kept for each in difference(old, new)} == {Kept.GONE, Kept.NEW, Kept.SAME}
