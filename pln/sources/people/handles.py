"""Handles to and from their properties: e-mail, telephone, web, profiles, postal addresses."""

from __future__ import annotations

import re

from pln.model.contact import Handle, HandleKind
from pln.sources.people.lines import ContentLine, escaped, split_escaped, unescaped

_LINKEDIN = re.compile(r"(?:https?://)?(?:[a-z]+\.)?linkedin\.com/\S+", re.IGNORECASE)
_MASTODON = re.compile(r"https?://[^/\s]*(?:mastodon|mstdn|fosstodon|hachyderm)[^/\s]*/@[\w.-]+/?", re.IGNORECASE)
_BLUESKY = re.compile(r"https?://bsky\.app/profile/[\w.:-]+/?", re.IGNORECASE)
_WEB = re.compile(r"https?://[^\s<>\"]+|[^\s<>\":/]+\.[^\s<>\"]+", re.IGNORECASE)
_SCHEME = re.compile(r"\s*([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_APPLE_LABEL = re.compile(r"_\$!<(.*)>!\$_", re.DOTALL)
_PROFILES = {
    "linkedin": HandleKind.LINKEDIN,
    "mastodon": HandleKind.MASTODON,
    "bluesky": HandleKind.BLUESKY,
}
_KINDS = {kind.value: kind for kind in HandleKind}
_OPENED = frozenset({HandleKind.URL, HandleKind.FEED, *_PROFILES.values()})
# Words that say only what is so anyway.
_NO_LABEL = frozenset({"internet", "voice", "pref", "postal", "parcel", "intl"})
_PLAIN_TYPES = {"home": "home", "work": "work", "mobile": "cell", "fax": "fax", "pager": "pager"}
_PROPERTIES = {
    HandleKind.EMAIL: "EMAIL",
    HandleKind.PHONE: "TEL",
    HandleKind.URL: "URL",
    HandleKind.FEED: "URL",
    HandleKind.LINKEDIN: "URL",
    HandleKind.MASTODON: "URL",
    HandleKind.BLUESKY: "URL",
    HandleKind.ADDRESS: "ADR",
    HandleKind.OTHER: "IMPP",
}
HANDLE_PROPERTIES = frozenset({"EMAIL", "TEL", "URL", "ADR", "IMPP", "X-SOCIALPROFILE", "SOCIALPROFILE"})
_KNOWN_PARAMS = frozenset({"TYPE", "PREF", "VALUE", "CHARSET", "ENCODING", "X-PLN-KIND", "X-PLN-PART"})
_SERVICE = frozenset({"X-SERVICE-TYPE", "SERVICE-TYPE"})


def web_kind(address: str) -> HandleKind | None:
    """The kind of handle a web address is, or None where it is none that could be opened (`javascript:...`)."""
    for pattern, kind in (
        (_LINKEDIN, HandleKind.LINKEDIN),
        (_MASTODON, HandleKind.MASTODON),
        (_BLUESKY, HandleKind.BLUESKY),
        (_WEB, HandleKind.URL),
    ):
        if pattern.fullmatch(address):
            return kind
    return None


def read_handle(line: ContentLine, label: str, *, old: bool) -> tuple[Handle | None, bool]:
    """The handle of a property, and whether it holds all that the property says.

    label: the owner's word from an X-ABLabel beside it. old: vCard 2.1. None for an empty or an unsafe one.
    """
    if kind := _KINDS.get(line.param("X-PLN-KIND")):
        return _as_told(kind, unescaped(line.value), _label(line, label))
    whole = {name for name, _ in line.params} <= _KNOWN_PARAMS | _SERVICE
    if line.name == "ADR":
        return _address(line, label, whole, old=old)
    value = unescaped(line.value, old=old).strip()
    if not value:
        return None, True
    found_kind, value, exact = _kind_and_value(line, value)
    if found_kind is None:
        return None, False
    return Handle(kind=found_kind, value=value, label=_label(line, label)), whole and exact


def _as_told(kind: HandleKind, value: str, label: str) -> tuple[Handle | None, bool]:
    """A handle whose kind the property names. What would be opened by a click still has to be a web address."""
    scheme = _SCHEME.match(value)
    if kind in _OPENED and scheme and scheme[1].lower() not in ("http", "https"):
        return None, False
    return Handle(kind=kind, value=value, label=label), True


def _kind_and_value(line: ContentLine, value: str) -> tuple[HandleKind | None, str, bool]:
    match line.name:
        case "EMAIL":
            return HandleKind.EMAIL, _without(value, "mailto:"), True
        case "TEL":
            number, *more = _without(value, "tel:").split(";") if value[:4].lower() == "tel:" else [value]
            extension = "".join(f" ext. {part[4:]}" for part in more if part.lower().startswith("ext="))
            return HandleKind.PHONE, number + extension, len(more) == bool(extension)
        case "URL":
            return web_kind(value), value, True
        case "IMPP":
            return HandleKind.OTHER, value, True
    return _profile(line, value), value, True


def _profile(line: ContentLine, value: str) -> HandleKind:
    services = [*line.types(), *(text.lower() for name, text in line.params if name in _SERVICE)]
    named = next((_PROFILES[word] for word in services if word in _PROFILES), None)
    return named or web_kind(value) or HandleKind.OTHER


def _without(value: str, scheme: str) -> str:
    return value[len(scheme) :] if value[: len(scheme)].lower() == scheme else value


def _label(line: ContentLine, label: str) -> str:
    words = ["mobile" if word == "cell" else word for word in line.types() if word not in _NO_LABEL]
    words += [value for name, value in line.params if name in _SERVICE]
    types = " ".join(dict.fromkeys(words))
    if label and types:
        return f"{label} ({types})"
    return label or types


def apple_label(value: str) -> str:
    """The words of an X-ABLabel: "HomePage" from `_$!<HomePage>!$_`."""
    text = unescaped(value).strip()
    found = _APPLE_LABEL.fullmatch(text)
    return found[1] if found else text


def address_parts(line: ContentLine, *, old: bool) -> list[str]:
    """The seven components of an ADR: box, extended, street, city, region, code, country. Always seven."""
    parts = [unescaped(part, old=old).strip() for part in split_escaped(line.value, ";")]
    more = parts[6:]
    return [*parts[:6], *[""] * (6 - len(parts)), ", ".join(part for part in more if part)]


def address_text(parts: list[str]) -> str:
    """An address on one line, the way it is read."""
    box, extended, street, city, region, code, country = parts
    area = " ".join(part for part in (region, code) if part)
    return ", ".join(part for part in (street, extended, box, city, area, country) if part)


def _address(line: ContentLine, label: str, whole: bool, *, old: bool) -> tuple[Handle | None, bool]:
    parts = address_parts(line, old=old)
    text = address_text(parts)
    if not text:
        return None, whole
    only_street = bool(parts[2]) and not any(parts[:2] + parts[3:])
    exact = only_street or bool(line.param("X-PLN-PART"))
    return Handle(kind=HandleKind.ADDRESS, value=text, label=_label(line, label)), whole and exact


def handle_line(handle: Handle, address: str = "") -> tuple[str, str]:
    """A handle as a vCard 4.0 property: (the line, the X-ABLabel to write beside it, mostly empty).

    address: the components of a postal address, where they are known. What other programs read stands in plain form;
    where that would not be read back as the same handle, a parameter of ours tells its kind.
    """
    words = handle.label.split(" ")
    plain = handle.label != "" and all(word in _PLAIN_TYPES for word in words) and len(set(words)) == len(words)
    types = f";TYPE={','.join(_PLAIN_TYPES[word] for word in words)}" if plain else ""
    beside = "" if plain else handle.label
    name = _PROPERTIES[handle.kind]
    if address:
        return f"{name}{types};X-PLN-PART=1:{address}", beside
    value = f";;{escaped(handle.value)};;;;" if name == "ADR" else escaped(handle.value)
    if not _reads_back(name, value, handle):
        types, value = f"{types};X-PLN-KIND={handle.kind}", escaped(handle.value)
    return f"{name}{types}:{value}", beside


def _reads_back(name: str, value: str, handle: Handle) -> bool:
    found, whole = read_handle(ContentLine("", name, (), value, "", 0), handle.label, old=False)
    return whole and found == handle
