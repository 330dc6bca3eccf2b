"""One card to one person. A property is either understood whole, or it is (also) kept word for word in `extra`."""

from __future__ import annotations

import binascii
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from pln.model.contact import Handle, NamingConsent, Person, RhythmWish
from pln.model.importing import Draft, Skipped
from pln.sources.people.cards import Card
from pln.sources.people.dates import vcard_birthday
from pln.sources.people.handles import HANDLE_PROPERTIES, address_parts, apple_label, read_handle
from pln.sources.people.lines import ContentLine, from_data_uri, split_escaped, unescaped

# Parameters that only tell how a value is written, or that are read with it.
_PLAIN_PARAMS = frozenset({"CHARSET", "ENCODING", "VALUE", "X-PLN-PART", "X-APPLE-OMIT-YEAR"})
_LAST_PREFERENCE = 101
_SYSTEM_GROUPS = frozenset({"my contacts", "mycontacts"})
_TEXTS = {
    "FN": "name",
    "NICKNAME": "nickname",
    "TITLE": "role",
    "ROLE": "role",
    "PRONOUNS": "pronouns",
    "X-PRONOUNS": "pronouns",
    "X-PLN-PLACE": "place",
    "X-PLN-HOW-MET": "how_met",
    "X-PLN-MET-ON": "met_on",
    "X-PLN-SOURCE": "source",
}
_VALUES: Mapping[str, tuple[str, Callable[[str], Any]]] = {
    "X-PLN-NAMING": ("naming", NamingConsent),
    "X-PLN-RHYTHM": ("rhythm_wish", RhythmWish),
    "X-PLN-PAUSED-UNTIL": ("paused_until", date.fromisoformat),
    "X-PLN-CREATED": ("created", datetime.fromisoformat),
}
_LISTS = {"INTEREST": "interests", "X-PLN-INTEREST": "interests", "X-PLN-ASK": "asks", "X-PLN-OFFER": "offers"}


