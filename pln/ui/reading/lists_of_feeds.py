"""What comes from another reader (lists of feeds, starred articles), and taking one's own list along."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from pln.model.feed import Feed
from pln.services.keeping import Why
from pln.services.tasks import Task
from pln.services.undo import UndoStep
from pln.ui.files.backup_first import backup_first
from pln.ui.files.chooser import chooser
from pln.ui.shell import Shell
from pln.ui.widgets.boxes import Grow, column
from pln.ui.widgets.dialog import Dialog
from pln.ui.widgets.labels import label
from pln.ui.widgets.scroll import Page

if TYPE_CHECKING:
    from pln.services.feed_lists import OpmlReport
    from pln.services.importing_articles import ArticlesReport

SUFFIXES = (".opml", ".xml", ".json", ".csv", ".html", ".htm")


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """What a file brought. words: in one or two sentences. feeds: new subscriptions, to be asked at once.

    skipped: a line for each thing that was not taken, with its reason.
    """

    words: str
    feeds: tuple[Feed, ...]
    skipped: tuple[str, ...]
    step: UndoStep | None


def ask_for_list(parent: QWidget, chosen: Callable[[Path], object]) -> None:
    """Ask for a file to bring."""
    kinds = _tr("From other readers (*.opml *.xml *.json *.csv *.html *.htm);;All files (*)")
    dialog = chooser(parent, _tr("Bring feeds from another reader"), "", kinds)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.fileSelected.connect(lambda name: chosen(Path(name)))
    dialog.finished.connect(lambda _result: dialog.deleteLater())
    dialog.open()


def ask_where_to(parent: QWidget, chosen: Callable[[Path], object]) -> None:
    """Ask for a file to write the own list to."""
    dialog = chooser(parent, _tr("Write a list of your feeds"), "feeds.opml", _tr("Lists of feeds (*.opml)"))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix("opml")
    dialog.fileSelected.connect(lambda name: chosen(Path(name)))
    dialog.finished.connect(lambda _result: dialog.deleteLater())
    dialog.open()


def bring_list(shell: Shell, path: Path, done: Callable[[Brought], None]) -> None:
    """Take in what stands in a file, a list of feeds or articles, off the window's thread; then say what came of it."""
    ctx, tasks = shell.ctx, shell.tasks

    def job(task: Task) -> Brought:
        from pln.services.feed_lists import import_opml_file
        from pln.services.importing_articles import bring_articles, plan_articles
        from pln.services.recognising import InputKind, recognise_input

        if recognise_input(path) is not InputKind.ARTICLES:
            return of_list(import_opml_file(ctx, path, origin="reading"))
        report = bring_articles(
            ctx, plan_articles(ctx, path).export, on_progress=lambda now, total: tasks.step(task, now, total),
            cancelled=lambda: task.cancelled, origin="reading",
        )  # fmt: skip
        return of_articles(report)

    words = _tr("Bringing %1").replace("%1", path.name)
    backup_first(shell, Why.BEFORE_IMPORT, lambda: tasks.start(words, job, done, shell.fail))


def write_list(shell: Shell, path: Path) -> None:
    """Write all subscriptions to a file."""
    words = _tr("Your list of feeds is in %1.").replace("%1", path.name)

    def job() -> None:
        from pln.services.feed_lists import export_opml_file

        export_opml_file(shell.ctx, path)

    shell.write(job, lambda _nothing: shell.toast(words))


def of_list(report: OpmlReport) -> Brought:
    added, known = len(report.added), report.known
    words = _tr("No new feed stands in this list.")
    if added:
        words = _tr("One feed was added.") if added == 1 else _tr("%1 feeds were added.").replace("%1", str(added))
    words = _with_known(words, known)
    return Brought(words=words, feeds=report.added, skipped=report.skipped, step=report.step)


def of_articles(report: ArticlesReport) -> Brought:
    added = report.added
    words = _tr("No new article stands in this file.")
    if added:
        words = _tr("One article came.") if added == 1 else _tr("%1 articles came.").replace("%1", f"{added:,}")
    words = _with_known(words, report.known)
    if report.starred:
        words = f"{words} {_tr('Stars given: %1.').replace('%1', f'{report.starred:,}')}"
    if report.feeds:
        rest = _tr("Feeds that are new here were added, at rest: %1.")
        words = f"{words} {rest.replace('%1', _few(report.feeds))}"
    skipped = tuple(f"{name}: {reason}" for name, reason in report.skipped)
    return Brought(words=words, feeds=(), skipped=skipped, step=report.step)


class SkippedDialog(Dialog):
    """What a file brought, and line by line what was not taken and why."""

    def __init__(self, parent: QWidget | None, brought: Brought) -> None:
        lines = [label(line, "muted", wrap=True) for line in brought.skipped[:500]]
        body = column(
            label(_tr("These lines were not taken:"), "label"),
            Grow(Page(column(*lines, None, spacing=6), margins=(0, 0, 10, 0))), spacing=8,
        )  # fmt: skip
        super().__init__(parent, _tr("Your feeds are here"), body, _tr("Close"), subtitle=brought.words)
        self.cancel.hide()
        self.open_at(520, 420)


def _with_known(words: str, known: int) -> str:
    if not known:
        return words
    here = _tr("One was here already.") if known == 1 else _tr("%1 were here already.").replace("%1", f"{known:,}")
    return f"{words} {here}"


def _few(names: Sequence[str]) -> str:
    shown = ", ".join(name[:60] for name in names[:3])
    return shown if len(names) <= 3 else f"{shown} …"


def _tr(text: str) -> str:
    return QCoreApplication.translate("lists_of_feeds", text)
