"""What can be done with highlights, by key and from the palette."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from pln.model.highlight import HighlightKind
from pln.services.highlights import Which, highlight_ids
from pln.ui.commands import Category, Command, CommandId
from pln.ui.place import PlaceId
from pln.ui.reading.highlight_files import copy_highlights, save_highlights
from pln.ui.reading.shelves import HIGHLIGHTS
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

    def told(tell: Callable[[Sequence[int]], object]) -> None:
        """Those that are listed; all of them where articles are listed."""
        here = shell.window().current() is PlaceId.READING and place().shelf == HIGHLIGHTS
        ids = tuple(place().highlight_pane.list.ids()) if here else highlight_ids(shell.ctx, Which())
        if ids:
            tell(ids)
        else:
            shell.toast(_tr("There is no highlight yet."))

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
    for command, title, run, keys, icon, words in (
        (CommandId.READING_LESSON, _tr("Keep the selected words as something I learned"),
         lambda: place().marker.mark(HighlightKind.LESSON), "", "lightbulb", _tr("lesson highlight")),
        (CommandId.READING_QUESTION, _tr("Ask somebody about the selected words…"),
         lambda: place().marker.mark(HighlightKind.QUESTION, note=True), "", "message-circle",
         _tr("question highlight brief")),
        (CommandId.READING_CARET, _tr("Select words with the keyboard"), lambda: place().marker.turn_caret(), "F7",
         "case-sensitive", _tr("cursor caret")),
    ):  # fmt: skip
        yield Command(
            id=command, title=title, category=Category.READING, run=run, shortcut=keys, icon=icon, when=reading,
            place=PlaceId.READING.value if keys else "", words=words,
        )  # fmt: skip
    for command, title, tell, icon in (
        (CommandId.READING_HIGHLIGHTS_SAVE, _tr("Write highlights to a file (Markdown)…"),
         lambda ids: save_highlights(shell, shell.window(), ids), "file-up"),
        (CommandId.READING_HIGHLIGHTS_COPY, _tr("Copy highlights as Markdown"),
         lambda ids: copy_highlights(shell, ids), "copy"),
    ):  # fmt: skip
        yield Command(
            id=command, title=title, category=Category.READING, run=partial(told, tell), icon=icon,
            words=_tr("export quotes notes"),
        )  # fmt: skip
    yield Command(
        id=CommandId.READING_HIGHLIGHTS, title=_tr("Show all highlights"), category=Category.READING, run=listed,
        icon="text-quote", words=_tr("quotes notes lessons questions"),
    )  # fmt: skip


def _tr(text: str) -> str:
    return QCoreApplication.translate("highlights", text)
