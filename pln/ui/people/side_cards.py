"""Beside a person's timeline: how you know each other, the rhythm, and what is coming up."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFrame

from pln.model.changes import Noun, Ref
from pln.model.contact import Person, RhythmWish
from pln.model.meetup import Meetup
from pln.model.suggestion import Pace
from pln.services.contacts import UNTIL_I_SAY
from pln.services.person_page import PersonPage
from pln.suggest.reasons import WEEKDAYS, calendar_day, short_day
from pln.suggest.rhythm import WISHED, is_paused, rhythm_words
from pln.ui.people.bars import Bars
from pln.ui.people.sections import link, whisper
from pln.ui.people.words import wish_words
from pln.ui.shell import Shell
from pln.ui.widgets.boxes import Item
from pln.ui.widgets.cards import titled_card
from pln.ui.widgets.labels import escape, label, rich


def known_card(shell: Shell, page: PersonPage, edit: Callable[[], object]) -> QFrame:
    """How you know each other; where nothing is noted, a way to note it."""
    title = _tr("How you know each other")
    person = page.person
    rest = ", ".join(part for part in (person.how_met, person.met_on) if part)
    if page.introduced_by is not None:
        record, name = page.introduced_by
        who = _tr("Introduced by %1").replace("%1", f'<a href="person">{escape(name)}</a>')
        between = " " if rest[:1].islower() else ", "  # "at a conference" goes on; "A conference" stands for itself
        words = rich(f"{who}{between + escape(rest) if rest else ''}", "body")
        words.setObjectName("introducer")
        words.linkActivated.connect(lambda _link: shell.open(Ref(Noun.PERSON, record)))
        return titled_card(title, words)
    if rest:
        return titled_card(title, label(rest, "body", wrap=True))
    return titled_card(title, whisper(_tr("Note how you met…"), "note-how-met", edit))


def rhythm_card(page: PersonPage, today: date, pause: Callable[[], object], resume: Callable[[], object]) -> QFrame:
    """Twelve months of contact, the rhythm in words, and a rest from suggestions."""
    said = _tr("Days of contact in each of the last twelve months: %1").replace("%1", ", ".join(map(str, page.bars)))
    items: list[Item] = [Bars(page.bars, said)] if any(page.bars) else []
    items.append(label(rhythm_line(page.person, page.pace, today), "muted", wrap=True))
    paused = is_paused(page.person, today)
    text, run = (_tr("Take up again"), resume) if paused else (_tr("Pause suggestions…"), pause)
    return titled_card(_tr("Rhythm"), *items, whisper(text, "pause", run))


def rhythm_line(person: Person, pace: Pace, today: date) -> str:
    """The rhythm in words. A rest, no rhythm wanted, no wish said and not in touch yet are told apart."""
    if is_paused(person, today):
        assert person.paused_until is not None
        if person.paused_until == UNTIL_I_SAY:
            return _tr("Suggestions rest until you say.")
        return _tr("Suggestions rest until %1.").replace("%1", calendar_day(person.paused_until, today))
    if person.rhythm_wish is RhythmWish.NONE:
        return _tr("No rhythm wanted.")
    if pace.n == 0 and person.rhythm_wish in WISHED:
        wish = wish_words(person.rhythm_wish).lower()
        return _tr("Not in touch yet. Your wish: %1.").replace("%1", wish)
    return rhythm_words(pace, today)


def coming_card(shell: Shell, page: PersonPage, today: date) -> QFrame | None:
    """The birthday and the meetups planned; None where there is neither."""
    items: list[Item] = []
    for meetup in page.coming[:3]:
        opened = link(_planned(meetup, today), f"coming-{meetup.id}", _opener(shell, meetup))
        items.append(opened)
    if page.person.birthday is not None:
        day = calendar_day(page.person.birthday.next_after(today), today)
        items.append(label(_tr("Birthday, %1").replace("%1", day), "body", wrap=True))
    return titled_card(_tr("Coming up"), *items) if items else None


def _opener(shell: Shell, meetup: Meetup) -> Callable[[], None]:
    return lambda: shell.open(Ref(Noun.MEETUP, meetup.id))


def _planned(meetup: Meetup, today: date) -> str:
    day = f"{WEEKDAYS[meetup.day.weekday()][:3]} {short_day(meetup.day, today)}"
    time = f", {meetup.at:%H:%M}" if meetup.at else ""
    place = f", {meetup.place}" if meetup.place else ""
    return f"{meetup.kind.capitalize()}, {day}{time}{place}"


def _tr(text: str) -> str:
    return QCoreApplication.translate("people", text)
