"""A small invented network with meetups ahead, just now and before."""

from __future__ import annotations

from datetime import date, time, timedelta

from pln.model.contact import Handle, HandleKind, Person
from pln.model.meetup import Meetup, MeetupKind, MeetupState
from pln.store.unit_of_work import Store
from store_fixtures import TODAY

WALK_NOTES = """He is cataloguing a seed library and says the catalogue is the easy part; \
the hard part is getting people to write down what they did. Same as our wiki.

[ ] me: send him the guidelines piece by Elin
[ ] Jonas: photo of the card template
! learned: ask for the story, not the entry
? ask next time: did the schools join"""
TEA_NOTES = "He was moving the archive to the cellar, and his daughter had started school."
COFFEE_NOTES = "She builds a community of practice around onboarding.\n[ ] me: send the communities-of-practice paper"

_PEOPLE = (
    ("Jonas Holm", "Archivist", "gardens cataloguing"),
    ("Mei Chen", "Designer", "tea type"),
    ("Priya Shah", "Facilitator", "onboarding"),
    ("Anna Lindqvist", "Community lead", "onboarding jazz"),
    ("Grace Wanjiru", "Librarian", "seeds"),
    ("陈美玲", "图书馆员", "books"),
    ("سارة الخطيب", "معلمة", "maps"),
    ("Wolfgang Maximilian Freiherr von und zu Hohenlohe-Langenburg-Schillingsfürst", "", ""),
)


def fill(store: Store) -> dict[str, int]:
    """Store people and meetups; ids of the people by first name, and of the walk as "walk"."""
    with store.write("") as work:
        people = work.people.add_many(
            Person(
                name=name, role=role, interests=tuple(interests.split()),
                handles=(Handle(kind=HandleKind.EMAIL, value=f"{number}@example.invalid"),),
            )
            for number, (name, role, interests) in enumerate(_PEOPLE)
        )  # fmt: skip
        ids = {person.name.split(" ", 1)[0]: person.id for person in people}
        work.settings.put("own_interests", ["gardens", "cataloguing"])
        for new in _meetups(ids):
            stored = work.meetups.add(new, TODAY)
            if new.notes == WALK_NOTES:
                ids["walk"] = stored.id
    return ids


def _meetups(who: dict[str, int]) -> list[Meetup]:
    def past(kind: MeetupKind, days: int, name: str, notes: str = "", place: str = "") -> Meetup:
        return Meetup(kind=kind, day=TODAY - timedelta(days=days), people=(who[name],), notes=notes, place=place)

    planned = MeetupState.PLANNED
    return [
        Meetup(kind=MeetupKind.COFFEE, day=date(2026, 11, 24), at=time(10), place="Café Lark", state=planned,
               people=(who["Mei"],)),
        Meetup(kind=MeetupKind.LUNCH, day=date(2026, 12, 3), at=time(12, 30), state=planned, people=(who["Priya"],)),
        Meetup(kind=MeetupKind.WALK, day=TODAY, at=time(9), place="Botanical garden", people=(who["Jonas"],),
               notes=WALK_NOTES),
        past(MeetupKind.COFFEE, 9, "Anna", COFFEE_NOTES),
        past(MeetupKind.CALL, 18, "Mei"),
        past(MeetupKind.TEA, 22, "Grace", "! seeds travel further in small bags"),
        past(MeetupKind.TEA, 35, "Jonas", TEA_NOTES),
        past(MeetupKind.COFFEE, 78, "Jonas", "[ ] Jonas: name of the bookbinder\n? how did the move go"),
        past(MeetupKind.VIDEO, 120, "陈美玲", "她在整理地方志。\n[ ] me: 寄书"),
        past(MeetupKind.LETTER, 200, "سارة", "كتبت عن خرائط قديمة\n! الخريطة قصة"),
        past(MeetupKind.EVENT, 400, "Wolfgang", place="Kongress- und Kulturzentrum am Alten Botanischen Garten"),
        Meetup(kind=MeetupKind.LUNCH, day=TODAY - timedelta(days=60), people=(who["Anna"], who["Jonas"], who["Mei"]),
               notes="[ ] me: write up the idea for all three"),
    ]  # fmt: skip
