"""What was said with whom: the lines of meetup notes, so that a reason can quote the one it rests on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from pln.model.marks import read_mark
from pln.model.meetup import Meetup, MeetupState
from pln.model.suggestion import Network
from pln.suggest.words import content


@dataclass(frozen=True, slots=True)
class TalkLine:
    """One line of a note, without its mark. words: stem to the word as it was written, case-folded."""

    meetup: Meetup
    text: str
    words: Mapping[str, str]


def recent_meetups(network: Network, people: Collection[int], each: int) -> dict[int, list[Meetup]]:
    """The last meetups that happened with each of these people, newest first, at most `each`."""
    found: defaultdict[int, list[Meetup]] = defaultdict(list)
    for meetup in sorted(network.meetups.values(), key=lambda meetup: (meetup.day, meetup.id), reverse=True):
        if meetup.state is not MeetupState.HAPPENED or meetup.day > network.today:
            continue
        for person in meetup.people:
            if person in people and len(found[person]) < each:
                found[person].append(meetup)
    return found


def talk_lines(network: Network, people: Collection[int], each: int = 6) -> dict[int, list[TalkLine]]:
    """The lines of their last meetups, newest first, for each of these people."""
    read: dict[int, list[TalkLine]] = {}
    lines: dict[int, list[TalkLine]] = {}
    for person, meetups in recent_meetups(network, people, each).items():
        lines[person] = []
        for meetup in meetups:
            if meetup.id not in read:
                read[meetup.id] = list(_lines(meetup))
            lines[person] += read[meetup.id]
    return lines


def _lines(meetup: Meetup) -> Iterator[TalkLine]:
    for number, line in enumerate(meetup.notes.splitlines()):
        mark = read_mark(line, number)
        text = mark.text if mark else line.strip()
        if text:
            yield TalkLine(meetup, text, content(text))


def line_about(lines: Iterable[TalkLine], stems: Collection[str]) -> TalkLine | None:
    """The newest line that holds all of the stems, or at least two thirds of three and more."""
    needed = len(stems) if len(stems) < 3 else -(-2 * len(stems) // 3)
    if not stems:
        return None
    return next((line for line in lines if sum(stem in line.words for stem in stems) >= needed), None)
