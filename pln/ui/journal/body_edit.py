"""The body of an entry: Markdown in serif, light colours, people picked from a list that "@" opens."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QTextCursor
from PySide6.QtWidgets import QWidget

from pln.model.journal import Mention
from pln.ui import look
from pln.ui.journal.highlighter import MarkdownHighlighter
from pln.ui.widgets.person_picker import Found
from pln.ui.widgets.row_look import RowLook
from pln.ui.widgets.suggestions import Suggestions
from pln.ui.widgets.text_edit import TextEdit

# "@" at the beginning of a word, and the name begun after it. An address (ann@example.org) is none.
_BEGUN = re.compile(r"(?:^|(?<=[\s(\[{\"'“‘«,;:/–—-]))@((?:[^\s@][^@\n]{0,38})?)$")
_OFFERED = 8
_LIST_WIDTH = 320


class BodyEdit(TextEdit):
    """find: people that fit what is typed. Enter or Tab takes the one chosen, Esc closes the list.

    left: the field lost the focus. A mention stays as long as its words stand in the text.
    """

    left = Signal()

    def __init__(self, name: str, placeholder: str, find: Callable[[str], Sequence[Found]]) -> None:
        super().__init__(name, placeholder, kind="page")
        self._find = find
        self._mentions: dict[str, Mention] = {}
        self._offered: Sequence[Found] = ()
        self._dismissed = -1  # where the "@" stands whose list was closed
        self._colours = MarkdownHighlighter(self.document())
        self._anchor = QWidget(self.viewport())
        self._anchor.hide()
        self.people = Suggestions(self.tr("People"), self._anchor)
        self.people.taken.connect(self._take)
        self.edited.connect(self._look_for_name)
        self.cursorPositionChanged.connect(self._moved)

    def mentions(self) -> tuple[Mention, ...]:
        """Everybody picked so far; whose words are gone is left out when the entry is stored."""
        return tuple(self._mentions.values())

    def show_entry(self, body: str, mentions: Sequence[Mention]) -> None:
        self.people.hide()
        self._mentions = {mention.text: mention for mention in mentions}
        self._colours.set_mentions(self._mentions)
        self.set_text(body)

    def insert_quoted(self, text: str) -> None:
        """A question as a quoted line of its own, and an empty line to answer it; one step of undo."""
        cursor = self.textCursor()
        cursor.beginEditBlock()
        before = cursor.block().text().strip()
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
        cursor.insertText(f"{chr(10) * 2 if before else ''}> {text}\n\n")
        cursor.endEditBlock()
        self.setTextCursor(cursor)
        self.setFocus()

    def redress_colours(self) -> None:
        """Colour all blocks anew: the look has changed."""
        self._colours.dress()
        self._colours.rehighlight()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and self.people.isVisible():
            if event.type() is QEvent.Type.ShortcutOverride and event.key() == Qt.Key.Key_Escape:
                event.accept()  # otherwise the window's own Esc would step back
                return True
            if event.type() is QEvent.Type.KeyPress and self._choose(event):
                return True
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.people.hide()
        self.left.emit()

    def _choose(self, event: QKeyEvent) -> bool:
        match event.key():
            case Qt.Key.Key_Down | Qt.Key.Key_Up:
                self.people.list.step(1 if event.key() == Qt.Key.Key_Down else -1)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter | Qt.Key.Key_Tab if self.people.current() is not None:
                self._take(self.people.current() or 0)
            case Qt.Key.Key_Escape:
                self._dismissed = self._name_start() or 0
                self.people.hide()
            case _:
                return False
        return True

    def _look_for_name(self) -> None:
        typed = self._typed_name()
        start = self._name_start()
        if typed is None or start == self._dismissed or self._is_mention(typed):
            self.people.hide()
            return
        self._offered = self._find(typed.strip())[:_OFFERED]
        self._place_anchor()
        self.people.offer([RowLook(title=name, second=detail, avatar=name) for _id, name, detail in self._offered])

    def _moved(self) -> None:
        if self.people.isVisible() and self._typed_name() is None:
            self.people.hide()

    def _before_cursor(self) -> str:
        cursor = QTextCursor(self.textCursor())
        cursor.setPosition(cursor.block().position(), QTextCursor.MoveMode.KeepAnchor)
        return cursor.selectedText()

    def _typed_name(self) -> str | None:
        """What stands between the "@" and the cursor; None where no name is being typed."""
        if self.textCursor().hasSelection():
            return None
        begun = _BEGUN.search(self._before_cursor()[-60:])
        return begun[1] if begun else None

    def _name_start(self) -> int | None:
        typed = self._typed_name()
        return None if typed is None else self.textCursor().position() - _units(typed) - 1

    def _is_mention(self, typed: str) -> bool:
        """Goes on after a name that was picked already."""
        return any(f"@{typed}".startswith(text) for text in self._mentions)

    def _take(self, number: int) -> None:
        start = self._name_start()
        if start is None or number >= len(self._offered):
            return
        person, name, _detail = self._offered[number]
        text = f"@{name}"
        self._mentions[text] = Mention(person, text)
        self._colours.set_mentions(self._mentions)
        self.people.hide()
        cursor = self.textCursor()
        cursor.setPosition(start, QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(text + ("" if self._space_follows() else " "))
        self.people.hide()

    def _space_follows(self) -> bool:
        cursor = self.textCursor()
        return cursor.block().text()[len(self._before_cursor()) :][:1] == " "

    def _place_anchor(self) -> None:
        spot = self.cursorRect()
        width = min(look.px(_LIST_WIDTH), self.viewport().width())
        left = min(max(0, spot.left() - 12), self.viewport().width() - width)
        self._anchor.setGeometry(QRect(left, spot.top(), width, spot.height()))


def _units(text: str) -> int:
    """Length as Qt counts it."""
    return len(text.encode("utf-16-le")) // 2
