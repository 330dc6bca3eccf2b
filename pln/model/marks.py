"""The four marks of a meetup note, and how they become records without losing what is known of them.

[ ] me: send the paper          a promise of mine             ([x] when done)
[ ] Anna: name of the studio    a promise of theirs
! start with the question       something learned
? did the schools join          a question to ask next time
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum


class MarkKind(StrEnum):
    MINE = "mine"
    THEIRS = "theirs"
    LESSON = "lesson"
    QUESTION = "question"

    @property
    def is_promise(self) -> bool:
        return self in (MarkKind.MINE, MarkKind.THEIRS)


class MarkState(StrEnum):
    """OPEN -> DONE or LET_GO. A lesson is always OPEN; a question is DONE once asked."""

    OPEN = "open"
    DONE = "done"
    LET_GO = "let go"


@dataclass(frozen=True, slots=True)
class WrittenMark:
    """A mark as it stands in a note. who: the name before the colon of a promise of theirs. line counts from 0."""

    kind: MarkKind
    text: str
    who: str
    done: bool
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A promise, lesson or question as a record.

    person_id: whose promise it is or to whom it was made; None where the note does not tell.
    made_on: the day of the meetup. closed_on: the day it was done or let go.
    """

    kind: MarkKind
    text: str
    meetup_id: int
    made_on: date
    id: int = 0
    uid: str = ""
    person_id: int | None = None
    who: str = ""
    state: MarkState = MarkState.OPEN
    closed_on: date | None = None
    line: int = 0


_PROMISE = re.compile(r"[-*•]?\s*\[(?P<box>[ xX✓]?)\]\s*(?P<who>[^:\[\]]{1,60}?)\s*[:：]\s*(?P<text>\S.*)")
_LESSON = re.compile(r"!\s*(?:learned\s*[:：])?\s*(?P<text>[^\s!=].*)", re.IGNORECASE)
_QUESTION = re.compile(r"\?\s*(?:ask next time\s*[:：])?\s*(?P<text>[^\s?].*)", re.IGNORECASE)
_ME = frozenset({"me", "i", "myself"})


def read_mark(line_text: str, line: int = 0) -> WrittenMark | None:
    """The mark that one line of a note holds, or None for an ordinary line."""
    text = line_text.strip()
    if found := _PROMISE.fullmatch(text):
        who = found["who"].strip()
        mine = who.casefold() in _ME
        done = found["box"] not in ("", " ")
        return WrittenMark(
            MarkKind.MINE if mine else MarkKind.THEIRS, found["text"].strip(), "" if mine else who, done, line
        )
    if found := _LESSON.fullmatch(text):
        return WrittenMark(MarkKind.LESSON, found["text"].strip(), "", False, line)
    if found := _QUESTION.fullmatch(text):
        return WrittenMark(MarkKind.QUESTION, found["text"].strip(), "", False, line)
    return None


def read_marks(notes: str) -> list[WrittenMark]:
    """All marks of a note, in their order."""
    found = (read_mark(text, line) for line, text in enumerate(notes.splitlines()))
    return [mark for mark in found if mark is not None]


def prose(notes: str) -> str:
    """A note without its marks."""
    return "\n".join(line for line in notes.splitlines() if read_mark(line) is None).strip()


def whose(who: str, people: Sequence[tuple[int, str]]) -> int | None:
    """Id of the person that a name before the colon means, among those of the meetup.

    people: (id, name) of everyone met. A full name beats a first name; a name that fits two people decides nothing.
    With one person met, an unnamed or unknown name means that person.
    """
    wanted = who.casefold()
    exact = [person for person, name in people if name.casefold() == wanted]
    partly = [person for person, name in people if wanted in name.casefold().split()]
    for found in (exact, partly):
        if len(found) == 1:
            return found[0]
    return people[0][0] if len(people) == 1 else None


@dataclass(frozen=True, slots=True)
class MarkPlan:
    """What to write so that the records equal the note: `add` have id 0, `change` keep theirs, `remove` are ids."""

    add: tuple[Mark, ...]
    change: tuple[Mark, ...]
    remove: tuple[int, ...]


def reconcile(
    stored: Sequence[Mark],
    written: Sequence[WrittenMark],
    *,
    meetup_id: int,
    day: date,
    people: Sequence[tuple[int, str]],
    today: date,
) -> MarkPlan:
    """Match a note's marks with its records, so that ids and states outlive edits of the note.

    A record is matched by kind and text first, then by kind and line (a reworded mark). A box ticked in the note closes
    the promise, a box emptied opens it again (closing a promise elsewhere ticks its box, so the two agree). A promise
    let go stays so until its box is ticked. What no longer stands in the note is removed.
    """
    left = list(stored)
    same_words = [(mark, _take(left, mark, lambda old, new: old.text == new.text)) for mark in written]
    matched = [(mark, old or _take(left, mark, lambda old, new: old.line == new.line)) for mark, old in same_words]
    add, change = [], []
    for mark, old in matched:
        new = _record(mark, old, meetup_id, day, people, today)
        if old is None:
            add.append(new)
        elif new != old:
            change.append(new)
    return MarkPlan(tuple(add), tuple(change), tuple(old.id for old in left))


def _take(left: list[Mark], new: WrittenMark, fits: Callable[[Mark, WrittenMark], bool]) -> Mark | None:
    found = next((old for old in left if old.kind is new.kind and fits(old, new)), None)
    if found is not None:
        left.remove(found)
    return found


def _record(
    mark: WrittenMark, old: Mark | None, meetup_id: int, day: date, people: Sequence[tuple[int, str]], today: date
) -> Mark:
    person = people[0][0] if len(people) == 1 else None
    if mark.kind is MarkKind.THEIRS:
        person = whose(mark.who, people)
    if old is None:
        state = MarkState.DONE if mark.done else MarkState.OPEN
        return Mark(
            kind=mark.kind, text=mark.text, meetup_id=meetup_id, made_on=day, person_id=person, who=mark.who,
            state=state, closed_on=today if mark.done else None, line=mark.line,
        )  # fmt: skip
    new = replace(old, text=mark.text, made_on=day, person_id=person, who=mark.who, line=mark.line)
    if mark.done and old.state is not MarkState.DONE:
        new = replace(new, state=MarkState.DONE, closed_on=today)
    elif mark.kind.is_promise and not mark.done and old.state is MarkState.DONE:
        new = replace(new, state=MarkState.OPEN, closed_on=None)
    return new


def tick(notes: str, text: str, *, done: bool, line: int = 0) -> str:
    """The note with the box before a promise's text ticked or emptied; unchanged where no such promise stands in it.

    line: where it was last seen; tried first, because the same words may stand in a note twice.
    """
    lines = notes.splitlines(keepends=True)
    numbers = range(len(lines))
    for number in (*numbers[line : line + 1], *numbers):
        mark = read_mark(lines[number])
        if mark is not None and mark.kind.is_promise and mark.text == text:
            lines[number] = re.sub(r"\[[ xX✓]?\]", "[x]" if done else "[ ]", lines[number], count=1)
            break
    return "".join(lines)
