"""The options that everything takes, and the parser that knows them: light, because the window starts through it."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NoReturn

from pln.system.paths import default_profile

WRONG_USE = 2
LOG_LEVELS = ("info", "debug")


def a_path(text: str) -> Path:
    """A path of a command line. No system has a NUL in one."""
    if "\0" in text:
        raise argparse.ArgumentTypeError("a path cannot hold a NUL")
    return Path(text)


class Parser(argparse.ArgumentParser):
    """Says what is wrong in one sentence, with exit code 2."""

    def error(self, message: str) -> NoReturn:
        self.exit(WRONG_USE, f"{self.prog}: {_one_line(message)}. See {self.prog} --help.\n")


class LateParser(Parser):
    """Learns the arguments of its verb when it first needs them, so that the other verbs need not be imported."""

    def __init__(self, *, learn: Callable[[argparse.ArgumentParser], None] | None = None, **told: Any) -> None:
        super().__init__(**told)
        self._learn = learn

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        if self._learn is not None:
            self._learn(self)
            self._learn = None
        return super().parse_known_args(args, namespace)


def _one_line(text: str) -> str:
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in text)


def add_common(parser: argparse.ArgumentParser, *, top: bool) -> None:
    """The options that all verbs take, before the verb or after it."""
    unset: Any = None if top else argparse.SUPPRESS
    parser.add_argument("--profile", type=a_path, metavar="DIR", default=unset, help=_profile_help(parser, top=top))
    parser.add_argument(
        "--passphrase-file",
        type=a_path,
        metavar="FILE",
        default=unset,
        help="a file with the passphrase on its first line",
    )
    parser.add_argument(
        "--offline", action="store_true", default=False if top else unset, help="ask nothing of the network in this run"
    )
    parser.add_argument("--json", action="store_true", default=False if top else unset, help="print the answer as JSON")


def _profile_help(parser: argparse.ArgumentParser, *, top: bool) -> str:
    """The default folder is told once, and not looked up where no help is given: the window starts through here."""
    told = f", by default {_default_folder()}" if top and parser.add_help else ""
    return f"the folder of the profile{told}"


def _default_folder() -> str:
    """As one would write it, and as argparse wants it: a percent sign is doubled."""
    root = default_profile().root
    home = Path.home()
    shown = str(Path("~") / root.relative_to(home)) if root.is_relative_to(home) else str(root)
    return shown.replace("%", "%%")


def window_wanted(argv: Sequence[str]) -> argparse.Namespace | None:
    """The options where the window is wanted, which is where no verb is given; None otherwise."""
    parser = Parser(prog="pln", add_help=False, allow_abbrev=False)
    add_common(parser, top=True)
    parser.add_argument("--log", choices=LOG_LEVELS, default="info")  # for whoever looks for a fault: not in the help
    arguments, rest = parser.parse_known_args(argv)
    return None if rest else arguments