@dataclass(slots=True)
class CardReader:
    """Reads one card, once: `draft()`.

    old: it is vCard 2.1. ours: PLN wrote it; then what is not said was empty, and nothing is guessed.
    """

    card: Card
    old: bool = False
    ours: bool = False
    fields: dict[str, Any] = field(default_factory=dict)
    lists: dict[str, list[str]] = field(default_factory=dict)
    handles: list[tuple[int, Handle]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    extra: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    labels: dict[str, str] = field(default_factory=dict)
    tangled: set[str] = field(default_factory=set)
    introducer: str = ""
    city: str = ""

    def draft(self, id_of: Mapping[str, int]) -> Draft | Skipped:
        self.old = self.card.version == "2.1"
        self.ours = any(line.name == "X-PLN-VERSION" for line in self.card.lines)
        self._look_at_groups()
        for line in self.card.lines:
            self._take(line)
        self.extra += self.card.odd
        if not self._name_found():
            return Skipped(source_row=self.card.row, reason="The card names nobody.")
        return Draft(
            person=self._person(id_of),
            source_row=self.card.row,
            unread=tuple(self.unread),
            introducer_uid=self.introducer,
        )

    def _person(self, id_of: Mapping[str, int]) -> Person:
        ordered = [handle for _, handle in sorted(self.handles, key=lambda ranked: ranked[0])]
        fields: dict[str, Any] = {**self.fields, **{name: tuple(values) for name, values in self.lists.items()}}
        person = Person(
            **fields,
            note="\n\n".join(dict.fromkeys(self.notes)),
            handles=tuple(dict.fromkeys(ordered)),
            extra=tuple(self.extra),
            introduced_by=id_of.get(self.introducer),
        )
        return person if person.place or self.ours else replace(person, place=self.city)

    def _look_at_groups(self) -> None:
        """Find the labels that stand beside properties (item1.TEL, item1.X-ABLabel), and groups that hold more."""
        grouped = [line for line in self.card.lines if line.group]
        sizes = Counter(line.group for line in grouped if line.name != "X-ABLABEL")
        labels = Counter(line.group for line in grouped if line.name == "X-ABLABEL")
        self.labels = {line.group: apple_label(line.value) for line in grouped if line.name == "X-ABLABEL"}
        labelled = {line.group for line in grouped if line.name in HANDLE_PROPERTIES}
        self.tangled = {
            group
            for group in sizes.keys() | labels.keys()
            if sizes[group] != 1 or labels[group] > 1 or (labels[group] and group not in labelled)
        }

    def _take(self, line: ContentLine) -> None:
        whole = self._understand(self._in_text_form(line)) and not line.damaged
        if line.damaged:
            self.unread.append(f"Some letters of {line.name} could not be read; the line is kept as it stands.")
        if not whole or (line.group and line.group in self.tangled):
            self.extra.append(from_data_uri(line) or line.raw)

    def _in_text_form(self, line: ContentLine) -> ContentLine:
        """A text that is wrapped in base64, unwrapped."""
        if line.param("ENCODING").upper() not in ("B", "BASE64") or not understands(line.name):
            return line
        try:
            return replace(line, value=binascii.a2b_base64(line.value.encode()).decode())
        except (binascii.Error, UnicodeDecodeError):
            return replace(line, name="X-UNREADABLE")

    def _understand(self, line: ContentLine) -> bool:
        """Read one property into the fields; whether that held all it says."""
        if line.name in HANDLE_PROPERTIES:
            return self._handle(line)
        if special := _SPECIAL.get(line.name):
            return special(self, line) and self._plain(line)
        text = unescaped(line.value, old=self.old).strip()
        if line.name in _TEXTS:
            return self._set(_TEXTS[line.name], text) and self._plain(line)
        if line.name in _LISTS:
            return self._append(_LISTS[line.name], text) and self._plain(line)
        return line.name in _VALUES and self._value(*_VALUES[line.name], text)

    def _plain(self, line: ContentLine) -> bool:
        """Whether the parameters say nothing beyond the encoding (and the group nothing at all)."""
        return all(name in _PLAIN_PARAMS for name, _ in line.params)

    def _set(self, name: str, value: object) -> bool:
        if value in ("", None):
            return True
        return bool(self.fields.setdefault(name, value) == value)

    def _append(self, name: str, text: str) -> bool:
        values = self.lists.setdefault(name, [])
        if text and text not in values:
            values.append(text)
        return True

    def _value(self, name: str, read: Callable[[str], Any], text: str) -> bool:
        try:
            return self._set(name, read(text))
        except ValueError:
            return False

    def _handle(self, line: ContentLine) -> bool:
        handle, whole = read_handle(line, self.labels.get(line.group, ""), old=self.old)
        if handle is not None:
            self.handles.append((_preference(line), handle))
        elif not whole:
            self.unread.append(f"{line.name} holds no address that is safe to open; it is kept as text.")
        if line.name == "ADR" and not self.city:
            self.city = address_parts(line, old=self.old)[3]
        return whole

    def _structured_name(self, line: ContentLine) -> bool:
        family, given, *more = [*self._components(line), ""]
        read = self._set("family", family) and self._set("given", given)
        return read and (not any(more) or bool(line.param("X-PLN-PART")))

    def _components(self, line: ContentLine) -> list[str]:
        return [unescaped(part, old=self.old).strip() for part in split_escaped(line.value, ";")]

    def _organisation(self, line: ContentLine) -> bool:
        first, *more = self._components(line)
        return self._set("org", first) and (not any(more) or bool(line.param("X-PLN-PART")))

    def _birthday(self, line: ContentLine) -> bool:
        if not line.value.strip():
            return True
        if line.param("VALUE").lower() == "text":
            return False
        day = vcard_birthday(line.value)
        if day is not None and line.param("X-APPLE-OMIT-YEAR") == str(day.year):
            day = replace(day, year=None)
        return day is not None and self._set("birthday", day)

    def _note(self, line: ContentLine) -> bool:
        text = unescaped(line.value, old=self.old)
        if text.strip():
            self.notes.append(text)
        return True

    def _categories(self, line: ContentLine) -> bool:
        whole = True
        for part in split_escaped(line.value, ","):
            name = unescaped(part, old=self.old).strip()
            if name.lower() in _SYSTEM_GROUPS and not self.ours:
                whole = False
            else:
                self._append("circles", name)
        return whole

    def _introduced(self, line: ContentLine) -> bool:
        self.introducer = unescaped(line.value)
        return True

    def _kept(self, line: ContentLine) -> bool:
        self.extra.append(unescaped(line.value))
        return True

    def _label(self, line: ContentLine) -> bool:
        return line.group != "" and line.group not in self.tangled

    def _nothing(self, line: ContentLine) -> bool:
        return True

    def _name_found(self) -> bool:
        if self.fields.get("name"):
            return True
        given, family = self.fields.get("given", ""), self.fields.get("family", "")
        reached = (handle.value for _, handle in self.handles if handle.value.strip())
        other = self.fields.get("nickname") or self.fields.get("org") or next(reached, "")
        self.fields["name"] = f"{given} {family}".strip() or other
        return bool(self.fields["name"])


_SPECIAL: Mapping[str, Callable[[CardReader, ContentLine], bool]] = {
    "VERSION": CardReader._nothing,
    "X-PLN-VERSION": CardReader._nothing,
    "UID": lambda reader, line: reader._set("uid", unescaped(line.value, old=reader.old).strip()),
    "N": CardReader._structured_name,
    "ORG": CardReader._organisation,
    "BDAY": CardReader._birthday,
    "NOTE": CardReader._note,
    "CATEGORIES": CardReader._categories,
    "X-PLN-INTRODUCED-BY": CardReader._introduced,
    "X-PLN-KEPT": CardReader._kept,
    "X-ABLABEL": CardReader._label,
}


def understands(name: str) -> bool:
    """Whether a property of this name (in capitals) is read into fields, so that it is not kept for its name alone."""
    return name in HANDLE_PROPERTIES or name in _SPECIAL or name in _TEXTS or name in _LISTS or name in _VALUES


def _preference(line: ContentLine) -> int:
    """1 for the most preferred; 101 for one that says nothing."""
    told = line.param("PREF")
    if told.isdecimal():
        return min(int(told), _LAST_PREFERENCE)
    return 1 if "pref" in line.types() else _LAST_PREFERENCE
