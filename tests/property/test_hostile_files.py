"""Whatever stands in a people file or a calendar: it is read, or refused in words. Nothing else is ever raised."""

from __future__ import annotations

import contextlib

from hypothesis import example, given, settings
from hypothesis import strategies as st

from pln.model.errors import UnreadableInput
from pln.sources.ics import read_ics
from pln.sources.people import read_people, recognise, write_vcards

PIECES = st.sampled_from(
    [
        b"BEGIN:VCARD\r\n", b"END:VCARD\n", b"VERSION:2.1\n", b"FN:Ana\n", b"N:;;\n", b"item1.", b"TEL", b";TYPE=",
        b'"', b":", b";", b"\\", b"=\n", b"=C3", b"\n ", b";ENCODING=QUOTED-PRINTABLE", b";ENCODING=b", b"QUJD",
        b"AGENT:\n",
        b"X-ABLabel:_$!<", b"BDAY:--0230\n", b"X-PLN-CREATED:x\n", b"X-PLN-KEPT:a\\nb\n", b";CHARSET=none", b"\xff\xfe",
        b"\xc3", b"\0", b"Name,E-mail,Birthday\n", b"Name;Notes\n", b'a,"b', b",,,\n", b"0/0/00", b"31.2.1999,",
        b"ADR:;;", b"BEGIN:VCALENDAR\r\n", b"BEGIN:VEVENT\r\n", b"END:VEVENT\r\n", b"END:VCALENDAR\r\n",
        b"DTSTART:20260101T0000",
        b"00Z\r\n", b"DTSTART;TZID=Nowhere/At:", b"DURATION:-P1D\r\n", b"RRULE:FREQ=\r\n", b"ATTENDEE;CN=x:mailto:\r\n",
        b"DTEND;VALUE=DATE:99991231\r\n", b"DTSTART:00010101T000000Z\r\n", b"SUMMARY:\\\r\n", b"X-PLN-MINUTES:9e9\r\n",
    ]
)  # fmt: skip
MIXED = st.lists(PIECES | st.binary(max_size=12), max_size=40).map(b"".join)
FILES = st.one_of(
    MIXED,
    MIXED.map(lambda inside: b"BEGIN:VCARD\nFN:Ana\n" + inside + b"\nEND:VCARD\n"),
    MIXED.map(lambda inside: b"BEGIN:VCARD\nVERSION:2.1\nN;ENCODING=QUOTED-PRINTABLE:" + inside),
    MIXED.map(lambda inside: b"Name,E-mail,Notes,Birthday,Website,Home City,Other\n" + inside),
    MIXED.map(lambda inside: b"BEGIN:VEVENT\nDTSTART:20260101T100000\n" + inside + b"\nEND:VEVENT\n"),
)


@settings(max_examples=600, deadline=None)
@given(FILES)
@example(b"\xff\xfe\x00\xd8")
@example(b"BEGIN:VCARD\nVERSION:2.1\nN;ENCODING=QUOTED-PRINTABLE:a=00=0Db\nEND:VCARD")
@example(b"BEGIN:VCARD\nFN:x\nX;A=\x1b$B:y\nTEL;CHARSET=ISO-2022-JP:\x1b$B\nEND:VCARD")
def test_people_files(data: bytes) -> None:
    recognise(data, "x.vcf")
    with contextlib.suppress(UnreadableInput):
        read = read_people(data, "x.csv")
        people = [draft.person for draft in read.drafts]
        for draft in read.drafts:
            repr(draft).encode()  # no lone surrogate may get into the store
            assert draft.person.name
        assert [draft.person for draft in read_people(write_vcards(people, uid_of={})).drafts] == people or not people


@settings(max_examples=400, deadline=None)
@given(FILES)
def test_calendars(data: bytes) -> None:
    read = read_ics(data)
    assert read.events or read.problems or b"VCALENDAR" in data
    for event in read.events:
        repr(event).encode()
