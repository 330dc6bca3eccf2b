"""What tells that two records are of one person: the keys of a person, in a form that can be compared."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from pln.model.contact import Handle, HandleKind, Person

_PROFILES = frozenset({HandleKind.LINKEDIN, HandleKind.MASTODON, HandleKind.BLUESKY})
_EXTENSION = re.compile(r"(?:ext|x|#|;).*", re.IGNORECASE | re.DOTALL)
_TELLING_DIGITS = 9
_FEWEST_DIGITS = 7
_ALTERNATE = re.compile(r"(FN|ORG|UID|BDAY):(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Keys:
    """What a person can be recognised by. Alternates that were kept in `extra` when people were merged count as well.

    employed: name with employer, as one key.
    profiles: on LinkedIn, Mastodon, Bluesky; each belongs to one person alone, unlike e-mail and telephone.
    networks: where the profiles are.
    called: first words of names and nicknames, to tell apart people who share an address or a telephone.
    """

    uids: frozenset[str]
    names: frozenset[str]
    employed: frozenset[str]
    called: frozenset[str]
    emails: frozenset[str]
    phones: frozenset[str]
    profiles: frozenset[str]
    networks: frozenset[str]
    orgs: frozenset[str]
    birthdays: frozenset[str]

    def may_be_called_like(self, other: Keys) -> bool:
        """Whether the names allow for one person; a record without a real name (an address instead) fits anyone."""
        if not self.called or not other.called:
            return True
        return bool(self.names & other.names or self.called & other.called)

    def contradicts(self, other: Keys) -> bool:
        """Whether people of the same name are told apart by their profile, employer or birthday."""
        return (
            (not self.networks.isdisjoint(other.networks) and _clash(self.profiles, other.profiles))
            or _clash(self.orgs, other.orgs)
            or _clash(self.birthdays, other.birthdays)
        )


def _clash(mine: frozenset[str], theirs: frozenset[str]) -> bool:
    return bool(mine and theirs) and mine.isdisjoint(theirs)


def keys_of(person: Person) -> Keys:
    """The keys of one person."""
    kept = list(_alternates(person))
    names = [person.name, f"{person.given} {person.family}" if person.given and person.family else ""]
    names += [text for name, text in kept if name == "FN"]
    real = [name for name in names if "@" not in name]
    called = [*(name.split(" ")[0] for name in real), person.given, person.nickname]
    profiles = _some(*(_profile_key(handle) for handle in person.handles if handle.kind in _PROFILES))
    same_names, orgs = _folded(*names), _folded(person.org, *(text for name, text in kept if name == "ORG"))
    return Keys(
        uids=_some(person.uid, *(text for name, text in kept if name == "UID")),
        names=same_names,
        employed=frozenset(f"{name}\n{org}" for name in same_names for org in orgs),
        called=_folded(*called),
        emails=_some(*(email.strip().casefold() for email in person.of_kind(HandleKind.EMAIL))),
        phones=_some(*map(phone_key, person.of_kind(HandleKind.PHONE))),
        profiles=profiles,
        networks=frozenset(profile.partition(" ")[0] for profile in profiles),
        orgs=orgs,
        birthdays=_some(str(person.birthday or ""), *(text for name, text in kept if name == "BDAY")),
    )


def folded(text: str) -> str:
    """A name as it is compared: small letters without accents, blanks made one."""
    flat = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(char for char in flat if not unicodedata.combining(char)).split())


def phone_key(number: str) -> str:
    """The digits that tell a number, whichever way country and trunk are written; empty where they are too few."""
    digits = "".join(char for char in _EXTENSION.sub("", number) if char in "0123456789")
    return digits[-_TELLING_DIGITS:] if len(digits) >= _FEWEST_DIGITS else ""


def handle_key(handle: Handle) -> tuple[str, str]:
    """Equal for two handles that are the same one, however they are written."""
    if handle.kind in _PROFILES:
        return "profile", _profile_key(handle)
    if handle.kind is HandleKind.PHONE:
        return handle.kind, re.sub(r"[\s().\-/]", "", handle.value).casefold()
    if handle.kind is HandleKind.EMAIL:
        return handle.kind, handle.value.strip().casefold()
    return handle.kind, handle.value


def _profile_key(handle: Handle) -> str:
    """ "linkedin ana-okafor" from any form of the address."""
    text = re.sub(r"^https?://", "", handle.value.strip().casefold())
    text = re.sub(r"[?#].*$", "", text).rstrip("/")
    slug = re.sub(r"^(?:[a-z]+\.)?linkedin\.com/in/", "", text)
    return f"{handle.kind} {slug}" if slug else ""


def alternate(name: str, text: str) -> str:
    """A second value of a field that holds one, as a line for `Person.extra`."""
    escaped = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")
    return f"{name}:{escaped}"


def _alternates(person: Person) -> Iterator[tuple[str, str]]:
    for line in person.extra:
        if found := _ALTERNATE.fullmatch(line):
            yield found[1], re.sub(r"\\(.)", r"\1", re.split(r"(?<!\\);", found[2])[0])


def _some(*texts: str) -> frozenset[str]:
    return frozenset(text for text in texts if text)


def _folded(*texts: str) -> frozenset[str]:
    return _some(*map(folded, texts))
