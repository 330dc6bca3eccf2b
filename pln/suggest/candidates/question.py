"""A question kept for somebody for a month, with no meetup planned at which to ask it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pln.model.changes import Noun, Ref
from pln.model.marks import Mark
from pln.model.suggestion import ArticleMatch, Candidate, Network, Pace, StepAction, StepKind
from pln.suggest.interests import open_questions
from pln.suggest.noted import noted
from pln.suggest.phrasing import letter
from pln.suggest.reasons import on_day, shortened

_LONG_OPEN = 30
_LET_BE = 365
_VALUE = 0.55


def find(network: Network, paces: Mapping[int, Pace], matches: Sequence[ArticleMatch]) -> Iterator[Candidate]:
    """The oldest such question of each person; with a meetup planned, its brief has the question."""
    for person_id, questions in open_questions(network.marks).items():
        kept = [mark for mark in questions if _LONG_OPEN <= (network.today - mark.made_on).days <= _LET_BE]
        if kept and person_id in network.people and person_id not in network.planned:
            yield _step(min(kept, key=lambda mark: (mark.made_on, mark.id)), person_id, network)


def as_question(text: str) -> str:
    """The words of a question mark with one question mark at the end."""
    return f"{shortened(text, 200).rstrip('?.! ')}?"


def _step(mark: Mark, person_id: int, network: Network) -> Candidate:
    name = network.people[person_id].first_name
    when = on_day(mark.made_on, network.today)
    asked = as_question(mark.text)
    return Candidate(
        key=f"question:{mark.id}",
        kind=StepKind.QUESTION,
        people=(person_id,),
        title=f"Ask {name}: {shortened(asked, 56)}",
        chip="A question you kept",
        facts=(noted(mark, network, "You noted it", ", to ask next time"),),
        action=StepAction.WRITE,
        action_label=f"Write to {name}",
        value=_VALUE,
        draft=letter(
            name,
            f"something has stayed with me since we were in touch {when}:",
            asked[:1].upper() + asked[1:],
            "A line is plenty, whenever it suits you.",
        ),
        subject=shortened(asked[:1].upper() + asked[1:], 70),
        ref=Ref(Noun.MARK, mark.id),
    )
