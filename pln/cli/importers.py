"""Each kind of file that can be imported, taken in and told in one form."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from pln.cli.progress import Progress
from pln.model.importing import RowAction, RowPlan
from pln.services.context import Context
from pln.services.feed_lists import import_opml
from pln.services.importing import apply_import, plan_import, skipped_rows, unread_parts
from pln.services.importing_articles import bring_articles, plan_articles
from pln.services.importing_calendar import apply_calendar, plan_calendar
from pln.services.importing_feeds import plan_feeds
from pln.services.reading_back import import_all
from pln.services.recognising import InputKind

Importer = Callable[[Context, Path, bool, Progress], dict[str, Any]]
"""(context, path, dry run, progress) -> what was done, in the form of one of `files` in the answer."""


def _people(ctx: Context, path: Path, dry: bool, shown: Progress) -> dict[str, Any]:
    plan = plan_import(ctx, path)
    if not dry:
        apply_import(ctx, plan, on_progress=shown.step, cancelled=shown.cancelled, origin="cli")
    skipped = [{"row": each.source_row, "reason": each.reason} for each in skipped_rows(plan)]
    unread = [{"row": each.source_row, "reason": each.reason} for each in unread_parts(plan)]
    return {
        **nothing_of(path, plan.format),
        "added": {"people": plan.count(RowAction.ADD)},
        "merged": plan.count(RowAction.MERGE),
        "here": {"people": plan.count(RowAction.SAME)},
        "skipped": skipped,
        "unread": skipped + unread,
        "warnings": list(plan.warnings),
        "rows": [
            {"row": row.source_row, "action": row.action.value, "name": row.name, "detail": _detail(row)}
            for row in plan.rows
        ],
    }


def _detail(row: RowPlan) -> str:
    return f"{row.match_why}: {row.detail}" if row.match_why else row.detail


def _feeds(ctx: Context, path: Path, dry: bool, shown: Progress) -> dict[str, Any]:
    plan = plan_feeds(ctx, path)
    if not dry:
        import_opml(ctx, plan.data, origin="cli")
    new = [{"row": 0, "action": "add", "name": each.title or each.url, "detail": each.folder} for each in plan.new]
    known = [
        {"row": 0, "action": "already here", "name": each.title or each.url, "detail": each.folder}
        for each in plan.known
    ]
    skipped = [{"row": 0, "reason": f"{name}: {reason}"} for name, reason in plan.skipped]
    return {
        **nothing_of(path, "list of feeds (OPML)"),
        "added": {"feeds": len(plan.new)},
        "here": {"feeds": len(plan.known)},
        "skipped": skipped,
        "unread": skipped,
        "rows": [{**row, "row": number} for number, row in enumerate((*new, *known), 1)],
    }


def _articles(ctx: Context, path: Path, dry: bool, shown: Progress) -> dict[str, Any]:
    plan = plan_articles(ctx, path)
    skipped, feeds = plan.export.skipped, len(plan.new_feeds)
    if not dry:
        report = bring_articles(ctx, plan.export, on_progress=shown.step, cancelled=shown.cancelled, origin="cli")
        skipped, feeds = report.skipped, len(report.feeds)
    told = [{"row": 0, "reason": f"{name}: {reason}"} for name, reason in skipped]
    return {
        **nothing_of(path, plan.export.form),
        "added": {"articles": len(plan.new), **({"feeds": feeds} if feeds else {})},
        "here": {"articles": plan.known},
        "skipped": told,
        "unread": told,
        "rows": [
            {"row": number, "action": "add", "name": each.name, "detail": each.feed_title}
            for number, each in enumerate(plan.new, 1)
        ],
    }


def _calendar(ctx: Context, path: Path, dry: bool, shown: Progress) -> dict[str, Any]:
    plan = plan_calendar(ctx, path)
    if not dry:
        apply_calendar(ctx, plan, on_progress=shown.step, cancelled=shown.cancelled, origin="cli")
    skipped = [
        {"row": row.number, "reason": f"{row.title}: {row.detail}"} for row in plan.rows if row.action is RowAction.SKIP
    ]
    return {
        **nothing_of(path, "calendar"),
        "added": {"meetups": plan.count(RowAction.ADD)},
        "here": {"meetups": plan.count(RowAction.SAME)},
        "skipped": skipped,
        "unread": [{"row": 0, "reason": problem} for problem in plan.problems],
        "rows": [
            {"row": row.number, "action": row.action.value, "name": row.title, "detail": f"{row.day} {row.detail}"}
            for row in plan.rows
        ],
    }


def _export(ctx: Context, path: Path, dry: bool, shown: Progress) -> dict[str, Any]:
    report = import_all(ctx, path, dry_run=dry, on_progress=shown.step, cancelled=shown.cancelled, origin="cli")
    return {
        **nothing_of(path, "export of PLN's"),
        "added": dict(report.added),
        "here": dict(report.here),
        "restored": dict(report.restored),
    }


IMPORTERS: Mapping[InputKind, Importer] = {
    InputKind.PEOPLE: _people,
    InputKind.FEEDS: _feeds,
    InputKind.ARTICLES: _articles,
    InputKind.CALENDAR: _calendar,
    InputKind.EXPORT: _export,
}


def nothing_of(path: Path, form: str) -> dict[str, Any]:
    return {
        "path": str(path), "format": form, "added": {}, "merged": 0, "here": {}, "restored": {}, "skipped": [],
        "unread": [], "warnings": [], "rows": [], "error": None,
    }  # fmt: skip
