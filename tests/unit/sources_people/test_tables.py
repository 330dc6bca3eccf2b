from __future__ import annotations

import pytest

from pln.model.contact import Handle, HandleKind, PartialDate
from pln.model.errors import UnreadableInput
from pln.model.importing import ReadFile
from pln.sources.people import Format, read_people, recognise


def table(*lines: str, encoding: str = "utf-8") -> bytes:
    return ("\r\n".join(lines) + "\r\n").encode(encoding)


def read(*lines: str, encoding: str = "utf-8") -> ReadFile:
    return read_people(table(*lines, encoding=encoding), "people.csv")


@pytest.mark.parametrize(
    ("headings", "row", "name", "email"),
    [
        ("Vorname;Nachname;E-Mail-Adresse", "Elin;Berg;e@example.org", "Elin Berg", "e@example.org"),
        ("Prénom,Nom,Courriel", "Zoé,Lefèvre,z@example.org", "Zoé Lefèvre", "z@example.org"),
        ("Nombre\tApellidos\tCorreo electrónico", "Inés\tRuiz\ti@example.org", "Inés Ruiz", "i@example.org"),
        ("Nome;Cognome;Posta elettronica", "Ada;Neri;a@example.org", "Ada Neri", "a@example.org"),
        ("Nombre;Correo", "Inés Ruiz;i@example.org", "Inés Ruiz", "i@example.org"),
        ("Naam|E-mailadres", "Jan de Boer|j@example.org", "Jan de Boer", "j@example.org"),
        ("Imię,Nazwisko,E-mail", "Łucja,Żak,l@example.org", "Łucja Żak", "l@example.org"),
        ("Имя;Фамилия;Электронная почта", "Анна;Ким;a@example.org", "Анна Ким", "a@example.org"),
        ("姓名,邮箱", "李明,l@example.org", "李明", "l@example.org"),
        ("Full Name,Email 2", "Ana Okafor,a@example.org", "Ana Okafor", "a@example.org"),
    ],
)
def test_headings_in_many_languages(headings: str, row: str, name: str, email: str) -> None:
    (draft,) = read(headings, row).drafts
    assert draft.person.name == name
    assert draft.person.of_kind(HandleKind.EMAIL) == (email,)


@pytest.mark.parametrize(
    ("name", "encoding"),
    [
        ("Jürgen Müller", "cp1252"),
        ("José Núñez", "cp1252"),
        ("Søren Kjær", "cp1252"),
        ("Åsa Öberg", "cp1252"),
        ("François Lefèvre", "mac_roman"),
        ("Łukasz Żółć", "cp1250"),
        ("Lukáš Šťastný", "iso8859_2"),
        ("Lucie Dvořák", "iso8859_2"),
        ("Ayşe Işık", "cp1254"),
        ("Þórður Ýrsson", "cp1252"),
        ("Иван Петров", "cp1251"),
        ("Иван Петров", "koi8_r"),
        ("Ελένη Παππά", "cp1253"),
        ("נועה כהן", "cp1255"),
        ("山田太郎さん", "shift_jis"),
        ("Ana Okafor – Zoë", "utf-16"),
        ("Ana Okafor – Zoë", "utf-16-le"),
        ("Ana Okafor – Zoë", "utf-16-be"),
        ("Ana Okafor – Zoë", "utf-8-sig"),
    ],
)
def test_letters_of_old_charsets(name: str, encoding: str) -> None:
    (draft,) = read("Name,E-mail,Notes", f"{name},x@example.org,", encoding=encoding).drafts
    assert draft.person.name == name


def test_mixed_languages_of_one_charset() -> None:
    drafts = read("Name", "Søren Kjær", "Jürgen Müller", "Zoé Lefèvre", "Iñaki Ibáñez", encoding="cp1252").drafts
    assert [draft.person.name for draft in drafts] == ["Søren Kjær", "Jürgen Müller", "Zoé Lefèvre", "Iñaki Ibáñez"]


