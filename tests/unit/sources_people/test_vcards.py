from __future__ import annotations

import pytest

from pln.model.contact import Handle, HandleKind, PartialDate, Person
from pln.model.importing import Draft
from pln.sources.people import read_people, write_vcards


def card(*lines: str, version: str = "3.0") -> bytes:
    return "\r\n".join(["BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD", ""]).encode()


def only(data: bytes) -> Draft:
    (draft,) = read_people(data, "people.vcf").drafts
    return draft


def person_of(*lines: str, version: str = "3.0") -> Person:
    return only(card(*lines, version=version)).person


def test_folded_lines_are_joined_also_inside_a_letter() -> None:
    data = "BEGIN:VCARD\r\nFN:Zoë Ny".encode() + b"\xc3\r\n \xa5\r\nEND:VCARD"
    assert only(data).person.name == "Zoë Nyå"


def test_doubled_line_ends_do_not_break_folding() -> None:
    assert only(b"BEGIN:VCARD\r\r\nFN:Ana\r\r\n  Okafor\r\r\nEND:VCARD\r\r\n").person.name == "Ana Okafor"


def test_quoted_printable_with_soft_breaks_and_its_charset() -> None:
    data = card(
        "FN;ENCODING=QUOTED-PRINTABLE;CHARSET=ISO-8859-2:Dvo=F8=",
        "=E1k",
        "NOTE;QUOTED-PRINTABLE:a=0D=0Ab",
        version="2.1",
    )
    person = only(data).person
    assert (person.name, person.note) == ("Dvořák", "a\nb")


def test_a_soft_break_before_the_end_does_not_swallow_the_end() -> None:
    read = read_people(card("FN:Ana", "NOTE;ENCODING=QUOTED-PRINTABLE:x=", version="2.1") + card("FN:Bilal"))
    assert [draft.person.name for draft in read.drafts] == ["Ana", "Bilal"]
    assert not read.warnings


def test_a_property_in_an_old_charset_within_a_file() -> None:
    data = b"BEGIN:VCARD\r\nVERSION:2.1\r\nFN;CHARSET=ISO-8859-1:J\xfcrgen M\xfcller\r\nEND:VCARD\r\n"
    assert only(data).person.name == "Jürgen Müller"


def test_bare_words_of_the_oldest_version_become_the_label() -> None:
    person = person_of(
        "FN:Ana", "TEL;WORK;FAX:1", "TEL;CELL;PREF:2", "EMAIL;PREF;INTERNET:a@example.org", version="2.1"
    )
    assert person.handles == (
        Handle(kind=HandleKind.PHONE, value="2", label="mobile"),
        Handle(kind=HandleKind.EMAIL, value="a@example.org"),
        Handle(kind=HandleKind.PHONE, value="1", label="work fax"),
    )


def test_a_backslash_of_the_oldest_version_is_just_one() -> None:
    assert person_of("FN:Ana", r"NOTE:C:\new\table", version="2.1").note == r"C:\new\table"


def test_a_label_that_stands_beside() -> None:
    person = person_of("FN:Ana", "item1.EMAIL:a@example.org", "item1.X-ABLabel:_$!<HomePage>!$_")
    assert person.handles == (Handle(kind=HandleKind.EMAIL, value="a@example.org", label="HomePage"),)
    assert person.extra == ()


def test_a_group_with_more_in_it_is_kept_whole_as_well() -> None:
    person = person_of("FN:Ana", "i.ADR:;;1 Row;Aarhus;;;", "i.X-ABADR:dk", "i.X-ABLabel:boat")
    assert person.handles[0].label == "boat"
    assert person.extra == ("i.ADR:;;1 Row;Aarhus;;;", "i.X-ABADR:dk", "i.X-ABLabel:boat")


def test_escapes_in_lists_and_structures() -> None:
    person = person_of(
        r"N:O\;Neil;Ana\, B;;;", r"FN:Ana\, B O\;Neil", r"CATEGORIES:Rock\, Paper,Choir", r"NOTE:a\nb\\n"
    )
    assert (person.family, person.given, person.name) == ("O;Neil", "Ana, B", "Ana, B O;Neil")
    assert person.circles == ("Rock, Paper", "Choir")
    assert person.note == "a\nb\\n"


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("BDAY:1988-02-29", PartialDate(2, 29, 1988)),
        ("BDAY:19880229", PartialDate(2, 29, 1988)),
        ("BDAY:--1204", PartialDate(12, 4)),
        ("BDAY:--12-04", PartialDate(12, 4)),
        ("BDAY;VALUE=date-and-or-time:1988-02-29T00:00:00Z", PartialDate(2, 29, 1988)),
        ("BDAY;X-APPLE-OMIT-YEAR=1604:1604-12-04", PartialDate(12, 4)),
    ],
)
def test_birthdays(written: str, day: PartialDate) -> None:
    person = person_of("FN:Ana", written)
    assert (person.birthday, person.extra) == (day, ())


@pytest.mark.parametrize("written", ["BDAY:1985", "BDAY:1985-03", "BDAY;VALUE=text:around 1800", "BDAY:1988-02-30"])
def test_what_is_no_whole_day_is_kept_as_it_stands(written: str) -> None:
    person = person_of("FN:Ana", written)
    assert (person.birthday, person.extra) == (None, (written,))


