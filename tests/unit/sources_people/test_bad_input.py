from __future__ import annotations

import time
from pathlib import Path

import pytest

from pln.model.errors import UnreadableInput
from pln.sources.people import LARGEST_FILE, Format, read_people, read_people_file, recognise

CARD = b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ana\r\n%s\r\nEND:VCARD\r\n"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "nothing in it"),
        (b"\xef\xbb\xbf\r\n \r\n", "nothing in it"),
        (b"\0" * 1000, "nothing in it"),
        (b"PK\x03\x04" + b"x" * 99, "Unpack it"),
        (b"%PDF-1.7\n", "PDF"),
        (b"\x1f\x8b\x08" + b"x" * 99, "Unpack it"),
        (bytes(range(256)) * 40, "no text"),
        (b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "Meetups"),
        (b"<html><body>Sign in</body></html>", "put such headings"),
        (b'{"contacts": []}', "put such headings"),
    ],
)
def test_what_is_no_people_file_is_refused_with_what_to_do(data: bytes, words: str) -> None:
    with pytest.raises(UnreadableInput, match=words) as caught:
        read_people(data, "people.vcf")
    assert "Nothing was changed" in caught.value.sentence


def test_a_file_over_the_cap_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "big.vcf"
    with path.open("wb") as file:
        file.truncate(100 * 1024 * 1024)
    began = time.monotonic()
    with pytest.raises(UnreadableInput, match="100 MB; people files are read up to 50 MB"):
        read_people_file(path)
    assert time.monotonic() - began < 1
    with pytest.raises(UnreadableInput, match="50 MB"):
        read_people(bytes(LARGEST_FILE + 1), "big.vcf")


def test_a_missing_file_and_a_folder_are_told(tmp_path: Path) -> None:
    for path in (tmp_path / "none.vcf", tmp_path):
        with pytest.raises(UnreadableInput, match="could not be opened"):
            read_people_file(path)


def test_three_thousand_beginnings_are_three_thousand_empty_cards() -> None:
    read = read_people(b"BEGIN:VCARD\r\n" * 3000)
    assert not read.drafts
    assert len(read.skipped) == 3000


def test_three_thousand_cards_within_cards_are_one_person() -> None:
    read = read_people(b"BEGIN:VCARD\r\nFN:Ana\r\n" + b"AGENT:\r\nBEGIN:VCARD\r\n" * 3000)
    assert [draft.person.name for draft in read.drafts] == ["Ana"]
    assert read.drafts[0].person.extra[0].count("BEGIN:VCARD") == 3000


def test_a_note_of_two_megabytes_stays_whole() -> None:
    note = "bees and maps " * 150_000
    (draft,) = read_people(CARD % f"NOTE:{note}".encode()).drafts
    assert draft.person.note == note
    (row,) = read_people(f'Name,Notes\r\nAna,"{note}"\r\n'.encode()).drafts
    assert row.person.note == note.strip()


@pytest.mark.parametrize(
    "start", [b"", b"NOTE:", b'X-A;B="', b"X-A;B=C;", b"NOTE;ENCODING=QUOTED-PRINTABLE:=", b"ADR:;"]
)
def test_a_line_of_five_megabytes_costs_no_time_and_no_line(start: bytes) -> None:
    began = time.monotonic()
    (draft,) = read_people(CARD % (start + b"A" * 5_000_000)).drafts
    assert time.monotonic() - began < 5
    person = draft.person
    assert "A" * 4_999_000 in person.note + "".join(person.extra) + "".join(handle.value for handle in person.handles)


@pytest.mark.parametrize("cut", range(5, 120, 9))
def test_a_card_cut_off_anywhere_gives_what_it_has(cut: int) -> None:
    data = CARD % b"NOTE;ENCODING=QUOTED-PRINTABLE:=C3=A5=\r\n=C3=A5\r\nPHOTO;ENCODING=b:QUJD\r\n QUJD"
    try:
        read = read_people(data[:cut])
    except UnreadableInput:
        assert cut < 13
    else:
        assert len(read.drafts) + len(read.skipped) == 1


def test_a_name_does_not_make_a_format() -> None:
    assert recognise(CARD % b"", "people.csv") is Format.VCARD
    assert recognise(b"Name,E-mail\r\n", "people.vcf") is Format.TABLE
    assert recognise(b"BEGIN:VCALENDAR\r\n", "people.vcf") is Format.CALENDAR
    assert recognise(b"", "people.vcf") is Format.UNKNOWN
    assert recognise(b"exported today\n\nBEGIN:VCARD\nFN:Ana\n", "people.csv") is Format.VCARD
    assert recognise(b'Name,Notes\nAna,"how to\nBEGIN:VCARD\na file"\n', "people.csv") is Format.TABLE
