"""What can be done with highlights, by key and from the palette."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from pln.ui.commands import Category, Command, CommandId
from pln.ui.place import PlaceId
from pln.ui.shell import Shell

if TYPE_CHECKING:
    from pln.ui.reading.place import ReadingPlace


def highlight_commands(shell: Shell, place: Callable[[], ReadingPlace]) -> Iterator[Command]:
    """place: the Reading place, made if need be."""

    def reading() -> bool:
        return shell.window().current() is PlaceId.READING and place().desk.open_id is not None

    def listed() -> None:
        shell.go(PlaceId.READING.value)
        place().show_highlights()

    yield Command(
        id=CommandId.READING_HIGHLIGHT, title=_tr("Highlight the selected words"), category=Category.READING,
        run=lambda: place().marker.mark(), shortcut="H", icon="highlighter", when=reading,
        place=PlaceId.READING.value, words=_tr("mark quote passage"),
    )  # fmt: skip
    yield Command(
        id=CommandId.READING_NOTE, title=_tr("Highlight with a note"), category=Category.READING,
        run=lambda: place().marker.mark(note=True), shortcut="Shift+H", icon="pencil", when=reading,
        place=PlaceId.READING.value, words=_tr("annotate margin"),
    )  # fmt: skip
    yield Command(
        id=CommandId.READING_HIGHLIGHTS, title=_tr("Show all highlights"), category=Category.READING, run=listed,
        icon="text-quote", words=_tr("quotes notes lessons questions"),
    )  # fmt: skip


def _tr(text: str) -> str:
    return QCoreApplication.translate("highlights", text)
