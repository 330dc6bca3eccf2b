"""A command of Reading: one with keys works in its place alone, because single keys are typed elsewhere."""

from __future__ import annotations

from collections.abc import Callable

from pln.ui.commands import Category, Command, CommandId
from pln.ui.place import PlaceId


def reading_command(
    command: CommandId, title: str, run: Callable[[], object], *, keys: str = "", icon: str = "", words: str = "",
    when: Callable[[], bool] = lambda: True,
) -> Command:  # fmt: skip
    place = PlaceId.READING.value if keys else ""
    return Command(
        id=command, title=title, category=Category.READING, run=run, shortcut=keys, icon=icon, words=words, when=when,
        place=place,
    )  # fmt: skip
