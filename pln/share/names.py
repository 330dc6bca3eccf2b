"""The names pass: where a text names somebody, and what may be done about it.

Everything here is pure. The caller hands in every text that will leave: title, body with its link targets.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pln.model.share import HitStrength, KnownPerson, NameAction, NameHit
from pln.share.folding import Word, words
from pln.share.known import Form, forms, phones
from pln.share.look_alikes import without_digits
from pln.share.numbers import KnownNumbers
from pln.share.replacing import apply as apply
from pln.share.replacing import undecided as undecided
from pln.share.spaced import Spelled, spaced_letters
from pln.share.vocabulary import EVERYDAY

_ANOTHER_WORD = re.compile(r"\n\s*\n|[.!?。！？]['\"”’)]*\s")
_SPACE = re.compile(r"\s")
_LETTER = re.compile(r"[^\W\d_]")
_PROCLITICS = frozenset("وفبلكובלמשהכ")

_Path = tuple[str, ...]


class _Meant(NamedTuple):
    """Whom a form means. sure and named: it holds so for at least one of them."""

    ids: tuple[int, ...]
    sure: bool
    named: bool


class _Found(NamedTuple):
    """letters: of the form, without what stands between. reach: where a number begins with its prefix, or -1."""

    start: int
    end: int
    meant: _Meant
    letters: int
    reach: int = -1


class KnownNames:
    """An index over everybody's forms by their words. Build it once for many texts."""

    def __init__(self, people: Sequence[KnownPerson]) -> None:
        self._people = {person.person_id: person for person in people}
        self._claims: dict[_Path, list[tuple[int, Form]]] = {}
        self._openings: set[_Path] = set()
        self._longest = 1
        self._spelled = Spelled()
        self._numbers = KnownNumbers()
        for person in people:
            self._add(person)

    def find(self, text: str) -> tuple[NameHit, ...]:
        """Hits in the order of the text, none overlapping, the longest first where several would fit."""
        found = [*self._in_words(text), *self._in_numbers(text)]
        return tuple(self._hit(text, one) for one in _without_overlaps(found))

    def _add(self, person: KnownPerson) -> None:
        for form in forms(person):
            self._claims.setdefault(form.words, []).append((person.person_id, form))
            self._openings.update(form.words[:size] for size in range(1, len(form.words)))
            self._longest = max(self._longest, len(form.words))
            if len(form.words) == 1 and not form.detail:
                self._spelled.add(form.words[0])
        for number in phones(person):
            self._numbers.add(number, person.person_id)

    def _meant(self, path: _Path, spaced: bool) -> _Meant | None:
        claims = [claim for claim in self._claims.get(path, ()) if not (spaced and claim[1].tight)]
        if not claims:
            return None
        sure = any(form.strength is HitStrength.SURE for _, form in claims)
        return _Meant(tuple(dict.fromkeys(who for who, _ in claims)), sure, any(not form.detail for _, form in claims))

    def _in_words(self, text: str) -> Iterator[_Found]:
        row = words(text)
        for at, word in enumerate(row):
            yield from self._from_word(text, row, at, word.text, word.start)
            if word.text[0] in _PROCLITICS and len(word.text) > 2:
                yield from self._from_word(text, row, at, word.text[1:], word.second)
        for found in (*self._disguised(text, row), *self._spaced_out(text, row)):
            if found.meant.named:  # nobody types an address so
                yield found

    def _disguised(self, text: str, row: list[Word]) -> Iterator[_Found]:
        """Forms in which a letter is another that looks like it, or to which a digit is stuck."""
        plain = {at: bare for at, word in enumerate(row) if (bare := _bare(word))}
        if plain:
            shown = [
                word._replace(text=plain[at], last=word.end) if at in plain else word for at, word in enumerate(row)
            ]
            for at in sorted({max(0, hidden - back) for hidden in plain for back in range(self._longest)}):
                yield from self._from_word(text, shown, at, shown[at].text, shown[at].start)

    def _spaced_out(self, text: str, row: list[Word]) -> Iterator[_Found]:
        """Names of one word whose letters stand apart ("G r a c e")."""
        for run in spaced_letters(text, row):
            for letters, first, last in self._spelled.find(run):
                meant = self._meant((letters,), True)
                if meant and _is_meant(text, run[first].start, (letters,)):
                    yield _Found(run[first].start, run[last].end, meant, len(letters))

    def _from_word(self, text: str, row: list[Word], at: int, first: str, start: int) -> Iterator[_Found]:
        """Every form that begins at one word; `first` is that word without what is written together with it."""
        path: _Path = ()
        follower, spaced = first, False
        while True:
            word = row[at]
            for ending, end in _endings(follower, word):
                meant = self._meant((*path, ending), spaced)
                whole = ending == follower or (meant is not None and meant.named)  # handles have no genitive
                if meant and whole and _is_meant(text, start, (*path, ending)):
                    yield _Found(_with_sign(text, start), end, meant, sum(map(len, path)) + len(ending))
            path, at = (*path, follower), at + 1
            if path not in self._openings or at == len(row) or not _joined(text, word, row[at]):
                return
            follower, spaced = row[at].text, spaced or bool(_SPACE.search(text, word.end, row[at].start))

    def _in_numbers(self, text: str) -> Iterator[_Found]:
        for number in self._numbers.find(text):
            yield _Found(
                number.start, number.end, _Meant(number.ids, True, False), number.end - number.start, number.reach
            )

    def _hit(self, text: str, found: _Found) -> NameHit:
        people = [self._people[person_id] for person_id in found.meant.ids]
        return NameHit(
            start=found.start,
            end=found.end,
            text=text[found.start : found.end],
            person_ids=found.meant.ids,
            name=_whose(people),
            strength=HitStrength.SURE if found.meant.sure else HitStrength.SOFT,
            suggestion=suggest(people) if found.meant.named else NameAction.REMOVE,
        )


