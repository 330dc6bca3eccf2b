"""What the invented owner put off on the days before, so that Today is calm."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from pln.model.suggestion import Candidate, Energy, Network, Response, StepKind, Verdict
from pln.suggest.match import matches
from pln.suggest.today import suggest

Wanted = Sequence[tuple[StepKind, int]]
"""Kinds of steps and the main person of each."""

_MOST = 60
_ASKED, _BACK = 3, 4  # days ago and days from now


def put_off(network: Network, wanted: Wanted) -> tuple[Response, ...]:
    """Answers "later" to other steps, until the wanted ones are those of the network's day, in their order."""
    fits = matches(network)
    said: list[Response] = []
    for _ in range(_MOST):
        shown = suggest(replace(network, responses=tuple(said)), Energy.STEADY, fits).shown
        stray = _first_other(shown, wanted)
        if stray is None:
            break
        said.append(_later(stray, network.today))
    return tuple(said)


def _first_other(shown: Sequence[Candidate], wanted: Wanted) -> Candidate | None:
    pairs = zip(shown, wanted, strict=False)
    return next((one for one, meant in pairs if (one.kind, one.people[0]) != meant), None)


def _later(step: Candidate, today: date) -> Response:
    return Response(
        key=step.key, kind=step.kind, person_id=step.people[0], verdict=Verdict.LATER,
        at=datetime.combine(today - timedelta(days=_ASKED), time(17), UTC), until=today + timedelta(days=_BACK),
    )  # fmt: skip
