"""People out of files: whole or not at all, once, and undoable as a whole."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pln.model.contact import Handle, HandleKind, Person
from pln.model.errors import Cancelled, UnreadableInput
from pln.model.importing import ImportPlan, RowAction
from pln.services.contacts import get_person, person_ids, remove_person, save_person
from pln.services.context import Context, take_back
from pln.services.importing import apply_import, plan_import
from shared_corpus import corpus_files
from store_fixtures import assert_index_in_step


def card(name: str, *lines: str) -> str:
    return "\n".join(["BEGIN:VCARD", "VERSION:4.0", f"FN:{name}", *lines, "END:VCARD", ""])


def planned(ctx: Context, folder: Path, text: str) -> ImportPlan:
    path = folder / "people.vcf"
    path.write_text(text, "utf-8")
    return plan_import(ctx, path)


def everyone(ctx: Context) -> dict[str, Person]:
    with ctx.store.read() as work:
        return {person.name: person for person in work.people.everyone()}


def test_new_people_are_added_and_known_ones_merged(context: Context, tmp_path: Path):
    anna = save_person(
        context, Person(name="Anna Lindqvist", note="mine", handles=(Handle(kind=HandleKind.EMAIL, value="a@b.org"),))
    )
    plan = planned(context, tmp_path, card("Elin Moe") + card("Anna Lindqvist", "EMAIL:A@B.org", "TITLE:Writer"))
    assert [row.action for row in plan.rows] == [RowAction.ADD, RowAction.MERGE]
    assert set(everyone(context)) == {"Anna Lindqvist"}, "a plan writes nothing"
    report, _ = apply_import(context, plan)
    assert (report.added, report.merged, report.same) == (1, 1, 0)
    now = everyone(context)
    assert (now["Anna Lindqvist"].role, now["Anna Lindqvist"].note, now["Anna Lindqvist"].source) == (
        "Writer",
        "mine",
        "",
    )
    assert now["Elin Moe"].source == "import:vCard 4.0"
    assert set(report.person_ids) == {anna.id, now["Elin Moe"].id}
    assert_index_in_step(context.store)


def test_the_same_file_again_adds_nothing(context: Context, tmp_path: Path):
    text = card("Elin Moe", "EMAIL:e@b.org") + card("Elin Moe", "EMAIL:other@b.org") + card("陈伟")
    apply_import(context, planned(context, tmp_path, text))
    before = everyone(context)
    plan = planned(context, tmp_path, text)
    assert plan.count(RowAction.SAME) == len(plan.rows)
    report, _ = apply_import(context, plan)
    assert (report.added, report.merged, report.person_ids) == (0, 0, ())
    assert everyone(context) == before


def test_it_is_taken_back_as_a_whole(context: Context, tmp_path: Path):
    save_person(context, Person(name="Anna Lindqvist", circles=("Mentors",)))
    before = everyone(context)
    text = card("Elin Moe") + card("Anna Lindqvist", "TITLE:Writer", "CATEGORIES:mentors,Choir")
    _, step = apply_import(context, planned(context, tmp_path, text))
    assert set(everyone(context)) == {"Anna Lindqvist", "Elin Moe"}
    assert take_back(context, step) is step
    assert everyone(context) == before
    assert_index_in_step(context.store)


def test_what_was_written_since_stays_when_it_is_taken_back(context: Context, tmp_path: Path):
    anna = save_person(context, Person(name="Anna Lindqvist"))
    _, step = apply_import(context, planned(context, tmp_path, card("Anna Lindqvist", "TITLE:Writer")))
    save_person(context, replace(get_person(context, anna.id), note="written since"))
    take_back(context, step)
    now = get_person(context, anna.id)
    assert (now.role, now.note) == ("Writer", "written since")


def test_a_cancelled_import_keeps_nothing(context: Context, tmp_path: Path):
    plan = planned(context, tmp_path, "".join(card(f"Person {number}") for number in range(900)))
    seen: list[tuple[int, int]] = []
    with pytest.raises(Cancelled):
        apply_import(
            context, plan, on_progress=lambda done, total: seen.append((done, total)), cancelled=lambda: len(seen) > 1
        )
    assert seen == [(400, 900), (800, 900)]
    assert person_ids(context) == ()
    assert context.undo.top is None
    report, _ = apply_import(context, plan)
    assert report.added == 900


def test_who_introduced_whom_is_known_whatever_the_order(context: Context, tmp_path: Path):
    text = card("Elin Moe", "UID;VALUE=text:e", "X-PLN-INTRODUCED-BY:a") + card("Anna Lindqvist", "UID;VALUE=text:a")
    apply_import(context, planned(context, tmp_path, text.replace("VERSION:4.0", "VERSION:4.0\nX-PLN-VERSION:1")))
    now = everyone(context)
    assert now["Elin Moe"].introduced_by == now["Anna Lindqvist"].id


def test_somebody_removed_since_the_plan_is_added_anew(context: Context, tmp_path: Path):
    anna = save_person(context, Person(name="Anna Lindqvist"))
    plan = planned(context, tmp_path, card("Anna Lindqvist", "TITLE:Writer"))
    remove_person(context, anna.id)
    report, _ = apply_import(context, plan)
    assert report.added == 1
    assert everyone(context)["Anna Lindqvist"].role == "Writer"


@pytest.mark.parametrize("path", corpus_files("vcard/*") + corpus_files("csv/*"), ids=lambda path: path.name)
def test_real_exports_come_in_once(context: Context, path: Path):
    apply_import(context, plan_import(context, path))
    first = everyone(context)
    assert first
    plan = plan_import(context, path)
    assert plan.count(RowAction.ADD) == plan.count(RowAction.MERGE) == 0
    apply_import(context, plan)
    assert everyone(context) == first


def test_a_file_that_is_not_there(context: Context, tmp_path: Path):
    with pytest.raises(UnreadableInput):
        plan_import(context, tmp_path / "absent.vcf")
