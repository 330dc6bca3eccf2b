"""Every address book of the corpus is read wholly: each property and each cell is understood or kept, none is lost."""

from __future__ import annotations

import base64
import os
import re
import sys
from dataclasses import fields
from pathlib import Path

import pytest

from pln.model.contact import Person, RhythmWish
from pln.model.importing import RowAction
from pln.model.matching import plan_rows
from pln.sources.people import Format, read_people, read_people_file, recognise, write_vcards
from pln.sources.people.cards import CardSplitter
from pln.sources.people.lines import ContentLine, unescaped
from pln.sources.people.tables import Table, find_header, physical_lines
from pln.sources.people.text import decode, whole_text

SHARED = Path(os.environ.get("PLN_SHARED", Path(__file__).parents[3] / "shared"))
CARDS = sorted((SHARED / "corpus" / "vcard").glob("*.vcf"))
TABLES = sorted((SHARED / "corpus" / "csv").glob("*.csv"))

pytestmark = pytest.mark.skipif(not CARDS, reason="the corpus is not beside the checkout")

DIALECTS = {
    "google_new": Format.GOOGLE,
    "google_old_utf16": Format.GOOGLE_OLD,
    "linkedin_notes_unquoted_url_last": Format.LINKEDIN,
    "linkedin_old_no_url": Format.LINKEDIN,
    "linkedin_plain": Format.LINKEDIN,
    "linkedin_preamble_bom": Format.LINKEDIN,
    "outlook_com": Format.OUTLOOK_COM,
    "outlook_desktop": Format.OUTLOOK,
    "semicolon_no_quotes": Format.TABLE,
    "thunderbird": Format.THUNDERBIRD,
}


# What every telephone, e-mail and postal address is anyway, and preference: it is the order of the handles.
TELL_NOTHING = {"tel", "internet", "voice", "pref", "postal", "parcel", "intl"}


def words_of(text: str) -> set[str]:
    return set(re.findall(r"[^\W_]+", text.casefold()))


def told_by(person: Person) -> str:
    """Everything a person's fields say but the kept lines."""
    values = (getattr(person, field.name) for field in fields(Person) if field.name != "extra")
    return " ".join(str(value) for value in values)


def fate(line: ContentLine, person: Person) -> str:
    """Judged from outside the reader: the line stands in `extra`, or all words of its value stand in the fields."""
    if line.raw in person.extra:
        return "kept"
    value = unescaped(line.value)
    if line.name == "BDAY":
        return "read" if person.birthday and str(person.birthday).replace("-", "") in value.replace("-", "") else "lost"
    if line.name == "VERSION":
        return "read"
    said = words_of(told_by(person)) | TELL_NOTHING
    types = {"mobile" if word == "cell" else word for word in line.types()}
    return "read" if words_of(value) | types <= said else "lost"


def test_no_property_of_any_card_is_lost() -> None:
    """Shows its table with `pytest -rP`."""
    table = [f"{'file':55} {'cards':>5} {'props':>5} {'read':>5} {'kept':>5} {'lost':>5}"]
    lost: list[str] = []
    total_cards = 0
    for path in CARDS:
        split = CardSplitter(decode(path.read_bytes()))
        people = [draft.person for draft in read_people_file(path).drafts]
        assert len(people) == len(split.cards)
        fates = [fate(line, person) for card, person in zip(split.cards, people, strict=True) for line in card.lines]
        lost += [
            f"{path.stem}: {line.raw[:80]}"
            for card, person in zip(split.cards, people, strict=True)
            for line in card.lines
            if fate(line, person) == "lost"
        ]
        counts = [len(people), len(fates), *(fates.count(word) for word in ("read", "kept", "lost"))]
        table.append(f"{path.stem:55} " + " ".join(f"{count:5}" for count in counts))
        total_cards += len(people)
        assert not any(card.odd for card in split.cards)
    sys.stdout.write("\n".join(table) + "\n")
    assert lost == []
    assert total_cards == 26


