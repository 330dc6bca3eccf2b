"""`pln today`"""

from __future__ import annotations

import argparse

from pln.cli.session import Session
from pln.cli.today_told import today_lines, today_told
from pln.cli.verb import Answer, Arguments, Verb, a_day
from pln.model.suggestion import Energy
from pln.services.today import weigh
from pln.suggest.today import explain


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--date", type=a_day, metavar="DAY", help="as of this day (2026-11-22), whatever the clock says"
    )
    parser.add_argument("--explain", action="store_true", help="everything that was weighed, and why it is not shown")
    parser.add_argument(
        "--energy", choices=[energy.value for energy in Energy], metavar="ENERGY",
        help="quiet, steady or open, for this once: one, three or five steps",
    )  # fmt: skip


def _run(session: Session, arguments: Arguments) -> Answer:
    weighed = weigh(session.ctx, Energy(arguments.energy) if arguments.energy else None)
    told = explain(weighed.choice) if arguments.explain else []
    return Answer(data=today_told(weighed.page, told), lines=tuple(today_lines(weighed.page, told)))


TODAY = Verb(
    run=_run,
    arguments=_arguments,
    shape={
        "day": "the day",
        "energy": "quiet, steady or open",
        "resting_until": "day until which PLN rests (no steps then), or null",
        "steps[].key": "stable name of the step",
        "steps[].kind": "promise, warm, question, their promise, date, article, introduction, rhythm or dormant",
        "steps[].people": "numbers of the people, the main one first",
        "steps[].names": "their names",
        "steps[].title": "the step as one would say it",
        "steps[].reason": "why, in a sentence or two",
        "steps[].action": "what its button opens: write, plan, read, introduce or brief",
        "steps[].draft": "text that could be sent, may be empty",
        "steps[].facts[].text": "a reason that can be checked",
        "steps[].facts[].day": "the day it rests on, or null",
        "steps[].facts[].quote": "words quoted, may be empty",
        "more": "how many further steps there could be",
        "meetup": "the next planned meetup, or null",
        "meetup.id": "number of the meetup in this profile",
        "meetup.title": "as it is listed",
        "meetup.day": "the day",
        "meetup.at": "the time of day, or null",
        "meetup.place": "where",
        "meetup.names": "who",
        "meetup.brief[].kind": "mine, theirs, question, lesson or date",
        "meetup.brief[].text": "the words",
        "reading": "one article that fits somebody, or null",
        "reading.id": "number of the article in this profile",
        "reading.title": "its title",
        "reading.feed": "the feed it is from",
        "reading.minutes": "about how long it takes to read",
        "reading.for": "names of those who might like it",
        "question": "a question for the journal",
        "explained[].key": "with --explain: stable name of a possible step",
        "explained[].kind": "as in steps",
        "explained[].people": "numbers of the people",
        "explained[].title": "the step as one would say it",
        "explained[].reason": "why, in a sentence or two",
        "explained[].facts[].text": "a reason that can be checked",
        "explained[].facts[].day": "the day it rests on, or null",
        "explained[].facts[].quote": "words quoted, may be empty",
        "explained[].facts[].ref": "the record it can be read in, or null",
        "explained[].facts[].ref.noun": "its kind",
        "explained[].facts[].ref.id": "its number in this profile",
        "explained[].value": "how much it was taken to be worth, 0 to 1",
        "explained[].weight": "the same with the turn of the week",
        "explained[].shown": "whether it is one of the steps",
        "explained[].reason_out": "why it is not, empty where it is",
    },
    examples=("pln today --date 2026-11-22", "pln today --date 2026-11-30 --energy open --explain"),
)
