"""An invented network of any size: people in five circles, with meetups over two years."""

from __future__ import annotations

import random
from datetime import timedelta

from pln.model.contact import Handle, HandleKind, Person
from pln.model.interaction import Interaction, InteractionKind
from pln.model.meetup import Meetup, MeetupKind
from pln.services.context import Context

CIRCLES = ("Community people", "Learning designers", "Researchers", "Engineers", "Garden")
INTERESTS = ("onboarding", "allotments", "peer review", "ceramics", "data", "choirs", "maps")
_FIRST = (
    *("Anna", "Bilal", "Mei", "Tomás", "Grace", "Lucie", "Kwame", "Jonas", "Ines", "Farid", "Elin", "Noor", "Pavel"),
    *("Rosa", "Sami", "Tuula", "Uma", "Viktor", "Wren", "Yusuf"),
)
_LAST = ("Lindqvist", "Osman", "Chen", "Ríos", "Wanjiru", "Dvořák", "Owusu", "Keller", "Okafor", "Haddad", "Berg")
_LONG = "Wolfeschlegelsteinhausenbergerdorff Maximilian-Alexander von der Heide"


def fill(ctx: Context, people: int = 60, meetups: int = 120) -> tuple[int, ...]:
    """Ids of the people, oldest first. The same every time."""
    draw = random.Random(7)
    today = ctx.clock.today()
    with ctx.write("") as work:
        stored = work.people.add_many(_person(number, draw) for number in range(people))
        ids = [each.id for each in stored]
        known = ids[: max(1, people * 4 // 5)]
        for number in range(meetups):
            who = draw.sample(known, min(len(known), draw.choice((1, 1, 1, 2, 2, 3))))
            notes = "! begin with one honest question" if number % 3 == 0 else "? did the pilot start"
            day = today - timedelta(days=int(700 * draw.random() ** 1.7))
            work.meetups.add(Meetup(kind=MeetupKind.COFFEE, day=day, people=tuple(who), notes=notes), today)
        for who in ids[:3]:
            day = today - timedelta(days=430)
            work.interactions.add(Interaction(kind=InteractionKind.MESSAGE, person_id=who, day=day))
    return tuple(ids)


def _person(number: int, draw: random.Random) -> Person:
    name = f"{_FIRST[number % len(_FIRST)]} {_LAST[(number * 7 + number // 20) % len(_LAST)]}"
    name = {5: _LONG, 6: "陳美玲", 7: "ليلى حداد"}.get(number, name)
    circles = draw.sample(CIRCLES, 2) if number % 9 == 4 else [draw.choice((*CIRCLES, CIRCLES[0]))]
    return Person(
        name=name, circles=tuple(circles) if number % 20 != 19 else (),
        interests=tuple(draw.sample(INTERESTS, draw.choice((0, 1, 2)))),
        offers=("how to run an allotment library",) if number == 1 else (),
        asks=("someone who has run an allotment library",) if number == 2 else (),
        handles=(Handle(kind=HandleKind.EMAIL, value=f"person{number}@example.org"),),
    )  # fmt: skip
