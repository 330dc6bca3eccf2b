"""What a verb of the command line is."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
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
    """name: one or two words ("person add"). shape: key of the JSON answer -> what it holds.

    needs_store: False for verbs that work without an open profile; `run` then gets a session that opens on demand.
    """

    name: str
    title: str
    run: Callable[[Session, Arguments], Answer]
    shape: Mapping[str, str]
    arguments: Callable[[argparse.ArgumentParser], None] = nothing
    examples: tuple[str, ...] = field(default=())
