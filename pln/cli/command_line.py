"""From a command line to a verb, and from its answer to text or JSON and an exit code."""

from __future__ import annotations

import argparse
import json
import logging
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

from pln import __version__
from pln.cli.session import Session
from pln.cli.verb import Answer, Verb
from pln.cli.verbs import VERBS
from pln.model.errors import Cancelled, PlnError, UsageError

DONE, PARTLY, WRONG_USE, ENVIRONMENT = 0, 1, 2, 3


def run_command_line(argv: Sequence[str]) -> int:
    """Run one command line. Without a verb the window opens."""
    arguments = build_parser().parse_args(argv)
    try:
        session = Session(arguments.profile, arguments.passphrase_file, getattr(arguments, "date", None))
        return _run(arguments, session)
    except PlnError as error:
        return _refused(error, as_json=arguments.json)
    except (KeyboardInterrupt, Cancelled):
        print("Stopped. What was done until then is kept.", file=sys.stderr)
        return PARTLY


def build_parser() -> argparse.ArgumentParser:
    """The whole command line, made from the verbs."""
    parser = _Parser(prog="pln", description="PLN, your personal learning network. Without a verb the window opens.")
    parser.add_argument("--version", action="version", version=f"pln {__version__}")
    _add_common(parser, top=True)
    parser.set_defaults(verb=None)
    top = parser.add_subparsers(title="verbs", metavar="VERB", parser_class=_Parser)
    groups: dict[str, Any] = {}
    for verb in VERBS:
        _add_verb(top, groups, verb)
    return parser


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one sentence, with exit code 2."""

    def error(self, message: str) -> NoReturn:
        self.exit(WRONG_USE, f"{self.prog}: {message}. See {self.prog} --help.\n")


def _add_verb(top: Any, groups: dict[str, Any], verb: Verb) -> None:
    group, _, name = verb.name.rpartition(" ")
    if group and group not in groups:
        parser = top.add_parser(group, help=f"verbs about {group}")
        groups[group] = parser.add_subparsers(title="verbs", metavar="VERB", required=True, parser_class=_Parser)
    parser = (groups[group] if group else top).add_parser(name, help=verb.title, description=verb.title)
    _add_common(parser, top=False)
    verb.arguments(parser)
    parser.set_defaults(verb=verb)


def _add_common(parser: argparse.ArgumentParser, *, top: bool) -> None:
    """The options that all verbs take, before the verb or after it."""
    unset: Any = None if top else argparse.SUPPRESS
    parser.add_argument("--profile", type=Path, metavar="DIR", default=unset, help="the folder of the profile")
    parser.add_argument(
        "--passphrase-file",
        type=Path,
        metavar="FILE",
        default=unset,
        help="a file with the passphrase on its first line",
    )
    parser.add_argument("--json", action="store_true", default=False if top else unset, help="print the answer as JSON")


def a_day(text: str) -> date:
    """An argparse type: a day written as 2026-11-22."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no day; write it as 2026-11-22") from None


def _run(arguments: argparse.Namespace, session: Session) -> int:
    if arguments.verb is None:
        from pln.app import open_window

        return open_window(arguments.profile, arguments.passphrase_file)
    logging.basicConfig(level=logging.ERROR, format="%(message)s")
    try:
        answer = arguments.verb.run(session, arguments)
    finally:
        session.close()
    _print(answer, as_json=arguments.json)
    return PARTLY if answer.partly else DONE


def _print(answer: Answer, *, as_json: bool) -> None:
    text = json.dumps(answer.data, ensure_ascii=False, indent=2, default=str) if as_json else "\n".join(answer.lines)
    if text:
        print(text)


def _refused(error: PlnError, *, as_json: bool) -> int:
    if as_json:
        print(json.dumps({"error": {"title": error.title, "sentence": error.sentence}}, ensure_ascii=False))
    print(f"{error.title}. {error.sentence}", file=sys.stderr)
    return WRONG_USE if isinstance(error, UsageError) else error.exit_code
