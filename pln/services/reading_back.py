"""A folder that `exporting` wrote, read back whole: into an empty store or beside what is there, or not at all."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pln.model.errors import Cancelled, UnreadableInput
from pln.services.context import Context
from pln.services.importing import OnProgress, in_silence, never
from pln.services.whole import files
from pln.services.whole.form import Wrong, mapping
from pln.services.whole.put_back import PutBack

LARGEST_INDEX = 512 * 1024 * 1024
_LONGEST_LINE = 32 * 1024 * 1024
_BATCH = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadBackReport:
    """What came back, by kind. here: records that were here already, left as they are. restored: those that had been
    removed here and came back."""

    folder: Path
    added: Mapping[str, int]
    here: Mapping[str, int]
    restored: Mapping[str, int]


class _OnlyLooked(Exception):
    """Ends the unit of work of a dry run, so that nothing of it is kept."""


def import_all(
    ctx: Context, folder: Path, *, dry_run: bool = False,
    on_progress: OnProgress = in_silence, cancelled: Callable[[], bool] = never, origin: str = "import",
) -> ReadBackReport:  # fmt: skip
    """Read an export back in one unit of work: all of it or nothing.

    Records are told by their uid. dry_run: say what would be done. on_progress: (articles read, articles).
    Raises UnreadableInput where the folder is no export, is of a newer PLN, or anything in it is wrong; Cancelled.
    """
    index = read_index(folder / files.INDEX)
    total = _articles_told(index)
    try:
        with ctx.write(origin) as work:
            reading = PutBack(work, ctx.clock.today())
            for step in (reading.people, reading.meetups, reading.feeds):
                step(index)
            for number, (data, where) in enumerate(_articles(folder / files.ARTICLES, total)):
                if number % _BATCH == 0:
                    _go_on(cancelled)
                    on_progress(number, total)
                reading.article(data, where)
            reading.end_articles(index)
            steps = (
                reading.tombstones,
                reading.highlights,
                reading.rules,
                reading.smart_folders,
                reading.interactions,
                reading.entries,
                reading.drafts,
                reading.share_log,
                reading.responses,
            )
            for step in (*steps, reading.settings):
                step(index)
            _go_on(cancelled)
            if dry_run:
                raise _OnlyLooked
    except _OnlyLooked:
        pass
    except Wrong as wrong:
        raise damaged(str(wrong)) from wrong
    return ReadBackReport(
        folder=folder, added=dict(reading.added), here=dict(reading.here), restored=dict(reading.restored)
    )


def _go_on(cancelled: Callable[[], bool]) -> None:
    if cancelled():
        raise Cancelled("Nothing of this export was kept.")


def read_index(path: Path) -> dict[str, Any]:
    """The records of an export but its articles. Raises UnreadableInput."""
    data = _parsed(_bytes(path), files.INDEX)
    if not isinstance(data, dict) or data.get("what") != files.WHAT or not isinstance(data.get("format"), int):
        raise UnreadableInput("This folder is no export of PLN's", f"{path.name} holds something else. {_UNTOUCHED}")
    if data["format"] > files.FORMAT:
        raise UnreadableInput(
            "This export is from a newer PLN", f"{_UNTOUCHED} Update PLN, then import the folder again."
        )
    return data


def damaged(what: str) -> UnreadableInput:
    return UnreadableInput("The export is damaged", f"{what}. {_UNTOUCHED} Try an earlier export.")


_UNTOUCHED = "Nothing was changed."


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST_INDEX:
            raise damaged(f"{path.name} is larger than any export")
        return path.read_bytes()
    except OSError as fault:
        raise damaged(f"{path.name} cannot be read ({fault.strerror or 'no reason given'})") from fault


def _parsed(data: bytes, where: str) -> Any:
    try:
        return json.loads(data.decode("utf-8"), parse_constant=_refuse)
    except (ValueError, RecursionError) as fault:  # UnicodeDecodeError and JSONDecodeError are ValueErrors
        raise damaged(f"{where} is cut off or changed, and is no longer JSON") from fault


def _refuse(word: str) -> None:
    raise ValueError(f"{word} is no JSON")


def _articles_told(index: Mapping[str, Any]) -> int:
    try:
        count = mapping(index.get("articles"), "articles").get("count")
    except Wrong as wrong:
        raise damaged(str(wrong)) from wrong
    if not isinstance(count, int) or isinstance(count, bool):
        raise damaged("articles: their number is missing")
    return count


def _articles(path: Path, total: int) -> Iterator[tuple[Any, str]]:
    """(record, where it stands) of each line. Raises UnreadableInput where lines are missing or are no JSON."""
    number = 0
    try:
        with path.open("rb") as file:
            while line := file.readline(_LONGEST_LINE + 1):
                number += 1
                where = f"{files.ARTICLES}, line {number}"
                if len(line) > _LONGEST_LINE:
                    raise damaged(f"{where} is longer than any article")
                yield _parsed(line, where), where
    except OSError as fault:
        raise damaged(f"{path.name} cannot be read ({fault.strerror or 'no reason given'})") from fault
    if number != total:
        raise damaged(f"{files.ARTICLES} holds {number} articles, but {files.INDEX} tells of {total}")
