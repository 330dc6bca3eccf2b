"""What the invented owner put off on the days before, so that Today is calm."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from pln.model.suggestion import Candidate, Energy, Network, Response, Verdict
from pln.services.context import Context
from pln.services.demo.people import Keys
from pln.services.network import read_network
from pln.suggest.match import matches
from pln.suggest.today import suggest

_MOST = 30
_ASKED, _BACK = 3, 4  # days ago and days from now


def put_off(ctx: Context, today: date, *, first: Sequence[str], keys: Keys) -> None:
    """Answer "later" to steps of others until those for the people in `first` are the ones of today, in this order."""
    network = read_network(ctx)
    said = _said(replace(network, today=today), [keys[key].id for key in first], today)
    with ctx.write("demo") as work:
        for each in said:
            work.responses.add(each)


def _said(network: Network, first: Sequence[int], today: date) -> list[Response]:
    fits = matches(network)
    said: list[Response] = []
    for _ in range(_MOST):
        shown = suggest(replace(network, responses=tuple(said)), Energy.STEADY, fits).shown
        step = next((one for one, who in zip(shown, first, strict=False) if one.people[0] != who), None)
        if step is None:
            break
        said.append(_later(step, today))
    return said


def _later(step: Candidate, today: date) -> Response:
    return Response(
        key=step.key, kind=step.kind, person_id=step.people[0], verdict=Verdict.LATER,
        at=datetime.combine(today - timedelta(days=_ASKED), time(17), UTC), until=today + timedelta(days=_BACK),
    )  # fmt: skip
