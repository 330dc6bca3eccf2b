"""Words as chips: tags, interests, circles."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent

from pln.ui.widgets.chip_entry import ChipEntry
from pln.ui.widgets.row_look import RowLook


class TagField(ChipEntry):
    """Enter or a comma adds the word typed. suggest: known words that fit what is typed, the best first."""

    def __init__(self, name: str, placeholder: str = "", suggest: Callable[[str], Sequence[str]] | None = None) -> None:
        super().__init__(name, placeholder)
        self._suggest = suggest
        self._tags: list[str] = []
        self._offered: list[str] = []

    def tags(self) -> tuple[str, ...]:
        """The words taken, and the one still being typed."""
        rest = self._clean(self.edit.text())
        return (*self._tags, rest) if rest and not self._has(rest) else tuple(self._tags)

    def set_tags(self, tags: Iterable[str]) -> None:
        while self._tags:
            self.drop(len(self._tags) - 1)
        for tag in tags:
            self._add(tag)

    def offer(self, text: str) -> None:
        typed = self._clean(text)
        known = self._suggest(typed) if typed and self._suggest is not None else ()
        self._offered = [
            typed,
            *(word for word in known if word.casefold() != typed.casefold() and not self._has(word)),
        ]
        shown = self._offered[:8] if len(self._offered) > 1 else []
        self.suggestions.offer([RowLook(title=word, strong=False) for word in shown])

    def take(self, number: int) -> None:
        self._add(self._offered[number])
        self.changed.emit()

    def take_typed(self) -> bool:
        typed = self._clean(self.edit.text())
        if not typed:
            return False
        self._add(typed)
        self.changed.emit()
        return True

    def drop(self, number: int) -> None:
        del self._tags[number]
        self.remove_chip(number)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        pressed = watched is self.edit and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress
        if pressed and isinstance(event, QKeyEvent) and event.text() == ",":
            self.take_typed()
            return True
        return super().eventFilter(watched, event)

    def _add(self, tag: str) -> None:
        tag = self._clean(tag)
        if tag and not self._has(tag):
            self._tags.append(tag)
            self.add_chip(tag, self.tr("Remove %1").replace("%1", tag))
        else:
            self._settle_text()

    def _has(self, tag: str) -> bool:
        return tag.casefold() in (known.casefold() for known in self._tags)

    def _clean(self, text: str) -> str:
        return " ".join(text.split()).strip("#, ")
