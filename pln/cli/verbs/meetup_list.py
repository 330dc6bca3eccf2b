"""`pln meetup list`"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence

from pln.cli.session import Session
from pln.cli.terminal import counted, day, table
from pln.cli.verb import Answer, Arguments, Verb
from pln.model.meetup import MeetupRow, spoken_list
from pln.services.meetups import coming_ids, meetup_rows, past_ids


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--limit", type=int, default=20, metavar="N", help="of those that were (default 20)")


def _run(session: Session, arguments: Arguments) -> Answer:
    ctx = session.ctx
    coming = meetup_rows(ctx, coming_ids(ctx))
    past = meetup_rows(ctx, past_ids(ctx)[: max(arguments.limit, 0)])
    return Answer(
        data={"coming": [_told(row) for row in coming], "past": [_told(row) for row in past]},
        lines=(*_listed("Coming", coming), *_listed("Past", past)) or ("No meetups yet.",),
    )


def _told(row: MeetupRow) -> dict[str, object]:
    return {
        "id": row.id, "kind": row.kind.value, "state": row.state.value, "day": row.day.isoformat(),
        "at": row.at.isoformat("minutes") if row.at else None, "place": row.place, "names": list(row.names),
        "open_promises": row.open_promises,
    }  # fmt: skip


def _listed(title: str, rows: Sequence[MeetupRow]) -> Iterator[str]:
    if rows:
        yield title
        yield from (f"   {line}" for line in table(_cells(row) for row in rows))


def _cells(row: MeetupRow) -> tuple[str, ...]:
    promises = counted(row.open_promises, "open promise") if row.open_promises else ""
    at = row.at.isoformat("minutes") if row.at else ""
    return f"{day(row.day):>11}", at, row.kind.capitalize(), spoken_list(row.names), row.place, promises


_ROW = {
    "id": "number of the meetup in this profile",
    "kind": "coffee, tea, lunch, walk, call, video, letter, event or other",
    "state": "planned, happened or fell through",
    "day": "the day",
    "at": "the time of day, or null",
    "place": "where",
    "names": "who",
    "open_promises": "promises of either side that are still open",
}

MEETUP_LIST = Verb(
    run=_run,
    arguments=_arguments,
    shape={
        **{f"coming[].{key}": f"planned, soonest first: {told}" for key, told in _ROW.items()},
        **{f"past[].{key}": f"newest first: {told}" for key, told in _ROW.items()},
    },
    examples=("pln meetup list",),
)