def test_utf8_with_a_damaged_letter_stays_utf8() -> None:
    data = "Name,Notes\r\nZoë Åberg Müller,größer für Äpfel\r\nAna,x".encode() + b"\xc3,\r\n"
    found = read_people(data)
    assert found.drafts[0].person.name == "Zoë Åberg Müller"
    assert "could not be read" in found.warnings[0]


def test_the_preamble_of_linkedin_may_hold_anything() -> None:
    found = read(
        "Notes:",
        '"When exporting, you may notice',
        'that some, of the ""addresses"" are missing."',
        "",
        "First Name,Last Name,URL,Email Address,Company,Position,Connected On",
        "Ana,Okafor,https://www.linkedin.com/in/ana,,Northlight,Lead,1 Jan 2024",
        ",,,,,,30 Apr 2026",
    )
    assert found.format == "LinkedIn connections"
    (draft,) = found.drafts
    assert (draft.source_row, draft.person.how_met) == (6, "Connected on LinkedIn, 1 January 2024")
    assert draft.person.met_on == ""
    assert [row.source_row for row in found.skipped] == [7]


def test_notes_after_the_headings_of_linkedin_are_no_people() -> None:
    found = read(
        "First Name,Last Name,URL,Email Address,Company,Position,Connected On",
        "Notes:",
        "When exporting, you may notice",
        "Ana,Okafor,,,,,1 Jan 2024",
    )
    assert [draft.person.name for draft in found.drafts] == ["Ana Okafor"]
    assert len(found.skipped) == 2


def test_columns_that_are_not_known_are_kept() -> None:
    (draft,) = read("Name,Shoe size,Lieblingsfarbe (außen)", "Ana,38,blau; grün,odd").drafts
    assert draft.person.extra == (
        "X-CSV-Shoe-size:38",
        'X-CSV-Lieblingsfarbe-au-en;X-COLUMN="Lieblingsfarbe (außen)":blau\\; grün',
        "X-CSV-Column-4:odd",
    )


def test_days_are_told_from_the_whole_column() -> None:
    found = read("Name,Birthday", "A,03/04/1980", "B,25/12/1981")
    assert found.drafts[0].person.birthday == PartialDate(4, 3, 1980)
    american = read("Name,Birthday", "A,03/04/1980", "B,12/25/1981")
    assert american.drafts[0].person.birthday == PartialDate(3, 4, 1980)
    unclear = read("Name,Birthday", "A,03/04/1980")
    assert unclear.drafts[0].person.birthday is None
    assert unclear.drafts[0].person.extra == ("X-CSV-Birthday:03/04/1980",)
    assert read("Name;Geburtstag", "A;24.12.1980").drafts[0].person.birthday == PartialDate(12, 24, 1980)


def test_parted_birthdays_and_addresses() -> None:
    (draft,) = read(
        "First Name,Last Name,Display Name,Primary Email,Home Address,Home City,Home Country,"
        "Birth Year,Birth Month,Birth Day",
        "Kwame,Owusu,Kwame Owusu,k@example.org,1 Ring Road,Accra,Ghana,,7,4",
    ).drafts
    assert draft.person.birthday == PartialDate(7, 4)
    assert draft.person.place == "Accra"
    assert draft.person.of_kind(HandleKind.ADDRESS) == ("1 Ring Road, Accra, Ghana",)
    assert draft.person.extra == ("ADR:;;1 Ring Road;Accra;;;Ghana",)


