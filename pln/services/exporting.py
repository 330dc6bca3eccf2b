"""Everything out of PLN: into a folder that other programs read, and that PLN reads back whole."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pln import __version__
from pln.durable.files import flush_file
from pln.model.errors import Cancelled
from pln.services.context import Context
from pln.services.highlight_pages import all_markdown
from pln.services.importing import OnProgress, in_silence, never
from pln.services.whole import files
from pln.services.whole.gather import Gathered
from pln.services.whole.journal_files import journal_files
from pln.services.whole.laying import laid, write_private
from pln.sources.ics import write_ics
from pln.sources.opml import write_opml
from pln.sources.people import write_vcards
from pln.system.resources import resource

NOT_ENCRYPTED = "The export is not encrypted: whoever can open the folder can read all of it. Keep it in a safe place."
WITHOUT_JOURNAL = "The journal is locked, so neither it nor what was shared from it is in this export."
_BATCH = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportReport:
    """What was written. counts: records by kind. size: in bytes. warning: to be shown with it."""

    folder: Path
    files: tuple[str, ...]
    counts: Mapping[str, int]
    size: int
    warning: str = NOT_ENCRYPTED


def export_all(
    ctx: Context, folder: Path, *, force: bool = False,
    on_progress: OnProgress = in_silence, cancelled: Callable[[], bool] = never,
) -> ExportReport:  # fmt: skip
    """Write everything into a folder, for its owner's eyes only; it appears whole or not at all.

    A folder that is empty or an earlier export is replaced; see `laying.laid` for `force`.
    on_progress: (articles written, articles). Raises Cancelled, UsageError or StoreFault; nothing is left behind then.
    """
    with laid(folder, force=force) as stage:
        with ctx.store.read() as work:
            everything = Gathered(work)
            _write_articles(stage / files.ARTICLES, everything, on_progress, cancelled)
            index = everything.index()
            write_private(stage / files.HIGHLIGHTS, all_markdown(work).encode("utf-8", "replace"))
        _write_index(stage / files.INDEX, index, len(everything.article_ids), ctx)
        _write_for_others(stage, everything, ctx)
        written = tuple(sorted(path for path in stage.rglob("*") if path.is_file()))
        names = tuple(path.relative_to(stage).as_posix() for path in written)
        size = sum(path.stat().st_size for path in written)
    counts = {key: len(value) for key, value in index.items() if not key.endswith("put_away") and key != "settings"}
    counts |= {"articles": len(everything.article_ids)}
    return ExportReport(
        folder=folder, files=names, counts=dict(sorted(counts.items())), size=size,
        warning=f"{WITHOUT_JOURNAL} {NOT_ENCRYPTED}" if everything.without_journal else NOT_ENCRYPTED,
    )  # fmt: skip


def _write_articles(
    path: Path, everything: Gathered, on_progress: OnProgress, cancelled: Callable[[], bool]
) -> None:  # fmt: skip
    total = len(everything.article_ids)
    write_private(path, b"")
    with path.open("ab") as file:
        for number, article in enumerate(everything.articles()):
            if number % _BATCH == 0:
                if cancelled():
                    raise Cancelled("Nothing was exported.")
                on_progress(number, total)
            file.write(_json(article) + b"\n")
    flush_file(path)
    on_progress(total, total)


def _write_index(path: Path, index: dict[str, Any], articles: int, ctx: Context) -> None:
    head = {
        "what": files.WHAT,
        "format": files.FORMAT,
        "program": __version__,
        "made": ctx.clock.now().isoformat(),
        "articles": {"file": files.ARTICLES, "count": articles},
    }
    write_private(path, _json({**head, **index}, indent=1))


def _json(value: Any, indent: int | None = None) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=indent).encode("utf-8", "replace")


def _write_for_others(stage: Path, everything: Gathered, ctx: Context) -> None:
    """The files that other programs read: people, feeds, meetups and the journal."""
    names = everything.names()
    uids = {each.id: each.uid for each in (*everything.people, *everything.put_away)}
    now = ctx.clock.now()
    write_private(stage / files.PEOPLE, write_vcards(everything.people, uid_of=uids))
    write_private(stage / files.FEEDS, write_opml(everything.feeds, title="PLN feeds", created=now))
    write_private(stage / files.MEETUPS, write_ics(everything.meetups, names=names, uids=uids, now=now))
    left_out = f"\n{WITHOUT_JOURNAL}\n" if everything.without_journal else ""
    write_private(stage / files.READ_ME, f"{_READ_ME}{left_out}".encode())
    write_private(stage / files.SCHEMA, resource(*files.PUBLISHED).read_bytes())
    (stage / files.JOURNAL).mkdir(mode=0o700)
    for name, data in journal_files(everything.entries, names):
        write_private(stage / files.JOURNAL / name, data, flush=False)


_READ_ME = f"""Everything of a PLN profile.

{NOT_ENCRYPTED}

{files.INDEX}         all records, for PLN: `pln import` with this folder reads them back whole
{files.ARTICLES}   the articles with their texts, one on each line, which belong to {files.INDEX}
{files.SCHEMA}      the form of these two, as a JSON Schema
{files.PEOPLE}       people, for address books
{files.FEEDS}       feeds, for other readers
{files.MEETUPS}      meetups with their notes, for calendars
{files.HIGHLIGHTS}    passages marked in articles, with their notes, for any editor
{files.JOURNAL}/         the journal, one Markdown file for each entry

{files.INDEX} and {files.ARTICLES} are enough to bring everything back; the other files are for other programs.
"""