def test_profiles_become_handles_of_their_kind() -> None:
    person = person_of(
        "FN:Ana",
        "URL:https://www.linkedin.com/in/ana",
        "URL:https://mastodon.example/@ana",
        "X-SOCIALPROFILE;type=bluesky:ana.example.org",
        "X-SOCIALPROFILE;type=twitter:https://example.org/ana",
        "IMPP;X-SERVICE-TYPE=Skype:skype:ana",
    )
    assert [(handle.kind, handle.label) for handle in person.handles] == [
        (HandleKind.LINKEDIN, ""),
        (HandleKind.MASTODON, ""),
        (HandleKind.BLUESKY, "bluesky"),
        (HandleKind.URL, "twitter"),
        (HandleKind.OTHER, "Skype"),
    ]


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "JAVASCRIPT:x//a.b"]
)
@pytest.mark.parametrize("kind", ["", ";X-PLN-KIND=url", ";X-PLN-KIND=feed"])
def test_addresses_that_are_not_safe_to_open_are_no_handles(address: str, kind: str) -> None:
    draft = only(card("FN:Ana", f"URL{kind}:{address}"))
    assert draft.person.handles == ()
    assert draft.person.extra == (f"URL{kind}:{address}",)
    assert "safe" in draft.unread[0]


def test_second_values_are_kept() -> None:
    person = person_of(
        "FN:Ana", "TITLE:Guide", "ROLE:Teaching", "ORG:Acme;Lab", "ORG:Other", "NICKNAME:A", "NICKNAME:B"
    )
    assert (person.role, person.org, person.nickname) == ("Guide", "Acme", "A")
    assert person.extra == ("ROLE:Teaching", "ORG:Acme;Lab", "ORG:Other", "NICKNAME:B")


def test_parameters_that_are_not_understood_keep_their_line() -> None:
    person = person_of("FN:Ana", 'TEL;TYPE=home;X-ID="a:b;c":123')
    assert person.of_kind(HandleKind.PHONE) == ("123",)
    assert person.extra == ('TEL;TYPE=home;X-ID="a:b;c":123',)


def test_a_name_is_found_where_there_is_no_full_one() -> None:
    assert person_of("N:Okafor;Ana;;;").name == "Ana Okafor"
    assert person_of("ORG:Northlight").name == "Northlight"
    assert person_of("EMAIL:a@example.org").name == "a@example.org"


def test_a_card_that_names_nobody_is_skipped_with_its_row() -> None:
    read = read_people(card("FN:Ana") + card("X-FOO:1"))
    assert [(row.source_row, row.reason) for row in read.skipped] == [(5, "The card names nobody.")]


def test_a_card_within_a_card_is_kept_whole() -> None:
    person = person_of("FN:Ana", "AGENT:", "BEGIN:VCARD", "FN:Bilal, helper", "END:VCARD", "TITLE:Guide", version="2.1")
    assert person.extra == (r"AGENT:BEGIN:VCARD\nFN:Bilal\, helper\nEND:VCARD",)
    assert person.role == "Guide"
    assert person == only(write_vcards([person], uid_of={})).person


def test_an_agent_without_a_card_does_not_swallow_the_next_line() -> None:
    assert person_of("FN:Ana", "AGENT:", "TITLE:Guide").role == "Guide"


def test_a_missing_end_costs_no_card() -> None:
    read = read_people(b"BEGIN:VCARD\nFN:Ana\nBEGIN:VCARD\nFN:Bilal\nEND:VCARD\nstray\n")
    assert [draft.person.name for draft in read.drafts] == ["Ana", "Bilal"]
    assert len(read.warnings) == 2


def test_base64_without_indent_is_joined() -> None:
    person = person_of("FN:Ana", "PHOTO;ENCODING=b;TYPE=JPEG:/9j/", "QUJD", "REVG", "", "TITLE:Guide")
    assert person.extra == ("PHOTO;ENCODING=b;TYPE=JPEG:/9j/QUJDREVG",)
    assert person.role == "Guide"


def test_old_photos_are_written_as_other_programs_read_them() -> None:
    person = Person(name="Ana", extra=("PHOTO;ENCODING=b;TYPE=JPEG:/9j/QUJD",))
    data = write_vcards([person], uid_of={})
    assert b"data:image/jpeg;base64,/9j/QUJD" in data.replace(b"\r\n ", b"")
    assert only(data).person == person


def test_structured_parts_are_written_for_other_programs() -> None:
    person = person_of(
        "FN:Ana B Okafor", "N:Okafor;Ana;B;Dr.;", "ORG:Acme;Lab", "ADR;TYPE=home:;;1 Row;Aarhus;;8000;DK"
    )
    lines = write_vcards([person], uid_of={}).decode().replace("\r\n ", "").split("\r\n")
    assert "N;X-PLN-PART=1:Okafor;Ana;B;Dr.;" in lines
    assert "ORG;X-PLN-PART=1:Acme;Lab" in lines
    assert "ADR;TYPE=home;X-PLN-PART=1:;;1 Row;Aarhus;;8000;DK" in lines


def test_a_long_line_is_folded_at_75_octets_never_inside_a_letter() -> None:
    data = write_vcards([Person(name="Ana", note="ř😀" * 100)], uid_of={})
    assert max(len(line) for line in data.split(b"\r\n")) <= 75
    for line in data.split(b"\r\n"):
        line.decode()


def test_pronouns_and_interests_of_other_programs() -> None:
    person = person_of("FN:Ana", "PRONOUNS;LANGUAGE=en:they/them", "INTEREST;LEVEL=high:bees", version="4.0")
    assert (person.pronouns, person.interests) == ("they/them", ("bees",))
    assert len(person.extra) == 2
