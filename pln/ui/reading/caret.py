"""A cursor in the article, so that words can be selected with the keyboard alone."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, Qt

from pln.ui.reading.page_view import PageView

_BY_KEY = Qt.TextInteractionFlag.TextSelectableByKeyboard


class Caret(QObject):
    """Arrows move it, Shift selects. Out of use, the arrows scroll, as before."""

    def __init__(self, view: PageView) -> None:
        super().__init__(view)
        self._view = view
        view.built.connect(self._bring)

    @property
    def on(self) -> bool:
        return bool(self._view.textInteractionFlags() & _BY_KEY)

    def start(self) -> None:
        """Show it at the first words in sight."""
        self._view.setTextInteractionFlags(self._view.textInteractionFlags() | _BY_KEY)
        self._view.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._bring()

    def leave(self) -> bool:
        """Put it away; False where it was not there. What is selected stays."""
        if not self.on:
            return False
        self._view.setTextInteractionFlags(self._view.textInteractionFlags() & ~_BY_KEY)
        return True

    def _bring(self) -> None:
        """Another page stands, or the same one anew: the cursor would be at its beginning, out of sight."""
        if self.on and not self._view.textCursor().hasSelection():
            corner = QPoint(self._view.side() + 1, 1)
            self._view.setTextCursor(self._view.cursorForPosition(corner))
