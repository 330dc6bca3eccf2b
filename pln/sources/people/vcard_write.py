"""People to vCard 4.0, whole: what vCard has no property for stands in X-PLN-*, and kept lines are written back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from pln.model.contact import Handle, HandleKind, NamingConsent, PartialDate, Person, RhythmWish
from pln.sources.people.handles import address_parts, address_text, handle_line
from pln.sources.people.kept_lines import kept_line
from pln.sources.people.lines import ContentLine, escaped, fold, parse_line, split_escaped, unescaped


def write_vcards(people: Iterable[Person], *, uid_of: Mapping[int, str]) -> bytes:
    """vCard 4.0, folded at 75 octets, CRLF. uid_of: id -> uid, for who introduced whom and for people without a uid."""
    return b"".join(fold(line) for person in people for line in _card(person, uid_of))


def _card(person: Person, uid_of: Mapping[int, str]) -> Iterator[str]:
    yield from ("BEGIN:VCARD", "VERSION:4.0", "X-PLN-VERSION:1")
    kept = [line for line in map(parse_line, person.extra) if line is not None]
    yield from _texts(person, kept, uid_of)
    yield from _handles(person, kept)
    yield from _own(person, uid_of)
    yield from map(kept_line, person.extra)
    yield "END:VCARD"


def _texts(person: Person, kept: list[ContentLine], uid_of: Mapping[int, str]) -> Iterator[str]:
    if uid := person.uid or uid_of.get(person.id, ""):
        yield f"UID:{uid}" if uid.startswith("urn:") and escaped(uid) == uid else f"UID;VALUE=text:{escaped(uid)}"
    yield f"FN:{escaped(person.name)}"
    if person.given or person.family:
        yield _richer("N", kept, [person.family, person.given]) or (
            f"N:{escaped(person.family)};{escaped(person.given)};;;"
        )
    if person.org:
        yield _richer("ORG", kept, [person.org]) or f"ORG:{escaped(person.org)}"
    for name, text in (
        ("NICKNAME", person.nickname),
        ("TITLE", person.role),
        ("PRONOUNS", person.pronouns),
        ("NOTE", person.note),
    ):
        if text:
            yield f"{name}:{escaped(text)}"
    if person.birthday:
        yield f"BDAY:{_birthday(person.birthday)}"
    if person.circles:
        yield f"CATEGORIES:{','.join(map(escaped, person.circles))}"


def _richer(name: str, kept: list[ContentLine], wanted: list[str]) -> str:
    """A kept line with more components (a second name, a department) that begins as the person's own fields do.

    So other programs see the whole of it. The parameter tells our reader that the line itself is kept elsewhere.
    """
    for line in kept:
        parts = split_escaped(line.value, ";")
        read = [unescaped(part).strip() for part in parts[: len(wanted)]]
        if line.name == name and _is_modern(line) and read == wanted:
            return f"{name};X-PLN-PART=1:{line.value}"
    return ""


def _is_modern(line: ContentLine) -> bool:
    return not any(name in ("ENCODING", "CHARSET") for name, _ in line.params)


def _birthday(day: PartialDate) -> str:
    return f"{day.year:04d}{day.month:02d}{day.day:02d}" if day.year else f"--{day.month:02d}{day.day:02d}"


def _handles(person: Person, kept: list[ContentLine]) -> Iterator[str]:
    addresses = {address_text(address_parts(line, old=False)): line.value for line in kept if _has_address(line)}
    group = _free_group(kept)
    for number, handle in enumerate(person.handles, 1):
        line, label = handle_line(handle, _address(handle, addresses))
        if label:
            yield f"{group}{number}.{line}"
            yield f"{group}{number}.X-ABLabel:{escaped(label)}"
        else:
            yield line


def _has_address(line: ContentLine) -> bool:
    return line.name == "ADR" and _is_modern(line)


def _address(handle: Handle, addresses: Mapping[str, str]) -> str:
    return addresses.get(handle.value, "") if handle.kind is HandleKind.ADDRESS else ""


def _free_group(kept: list[ContentLine]) -> str:
    """A prefix for our groups that no kept group begins with."""
    prefix = "pln"
    while any(line.group.lower().startswith(prefix) for line in kept):
        prefix += "x"
    return prefix


def _own(person: Person, uid_of: Mapping[int, str]) -> Iterator[str]:
    introducer = uid_of.get(person.introduced_by, "") if person.introduced_by is not None else ""
    naming = "" if person.naming is NamingConsent.ASK else person.naming
    rhythm = "" if person.rhythm_wish is RhythmWish.UNSET else person.rhythm_wish
    single = (
        ("PLACE", person.place),
        ("HOW-MET", person.how_met),
        ("MET-ON", person.met_on),
        ("INTRODUCED-BY", introducer),
        ("NAMING", naming),
        ("RHYTHM", rhythm),
        ("PAUSED-UNTIL", person.paused_until.isoformat() if person.paused_until else ""),
        ("SOURCE", person.source),
        ("CREATED", person.created.isoformat() if person.created else ""),
    )
    yield from (f"X-PLN-{name}:{escaped(text)}" for name, text in single if text)
    yield from (f"INTEREST:{escaped(text)}" for text in person.interests)
    yield from (f"X-PLN-ASK:{escaped(text)}" for text in person.asks)
    yield from (f"X-PLN-OFFER:{escaped(text)}" for text in person.offers)
