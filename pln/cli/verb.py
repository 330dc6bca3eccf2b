"""What a verb of the command line is."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pln.cli.session import Session

Arguments = argparse.Namespace


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a verb has to say. data: what --json prints (documented in Verb.shape). lines: what a person reads.

    partly: something could not be done, and the answer says what (exit code 1).
    """

    data: Mapping[str, Any]
    lines: tuple[str, ...]
    partly: bool = False


def nothing(parser: argparse.ArgumentParser) -> None:
    """For verbs without arguments."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verb:
    """What the file of a verb holds; its name and its title are listed in `verbs/__init__.py`.

    shape: path in the JSON answer -> what it holds. A path goes into records with a dot and into lists with []
    ("steps[].title"); `*` stands for any key.
    notes: what is to be known beyond the title, a sentence or two. examples: whole command lines; a test runs each.
    """

    run: Callable[[Session, Arguments], Answer]
    shape: Mapping[str, str]
    arguments: Callable[[argparse.ArgumentParser], None] = nothing
    notes: str = ""
    examples: tuple[str, ...] = field(default=())


def a_day(text: str) -> date:
    """An argparse type: a day written as 2026-11-22."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no day; write it as 2026-11-22") from None
