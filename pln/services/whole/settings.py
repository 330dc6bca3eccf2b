"""Settings of the store in an export: which there are, and which of them name records."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from pln.model.changes import Noun
from pln.services.preferences import Preferences
from pln.services.whole.form import IdOf, UidOf, Wrong, from_plain, listing, mapping, told_fields


class Shape(StrEnum):
    """WISHES: the fields of Preferences. WORDS: a list of texts. KEPT_FOR: person -> articles laid aside for them.

    HERE: a permission, a place of this computer, an unfinished draft; it stays here.
    """

    WISHES = "wishes"
    WORDS = "words"
    KEPT_FOR = "kept for"
    HERE = "here"


SHAPES: Mapping[str, Shape] = {
    "preferences": Shape.WISHES,
    "own_interests": Shape.WORDS,
    "recent_prompts": Shape.WORDS,
    "kept_for": Shape.KEPT_FOR,
    "page_look": Shape.HERE,  # names a typeface of this computer and suits its screen
    "oldest_first": Shape.HERE,
    "allowed_places": Shape.HERE,
    "backup_place": Shape.HERE,
    "last_checked": Shape.HERE,
    "trash_time": Shape.HERE,
    "retention_clock": Shape.HERE,
    "meetup_drafts": Shape.HERE,
    "share_file_place": Shape.HERE,
}


def settings_to_plain(settings: Mapping[str, Any], uid_of: UidOf) -> dict[str, Any]:
    """Every setting that is the owner's rather than this computer's."""
    told = {key: value for key, value in settings.items() if SHAPES.get(key) is not Shape.HERE}
    if "preferences" in told:  # without wishes that earlier versions knew
        told["preferences"] = {
            key: value for key, value in told["preferences"].items() if key in told_fields(Preferences)
        }
    if "kept_for" in told:
        told["kept_for"] = _kept_to_plain(told["kept_for"], uid_of)
    return told


def settings_from_plain(data: Any, where: str, id_of: IdOf) -> dict[str, Any]:
    """The settings that PLN knows, checked, in the numbers of this store; others are passed over. Raises Wrong."""
    found = mapping(data, where)
    shapes = {key: SHAPES[key] for key in found if key in SHAPES}
    return {
        key: _checked(shape, found[key], f"{where}, {key}", id_of)
        for key, shape in shapes.items()
        if shape is not Shape.HERE
    }


def _checked(shape: Shape, data: Any, where: str, id_of: IdOf) -> Any:
    if shape is Shape.WISHES:
        from_plain(Preferences, data, where, id_of)
        return data
    if shape is Shape.WORDS:
        if not all(isinstance(word, str) for word in listing(data, where)):
            raise Wrong(where, "a list of texts was expected there")
        return data
    return _kept_from_plain(data, where, id_of)


def _kept_to_plain(kept: Mapping[str, list[int]], uid_of: UidOf) -> dict[str, list[str]]:
    told: dict[str, list[str]] = {}
    for person, articles in kept.items():
        who = uid_of(Noun.PERSON, int(person))
        uids = [uid for article in articles if (uid := uid_of(Noun.ARTICLE, article)) is not None]
        if who is not None and uids:
            told[who] = uids
    return told


def _kept_from_plain(data: Any, where: str, id_of: IdOf) -> dict[str, list[int]]:
    kept: dict[str, list[int]] = {}
    for who, uids in mapping(data, where).items():
        person = id_of(Noun.PERSON, who)
        articles = [found for uid in listing(uids, where) if (found := id_of(Noun.ARTICLE, str(uid))) is not None]
        if person is not None and articles:
            kept[str(person)] = articles
    return kept
