"""Where one is in the window, to be back there after it was locked."""

from __future__ import annotations

from dataclasses import dataclass

from pln.model.changes import Noun, Ref
from pln.ui.main_window import MainWindow
from pln.ui.place import Place, PlaceId


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """record: what is shown in the place, None where that has no page of its own."""

    place: PlaceId
    record: Ref | None = None


def whereabouts(window: MainWindow) -> Whereabouts | None:
    """Where one is; None before any place was shown."""
    here = window.current()
    return None if here is None else Whereabouts(here, _record(window.place(here)))


def go_back(window: MainWindow, there: Whereabouts) -> None:
    """Go where one was. A record that is gone meanwhile is passed over by its place."""
    place = window.go(there.place)
    if there.record is not None and (opener := getattr(place, "open_record", None)) is not None:
        opener(there.record)


def _record(place: Place) -> Ref | None:
    # Imported when they are there already: nothing is shown of a place that was not made.
    if place.id is PlaceId.PEOPLE:
        from pln.ui.people.place import PeoplePlace

        return _ref(Noun.PERSON, place.person.id) if isinstance(place, PeoplePlace) and place.person else None
    if place.id is PlaceId.MEETUPS:
        from pln.ui.meetups.place import MeetupsPlace

        return _ref(Noun.MEETUP, place.chosen.id) if isinstance(place, MeetupsPlace) and place.chosen else None
    if place.id is PlaceId.JOURNAL:
        from pln.ui.journal.place import JournalPlace

        return _ref(Noun.ENTRY, place.saver.entry.id) if isinstance(place, JournalPlace) else None
    if place.id is PlaceId.READING:
        from pln.ui.reading.place import ReadingPlace

        return _ref(Noun.ARTICLE, place.articles.chosen_id() or 0) if isinstance(place, ReadingPlace) else None
    return None


def _ref(noun: Noun, number: int) -> Ref | None:
    return Ref(noun, number) if number else None
