"""Finding a marked passage again in a text that changed: by its words, what stands around them, and where it was.

A text is compared without its spaces, its case and the shapes of its quotation marks, so that it may be set anew. The
passage is looked for with both its surroundings, then with either, then with words changed in it. Where the words stand
only among others, the passage is lost: it is never laid on a place that merely says the same.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

AROUND = 64
"""Characters kept before and after a passage."""

LONGEST = 20_000
"""Characters of a passage."""

# Nothing that is seen: spaces, soft hyphens, marks of direction, places where words may break, pictures.
_UNSEEN = "\\s\u00ad\u200b-\u200f\u2060\u202a-\u202e\ufeff\ufffc"
_RUN = re.compile(f"[^{_UNSEEN}]+")
_SHAPES = str.maketrans("‘’‚“”„«»–—−‐‑", '\'\'\'"""""-----')

_ENOUGH = 12  # characters around it that must be the same, or
_ALIKE = 0.6  # how alike the nearest ones must be
_NEAREST = 32
_SAME_WORDS = 0.7  # of a passage whose words were changed
_CANDIDATES = 200
_TRIED = 8
_END = 160  # of a long passage only its ends are compared
_SEED = 10


@dataclass(frozen=True, slots=True)
class Anchor:
    """quote: the passage. before, after: what stands around it. start: where, in characters of the text."""

    quote: str
    before: str
    after: str
    start: int


@dataclass(frozen=True, slots=True)
class Span:
    """A part of a text, in characters."""

    start: int
    length: int

    @property
    def end(self) -> int:
        return self.start + self.length


def anchor_of(text: str, start: int, length: int) -> Anchor | None:
    """The anchor of a part of a text, without spaces at its ends. None where nothing is left to be seen."""
    runs = list(_RUN.finditer(text, max(0, start), max(0, min(start + length, start + LONGEST))))
    if not runs:
        return None
    first, last = runs[0].start(), runs[-1].end()
    before, after = text[max(0, first - AROUND) : first], text[last : last + AROUND]
    return Anchor(text[first:last], before, after, first)


class Readable:
    """A text as it is compared, made once for all the passages that are looked for in it."""

    def __init__(self, text: str) -> None:
        self.text, self._places = _squeezed(text)
        self._length = len(text)

    def span(self, start: int, end: int) -> Span:
        """Part of the compared text -> part of the real one."""
        first, last = self._places[start], self._places[end - 1]
        return Span(first, last + 1 - first)

    def near(self, start: int) -> int:
        """About where a place of the real text is in the compared one."""
        return start * len(self.text) // self._length if self._length else 0


def find(text: str | Readable, anchor: Anchor) -> Span | None:
    """Where the passage stands in a text, None where it is lost. Some milliseconds in a text of 200 KB."""
    page = text if isinstance(text, Readable) else Readable(text)
    wanted = _Wanted(anchor, page)
    found = wanted.between_both() or wanted.beside_one() or wanted.changed()
    return page.span(*found) if found else None


