"""Questions for the journal and for meetups: read from text, and one picked for a day."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from typing import Any

from pln.model.errors import UnreadableInput


@dataclass(frozen=True, slots=True)
class Prompt:
    """A question, and the lens it looks through ("seek", "at the table"); the lens may be empty."""

    text: str
    lens: str = ""


def parse_prompts(text: str) -> tuple[Prompt, ...]:
    """Prompts from TOML: tables [[prompt]] with `text` and, if wanted, `lens`; each text once, in their order.

    Raises UnreadableInput where it is no TOML, or where a table has no text.
    """
    try:
        tables = tomllib.loads(text).get("prompt", [])
    except tomllib.TOMLDecodeError as error:
        raise _unreadable() from error
    if not isinstance(tables, list):
        raise _unreadable()
    return tuple({prompt.text: prompt for prompt in map(_prompt, tables)}.values())


def _prompt(table: Any) -> Prompt:
    text, lens = (table.get("text"), table.get("lens", "")) if isinstance(table, dict) else (None, "")
    if not isinstance(text, str) or not text.strip() or not isinstance(lens, str):
        raise _unreadable()
    return Prompt(" ".join(text.split()), lens)


def _unreadable() -> UnreadableInput:
    return UnreadableInput(
        "The prompts could not be read",
        'Nothing was changed. Each prompt needs a [[prompt]] line and a line such as: text = "What did I learn?"',
    )


def pick(prompts: Sequence[Prompt], recent: Sequence[str], seed_date: date) -> Prompt:
    """The prompt of a day: the same all day, each one once before any comes again, never one twice in a row.

    recent: texts answered or passed over, oldest first; they stay away as long as another is left.
    Raises ValueError for no prompts.
    """
    if not prompts:
        raise ValueError("no prompts to pick from")
    passed = {text: place for place, text in enumerate(recent)}
    left = [prompt for prompt in prompts if prompt.text not in passed]
    if not left:
        return min(prompts, key=lambda prompt: passed[prompt.text])
    round_, place = divmod(seed_date.toordinal(), len(left))
    return _order(left, round_)[place]


def _order(prompts: Sequence[Prompt], round_: int) -> list[Prompt]:
    """A shuffle of its own for each round; the first of a round is not the last of the one before."""
    if len(prompts) < 3:
        return _shuffled(prompts, 0)
    order = _shuffled(prompts, round_)
    if order[0] == _shuffled(prompts, round_ - 1)[-1]:
        order[0], order[1] = order[1], order[0]
    return order


def _shuffled(prompts: Sequence[Prompt], round_: int) -> list[Prompt]:
    return sorted(prompts, key=lambda prompt: blake2b(f"{round_}:{prompt.text}".encode()).digest())
