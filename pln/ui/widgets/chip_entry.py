"""A field that holds chips before the text being typed: the base of the tag field and the person picker."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QSizePolicy

from pln.ui import look
from pln.ui.widgets.chips import RemovableChip
from pln.ui.widgets.flow import FlowLayout
from pln.ui.widgets.labels import restyle
from pln.ui.widgets.suggestions import Suggestions


class ChipEntry(QFrame):
    """Keys: Down and Up choose a suggestion, Enter takes it, Backspace in the empty field removes the last chip,
    Esc closes the suggestions. Subclasses say what to offer and what taking means.

    changed: emitted when chips came or went by the user's hand.
    """

    changed = Signal()

    def __init__(self, name: str, placeholder: str) -> None:
        super().__init__()
        self.setProperty("role", "field")
        self._placeholder = placeholder
        self._chips: list[RemovableChip] = []
        self.edit = QLineEdit()
        self.edit.setProperty("kind", "bare")
        self.edit.setProperty("fills", True)
        self.edit.setPlaceholderText(placeholder)
        self.edit.setAccessibleName(name)
        self.edit.setMinimumWidth(look.px(140))
        self.edit.installEventFilter(self)
        self.edit.textEdited.connect(self.offer)
        self._flow = FlowLayout(self.edit, spacing=6)
        self._flow.setContentsMargins(9, 0, 9, 0)
        self.setLayout(self._flow)
        self.setFocusProxy(self.edit)
        self.setAccessibleName(name)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.suggestions = Suggestions(name, self)
        self.suggestions.taken.connect(self.take)

    def offer(self, text: str) -> None:
        """Show suggestions for what is typed."""
        raise NotImplementedError

    def take(self, number: int) -> None:
        """Take the suggestion of this number."""
        raise NotImplementedError

    def take_typed(self) -> bool:
        """Enter without a suggestion: take what is typed; False leaves the key to the window."""
        return False

    def drop(self, number: int) -> None:
        """Remove the chip of this number and what it stands for."""
        raise NotImplementedError

    def minimumSizeHint(self) -> QSize:
        return QSize(look.px(180), look.px(32))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.edit.setFocus()
        super().mousePressEvent(event)

    def add_chip(self, text: str, remove_name: str, tone: str = "accent") -> None:
        chip = RemovableChip(text, remove_name, tone)
        chip.removed.connect(lambda: self._remove(self._chips.index(chip)))
        self._flow.insert(len(self._chips), chip)
        self._chips.append(chip)
        self._settle_text()

    def remove_chip(self, number: int) -> None:
        chip = self._chips.pop(number)
        self._flow.removeWidget(chip)
        chip.hide()
        chip.deleteLater()
        self._settle_text()

    def _settle_text(self) -> None:
        self.edit.clear()
        self.edit.setPlaceholderText("" if self._chips else self._placeholder)
        self.suggestions.hide()
        self.updateGeometry()

    def _remove(self, number: int) -> None:
        self.drop(number)
        self.changed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.edit:
            if isinstance(event, QKeyEvent) and event.type() in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride):
                return self._key(event)
            if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
                self._ring(event.type() is QEvent.Type.FocusIn)
        return super().eventFilter(watched, event)

    def _ring(self, shown: bool) -> None:
        restyle(self, "ring", "true" if shown else "false")
        if not shown:
            self.suggestions.hide()

    def _key(self, event: QKeyEvent) -> bool:
        if event.type() is QEvent.Type.ShortcutOverride:
            if event.key() == Qt.Key.Key_Escape and self.suggestions.isVisible():
                event.accept()  # otherwise the window's own Esc would step back
                return True
            return False
        match event.key():
            case Qt.Key.Key_Down | Qt.Key.Key_Up if self.suggestions.isVisible():
                self.suggestions.list.step(1 if event.key() == Qt.Key.Key_Down else -1)
                return True
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                return self._enter()
            case Qt.Key.Key_Backspace if not self.edit.text() and self._chips:
                self._remove(len(self._chips) - 1)
                return True
            case Qt.Key.Key_Escape if self.suggestions.isVisible():
                self.suggestions.hide()
                return True
        return False

    def _enter(self) -> bool:
        number = self.suggestions.current()
        if number is None:
            return self.take_typed()
        self.take(number)
        return True
