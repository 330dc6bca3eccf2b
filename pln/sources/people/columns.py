"""Which dialect a table's headings belong to, and what each column holds in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pln.sources.people.formats import Format
from pln.sources.people.words import Field, field_of, plain


@dataclass(frozen=True, slots=True)
class Column:
    """One column. field: None where PLN does not know it; the cells are then kept under the heading.

    label: the word for a handle in it ("work"). slot: columns that describe one thing together ("e mail 1", "home").
    """

    heading: str
    field: Field | None
    label: str = ""
    slot: str = ""


_NUMBERED = re.compile(r"(.+?) (\d+) - (.+)")
_GOOGLE_PARTS = {
    ("e mail", "value"): Field.EMAIL,
    ("phone", "value"): Field.PHONE,
    ("website", "value"): Field.URL,
    ("organization", "name"): Field.ORG,
    ("organization", "title"): Field.ROLE,
    ("organization", "department"): Field.DEPARTMENT,
    ("address", "street"): Field.STREET,
    ("address", "city"): Field.CITY,
    ("address", "region"): Field.REGION,
    ("address", "postal code"): Field.CODE,
    ("address", "country"): Field.COUNTRY,
    ("address", "po box"): Field.BOX,
    ("address", "extended address"): Field.EXTENDED,
}
_LABELLED = frozenset({"e mail", "phone", "website", "address"})
_PLACES = {"business": "work", "work": "work", "home": "home", "other": "other"}
_ADDRESS = re.compile(
    r"(business|work|home|other) "
    r"(street|address(?! po)|city|state|postal code|zip ?code|zip|country(?: region)?|po box|address po box)( \d)?"
)
_ADDRESS_PARTS = {
    "street": Field.STREET,
    "address": Field.STREET,
    "city": Field.CITY,
    "state": Field.REGION,
    "postal code": Field.CODE,
    "zip code": Field.CODE,
    "zipcode": Field.CODE,
    "zip": Field.CODE,
    "country": Field.COUNTRY,
    "country region": Field.COUNTRY,
    "po box": Field.BOX,
    "address po box": Field.BOX,
}
_PHONE = re.compile(
    r"(?:(business|work|home|mobile|other|car|primary|company main|assistant s|radio|callback|pager|isdn|fax|telex) )?"
    r"(phone|number|fax|pager)(?: \d)?"
)
_FIXED = {
    "e mail type": Field.EMAIL_TYPE,
    "e mail 2 type": Field.EMAIL_TYPE,
    "e mail 3 type": Field.EMAIL_TYPE,
    "e mail display name": Field.EMAIL_NAME,
    "e mail 2 display name": Field.EMAIL_NAME,
    "e mail 3 display name": Field.EMAIL_NAME,
    "connected on": Field.CONNECTED,
}
_OUTLOOKS = frozenset({Format.OUTLOOK, Format.OUTLOOK_COM})
_OF_GOOGLE = frozenset({"phonetic first name", "e mail 1 label", "phone 1 label", "organization title"})
_NAMING = frozenset({Field.NAME, Field.GIVEN, Field.FAMILY, Field.EMAIL})


def dialect_of(headings: Sequence[str]) -> Format:
    """The dialect of a table by its headings; UNKNOWN where none of them names a person."""
    found = {plain(heading) for heading in headings}
    if {"first name", "last name", "connected on"} <= found:
        return Format.LINKEDIN
    if {"given name", "family name"} <= found and ("group membership" in found or "e mail 1 value" in found):
        return Format.GOOGLE_OLD
    if "first name" in found and found & _OF_GOOGLE:
        return Format.GOOGLE
    if {"display name", "primary email"} <= found:
        return Format.THUNDERBIRD
    if {"given yomi", "surname yomi"} & found and "e mail address" in found:
        return Format.OUTLOOK_COM
    if "first name" in found and found & {"e mail display name", "business street", "business phone"}:
        return Format.OUTLOOK
    fields = {column.field for column in columns_of(headings, Format.TABLE)}
    return Format.TABLE if fields & _NAMING else Format.UNKNOWN


def columns_of(headings: Sequence[str], dialect: Format) -> list[Column]:
    """What each column holds, in the order of the headings."""
    columns = [_column(heading, dialect) for heading in headings]
    if _has_parted_names(columns):
        return columns
    return [_as_whole_name(column) for column in columns]


def _column(heading: str, dialect: Format) -> Column:
    words = plain(heading)
    if found := _NUMBERED.fullmatch(heading.strip()):
        return _numbered(heading, plain(found[1]), found[2], plain(found[3]))
    if words in _FIXED:
        return Column(heading, _FIXED[words])
    if words == "title":  # "Dr." in Outlook, a job elsewhere
        return Column(heading, Field.PREFIX if dialect in _OUTLOOKS else Field.ROLE)
    if found := _ADDRESS.fullmatch(words):
        return Column(heading, _ADDRESS_PARTS[found[2]], _PLACES[found[1]], found[1])
    if found := _PHONE.fullmatch(words):
        return Column(heading, Field.PHONE, _phone_label(found[1] or "", found[2]))
    return Column(heading, field_of(heading))


def _numbered(heading: str, thing: str, number: str, part: str) -> Column:
    slot = f"{thing} {number}"
    if part in ("type", "label") and thing in _LABELLED:
        return Column(heading, Field.LABEL, slot=slot)
    return Column(heading, _GOOGLE_PARTS.get((thing, part)), slot=slot)


def _phone_label(place: str, thing: str) -> str:
    """ "work fax" from business and fax; nothing from primary and phone."""
    words = ("" if place == "primary" else _PLACES.get(place, place), "" if thing in ("phone", "number") else thing)
    return " ".join(word for word in words if word)


def _has_parted_names(columns: Sequence[Column]) -> bool:
    return any(column.field is Field.FAMILY for column in columns)


def _as_whole_name(column: Column) -> Column:
    """Where there is no column for family names, "Nombre" or "Nome" is the whole name."""
    return Column(column.heading, Field.NAME) if column.field is Field.GIVEN else column