def find_names(text: str, people: Sequence[KnownPerson] | KnownNames) -> tuple[NameHit, ...]:
    """Every place where one of the people is named, reached or placed. Give a KnownNames for more than one text."""
    known = people if isinstance(people, KnownNames) else KnownNames(people)
    return known.find(text)


def suggest(people: Sequence[KnownPerson]) -> NameAction:
    """Keep a name only where everybody it may mean said yes."""
    return NameAction.KEEP if people and all(person.naming == "yes" for person in people) else NameAction.ROLE


def _whose(people: Sequence[KnownPerson]) -> str:
    names = list(dict.fromkeys(person.name for person in people))
    return " or ".join(names) if len(names) < 3 else f"{names[0]} or one of {len(names) - 1} others"


def _bare(word: Word) -> str:
    """A word without its disguise, or "" where it wears none."""
    if word.text.isalpha() and not word.seen:
        return ""
    shown = word.seen or word.text
    return without_digits(shown) or word.seen


def _endings(text: str, word: Word) -> Iterator[tuple[str, int]]:
    """The word itself, and without the s of a possessive or genitive ("Annas’", "Annas bok"), with where each ends."""
    yield text, word.end
    if len(text) > 3 and text.endswith("s"):
        yield text[:-1], word.last


def _is_meant(text: str, start: int, path: tuple[str, ...]) -> bool:
    if len(path) > 1 or path[0] not in EVERYDAY:
        return True
    first = _LETTER.search(text, start)
    return first is None or not first[0].islower()


def _joined(text: str, word: Word, following: Word) -> bool:
    """Whether two words may belong to one name: not across a sentence, a paragraph or a long stretch of signs."""
    gap = text[word.end : following.start]
    new_sentence = _ANOTHER_WORD.search(gap) and len(word.text) > 2
    return len("".join(gap.split())) <= 12 and "\n\n" not in gap and not new_sentence


def _with_sign(text: str, start: int) -> int:
    """The @ of a handle or the # of a tag goes with its word."""
    return start - 1 if start and text[start - 1] in "@＠#＃" else start


def _without_overlaps(found: Sequence[_Found]) -> Iterator[_Found]:
    """Longest first, then leftmost; the rest in between. In the order of the text, each as far as it reaches."""
    taken: list[_Found] = []
    for one in sorted(found, key=lambda each: (-each.letters, each.start, -each.end)):
        at = bisect(taken, one)
        clear_before = at == 0 or taken[at - 1].end <= one.start
        if clear_before and (at == len(taken) or one.end <= taken[at].start):
            taken.insert(at, one)
    end = 0
    for one in taken:
        yield one._replace(start=max(end, one.reach) if one.reach >= 0 else one.start)
        end = one.end
