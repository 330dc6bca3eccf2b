"""What goes into the copy: a title of its own, the paragraphs that are ticked, a closing question, tags or not."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from pln.services.sharing import Paragraph, ShareStart
from pln.suggest.reasons import shortened
from pln.ui.widgets.boxes import Grow, Item, column, row
from pln.ui.widgets.buttons import button
from pln.ui.widgets.labels import label, set_role

_SHOWN = 130


class WhatSection(QWidget):
    """changed: anything of it."""

    changed = Signal()

    def __init__(self, start: ShareStart) -> None:
        super().__init__()
        self._start = start
        self._lines = [ParagraphLine(paragraph) for paragraph in start.paragraphs]
        self.title = _field(self.tr("Title that others see"), self.tr("A title, if you like"))
        self.closing = _field(self.tr("Closing question"), self.tr("Close with a question, if you like"))
        self.use_title = button(self.tr("Use the entry’s"), "link", run=self._use_title)
        self.choose_all = button(self.tr("Choose all"), "link", run=self._choose_all)
        self.keep_back_tags = QCheckBox(self.tr("#tags"))
        self.keep_back_tags.setChecked(True)
        self.setLayout(column(*self._items(), spacing=8))
        self.title.textEdited.connect(lambda _text: self.changed.emit())
        self.closing.textEdited.connect(lambda _text: self.changed.emit())
        self.keep_back_tags.toggled.connect(lambda _on: self.changed.emit())
        for line in self._lines:
            line.toggled.connect(self.changed)

    def chosen(self) -> frozenset[int]:
        return frozenset(line.paragraph.index for line in self._lines if line.tick.isChecked())

    def lines(self) -> tuple[ParagraphLine, ...]:
        return tuple(self._lines)

    def take_all(self, title: str) -> None:
        """A copy that was held: all of it was chosen before."""
        self.title.setText(title)
        self.keep_back_tags.setChecked(False)
        self._choose_all()

    def _items(self) -> list[Item]:
        heading = row(label(self.tr("Paragraphs"), "label"), None, self.choose_all)
        nothing = [] if self._lines else [label(self.tr("The entry is empty."), "muted")]
        back = row(label(self.tr("Keep back"), "muted"), self.keep_back_tags, None, spacing=12)
        shown_title = [self.use_title] if self._start.title else []
        return [row(Grow(self.title), *shown_title), 4, heading, *self._lines, *nothing, self.closing, back]

    def _use_title(self) -> None:
        self.title.setText(self._start.title)
        self.changed.emit()

    def _choose_all(self) -> None:
        for line in self._lines:
            line.tick.setChecked(line.paragraph.offered)


class ParagraphLine(QWidget):
    """A paragraph with its tick; one that stays here is greyed and says why."""

    toggled = Signal()

    def __init__(self, paragraph: Paragraph) -> None:
        super().__init__()
        self.paragraph = paragraph
        self.tick = QCheckBox()
        self.tick.setEnabled(paragraph.offered)
        text = " ".join(paragraph.text.split())
        shown = shortened(text, _SHOWN)
        self.tick.setAccessibleName(f"{shown} {paragraph.why_not}".strip())
        words = label(shown, "small", wrap=True)
        items: list[Item] = [words]
        if not paragraph.offered:
            set_role(words, "faint")
            items.append(label(paragraph.why_not, "muted", wrap=True))
        self.setLayout(row(self.tick, Grow(column(*items, spacing=1, margins=(0, 4, 0, 4))), spacing=6, top=True))
        self.tick.toggled.connect(lambda _on: self.toggled.emit())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self.tick.isEnabled():
            self.tick.toggle()


def _field(name: str, placeholder: str) -> QLineEdit:
    made = QLineEdit()
    made.setAccessibleName(name)
    made.setPlaceholderText(placeholder)
    return made
