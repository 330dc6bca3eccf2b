"""The options that everything takes, and the parser that knows them: light, because the window starts through it."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

WRONG_USE = 2


class Parser(argparse.ArgumentParser):
    """Says what is wrong in one sentence, with exit code 2."""

    def error(self, message: str) -> NoReturn:
        self.exit(WRONG_USE, f"{self.prog}: {_one_line(message)}. See {self.prog} --help.\n")


def _one_line(text: str) -> str:
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in text)


def add_common(parser: argparse.ArgumentParser, *, top: bool) -> None:
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


def window_wanted(argv: Sequence[str]) -> argparse.Namespace | None:
    """The options where the window is wanted, which is where no verb is given; None otherwise."""
    parser = Parser(prog="pln", add_help=False, allow_abbrev=False)
    add_common(parser, top=True)
    arguments, rest = parser.parse_known_args(argv)
    return None if rest else arguments