class _Wanted:
    """One search. All positions are in the compared text."""

    def __init__(self, anchor: Anchor, page: Readable) -> None:
        self._page = page.text
        self._quote = _squeezed(anchor.quote)[0]
        self._before, self._after = _squeezed(anchor.before)[0], _squeezed(anchor.after)[0]
        self._near = page.near(anchor.start)

    def between_both(self) -> tuple[int, int] | None:
        if not self._quote:
            return None
        whole = self._before + self._quote + self._after
        places = [at + len(self._before) for at in _places(self._page, whole, self._near)]
        if not (self._before or self._after) and len(places) > 1:
            return None
        return self._nearest(places)

    def beside_one(self) -> tuple[int, int] | None:
        """The words as they are; around them at least one side is much the same."""
        if not self._quote:
            return None
        tail, head = self._before[-_ENOUGH:], self._after[:_ENOUGH]
        places = {at + len(tail) for at in _places(self._page, tail + self._quote, self._near)} if tail else set()
        places |= set(_places(self._page, self._quote + head, self._near)) if head else set()
        places |= set(_places(self._page, self._quote, self._near))
        weighed = [(self._weight(at, at + len(self._quote)), at) for at in places]
        best = max((weight for weight, _ in weighed), default=0.0)
        return self._nearest([at for weight, at in weighed if weight == best]) if best > 0 else None

    def changed(self) -> tuple[int, int] | None:
        """Some of the words were changed, and around them at least one side is the same."""
        best: tuple[float, int, int] | None = None
        for start, end in self._guesses():
            likeness = self._likeness(start, end)
            if likeness >= _SAME_WORDS and self._weight(start, end) > 0 and (best is None or likeness > best[0]):
                best = likeness, start, end
        return best[1:] if best else None

    def _nearest(self, places: list[int]) -> tuple[int, int] | None:
        if not places:
            return None
        at = min(places, key=lambda place: (abs(place - self._near), place))
        return at, at + len(self._quote)

    def _weight(self, start: int, end: int) -> float:
        """How well what stands around a place fits: 0 where neither side does."""
        left = _side(self._before[::-1], self._page[max(0, start - 2 * AROUND) : start][::-1])
        right = _side(self._after, self._page[end : end + 2 * AROUND])
        return left + right

    def _guesses(self) -> list[tuple[int, int]]:
        """Places that may hold the changed passage: beside its surroundings, or where some of its words stand."""
        size, page = len(self._quote), self._page
        tail, head = self._before[-_ENOUGH:], self._after[:_ENOUGH]
        starts = [at + len(tail) for at in _places(page, tail, self._near)] if len(tail) >= _ENOUGH else []
        ends = _places(page, head, self._near) if len(head) >= _ENOUGH else []
        room = range(max(1, size // 2), 2 * size + _SEED)
        pairs = [(start, end) for start in starts[:50] for end in ends[:50] if end - start in room]
        pairs += [(start, self._end_from(start)) for start in starts[:_TRIED]]
        pairs += [(self._start_from(end), end) for end in ends[:_TRIED]]
        known = [(start, end) for start, end in pairs if 0 <= start < end <= len(page)]
        return list(dict.fromkeys(known))[: 3 * _TRIED]

    def _end_from(self, start: int) -> int:
        """The end of the passage that begins here: where its last words stand, or after as many characters."""
        return _best_end(self._quote, self._page[start : start + 2 * len(self._quote) + _SEED], start)

    def _start_from(self, end: int) -> int:
        before = self._page[max(0, end - 2 * len(self._quote) - _SEED) : end][::-1]
        return end - _best_end(self._quote[::-1], before, 0)

    def _likeness(self, start: int, end: int) -> float:
        now = self._page[start:end]
        if len(self._quote) <= 2 * _END:
            return _alike(self._quote, now[: 4 * _END])
        return min(_alike(self._quote[:_END], now[:_END]), _alike(self._quote[-_END:], now[-_END:]))


def _best_end(quote: str, room: str, start: int) -> int:
    """Where in `room`, which begins at `start`, the quote ends, looking for its last words from behind."""
    for back in range(0, max(1, min(len(quote) - _SEED, 3 * _SEED)), 2):
        seed = quote[len(quote) - back - _SEED : len(quote) - back]
        at = room.rfind(seed) if len(seed) == _SEED else -1
        if at >= 0:
            return start + min(len(room), at + _SEED + back)
    return start + min(len(room), len(quote))


def _side(wanted: str, here: str) -> float:
    """How well one side fits, nearest characters first: 0 for not at all."""
    if not wanted:
        return 0.0 if here else 0.5  # it stood at an end of the text, and does so still
    same = next(
        (at for at, (a, b) in enumerate(zip(wanted, here, strict=False)) if a != b), min(len(wanted), len(here))
    )
    if same >= min(len(wanted), _ENOUGH):
        return 1.0 + same / len(wanted)
    likeness = _alike(wanted[:_NEAREST], here[:_NEAREST])
    return likeness if likeness >= _ALIKE and len(wanted) >= _ENOUGH else 0.0


def _alike(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _places(page: str, wanted: str, near: int) -> list[int]:
    """Where a text stands, the nearest first; of very many only those around."""
    found, at = [], page.find(wanted) if wanted else -1
    while at >= 0:
        found.append(at)
        at = page.find(wanted, at + 1)
    return sorted(found, key=lambda place: (abs(place - near), place))[:_CANDIDATES]


def _squeezed(text: str) -> tuple[str, list[int]]:
    """A text as it is compared, and where in the real text each of its characters stands."""
    parts: list[str] = []
    places: list[int] = []
    for run in _RUN.finditer(text):
        shaped = run.group().translate(_SHAPES)
        folded = shaped.casefold()
        if len(folded) == len(shaped):
            parts.append(folded)
            places.extend(range(run.start(), run.end()))
        else:  # one character became several
            for at, char in enumerate(shaped, run.start()):
                parts.append(char.casefold())
                places.extend([at] * len(char.casefold()))
    return "".join(parts), places
