"""A person written as vCard and read again is the same person, with every field."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from pln.model.contact import Handle, HandleKind, NamingConsent, PartialDate, Person, RhythmWish
from pln.sources.people import read_people, write_vcards

NO_CONTROL = st.characters(exclude_categories=["Cs"], exclude_characters="\r\0")
TEXT = st.text(NO_CONTROL, max_size=90)
WORD = TEXT.map(str.strip)
NAME = WORD.filter(bool)
UNSAFE_SCHEMES = st.sampled_from(["", "tel:", "mailto:", "https://example.org/", "www.example.org", "x:"])
VALUE = st.builds(lambda head, tail: f"{head}{tail}".strip(), UNSAFE_SCHEMES, TEXT).filter(bool)
OPENED = {HandleKind.URL, HandleKind.FEED, HandleKind.LINKEDIN, HandleKind.MASTODON, HandleKind.BLUESKY}
LABEL = st.one_of(WORD, st.sampled_from(["work", "home", "mobile", "work fax", "cell", "fax fax", "WORK", "pref"]))


def is_safe(handle: Handle) -> bool:
    return handle.kind not in OPENED or ":" not in handle.value or handle.value.startswith("https://")


HANDLES = st.builds(Handle, kind=st.sampled_from(HandleKind), value=VALUE, label=LABEL).filter(is_safe)
EXTRA = st.one_of(
    TEXT.map(lambda text: text.replace("\n", " ")).filter(str.strip),
    st.sampled_from(
        [
            "X-AIM;TYPE=HOME:johnny",
            "item1.X-ABDATE:1975-03-01",
            "item1.X-ABLabel:_$!<Anniversary>!$_",
            "pln1.X-ABLabel:clash",
            "PHOTO;ENCODING=b;TYPE=JPEG:" + "QUJD" * 60,
            'item2.PHOTO;TYPE="JPEG";ENCODING=b:/9j/' + "QUJD" * 60,
            "LOGO;BASE64;JPEG:/9j/AAAA==",
            "X-A;ENCODING=QUOTED-PRINTABLE:=C3=91=",
            "ADR;TYPE=home:;;1 Row;Praha;;110 00;Czechia",
            "N:Doe;John;Middle;Dr.;",
            "ORG:Acme;Lab",
            "END:VCARD",
            "BEGIN:VCARD",
            "AGENT:",
            "FN:Another",
            "UID:other",
            "X-PLN-PLACE:elsewhere",
            "X-B;ENCODING=BASE64:QUJ D",
        ]
    ),
)
DAYS = st.builds(
    lambda day, known: PartialDate(day.month, day.day, day.year if known else None), st.dates(), st.booleans()
).filter(lambda day: day.year != 1604)
PEOPLE = st.builds(
    Person,
    name=st.one_of(NAME, st.just("John Doe")),
    uid=WORD,
    given=st.one_of(WORD, st.just("John")),
    family=st.one_of(WORD, st.just("Doe")),
    nickname=WORD,
    pronouns=WORD,
    org=st.one_of(WORD, st.just("Acme")),
    role=WORD,
    place=WORD,
    birthday=st.none() | DAYS,
    note=TEXT.filter(lambda text: not text or bool(text.strip())),
    how_met=WORD,
    met_on=WORD,
    introduced_by=st.none() | st.just(7),
    naming=st.sampled_from(NamingConsent),
    rhythm_wish=st.sampled_from(RhythmWish),
    paused_until=st.none() | st.dates(),
    interests=st.lists(NAME, unique=True, max_size=3).map(tuple),
    asks=st.lists(NAME, unique=True, max_size=3).map(tuple),
    offers=st.lists(NAME, unique=True, max_size=3).map(tuple),
    circles=st.lists(NAME, unique=True, max_size=3).map(tuple),
    handles=st.lists(HANDLES, unique=True, max_size=4).map(tuple),
    extra=st.lists(EXTRA, unique=True, max_size=5).map(tuple),
    source=WORD,
    created=st.none() | st.datetimes(timezones=st.none() | st.just(UTC)),
)


@settings(max_examples=400, deadline=None)
@given(st.lists(PEOPLE, min_size=1, max_size=3))
def test_people_written_and_read_are_the_same(people: list[Person]) -> None:
    data = write_vcards(people, uid_of={7: "uid-of-seven"})
    read = read_people(data, "all.vcf", id_of={"uid-of-seven": 7})
    assert [draft.person for draft in read.drafts] == people
    assert not read.skipped and not read.warnings
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))


def test_the_uid_of_an_introducer_survives_where_that_person_is_not_yet_known() -> None:
    person = Person(
        name="Ana Okafor", introduced_by=3, paused_until=date(2026, 1, 1), created=datetime(2026, 1, 1, tzinfo=UTC)
    )
    (draft,) = read_people(write_vcards([person], uid_of={3: "abc"})).drafts
    assert draft.introducer_uid == "abc"
    assert draft.person == replace(person, introduced_by=None)


def test_a_card_is_read_even_where_its_name_is_made_of_control_characters() -> None:
    """Found by the law above: two short lines with four such characters looked like no text at all."""
    person = Person(name="\x1a\x1f\x1f\x1a", given="John", family="Doe")
    (draft,) = read_people(write_vcards([person], uid_of={})).drafts
    assert draft.person == person
