"""What an import will do, row by row, with filters; and the counts in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget

from pln.model.importing import ImportReport, RowAction, RowPlan
from pln.suggest.reasons import once_upper
from pln.ui.people.import_job import Outcome, PlannedFile
from pln.ui.widgets.boxes import Grow, column
from pln.ui.widgets.chips import chip_button
from pln.ui.widgets.flow import FlowLayout
from pln.ui.widgets.list_view import ListView
from pln.ui.widgets.paged_model import PagedModel
from pln.ui.widgets.row_look import RowLook


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the table. kind: what the filters go by."""

    kind: str
    look: RowLook


class LineTable(QWidget):
    """Lines with filter chips above. kinds: (kind, words) in the order of the chips; kinds without lines get none."""

    def __init__(self, name: str, lines: Sequence[Line], kinds: Iterable[tuple[str, str]]) -> None:
        super().__init__()
        self.lines = lines
        model: PagedModel[Line] = PagedModel(lambda ids: [lines[number] for number in ids], _said)
        self.view: ListView[Line] = ListView(name, model, lambda line: line.look)
        self.view.set_ids(range(len(lines)))
        self.chips = self._chips(kinds)
        self._group = QButtonGroup(self)
        for chip in self.chips:
            self._group.addButton(chip)
        filters = [FlowLayout(*self.chips, spacing=6)] if len(self.chips) > 2 else []
        self.setLayout(column(*filters, Grow(self.view), spacing=10))

    def show_kind(self, kind: str) -> None:
        """Only lines of one kind; "" for all."""
        self.view.set_ids([number for number, line in enumerate(self.lines) if kind in ("", line.kind)])

    def _chips(self, kinds: Iterable[tuple[str, str]]) -> list[QPushButton]:
        counts = {kind: sum(line.kind == kind for line in self.lines) for kind, _words in kinds}
        wanted = [("", _tr("All"), len(self.lines)), *((kind, words, counts[kind]) for kind, words in kinds)]
        made = [
            chip_button(f"{words} {count:n}", checkable=True, run=partial(self.show_kind, kind))
            for kind, words, count in wanted
            if count
        ]
        if made:
            made[0].setChecked(True)
        return made


def _said(line: Line) -> str:
    return ", ".join(part for part in (line.look.title, line.look.hint, line.look.second) if part)


def preview_table(files: Sequence[PlannedFile]) -> LineTable:
    """Every row of every file."""
    lines = [line for file in files for line in _lines(file, len(files) > 1)]
    return LineTable(_tr("What the import will do"), lines, [(action.value, _words(action)) for action in RowAction])


def _lines(file: PlannedFile, headed: bool) -> Iterator[Line]:
    if file.plan is None:
        return
    for number, row in enumerate(file.plan.rows):
        section = f"{file.path.name} · {file.plan.format}" if headed and number == 0 else ""
        yield Line(row.action.value, _look(row, file.names, section))


def _look(row: RowPlan, names: dict[int, str], section: str) -> RowLook:
    title = row.name or _tr("Row %1").replace("%1", f"{row.source_row:n}")
    unread = row.draft.unread if row.draft is not None else ()
    more = _tr("Not understood: %1").replace("%1", "; ".join(unread)) if unread else ""
    second = once_upper(" · ".join(part for part in (_detail(row, names), more) if part))
    return RowLook(
        title=title, second=second, hint=_words(row.action), avatar=row.name, section=section,
        strong=row.action in (RowAction.ADD, RowAction.MERGE), mark="" if row.name else "minus",
    )  # fmt: skip


def _detail(row: RowPlan, names: dict[int, str]) -> str:
    known = names.get(row.match_id or 0, "")
    match row.action:
        case RowAction.MERGE:
            joins = _tr("with %1").replace("%1", known) if known and known != row.name else ""
            return " · ".join(part for part in (joins, row.match_why, _tr("adds %1").replace("%1", row.detail)) if part)
        case RowAction.SAME:
            return " · ".join(part for part in (row.match_why, row.detail) if part)
    return row.detail


def _words(action: RowAction) -> str:
    return {
        RowAction.ADD: _tr("New"),
        RowAction.MERGE: _tr("Joined"),
        RowAction.SAME: _tr("Already here"),
        RowAction.SKIP: _tr("Left out"),
    }[action]


def report_table(reports: Sequence[ImportReport]) -> LineTable:
    """What was left out or not understood, with its row."""
    lines = [line for report in reports for line in _losses(report, len(reports) > 1)]
    kinds = [("skip", _tr("Left out")), ("unread", _tr("Not understood"))]
    return LineTable(_tr("What could not be read"), lines, kinds)


def _losses(report: ImportReport, headed: bool) -> Iterator[Line]:
    section = f"{Path(report.path).name} · {report.format}" if headed else ""
    for kind, found in (("skip", report.skipped), ("unread", report.unread)):
        for each in found:
            row = _tr("Row %1").replace("%1", f"{each.source_row:n}")
            yield Line(kind, RowLook(title=each.reason, second=row, strong=False, lines=3, section=section))
            section = ""


def summary(outcome: Outcome) -> str:
    """ "80 added · 20 joined with people you have · 15 were here already · 2 left out"."""
    reports = outcome.reports
    counts = (
        (sum(report.added for report in reports), _tr("%1 added")),
        (sum(report.merged for report in reports), _tr("%1 joined with people you have")),
        (sum(report.same for report in reports), _tr("%1 here already")),
        (sum(len(report.skipped) for report in reports), _tr("%1 left out")),
    )
    return " · ".join(words.replace("%1", f"{count:n}") for count, words in counts if count) or _tr("Nobody was added.")


def remarks(files: Sequence[PlannedFile], outcome: Outcome | None = None) -> Iterator[str]:
    """What a file's reader remarked, and the files that could not be read."""
    for file in files:
        name = f"{file.path.name}: " if len(files) > 1 or file.fault else ""
        if file.fault is not None:
            yield f"{name}{file.fault.title}. {file.fault.sentence}"
        if file.plan is not None:
            yield from (f"{name}{warning}" for warning in file.plan.warnings)
    for path, fault in outcome.faults if outcome else ():
        yield f"{path}: {fault.title}. {fault.sentence}"


def _tr(text: str) -> str:
    return QCoreApplication.translate("people", text)
