"""From a command line to a verb, and from its answer to text or JSON and an exit code."""

from __future__ import annotations

import argparse
import json
import logging
import re
import sys
from collections.abc import Sequence
from functools import partial
from typing import Any

from pln import __version__
from pln.cli.options import LateParser, Parser, add_common
from pln.cli.terminal import harmless, write
from pln.cli.verbs import VERBS, Listed
from pln.model.errors import Cancelled, PlnError
from pln.sources.flight import Asked, switch_flight

DONE, PARTLY = 0, 1
_CONTROLS = re.compile("[\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_GROUPS = {
    "person": "people",
    "meetup": "meetups",
    "feeds": "subscriptions",
    "journal": "the journal",
    "keys": "what opens the store",
}


def run_command_line(argv: Sequence[str]) -> int:
    """Run one command line that has a verb."""
    parser = build_parser()
    arguments = parser.parse_args(argv)
    if arguments.verb is None:
        parser.error("a verb is needed")
    try:
        return _run(arguments)
    except PlnError as error:
        return _refused(error, as_json=arguments.json)
    except Cancelled as told:
        return _stopped(str(told) or "What was done until then is kept.")
    except KeyboardInterrupt:
        return _stopped("What was done until then is kept.")


def build_parser() -> argparse.ArgumentParser:
    """The whole command line, made from the verbs."""
    parser = Parser(prog="pln", description="PLN, your personal learning network. Without a verb the window opens.")
    parser.add_argument("--version", action="version", version=f"pln {__version__}")
    add_common(parser, top=True)
    parser.set_defaults(verb=None)
    top = parser.add_subparsers(title="verbs", metavar="VERB", parser_class=LateParser)
    groups: dict[str, Any] = {}
    for verb in VERBS:
        _add_verb(top, groups, verb)
    return parser


def _add_verb(top: Any, groups: dict[str, Any], verb: Listed) -> None:
    group, _, name = verb.name.rpartition(" ")
    if group and group not in groups:
        parser = top.add_parser(group, help=f"verbs about {_GROUPS[group]}", allow_abbrev=False)
        groups[group] = parser.add_subparsers(title="verbs", metavar="VERB", required=True, parser_class=LateParser)
    (groups[group] if group else top).add_parser(
        name, help=verb.title, allow_abbrev=False, learn=partial(_tell_arguments, verb)
    )


def _tell_arguments(listed: Listed, parser: argparse.ArgumentParser) -> None:
    verb = listed.load()
    parser.description = f"{listed.title} {verb.notes}".strip()
    verb.arguments(parser)
    add_common(parser, top=False)
    parser.set_defaults(verb=verb)


def _run(arguments: argparse.Namespace) -> int:
    from pln.cli.session import Session  # it brings the store with it, which the help does without

    switch_flight(arguments.offline, Asked.COMMAND_LINE)
    logging.basicConfig(level=logging.ERROR, format="%(message)s")
    session = Session(arguments.profile, arguments.passphrase_file, getattr(arguments, "date", None))
    try:
        answer = arguments.verb.run(session, arguments)
    finally:
        session.close()
    write(_in_json(answer.data) if arguments.json else harmless("\n".join(answer.lines)))
    return PARTLY if answer.partly else DONE


def _in_json(data: Any) -> str:
    """Readable letters of any script, but nothing that could command a terminal."""
    text = json.dumps(data, ensure_ascii=False, indent=2)
    return _CONTROLS.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _refused(error: PlnError, *, as_json: bool) -> int:
    if as_json:
        write(_in_json({"error": {"title": error.title, "sentence": error.sentence}}))
    end = "" if error.title.endswith(("?", "!", ".")) else "."
    print(harmless(f"{error.title}{end} {error.sentence}"), file=sys.stderr)
    return error.exit_code


def _stopped(words: str) -> int:
    print(f"Stopped. {words}", file=sys.stderr)
    return PARTLY
