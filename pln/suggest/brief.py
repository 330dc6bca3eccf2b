"""Before a meetup: what two people have in common, and three questions worth asking."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from hashlib import blake2b

from pln.model.contact import Person
from pln.model.highlight import Highlight
from pln.model.interaction import Contact
from pln.model.marks import Mark
from pln.model.timeline import Brief
from pln.suggest.candidates.question import as_question
from pln.suggest.prompts import Prompt
from pln.suggest.reasons import once_upper, shortened
from pln.suggest.words import content

AT_THE_TABLE = "at the table"
_QUESTIONS = 3
_KEPT = 2
_NAMES = 3
_LONGEST = 200


def common_ground(
    person: Person,
    own_interests: Iterable[str],
    people: Mapping[int, Person],
    contacts: Sequence[Contact] = (),
) -> tuple[str, ...]:
    """Interests shared with the owner, in the person's words, then first names of people both know: "gardens, Grace".

    Interests meet by their stems ("gardening", "gardens"). contacts: the log with this person, which tells the company.
    """
    own = {frozenset(content(interest)) for interest in own_interests} - {frozenset()}
    shared = [interest for interest in person.interests if frozenset(content(interest)) in own]
    known = [person.introduced_by or 0, *(id_ for contact in reversed(contacts) for id_ in contact.company)]
    names = [people[id_].first_name for id_ in dict.fromkeys(known) if id_ in people and id_ != person.id]
    return tuple(dict.fromkeys([*shared, *names[:_NAMES]]))


def three_questions(brief: Brief, prompts: Sequence[Prompt], day: date) -> tuple[str, ...]:
    """At most three questions to take along: up to two that were kept for this person, the rest from the prompts.

    The prompts are those for the table, another mixture for each person and day, the same all day.
    """
    kept = [words for words, _ in kept_questions(brief)[:_KEPT]]
    table = [prompt.text for prompt in prompts if prompt.lens == AT_THE_TABLE]
    seed = f"{day.isoformat()}:{brief.person_id}"
    mixed = sorted(table, key=lambda text: blake2b(f"{seed}:{text}".encode()).digest())
    return tuple(dict.fromkeys([*kept, *mixed]))[:_QUESTIONS]


def kept_questions(brief: Brief) -> tuple[tuple[str, Mark | Highlight], ...]:
    """Every question that was kept for this person, as it can be asked: from talks, then from articles."""
    asked: list[tuple[str, Mark | Highlight]] = [(mark.text, mark) for mark in brief.questions]
    asked += [(each.words, each) for each in brief.to_ask]
    return tuple((shortened(once_upper(as_question(text)), _LONGEST), each) for text, each in asked)
