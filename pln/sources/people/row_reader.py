"""One row of a table to one person. A cell whose column PLN does not know is kept in `extra` under its heading."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from pln.model.contact import Handle, HandleKind, PartialDate, Person
from pln.model.importing import Draft, Skipped
from pln.sources.people.columns import Column
from pln.sources.people.dates import Order, spoken_day, written_birthday
from pln.sources.people.formats import Format
from pln.sources.people.handles import address_text, web_kind
from pln.sources.people.lines import escaped, quoted
from pln.sources.people.tables import Row
from pln.sources.people.words import Field

_SINGLE = {
    Field.NAME: "name",
    Field.GIVEN: "given",
    Field.FAMILY: "family",
    Field.NICKNAME: "nickname",
    Field.PRONOUNS: "pronouns",
    Field.ORG: "org",
    Field.ROLE: "role",
    Field.PLACE: "place",
    Field.HOW_MET: "how_met",
}
_ADDRESS = (Field.BOX, Field.EXTENDED, Field.STREET, Field.CITY, Field.REGION, Field.CODE, Field.COUNTRY)
_SEVERAL = " ::: "  # how Google joins several values in one cell
_SYSTEM_GROUPS = frozenset({"mycontacts", "my contacts"})
_END_OF_LINE = re.compile(r"\r\n?")
_NO_DAY = re.compile(r"0+([/.-])0+\1?0*")
_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9]+")


def kept_cell(heading: str, value: str) -> str:
    """A cell that PLN does not understand, as a line for `Person.extra`: `X-CSV-Custom-1:likes maps`."""
    name = _NOT_IN_NAMES.sub("-", heading).strip("-")
    told = "" if name.replace("-", " ") == heading else f";X-COLUMN={quoted(heading)}"
    return f"X-CSV-{name or 'COLUMN'}{told}:{escaped(value)}"


@dataclass(slots=True)
class RowReader:
    """Reads rows of one table. order: of the numbers in its dates."""

    columns: Sequence[Column]
    dialect: Format
    order: Order

    def draft(self, row: Row) -> Draft | Skipped:
        cells = [_END_OF_LINE.sub("\n", cell).strip() for cell in row.cells]
        if reason := self._no_person(cells):
            return Skipped(source_row=row.line, reason=reason)
        reading = _Reading(self.dialect, self.order)
        for column, value in self._beside(cells):
            if value:
                reading.take(column, value)
        person = reading.person()
        if person is None:
            return Skipped(source_row=row.line, reason=self._nameless())
        return Draft(person=person, source_row=row.line, unread=tuple(reading.unread))

    def _beside(self, cells: list[str]) -> list[tuple[Column, str]]:
        """Each cell with its column; cells beyond the last heading get a column of their own."""
        beyond = range(len(self.columns) + 1, len(cells) + 1)
        columns = [*self.columns, *(Column(f"Column {number}", None) for number in beyond)]
        return list(zip(columns, cells, strict=False))

    def _no_person(self, cells: list[str]) -> str:
        if not any(cells):
            return "The row is empty."
        if cells == [column.heading for column in self.columns]:
            return "The headings stand here once more."
        if self.dialect is Format.LINKEDIN and len(cells) < len(self.columns) // 2:
            return "A note of LinkedIn's, not a person."
        return ""

    def _nameless(self) -> str:
        if self.dialect is Format.LINKEDIN:
            return "No name: LinkedIn hides members who restrict their profile."
        return "The row names nobody."


@dataclass(slots=True)
class _Reading:
    dialect: Format
    order: Order
    fields: dict[str, str] = field(default_factory=dict)
    parts: dict[Field, str] = field(default_factory=dict)
    addresses: dict[str, dict[Field, str]] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    handles: list[tuple[str, Handle]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    circles: list[str] = field(default_factory=list)
    interests: list[str] = field(default_factory=list)
    birthday: PartialDate | None = None
    extra: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)

    def take(self, column: Column, value: str) -> None:
        """Read one cell; what no field takes is kept."""
        if not self._understand(column, value):
            self.extra.append(kept_cell(column.heading, value))

    def _understand(self, column: Column, value: str) -> bool:
        match column.field:
            case None:
                return False
            case found if found in _SINGLE:
                return self.fields.setdefault(_SINGLE[found], value) == value
            case Field.EMAIL | Field.PHONE | Field.URL:
                return self._handle(column, value)
            case Field.LABEL:
                self.labels[column.slot] = value
                return True
            case found if found in _ADDRESS:
                return self._address(column, found, value)
            case Field.BIRTHDAY:
                return self._birthday(value)
            case Field.NOTE:
                self.notes.append(value)
                return True
            case Field.CIRCLES:
                return self._circles(value)
            case Field.INTERESTS:
                self.interests += _list(value)
                return True
            case Field.CONNECTED:
                return self._met(f"Connected on LinkedIn, {spoken_day(value)}")
            case Field.REFERRED_BY:
                return self._met(f"Referred by {value}")
            case Field.EMAIL_TYPE:
                return value.upper() == "SMTP"
        return self.parts.setdefault(column.field, value) == value

    def _met(self, text: str) -> bool:
        return self.fields.setdefault("how_met", text) == text

    def _handle(self, column: Column, value: str) -> bool:
        kind = {Field.EMAIL: HandleKind.EMAIL, Field.PHONE: HandleKind.PHONE}.get(column.field or Field.URL)
        whole = True
        for text in value.split(_SEVERAL):
            found = kind or web_kind(text)
            if found is None:
                self.unread.append(f"“{column.heading}” holds no address that is safe to open; it is kept as text.")
                whole = False
            else:
                self.handles.append((column.slot, Handle(kind=found, value=text.strip(), label=column.label)))
        return whole

    def _address(self, column: Column, part: Field, value: str) -> bool:
        slot = column.slot or "address"
        parts = self.addresses.setdefault(slot, {})
        self.labels.setdefault(slot, column.label)
        parts[part] = f"{parts[part]}, {value}" if part in parts else value
        return True

    def _birthday(self, value: str) -> bool:
        if _NO_DAY.fullmatch(value):  # Outlook's way to say that it knows none
            return True
        day = written_birthday(value, self.order)
        self.birthday = self.birthday or day
        return day is not None and day == self.birthday

    def _circles(self, value: str) -> bool:
        names = value.split(_SEVERAL) if self.dialect in (Format.GOOGLE, Format.GOOGLE_OLD) else _list(value)
        plain = [name.strip().removeprefix("* ").strip() for name in names]
        self.circles += [name for name in plain if name and name.lower() not in _SYSTEM_GROUPS]
        return True

    def person(self) -> Person | None:
        """The person of the row, or None where nothing names one."""
        self._finish_birthday()
        found = self._finished_handles()
        name = self._name(found)
        if not name:
            return None
        if (shown := self.parts.get(Field.EMAIL_NAME)) and shown != name:
            self.extra.append(kept_cell("E-mail Display Name", shown))
        fields: dict[str, Any] = {"place": self._city(), **self.fields, "name": name}
        return Person(
            **fields,
            birthday=self.birthday,
            note="\n\n".join(dict.fromkeys(self.notes)),
            circles=tuple(dict.fromkeys(self.circles)),
            interests=tuple(dict.fromkeys(self.interests)),
            handles=tuple(dict.fromkeys(found)),
            extra=tuple(self.extra + self._kept_structure()),
        )

    def _name(self, handles: list[Handle]) -> str:
        parted = (self.fields.get("given"), self.parts.get(Field.MIDDLE), self.fields.get("family"))
        whole = self.fields.get("name") or " ".join(part for part in parted if part)
        reached = (handle.value for handle in handles if handle.value)
        return whole or self.fields.get("nickname") or self.fields.get("org") or next(reached, "")

    def _finished_handles(self) -> list[Handle]:
        direct = [
            Handle(kind=handle.kind, value=handle.value, label=handle.label or _label(self.labels.get(slot, "")))
            for slot, handle in self.handles
        ]
        for slot, parts in self._real_addresses().items():
            text = address_text([parts.get(part, "") for part in _ADDRESS])
            direct.append(Handle(kind=HandleKind.ADDRESS, value=text, label=_label(self.labels.get(slot, ""))))
        return direct

    def _city(self) -> str:
        """Of the home address, or else of the first that has one."""
        nearest = sorted(self.addresses.items(), key=lambda item: item[0] != "home")
        return next((parts[Field.CITY] for _, parts in nearest if Field.CITY in parts), "")

    def _real_addresses(self) -> dict[str, dict[Field, str]]:
        """Addresses that say more than the place the person lives in."""
        place = {Field.CITY: self.fields.get("place") or self._city()}
        return {slot: parts for slot, parts in self.addresses.items() if parts != place}

    def _finish_birthday(self) -> None:
        told = [self.parts.get(part, "") for part in (Field.BIRTH_YEAR, Field.BIRTH_MONTH, Field.BIRTH_DAY)]
        year, month, day = told
        if month.isdecimal() and day.isdecimal() and self.birthday is None:
            self.birthday = written_birthday(f"{day}.{month}.{year}", Order.DAY_FIRST)
        if self.birthday is None:
            headings = ("Birth Year", "Birth Month", "Birth Day")
            self.extra += [kept_cell(heading, part) for heading, part in zip(headings, told, strict=True) if part]

    def _kept_structure(self) -> list[str]:
        """What fields of a person hold only in part, in the form of vCard: a title, a department, a parted address."""
        lines = []
        if any(part in self.parts for part in (Field.MIDDLE, Field.PREFIX, Field.SUFFIX)):
            given, family = self.fields.get("given", ""), self.fields.get("family", "")
            more = (self.parts.get(part, "") for part in (Field.MIDDLE, Field.PREFIX, Field.SUFFIX))
            lines.append(_structured("N", family, given, *more))
        if department := self.parts.get(Field.DEPARTMENT):
            lines.append(_structured("ORG", self.fields.get("org", ""), department))
        lines += [
            _structured("ADR", *(parts.get(part, "") for part in _ADDRESS))
            for parts in self._real_addresses().values()
            if parts.keys() != {Field.STREET}
        ]
        return lines


def _structured(name: str, *parts: str) -> str:
    return f"{name}:{';'.join(map(escaped, parts))}"


def _list(value: str) -> list[str]:
    return [part.strip() for part in re.split(r"[;,]", value) if part.strip()]


def _label(word: str) -> str:
    """Google's label without its mark for "the usual one"."""
    return word.strip().removeprefix("*").strip().lower()
