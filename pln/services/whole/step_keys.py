"""The key of a suggested step names records by number ("warm:12:7"); in files they are named by uid."""

from __future__ import annotations

from typing import Any

from pln.model.changes import Noun
from pln.model.suggestion import StepKind
from pln.services.whole.form import IdOf, UidOf, Wrong, listing, uid_in

# For each part after the kind: the noun it numbers, None where it is a word of its own (a year, a day).
PARTS: dict[StepKind, tuple[Noun | None, ...]] = {
    StepKind.PROMISE: (Noun.MARK,),
    StepKind.THEIR_PROMISE: (Noun.MARK,),
    StepKind.QUESTION: (Noun.MARK,),
    StepKind.WARM: (Noun.MEETUP, Noun.PERSON),
    StepKind.DATE: (Noun.PERSON, None),
    StepKind.ARTICLE: (Noun.ARTICLE, Noun.PERSON),
    StepKind.INTRODUCTION: (Noun.PERSON, Noun.PERSON),
    StepKind.RHYTHM: (Noun.PERSON, None),
    StepKind.DORMANT: (Noun.PERSON, None),
}
_GONE = 0
"""Stands for a record that was removed; no record has this number, so that the answer falls on nothing."""


def key_to_plain(kind: StepKind, key: str, uid_of: UidOf) -> list[str | None]:
    """The parts after the kind, as uids; null for what is gone. The two of an introduction stand in order."""
    words = key.removeprefix(f"{kind}:").split(":")
    parts = [_uid(noun, word, uid_of) for noun, word in zip(_shape(kind, len(words)), words, strict=False)]
    return sorted(parts, key=lambda part: part or "") if kind is StepKind.INTRODUCTION else parts


def _shape(kind: StepKind, parts: int) -> tuple[Noun | None, ...]:
    """A third part of an article's key are the words of a topic that was declined."""
    return (*PARTS[kind], None) if kind is StepKind.ARTICLE and parts == len(PARTS[kind]) + 1 else PARTS[kind]


def _uid(noun: Noun | None, word: str, uid_of: UidOf) -> str | None:
    if noun is None:
        return word
    return uid_of(noun, int(word)) if word.isdecimal() else None


def key_from_plain(kind: StepKind, data: Any, where: str, id_of: IdOf) -> str:
    """The key in the numbers of this store. Raises Wrong where the parts do not fit the kind."""
    parts = listing(data, where)
    shape = _shape(kind, len(parts))
    if len(parts) != len(shape):
        raise Wrong(where, "it has not the parts that its kind has")
    words = [_word(noun, part, where, id_of) for noun, part in zip(shape, parts, strict=True)]
    if kind is StepKind.INTRODUCTION:
        words.sort(key=int)
    return ":".join([kind, *words])


def _word(noun: Noun | None, part: Any, where: str, id_of: IdOf) -> str:
    if noun is not None and part is None:
        return str(_GONE)
    text = uid_in(part, where)
    return text if noun is None else str(id_of(noun, text) or _GONE)