def test_numbered_columns_of_google() -> None:
    (draft,) = read(
        "First Name,Last Name,Organization Name,Labels,E-mail 1 - Label,E-mail 1 - Value,"
        "Relation 1 - Label,Relation 1 - Value",
        "Grace,Wanjiru,Kivu,* myContacts ::: Mentors,* Work,g@example.org ::: h@example.org,Spouse,Jo",
    ).drafts
    assert draft.person.circles == ("Mentors",)
    assert draft.person.handles == (
        Handle(kind=HandleKind.EMAIL, value="g@example.org", label="work"),
        Handle(kind=HandleKind.EMAIL, value="h@example.org", label="work"),
    )
    assert len(draft.person.extra) == 2
    assert all(line.startswith("X-CSV-Relation-1-") for line in draft.person.extra)


def test_a_quote_that_is_never_closed_costs_one_row_only() -> None:
    found = read("Name,Notes", "Ana,fine", 'Bilal,"open', "Grace,fine", "Elin,fine")
    assert [draft.person.name for draft in found.drafts] == ["Ana", "Bilal", "Grace", "Elin"]
    assert "row 3" in found.warnings[0]


def test_notes_of_several_lines_count_as_one_row() -> None:
    found = read("Name,Notes", 'Ana,"one', 'two"', "Bilal,x")
    assert [(draft.source_row, draft.person.note) for draft in found.drafts] == [(2, "one\ntwo"), (4, "x")]


def test_formulas_stay_text() -> None:
    (draft,) = read("Name,Company,Notes", "=cmd|' /C calc'!A0,@SUM(1+1),+1-2").drafts
    assert (draft.person.name, draft.person.org, draft.person.note) == ("=cmd|' /C calc'!A0", "@SUM(1+1)", "+1-2")


def test_every_row_is_a_draft_or_skipped() -> None:
    found = read("Name,E-mail", "Ana,a@example.org", ",", ",b@example.org", "Name,E-mail", "")
    assert [draft.source_row for draft in found.drafts] == [2, 4]
    assert [row.source_row for row in found.skipped] == [3, 5]


def test_a_nul_is_left_out_with_a_word() -> None:
    found = read_people(b"Name,E-mail\r\nA\0na,a@example.org\r\n")
    assert found.drafts[0].person.name == "Ana"
    assert "NUL" in found.warnings[0]


def test_a_heading_alone_says_that_nobody_is_there() -> None:
    assert read("Name,E-mail").warnings == ("There is nobody in this file.",)


@pytest.mark.parametrize("text", ["Date,Amount,Notes\r\n1,2,3\r\n", "just a sentence, with a comma\r\n", "a\r\nb\r\n"])
def test_a_table_of_something_else_is_refused_with_what_to_do(text: str) -> None:
    assert recognise(text.encode(), "contacts.csv") is Format.UNKNOWN
    with pytest.raises(UnreadableInput, match="put such headings"):
        read_people(text.encode(), "contacts.csv")


@pytest.mark.parametrize(
    "text",
    [
        "# Garden\n\nWe meet on Mondays.\n\nContact, and whatever else you like to say, goes here.\nMore, of this.\n",
        "# Contact\n\nWrite to us.\n",
        "Notes of a day.\n\nName\n\nA heading in running text is no table.\nNor, is, this.\n",
        "Words\n\nemail, phone, whatever suits you\nis fine with us, really\nand so on.\nGoodbye.\nYours.\n",
    ],
)
def test_running_text_is_no_table(text: str) -> None:
    assert recognise(text.encode()) is Format.UNKNOWN
    with pytest.raises(UnreadableInput, match="put such headings"):
        read_people(text.encode(), "README.md")


def test_one_known_column_is_enough_at_the_beginning() -> None:
    assert [draft.person.name for draft in read("Name", "Ana Okafor", "Bo Li").drafts] == ["Ana Okafor", "Bo Li"]
    (draft,) = read("", "Name,Favourite colour", "Ana Okafor,green").drafts
    assert draft.person.name == "Ana Okafor"
    (draft,) = read("Name;E-mail;Notes", "Ana Okafor;a@example.org").drafts  # trailing columns left out
    assert draft.person.of_kind(HandleKind.EMAIL) == ("a@example.org",)
