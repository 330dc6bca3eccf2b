"""Several files as one import: planned together, written one after the other, taken back together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pln.model.errors import Cancelled, PlnError
from pln.model.importing import ImportPlan, ImportReport, RowAction
from pln.services.context import Context
from pln.services.importing import apply_import, plan_import
from pln.services.undo import UndoStep
from pln.store.unit_of_work import Work

_ENDINGS = (".vcf", ".vcard", ".csv")

OnProgress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedFile:
    """What one file would bring, or why it cannot be read. names: of the stored people that rows belong to."""

    path: Path
    plan: ImportPlan | None = None
    fault: PlnError | None = None
    names: dict[int, str]

    @property
    def writes(self) -> int:
        """Rows that add or change somebody."""
        return 0 if self.plan is None else sum(row.draft is not None for row in self.plan.rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """step: takes back everything that was written; None where nothing was. cancelled: the rest was not begun."""

    reports: tuple[ImportReport, ...]
    faults: tuple[tuple[str, PlnError], ...]
    step: UndoStep | None
    cancelled: bool


def people_files(paths: Iterable[Path]) -> tuple[Path, ...]:
    """The files themselves; of a folder the address books in it."""
    found: list[Path] = []
    for path in paths:
        inside = sorted(path.iterdir()) if path.is_dir() else [path]
        found += [each for each in inside if each == path or each.suffix.lower() in _ENDINGS]
    return tuple(dict.fromkeys(found))


def plan_files(ctx: Context, paths: Iterable[Path], on_progress: OnProgress) -> tuple[PlannedFile, ...]:
    """Read every file; nothing is written. on_progress: (files read, files)."""
    wanted = people_files(paths)
    planned = []
    for number, path in enumerate(wanted):
        on_progress(number, len(wanted))
        planned.append(_planned(ctx, path))
    return tuple(planned)


def import_files(
    ctx: Context, files: Sequence[PlannedFile], *, on_progress: OnProgress, cancelled: Callable[[], bool]
) -> Outcome:
    """Write each file whole or not at all. A later file is planned anew, so that people in two files are one.

    on_progress: (rows done, rows) over all files; it may raise Cancelled.
    """
    total = sum(file.writes for file in files)
    reports: list[ImportReport] = []
    faults: list[tuple[str, PlnError]] = []
    steps: list[UndoStep] = []
    done, stopped = 0, False
    for file in files:
        if file.plan is None:
            continue
        try:
            plan = plan_import(ctx, file.path) if steps else file.plan
            report, step = apply_import(
                ctx, plan, cancelled=cancelled, origin="import",
                on_progress=lambda row, _rows, before=done: on_progress(min(before + row, total), total),  # type: ignore[misc]
            )  # fmt: skip
        except Cancelled:
            stopped = True
            break
        except PlnError as fault:
            faults.append((file.path.name, fault))
            continue
        done += file.writes
        reports.append(report)
        steps.append(step)
    return Outcome(reports=tuple(reports), faults=tuple(faults), step=_one_step(ctx, steps), cancelled=stopped)


def _planned(ctx: Context, path: Path) -> PlannedFile:
    try:
        plan = plan_import(ctx, path)
    except PlnError as fault:
        return PlannedFile(path=path, fault=fault, names={})
    known = {row.match_id for row in plan.rows if row.match_id is not None and row.action is not RowAction.ADD}
    with ctx.store.read() as work:
        return PlannedFile(path=path, plan=plan, names=work.people.names(known))


def _one_step(ctx: Context, steps: Sequence[UndoStep]) -> UndoStep | None:
    """The steps of several files as one, the last one undone first."""
    if len(steps) < 2:
        return steps[0] if steps else None

    def back(work: Work) -> None:
        for step in reversed(steps):
            step.back(work)

    for step in steps:
        ctx.undo.pop(step)
    whole = UndoStep(label=f"{len(steps)} files were imported", back=back)
    ctx.undo.push(whole)
    return whole
