"""How long a name may be, and its like: a longer text is none, but came into the wrong field."""

from __future__ import annotations

from collections.abc import Iterator

from pln.model.contact import Person
from pln.model.errors import UsageError

LONGEST = 500
"""Characters. No list, menu or picker has to show a longer one."""

_SHORT = {
    "name": "name", "given": "given name", "family": "family name", "nickname": "nickname", "pronouns": "pronouns",
    "org": "organisation", "role": "role", "place": "place",
}  # fmt: skip
_EACH_SHORT = {"circles": "circle", "interests": "interest"}


def overlong(person: Person, was: Person | None = None) -> str:
    """Which text of a person is too long, in a word ("name"); empty where none is.

    was: the person as stored. What stays as it was is left in peace.
    """
    return next((word for word, text in _short_texts(person, was) if len(text) > LONGEST), "")


def refuse_overlong(person: Person, was: Person | None = None) -> None:
    """Raises UsageError where a text of a person is too long (see `overlong`)."""
    if word := overlong(person, was):
        raise _refused(word)


def refuse_long_text(word: str, text: str) -> None:
    """Raises UsageError for a text that is too long. word: what it is ("place")."""
    if len(text) > LONGEST:
        raise _refused(word)


def too_long(word: str) -> str:
    """The reason why a row of a file is not read."""
    return f"its {word} is longer than {LONGEST} characters"


def _refused(word: str) -> UsageError:
    return UsageError(
        f"The {word} is very long",
        f"Nothing was saved. There is room for {LONGEST} characters; a longer text would be at home in the notes.",
    )


def _short_texts(person: Person, was: Person | None) -> Iterator[tuple[str, str]]:
    for field, word in _SHORT.items():
        if was is None or getattr(person, field) != getattr(was, field):
            yield word, getattr(person, field)
    for field, word in _EACH_SHORT.items():
        known = frozenset(getattr(was, field)) if was is not None else frozenset()
        yield from ((word, each) for each in getattr(person, field) if each not in known)
