"""A list that changes under its reader without losing what they are at."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import chain, islice


def merged(shown: Sequence[int], fresh: Sequence[int], keep: Collection[int]) -> tuple[int, ...]:
    """`fresh` with those of `keep` that were shown and are gone from it, each where it stood.

    A kept one stands before the next of the shown ones that is still there, so that news come above it.
    """
    here = frozenset(fresh)
    gone = frozenset(each for each in keep if each not in here)
    if not gone:
        return tuple(fresh)
    before: dict[int, list[int]] = {}
    waiting: list[int] = []
    for each in shown:
        if each in gone:
            waiting.append(each)
        elif waiting and each in here:
            before[each], waiting = waiting, []
    found: list[int] = []
    for each in fresh:
        if each in before:
            found += before[each]
        found.append(each)
    return (*found, *waiting)


def next_of(ids: Sequence[int], current: int | None, wanted: Collection[int]) -> int | None:
    """The next wanted id after the current one; from the beginning where there is none below. None for none at all."""
    start = ids.index(current) + 1 if current is not None and current in ids else 0
    turned = chain(islice(ids, start, None), islice(ids, max(0, start - 1)))
    return next((each for each in turned if each in wanted), None)


def previous_of(ids: Sequence[int], current: int | None, wanted: Collection[int]) -> int | None:
    """The nearest wanted id above the current one, else the one right above it. None at the top."""
    above = ids[: ids.index(current)] if current is not None and current in ids else ()
    found = next((each for each in reversed(above) if each in wanted), None)
    return found if found is not None else (above[-1] if above else None)


def below(ids: Sequence[int], current: int | None) -> Sequence[int]:
    """What is listed below the current one; all of it where there is none."""
    return ids[ids.index(current) + 1 :] if current is not None and current in ids else ids
