"""From a promise in a note to a step."""

from __future__ import annotations

import pytest

from pln.suggest.wording import promised_step


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("send the communities-of-practice paper", "Send Anna the paper you promised"),
        ("Send her the guidelines piece by Elin", "Send Anna the piece you promised"),
        ("send Anna a link to the talk", "Send Anna the link you promised"),
        ("send the list of names", "Send Anna the list you promised"),
        ("lend my copy, if it turns up", "Lend Anna the copy you promised"),
        ("send the draft tomorrow", "Send Anna the draft you promised"),
        ("send the book and the slides", "As promised to Anna: send the book and the slides"),
        ("send photos", "As promised to Anna: send photos"),
        ("ask how the first week went.", "As promised to Anna: ask how the first week went"),
        ("send the", "As promised to Anna: send the"),
        ("Link zum Vortrag schicken", "As promised to Anna: Link zum Vortrag schicken"),
        ("", "As promised to Anna: "),
    ],
)
def test_a_promise_becomes_a_step(written: str, said: str):
    assert promised_step(written, "Anna") == said


def test_a_long_promise_is_cut():
    assert len(promised_step("look up " + "everything " * 50, "Anna")) < 100
