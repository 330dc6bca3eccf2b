"""People out of a file: what an import would do, row by row, and then doing it, whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from pln.model.contact import Person
from pln.model.errors import Cancelled
from pln.model.importing import ImportPlan, ImportReport, ReadFile, RowAction, RowPlan, Skipped
from pln.model.lengths import overlong, too_long
from pln.model.matching import merged, plan_rows
from pln.services.context import Context
from pln.services.undo import UndoStep
from pln.sources.people import read_people_file
from pln.store.unit_of_work import Work

_BATCH = 400

OnProgress = Callable[[int, int], None]


def in_silence(done: int, total: int) -> None:
    """For callers that show no progress."""


def never() -> bool:
    return False


def plan_import(ctx: Context, path: Path) -> ImportPlan:
    """Read a people file and say what each row would do. Nothing is written.

    A row with a name, circle or the like that is too long gives no person: nothing is shortened unasked.
    Raises UnreadableInput: not there, empty, over 50 MB, not a people file, or nobody in it.
    """
    with ctx.store.read() as work:
        known = work.people.everyone()
    read = read_people_file(path, id_of={person.uid: person.id for person in known if person.uid})
    rows = plan_rows(_without_overlong(read), known)
    return ImportPlan(path=str(path), format=read.format, rows=rows, warnings=read.warnings)


def _without_overlong(read: ReadFile) -> ReadFile:
    long = [(draft.source_row, word) for draft in read.drafts if (word := overlong(draft.person))]
    skipped = (Skipped(source_row=at, reason=f"Not readable: {too_long(word)}.") for at, word in long)
    drafts = tuple(draft for draft in read.drafts if not overlong(draft.person))
    return replace(read, drafts=drafts, skipped=(*read.skipped, *skipped)) if long else read


def apply_import(
    ctx: Context, plan: ImportPlan, *,
    on_progress: OnProgress = in_silence, cancelled: Callable[[], bool] = never, origin: str = "import",
) -> tuple[ImportReport, UndoStep]:  # fmt: skip
    """Do what the plan says, in one unit of work; the step returned takes all of it back.

    on_progress: (rows done, rows that write). Raises Cancelled where it was cancelled: then nothing of it is kept.
    """
    writing = [row for row in plan.rows if row.draft is not None]
    with ctx.write(origin) as work:
        done = _Written(work, plan.format)
        for start in range(0, len(writing), _BATCH):
            if cancelled():
                raise Cancelled("Nothing of this import was kept.")
            done.take(writing[start : start + _BATCH])
            on_progress(min(start + _BATCH, len(writing)), len(writing))
        done.finish()
    step = _undo(done)
    ctx.undo.push(step)
    return _report(plan, done), step


@dataclass(slots=True)
class _Written:
    """What an import has written so far. before: people that were here, as they stood; after: as they stand now."""

    work: Work
    format: str
    added: list[int] = field(default_factory=list)
    before: dict[int, Person] = field(default_factory=dict)
    after: dict[int, Person] = field(default_factory=dict)
    _introducers: dict[int, str] = field(default_factory=dict)  # person id -> uid of who introduced them

    def take(self, rows: Sequence[RowPlan]) -> None:
        """Write one batch. Somebody who was removed since the plan was made is added anew."""
        stored = self._stored(rows)
        fresh = [row for row in rows if row.match_id not in stored]
        people = self.work.people.add_many([self._new(row) for row in fresh])
        self.added += [person.id for person in people]
        for row, person in zip(fresh, people, strict=True):
            self._remember(row, person.id)
        for row in rows:
            if row.match_id is not None and row.match_id in stored:
                self._merge(row, stored[row.match_id])

    def finish(self) -> None:
        """Say who introduced whom, where that person is only known now that the file is stored."""
        for person_id, uid in self._introducers.items():
            person, by = self.work.people.get(person_id), self.work.people.by_uid(uid)
            if person is not None and by is not None and person.introduced_by is None and by.id != person_id:
                self.work.people.change(replace(person, introduced_by=by.id))
        self.after = {person.id: person for person in self.work.people.get_many(list(self.before))}

    def _stored(self, rows: Sequence[RowPlan]) -> dict[int, Person]:
        wanted = [row.match_id for row in rows if row.match_id is not None]
        live = set(self.work.people.ids()) if wanted else set()
        return {person.id: person for person in self.work.people.get_many(wanted) if person.id in live}

    def _new(self, row: RowPlan) -> Person:
        assert row.draft is not None
        return replace(row.draft.person, id=0, source=row.draft.person.source or f"import:{self.format}")

    def _merge(self, row: RowPlan, old: Person) -> None:
        assert row.draft is not None
        new = merged(old, row.draft.person)
        if new != old:
            self.before[old.id] = old
            self.work.people.change(new)
        self._remember(row, old.id)

    def _remember(self, row: RowPlan, person_id: int) -> None:
        if row.draft is not None and row.draft.introducer_uid:
            self._introducers[person_id] = row.draft.introducer_uid


def _undo(done: _Written) -> UndoStep:
    added, before, after = tuple(done.added), dict(done.before), dict(done.after)

    def back(work: Work) -> None:
        for person_id in added:
            work.people.remove(person_id)
        for person_id, was in before.items():
            if work.people.get(person_id) == after.get(person_id):  # what was written on it since stays
                work.people.change(was)

    return UndoStep(label=f"{_people(len(added) + len(before))} imported", back=back)


def _people(number: int) -> str:
    return "1 person was" if number == 1 else f"{number} people were"


def _report(plan: ImportPlan, done: _Written) -> ImportReport:
    return ImportReport(
        path=plan.path,
        format=plan.format,
        added=len(done.added),
        merged=plan.count(RowAction.MERGE),
        same=plan.count(RowAction.SAME),
        skipped=skipped_rows(plan),
        unread=unread_parts(plan),
        warnings=plan.warnings,
        person_ids=(*done.added, *done.before),
    )


def skipped_rows(plan: ImportPlan) -> tuple[Skipped, ...]:
    """The rows that give no person, with the reasons."""
    return tuple(
        Skipped(source_row=row.source_row, reason=row.detail) for row in plan.rows if row.action is RowAction.SKIP
    )


def unread_parts(plan: ImportPlan) -> tuple[Skipped, ...]:
    """What of the rows that are taken could not be understood."""
    return tuple(_unread(plan.rows))


def _unread(rows: Iterable[RowPlan]) -> Iterable[Skipped]:
    for row in rows:
        for reason in row.draft.unread if row.draft is not None else ():
            yield Skipped(source_row=row.draft.source_row if row.draft else row.source_row, reason=reason)
