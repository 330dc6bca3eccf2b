"""Regular expressions that cannot hang: matched in time that grows with the text alone, whatever the pattern.

A pattern becomes a small machine of states (Thompson's way), whose sets of states are remembered as they are met.
Understood: characters, ".", [sets], \\d \\w \\s \\b, ^ $, groups, |, * + ? {m,n}. Case does not count. What needs to go
back in the text (references, looking around) is refused with a sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from pln.model.errors import UsageError

_MOST_STATES = 2000
_MOST_CHARACTERS = 500
_MOST_REMEMBERED = 2000
_MOST_WORK = 500_000  # states walked in one text: a tenth of a second or two
_CLASSES: dict[str, Callable[[str], bool]] = {
    "d": str.isdigit, "w": lambda char: char.isalnum() or char == "_", "s": str.isspace,
}  # fmt: skip
_CONTROLS = {"n": "\n", "t": "\t", "r": "\r"}


@dataclass(slots=True)
class _State:
    """takes: which character leads on; None for a state passed without one. where: "^", "$" or "b", "B", "" for any."""

    takes: Callable[[str], bool] | None = None
    where: str = ""
    to: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Part:
    """A piece of the machine: where it begins, and the one state in which it ends."""

    start: int
    end: int


class Pattern:
    """A pattern ready to be looked for. Raises UsageError where it is not understood, with what is wrong."""

    def __init__(self, text: str) -> None:
        if len(text) > _MOST_CHARACTERS:
            raise _wrong(f"it is longer than {_MOST_CHARACTERS} characters")
        reader = _Reader(text)
        whole = reader.read()
        self._states, self._start, self._end = reader.states, whole.start, whole.end
        self._work = 0
        self._after: dict[tuple[frozenset[int], str, bool], frozenset[int]] = {}

    def found_in(self, text: str) -> bool:
        """Whether the pattern stands anywhere in a text.

        A pattern that keeps hundreds of places in mind is looked for in the beginning of a long text alone.
        """
        self._work = 0
        before, now = "", frozenset({self._start})
        for char in text.lower():
            here = self._closure(now, before, char)
            if self._end in here:
                return True
            if self._work > _MOST_WORK:
                return False
            now, before = self._step(here, char), char
        return self._end in self._closure(now, before, "")

    def _step(self, states: frozenset[int], char: str) -> frozenset[int]:
        key = (states, char, True)
        found = self._after.get(key)
        if found is None:
            led = {to for each in states if self._takes(each, char) for to in self._states[each].to}
            found = self._remember(key, frozenset({*led, self._start}))
        return found

    def _takes(self, state: int, char: str) -> bool:
        takes = self._states[state].takes
        return takes is not None and takes(char)

    def _closure(self, states: frozenset[int], before: str, after: str) -> frozenset[int]:
        """With all that is reached without a character, at a place between two characters ("" at the ends)."""
        kind = f"{_edge(before)}{_edge(after)}"
        key = (states, kind, False)
        found = self._after.get(key)
        if found is None:
            found = self._remember(key, self._spread(states, kind))
        return found

    def _spread(self, states: frozenset[int], kind: str) -> frozenset[int]:
        reached, waiting = set(states), list(states)
        while waiting:
            state = self._states[waiting.pop()]
            if state.takes is None and _holds(state.where, kind):
                new = [to for to in state.to if to not in reached]
                reached.update(new)
                waiting += new
        return frozenset(reached)

    def _remember(self, key: tuple[frozenset[int], str, bool], value: frozenset[int]) -> frozenset[int]:
        self._work += len(key[0]) + len(value)
        if len(self._after) > _MOST_REMEMBERED:
            self._after.clear()
        self._after[key] = value
        return value


@lru_cache(maxsize=64)
def pattern(text: str) -> Pattern:
    """The same, made once. Raises UsageError."""
    return Pattern(text)


class _Reader:
    """Reads a pattern and builds its machine."""

    def __init__(self, text: str) -> None:
        self._text, self._at = text, 0
        self._depth = 0
        self.states: list[_State] = []

    def read(self) -> _Part:
        part = self._either()
        if self._at < len(self._text):
            raise _wrong("a bracket is closed that was not opened")
        return part

    def _either(self) -> _Part:
        parts = [self._row()]
        while self._peek() == "|":
            self._at += 1
            parts.append(self._row())
        if len(parts) == 1:
            return parts[0]
        end = self._new()
        for part in parts:
            self._link(part.end, end)
        start = self._new(to=[part.start for part in parts])
        return _Part(start, end)

    def _row(self) -> _Part:
        start = end = self._new()
        while self._peek() not in ("", "|", ")"):
            part = self._repeated()
            self._link(end, part.start)
            end = part.end
        return _Part(start, end)

    def _repeated(self) -> _Part:
        begin = self._at
        part = self._one()
        stop = self._at
        least, most = self._times()
        if (least, most) == (1, 1):
            return part
        rest, copies = self._at, [part]
        for _ in range(max(least, most or 1, 1) - 1):
            self._at = begin
            copies.append(self._one())
            if self._at != stop:
                raise AssertionError("the same text was read otherwise")
        self._at = rest
        return self._chain(copies, least, most)

    def _chain(self, copies: list[_Part], least: int, most: int | None) -> _Part:
        """The copies one after the other, those beyond `least` optional; without a `most` the last one repeats."""
        start, end = self._new(), self._new()
        self._link(start, copies[0].start)
        for number, part in enumerate(copies):
            if number + 1 < len(copies):
                self._link(part.end, copies[number + 1].start)
            if number + 1 >= least:
                self._link(part.end, end)
        if least == 0:
            self._link(start, end)
        for number in range(1, len(copies)):
            if number >= least:
                self._link(copies[number - 1].end, end)
        if most is None:
            self._link(copies[-1].end, copies[-1].start)
        return _Part(start, end)

    def _times(self) -> tuple[int, int | None]:
        sign = self._peek()
        simple: dict[str, tuple[int, int | None]] = {"*": (0, None), "+": (1, None), "?": (0, 1)}
        if sign in simple:
            self._at += 1
            found = simple[sign]
        elif sign == "{":
            found = self._counted()
        else:
            return 1, 1
        if self._peek() == "?":  # "as few as possible" finds in the same texts
            self._at += 1
        if self._peek() in ("*", "+", "?", "{") and self._peek():
            raise _wrong("a sign for repeating follows another one")
        return found

    def _counted(self) -> tuple[int, int | None]:
        close = self._text.find("}", self._at)
        low, comma, high = self._text[self._at + 1 : max(close, 0)].partition(",")
        if close < 0 or not low.isascii() or not low.isdigit() or (high and not (high.isascii() and high.isdigit())):
            raise _wrong("braces hold numbers, like {2} or {2,4}; for a brace itself write \\{")
        self._at = close + 1
        least = int(low[:6])
        most = int(high[:6]) if high else (None if comma else least)
        if max(least, most or 0) > 100 or (most is not None and most < least) or most == 0:
            raise _wrong("something is repeated more than 100 times, or between wrong limits")
        return least, most

    def _one(self) -> _Part:
        char = self._take()
        if char == "(":
            return self._group()
        if char in "*+?{":
            raise _wrong("a sign for repeating follows nothing")
        if char in "^$":
            return self._place(char)
        if char == "\\":
            return self._escaped()
        if char == "[":
            return self._leaf(self._set())
        if char == ".":
            return self._leaf(lambda other: other != "\n")
        return self._leaf(_is(char))

    def _group(self) -> _Part:
        if self._text.startswith("?", self._at):
            if not self._text.startswith("?:", self._at):
                raise _wrong("looking around, and groups with names or flags, are not understood")
            self._at += 2
        self._depth += 1
        if self._depth > 20:
            raise _wrong("its groups lie too deep in one another")
        part = self._either()
        self._depth -= 1
        if self._take() != ")":
            raise _wrong("a bracket is not closed")
        return part

    def _escaped(self) -> _Part:
        char = self._take()
        if char in ("b", "B"):
            return self._place(char)
        return self._leaf(self._class(char) or _is(self._plain(char)))

    def _class(self, char: str) -> Callable[[str], bool] | None:
        known = _CLASSES.get(char.lower())
        if known is None or char.islower():
            return known
        return lambda other: not known(other)

    def _plain(self, char: str) -> str:
        if char in _CONTROLS:
            return _CONTROLS[char]
        if not char or char.isalnum():
            raise _wrong(f"\\{char} is not understood")
        return char

    def _set(self) -> Callable[[str], bool]:
        other = self._peek() == "^"
        self._at += other
        tests: list[Callable[[str], bool]] = []
        first = True
        while first or self._peek() != "]":
            first = False
            tests.append(self._of_set())
        self._at += 1
        return lambda char: any(test(char) for test in tests) != other

    def _of_set(self) -> Callable[[str], bool]:
        low = self._take("a set is not closed: ] is missing")
        if low == "\\":
            escaped = self._take()
            found = self._class(escaped)
            if found is not None:
                return found
            low = self._plain(escaped)
        if self._peek() != "-" or self._text[self._at + 1 : self._at + 2] in ("]", ""):
            return _is(low)
        self._at += 1
        high = self._take()
        if high == "\\":
            high = self._plain(self._take())
        return _between(low, high)

    def _leaf(self, takes: Callable[[str], bool]) -> _Part:
        end = self._new()
        return _Part(self._new(takes=takes, to=[end]), end)

    def _place(self, where: str) -> _Part:
        end = self._new()
        return _Part(self._new(where=where, to=[end]), end)

    def _new(self, takes: Callable[[str], bool] | None = None, where: str = "", to: Iterable[int] = ()) -> int:
        if len(self.states) >= _MOST_STATES:
            raise _wrong("it is too large")
        self.states.append(_State(takes, where, list(to)))
        return len(self.states) - 1

    def _link(self, start: int, to: int) -> None:
        self.states[start].to.append(to)

    def _peek(self) -> str:
        return self._text[self._at : self._at + 1]

    def _take(self, otherwise: str = "it ends too early") -> str:
        char = self._peek()
        if not char:
            raise _wrong(otherwise)
        self._at += 1
        return char


def _is(char: str) -> Callable[[str], bool]:
    low = char.lower()
    return lambda other: other == low


def _between(low: str, high: str) -> Callable[[str], bool]:
    if low > high:
        raise _wrong(f"{low}-{high} runs backwards")
    return lambda char: low <= char <= high or low <= char.upper() <= high


def _edge(char: str) -> str:
    """What stands beside a place, as far as places depend on it: nothing, a part of a word, or something else."""
    if not char:
        return "0"
    return "w" if char.isalnum() or char == "_" else "-"


def _holds(where: str, kind: str) -> bool:
    if where == "^":
        return kind[0] == "0"
    if where == "$":
        return kind[1] == "0"
    if where in ("b", "B"):
        return ((kind[0] == "w") != (kind[1] == "w")) == (where == "b")
    return True


def _wrong(why: str) -> UsageError:
    return UsageError("This pattern is not understood", f"In the pattern, {why}. Nothing was saved.")
