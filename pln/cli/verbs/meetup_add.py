"""`pln meetup add --with NAME...`"""

from __future__ import annotations

import argparse
from datetime import date, time, timedelta

from pln.cli.given_text import text_in
from pln.cli.named import person_or_new
from pln.cli.session import Session
from pln.cli.terminal import day
from pln.cli.verb import Answer, Arguments, Verb
from pln.model.errors import UsageError
from pln.model.marks import MarkKind
from pln.model.meetup import Meetup, MeetupKind, MeetupState
from pln.services.meetup_log import log_meetup
from pln.services.meetups import marks_of, meetup_rows

_SPOKEN_DAYS = {"yesterday": -1, "today": 0, "tomorrow": 1}
_LONGEST = 60 * 24 * 30


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--with", dest="people", action="extend", nargs="+", required=True, metavar="NAME",
        help="who was there: the name, a part of it that only one person has, or #NUMBER",
    )  # fmt: skip
    parser.add_argument("--new", action="store_true", help="add those whom nobody here is called like")
    parser.add_argument(
        "--kind", choices=[kind.value for kind in MeetupKind], default="coffee", metavar="KIND",
        help=f"{', '.join(kind.value for kind in MeetupKind)} (default coffee)",
    )  # fmt: skip
    parser.add_argument("--day", default="today", metavar="DAY", help="2026-11-22, yesterday, today or tomorrow")
    parser.add_argument("--at", type=_a_time, metavar="TIME", help="when it began, as 10:30")
    parser.add_argument("--place", default="", metavar="TEXT", help="where")
    parser.add_argument("--minutes", type=_minutes, metavar="N", help="how long it took")
    notes = parser.add_mutually_exclusive_group()
    notes.add_argument("--notes", default="", metavar="TEXT", help="the notes")
    notes.add_argument("--notes-file", metavar="FILE", help="a file with the notes; - is standard input")
    parser.add_argument("--planned", action="store_true", help="it is agreed on, but has not been yet")


def _run(session: Session, arguments: Arguments) -> Answer:
    ctx = session.ctx
    when = _a_day(arguments.day, ctx.clock.today())
    planned = arguments.planned or when > ctx.clock.today()
    who = list(dict.fromkeys(person_or_new(ctx, name) for name in arguments.people))
    unknown = [name for record, name in who if record is None]
    if unknown and not arguments.new:
        raise UsageError(
            "Nobody of this name",
            f"There is no “{unknown[0]}” here. Nothing was saved. Check the name, or add them with --new.",
        )
    meetup = log_meetup(
        ctx,
        Meetup(
            kind=MeetupKind(arguments.kind), day=when, at=arguments.at, minutes=arguments.minutes,
            place=arguments.place, notes=text_in(arguments.notes_file) if arguments.notes_file else arguments.notes,
            state=MeetupState.PLANNED if planned else MeetupState.HAPPENED,
        ),
        who,
        origin="cli",
    )  # fmt: skip
    marks = marks_of(ctx, meetup.id)
    (row,) = meetup_rows(ctx, (meetup.id,))
    title = meetup.title(row.names)
    data = {
        "id": meetup.id, "uid": meetup.uid, "title": title, "day": meetup.day.isoformat(), "state": meetup.state.value,
        "people": list(meetup.people), "new_people": unknown,
        "marks": [{"kind": mark.kind.value, "text": mark.text, "state": mark.state.value} for mark in marks],
    }  # fmt: skip
    lines = [f"{'Planned' if planned else 'Noted'}: {title}, {day(meetup.day)}."]
    lines += [f"New here: {', '.join(unknown)}."] if unknown else []
    lines += [f"   {_SAID[mark.kind]}: {mark.text}" for mark in marks]
    return Answer(data=data, lines=tuple(lines))


_SAID = {
    MarkKind.MINE: "You promised",
    MarkKind.THEIRS: "They promised",
    MarkKind.LESSON: "You learned",
    MarkKind.QUESTION: "To ask next time",
}


def _a_day(text: str, today: date) -> date:
    if text.casefold() in _SPOKEN_DAYS:
        return today + timedelta(days=_SPOKEN_DAYS[text.casefold()])
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError("This is no day", f"Write “{text}” as 2026-11-22. Nothing was saved.") from None


def _a_time(text: str) -> time:
    try:
        return time.fromisoformat(text.zfill(5)).replace(tzinfo=None)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no time of day; write it as 10:30") from None


def _minutes(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) <= _LONGEST:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of minutes")
    return int(text)


MEETUP_ADD = Verb(
    run=_run,
    arguments=_arguments,
    notes="In the notes, lines become records: `[ ] me: ...` is a promise of yours, `[ ] Anna: ...` one of theirs, "
    "`! ...` something learned, `? ...` a question for next time. A day that is yet to come is planned.",
    shape={
        "id": "number of the meetup in this profile",
        "uid": "its stable id",
        "title": "as it is listed",
        "day": "the day",
        "state": "happened or planned",
        "people": "numbers of the people",
        "new_people": "names of those who were added (--new)",
        "marks[].kind": "mine, theirs, lesson or question",
        "marks[].text": "the words",
        "marks[].state": "open or done",
    },
    examples=(
        'pln meetup add --with Anna --kind walk --day yesterday --minutes 45 --notes "[ ] me: send the studio paper"',
        'pln meetup add --with Anna "Chen Wei" --new --day 2026-12-01 --at 10:30 --place "Café Linden" --planned',
    ),
)
