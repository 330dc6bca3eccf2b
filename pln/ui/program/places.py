"""The six places, each made when it is first shown, and what makes each of them stale."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QCoreApplication

from pln.model.changes import ChangeSet, Noun
from pln.ui.place import Place, PlaceEntry, PlaceId
from pln.ui.shell import Shell

# What a place shows. An article read does not change Today before the day does, so Today does not listen to articles.
_OF_PEOPLE = (Noun.PERSON, Noun.MEETUP, Noun.MARK, Noun.INTERACTION, Noun.HIGHLIGHT)
_SHOWS: dict[PlaceId, tuple[Noun, ...]] = {
    PlaceId.TODAY: (*_OF_PEOPLE, Noun.RESPONSE, Noun.SETTING, Noun.FEED),
    PlaceId.PEOPLE: (Noun.PERSON, Noun.CIRCLE, Noun.MEETUP, Noun.MARK, Noun.INTERACTION, Noun.ENTRY, Noun.HIGHLIGHT),
    PlaceId.MEETUPS: (Noun.PERSON, Noun.MEETUP, Noun.MARK, Noun.HIGHLIGHT),
    PlaceId.READING: (Noun.FEED, Noun.ARTICLE, Noun.PERSON, Noun.HIGHLIGHT, Noun.SMART_FOLDER),
    PlaceId.JOURNAL: (Noun.ENTRY, Noun.SHARE, Noun.PERSON),
    PlaceId.NETWORK: (Noun.PERSON, Noun.CIRCLE, Noun.MEETUP, Noun.MARK, Noun.INTERACTION, Noun.HIGHLIGHT),
}


def stale_places(changes: ChangeSet) -> tuple[PlaceId, ...]:
    """The places that show something of what a commit touched, but the one that asked for it."""
    return tuple(place for place, nouns in _SHOWS.items() if changes.touches(*nouns) and changes.origin != place.value)


def place_entries(shell: Callable[[], Shell | None]) -> Iterator[PlaceEntry]:
    """The places for a window. `shell` is asked when a place is made; Today alone can be made before there is one."""
    for place, title, icon in _titles():
        yield PlaceEntry(id=place, title=title, icon=icon, make=_maker(place, shell))


def _titles() -> Iterator[tuple[PlaceId, str, str]]:
    yield PlaceId.TODAY, _tr("Today"), "sun"
    yield PlaceId.PEOPLE, _tr("People"), "users"
    yield PlaceId.MEETUPS, _tr("Meetups"), "coffee"
    yield PlaceId.READING, _tr("Reading"), "book-open"
    yield PlaceId.JOURNAL, _tr("Journal"), "feather"
    yield PlaceId.NETWORK, _tr("Network"), "waypoints"


def _maker(place: PlaceId, found: Callable[[], Shell | None]) -> Callable[[], Place]:
    def shell() -> Shell:
        known = found()
        assert known is not None, "all places but Today are made after the store is open"
        return known

    # Imported when made: a place that is not visited costs nothing.
    def today() -> Place:
        from pln.ui.today.place import TodayPlace

        return TodayPlace(found())

    def people() -> Place:
        from pln.ui.people.place import PeoplePlace

        return PeoplePlace(shell())

    def meetups() -> Place:
        from pln.ui.meetups.place import MeetupsPlace

        return MeetupsPlace(shell())

    def reading() -> Place:
        from pln.ui.reading.place import ReadingPlace

        return ReadingPlace(shell())

    def journal() -> Place:
        from pln.ui.journal.place import JournalPlace

        return JournalPlace(shell())

    def network() -> Place:
        from pln.ui.network.place import NetworkPlace

        return NetworkPlace(shell())

    makers = {
        PlaceId.TODAY: today, PlaceId.PEOPLE: people, PlaceId.MEETUPS: meetups,
        PlaceId.READING: reading, PlaceId.JOURNAL: journal, PlaceId.NETWORK: network,
    }  # fmt: skip
    return makers[place]


def _tr(text: str) -> str:
    return QCoreApplication.translate("places", text)
