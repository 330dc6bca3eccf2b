"""A recovery code survives paper, telephone and tired eyes."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pln.model.errors import WrongSecret
from pln.store import recovery_code

_secret = st.binary(min_size=20, max_size=20)


@given(_secret)
def test_round_trip(secret: bytes) -> None:
    code = recovery_code.written(secret)
    assert re.fullmatch(r"([0-9A-HJKMNP-TV-Z]{4}-){7}[0-9A-HJKMNP-TV-Z]{4}", code)
    assert recovery_code.read(code) == secret
    assert recovery_code.looks_like_code(code)


@given(_secret, st.data())
def test_is_read_however_it_is_typed(secret: bytes, data: st.DataObject) -> None:
    typed = "".join(data.draw(_ways_to_type(letter)) for letter in recovery_code.written(secret))
    assert recovery_code.read(typed) == secret
    assert recovery_code.looks_like_code(typed)


def _ways_to_type(letter: str) -> st.SearchStrategy[str]:
    alike = {"0": ["0", "O", "o"], "1": ["1", "I", "i", "L", "l"], "-": ["-", " ", "", " – ", "—", "\n", "_", "."]}
    return st.sampled_from(alike.get(letter, [letter, letter.lower(), f" {letter}"]))


@given(_secret, _secret)
def test_different_secrets_have_different_codes(one: bytes, other: bytes) -> None:
    assert (recovery_code.written(one) == recovery_code.written(other)) == (one == other)


@pytest.mark.parametrize("text", ["", "ABCD", "0" * 31, "0" * 33, "U" * 32, "ä" * 32, "open sesame", "٣" * 32])
def test_what_is_no_code_is_told_without_repeating_it(text: str) -> None:
    assert not recovery_code.looks_like_code(text)
    with pytest.raises(WrongSecret, match="32 digits and letters") as caught:
        recovery_code.read(text)
    assert not text or text not in str(caught.value)


def test_known_code() -> None:
    assert recovery_code.written(bytes(20)) == "-".join(["0000"] * 8)
    assert recovery_code.written(b"\xff" * 20) == "-".join(["ZZZZ"] * 8)
    assert recovery_code.written(bytes(19) + b"\x21").endswith("-0011")