@pytest.mark.parametrize("path", CARDS, ids=lambda path: path.stem)
def test_what_was_read_is_written_and_read_again_unchanged(path: Path) -> None:
    people = [draft.person for draft in read_people_file(path).drafts]
    again = [draft.person for draft in read_people(write_vcards(people, uid_of={}), "again.vcf").drafts]
    assert again == people


@pytest.mark.parametrize("path", CARDS + TABLES, ids=lambda path: path.stem)
def test_a_second_import_brings_nothing(path: Path) -> None:
    read = read_people_file(path)
    first = plan_rows(read, [])
    added = [row.draft.person for row in first if row.action is RowAction.ADD and row.draft]
    stored = [person_with_id(person, number) for number, person in enumerate(added, 1)]
    assert {row.action for row in plan_rows(read, stored)} <= {RowAction.SAME, RowAction.SKIP}


def person_with_id(person: Person, number: int) -> Person:
    return Person(**{field.name: getattr(person, field.name) for field in fields(Person)} | {"id": number})


def test_the_phones_photo_stays_whole() -> None:
    (draft,) = read_people_file(SHARED / "corpus/vcard/John_Doe_IPHONE.vcf").drafts
    (photo,) = (line for line in draft.person.extra if line.startswith("PHOTO"))
    assert len(base64.b64decode(photo.partition(":")[2], validate=True)) == 32_531


def test_the_long_outlook_note_stays_whole() -> None:
    (draft,) = read_people_file(SHARED / "corpus/vcard/outlook-2007.vcf").drafts
    assert draft.person.note.startswith("This is the NOTE field\t\nI assume")
    assert draft.person.note.endswith("It does not preserve the formatting")
    assert len(draft.person.note.replace("\n", "\r\n")) == 182


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
def test_no_cell_of_any_table_is_lost(path: Path) -> None:
    data = path.read_bytes()
    assert recognise(data, "misleading.vcf") is DIALECTS[path.stem]
    lines = physical_lines(whole_text(data)[0])
    header = find_header(lines)
    assert header is not None
    read = read_people(data, path.name)
    people = {draft.source_row: draft.person for draft in read.drafts}
    skipped = {row.source_row for row in read.skipped}
    for row in Table(lines, header).rows():
        assert (row.line in people) != (row.line in skipped)
        if row.line in people:
            person = people[row.line]
            said = words_of(told_by(person) + " ".join(person.extra)) | NEEDLESS
            assert words_of(spelled(" ".join(row.cells))) <= said


# Words that say what is so anyway: Google's own group, the kind of mail, Outlook's "no birthday".
NEEDLESS = {"mycontacts", "my", "contacts", "smtp", "0", "00", "06", "01", "02", "03", "09"}


def spelled(text: str) -> str:
    """Days of LinkedIn are kept in words."""
    for short, whole in (("Jun", "June"), ("Jan", "January"), ("Feb", "February"), ("Mar", "March")):
        text = re.sub(rf"\b{short}\b", whole, text)
    text = re.sub(r"\bDec\b", "December", re.sub(r"\bSep\b", "September", text))
    text = re.sub(r"--(\d\d)-(\d\d)", "", text)
    return re.sub(r"\b(\d{4})-(\d\d)-(\d\d)\b", r"\1", text)


def test_letters_of_an_old_czech_table_come_out_right() -> None:
    (draft,) = read_people_file(SHARED / "corpus/csv/outlook_desktop.csv").drafts
    assert draft.person.name == "Lucie Dvořák"
    assert draft.person.birthday is None
    assert draft.person.circles == ("Friends", "Art")
    assert draft.person.rhythm_wish is RhythmWish.UNSET


def test_a_link_that_runs_code_is_kept_as_text_only() -> None:
    read = read_people_file(SHARED / "corpus/csv/linkedin_plain.csv")
    (draft,) = (draft for draft in read.drafts if draft.person.name.startswith("<script>"))
    assert draft.person.handles == ()
    assert "X-CSV-URL:javascript:alert(1)" in draft.person.extra
    assert draft.unread
    assert draft.person.org == '=HYPERLINK("http://example.org")'
