"""How likely two people are in touch within the next two weeks, by four numbers that each read as a sentence."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import date

from pln.model.interaction import Contact
from pln.model.suggestion import Pace

_CONSTANT = -2.275
_OFTEN = 0.872
_QUIET = -0.205
_COMPANY = 0.046
_MISSED = -0.0324
_MOST_MISSED = 30.0
_FADES_IN_DAYS = 7.0
_COMPANY_DAYS = 80


def likelihood(*, n: int, silence: int, gap: float, warm: float, bias: float = 0.0) -> float:
    """A probability, 0 to 1.

    n: days of contact. silence: days since the last. gap: the usual pause in days. warm: see `warmth`.
    bias: what the owner's own answers add, in log-odds. Pauses missed lower it: long silence is not a debt that grows.
    """
    z = (
        _CONSTANT
        + _OFTEN * math.log1p(n)
        + _QUIET * math.log1p(silence)
        + _COMPANY * math.log(warm + 0.01)
        + _MISSED * min(silence / max(gap, 1.0), _MOST_MISSED)
    )
    return 1 / (1 + math.exp(-(z + bias)))


def warmth(log: Sequence[Contact], last: Mapping[int, date], today: date) -> float:
    """Recent activity of those met together with a person: each shared day counts more, the fresher their last contact.

    last: person id to the day of their last contact.
    """
    total = 0.0
    for contact in log:
        for other in contact.company:
            silent = (today - last[other]).days if other in last else _COMPANY_DAYS
            if silent < _COMPANY_DAYS:
                total += 2 ** (-silent / _FADES_IN_DAYS) / len(contact.company)
    return total


def of_pace(pace: Pace, warm: float = 0.0) -> float:
    """The likelihood for a pace; 0 where there was no contact yet."""
    if pace.silence is None or pace.gap is None:
        return 0.0
    return likelihood(n=pace.n, silence=pace.silence, gap=pace.gap, warm=warm)
