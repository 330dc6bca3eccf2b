"""Two records of one person made one. Nothing is overwritten and nothing is dropped."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import replace
from typing import TypeVar

from pln.model.contact import Handle, NamingConsent, Person, RhythmWish
from pln.model.identity import alternate, folded, handle_key

_T = TypeVar("_T")
# Fields that hold one value; a second value is kept in `extra` as this property.
_ALTERNATES = {
    "name": "FN",
    "nickname": "NICKNAME",
    "pronouns": "PRONOUNS",
    "org": "ORG",
    "role": "TITLE",
    "place": "X-PLN-PLACE",
    "how_met": "X-PLN-HOW-MET",
    "met_on": "X-PLN-MET-ON",
    "uid": "UID",
}


def merged(old: Person, new: Person) -> Person:
    """`old` with what `new` adds: empty fields filled, handles, circles, interests and kept lines united, both notes.

    Where both say something else, the old one stays and the new one is kept as a line of `extra`. What the owner
    decided (naming, rhythm, pause, who introduced them) stays wherever it was decided. Merging twice adds nothing.
    """
    return replace(
        old,
        name=old.name or new.name,
        uid=old.uid or new.uid,
        given=old.given or new.given,
        family=old.family or new.family,
        nickname=old.nickname or new.nickname,
        pronouns=old.pronouns or new.pronouns,
        org=old.org or new.org,
        role=old.role or new.role,
        place=old.place or new.place,
        birthday=old.birthday or new.birthday,
        note=merged_notes(old.note, new.note),
        how_met=old.how_met or new.how_met,
        met_on=old.met_on or new.met_on,
        introduced_by=new.introduced_by if old.introduced_by is None else old.introduced_by,
        naming=new.naming if old.naming is NamingConsent.ASK else old.naming,
        rhythm_wish=new.rhythm_wish if old.rhythm_wish is RhythmWish.UNSET else old.rhythm_wish,
        paused_until=old.paused_until or new.paused_until,
        interests=_united(old.interests, new.interests, folded),
        asks=_united(old.asks, new.asks, folded),
        offers=_united(old.offers, new.offers, folded),
        circles=_united(old.circles, new.circles, folded),
        handles=_united_handles(old.handles, new.handles),
        extra=_united(old.extra, (*_second_values(old, new), *new.extra), str),
        source=old.source or new.source,
        created=old.created or new.created,
    )


def merged_notes(old: str, new: str) -> str:
    """Both notes, one below the other; one alone where it holds the other as whole lines."""
    if not new.strip() or _holds(old, new):
        return old
    return new if not old.strip() or _holds(new, old) else f"{old}\n\n{new}"


def _holds(note: str, other: str) -> bool:
    return f"\n{other.strip()}\n" in f"\n{note.strip()}\n"


def gains(old: Person, new: Person) -> str:
    """What a merge from `old` to `new` brought, in words ("e-mail, circle, note")."""
    kinds = {handle.kind.value: None for handle in new.handles if handle not in old.handles}
    told = [_NAMES.get(kind, kind) for kind in kinds]
    told += [word for field, word in _WORDS.items() if getattr(old, field) != getattr(new, field)]
    return ", ".join(dict.fromkeys(told))


_NAMES = {"url": "web address", "linkedin": "LinkedIn", "mastodon": "Mastodon", "bluesky": "Bluesky"} | {
    "email": "e-mail",
    "other": "another address",
}
_WORDS = {
    "org": "employer",
    "role": "role",
    "place": "place",
    "nickname": "nickname",
    "pronouns": "pronouns",
    "birthday": "birthday",
    "note": "note",
    "how_met": "how you met",
    "met_on": "when you met",
    "introduced_by": "who introduced you",
    "circles": "circle",
    "interests": "interest",
    "asks": "what they look for",
    "offers": "what they can give",
    "naming": "naming",
    "rhythm_wish": "rhythm",
    "paused_until": "pause",
    "given": "given name",
    "family": "family name",
    "extra": "more details",
}


def _second_values(old: Person, new: Person) -> Iterable[str]:
    for field, name in _ALTERNATES.items():
        mine, theirs = getattr(old, field), getattr(new, field)
        if mine and theirs and mine != theirs:
            yield alternate(name, theirs)
    if old.birthday and new.birthday and old.birthday != new.birthday:
        yield alternate("BDAY", str(new.birthday))
    if old.family and new.family and new.family != old.family:
        yield f"{alternate('N', new.family)};;;;"
    if old.given and new.given and new.given != old.given:
        yield alternate("N", new.given).replace("N:", "N:;", 1) + ";;;"


def _united(old: tuple[_T, ...], new: tuple[_T, ...], key: Callable[[_T], Hashable]) -> tuple[_T, ...]:
    """The old ones, then those of the new that are none of them."""
    seen = {key(item) for item in old}
    more = []
    for item in new:
        if key(item) not in seen:
            seen.add(key(item))
            more.append(item)
    return (*old, *more)


def _united_handles(old: tuple[Handle, ...], new: tuple[Handle, ...]) -> tuple[Handle, ...]:
    """United by what they reach; one whose label nobody told takes the label that the new ones tell."""
    told = {handle_key(handle) for handle in old if handle.label}
    labels = {handle_key(handle): handle.label for handle in reversed(new) if handle.label}

    def labelled(handle: Handle) -> Handle:
        key = handle_key(handle)
        return handle if handle.label or key in told or key not in labels else replace(handle, label=labels[key])

    return _united(tuple(map(labelled, old)), tuple(map(labelled, new)), handle_key)
