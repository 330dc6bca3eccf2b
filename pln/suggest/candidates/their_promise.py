"""A promise of theirs, asked about gently: never in the first two weeks, and not when the next meetup is planned."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pln.model.changes import Noun, Ref
from pln.model.contact import Person
from pln.model.marks import Mark, MarkKind, MarkState
from pln.model.suggestion import ArticleMatch, Candidate, Network, Pace, StepAction, StepKind
from pln.suggest.noted import noted
from pln.suggest.phrasing import letter
from pln.suggest.reasons import long_ago, shortened

_PATIENCE = 14
_LET_BE = 365
_VALUE = 0.5


def find(network: Network, paces: Mapping[int, Pace], matches: Sequence[ArticleMatch]) -> Iterator[Candidate]:
    """One candidate for each of their open promises; a planned meetup's brief has it otherwise."""
    for mark in network.marks:
        person = network.people.get(mark.person_id or 0)
        if person is None or mark.kind is not MarkKind.THEIRS or mark.state is not MarkState.OPEN:
            continue
        age = (network.today - mark.made_on).days
        if _PATIENCE <= age <= _LET_BE and person.id not in network.planned:
            yield _step(mark, person, network)


def _step(mark: Mark, person: Person, network: Network) -> Candidate:
    name = person.first_name
    return Candidate(
        key=f"their promise:{mark.id}",
        kind=StepKind.THEIR_PROMISE,
        people=(person.id,),
        title=f"Ask {name} about “{shortened(mark.text, 48)}”",
        chip="A gentle question",
        facts=(noted(mark, network, f"{name} offered it"),),
        action=StepAction.WRITE,
        action_label=f"Write to {name}",
        value=_VALUE,
        draft=letter(
            name,
            f"{long_ago(mark.made_on, network.today).capitalize()} you mentioned this: “{shortened(mark.text, 200)}”.",
            "I would still enjoy it, if it is no trouble. If it has fallen by the way, that is fine too.",
        ),
        subject=f"“{shortened(mark.text, 60)}”",
        ref=Ref(Noun.MARK, mark.id),
    )
