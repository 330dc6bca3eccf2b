"""A quiet surface for writing: serif, a comfortable measure, plain text in and out."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent, QTextBlockFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit

from pln.ui import fonts, look

_LINE = 28  # pixels from line to line at 17.5 px type
_SAMPLE = "the people we know best tend to know what we know and that is what makes them good company"


class TextEdit(QTextEdit):
    """kind: "card" has a border, "page" lies on the page itself. size: of the type in pixels.

    `edited` is emitted for changes made by the user, not by `set_text`. Tab leaves the field.
    """

    edited = Signal()

    def __init__(self, name: str, placeholder: str = "", *, kind: str = "card", size: float = 17.5) -> None:
        super().__init__()
        self._size, self._kind, self._loading = size, kind, False
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.setProperty("kind", kind)
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setLineWrapMode(QTextEdit.LineWrapMode.FixedPixelWidth)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._dress()
        self.textChanged.connect(self._changed)

    def text(self) -> str:
        return self.toPlainText()

    def set_text(self, text: str) -> None:
        """Replace everything; the history of undo begins anew and `edited` stays silent."""
        self._loading = True
        self.document().setUndoRedoEnabled(False)
        self.setPlainText(text)
        self._space_lines()
        self.document().setUndoRedoEnabled(True)
        self.document().setModified(False)
        self._loading = False

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste words, never formats, pictures or files."""
        if source.hasText():
            self.insertPlainText(source.text())

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasText()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._keep_measure()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self._redress()
            self._keep_measure()

    def _changed(self) -> None:
        if not self._loading:
            self.edited.emit()

    def _redress(self) -> None:
        if self.document().defaultFont() != fonts.serif(self._size):  # Qt has put the widget's font there
            self._dress()

    def _dress(self) -> None:
        self.document().setDefaultFont(fonts.serif(self._size))
        self.document().setDocumentMargin(0 if self._kind == "page" else 14)
        self._space_lines()
        self._keep_measure()

    def _space_lines(self) -> None:
        spaced = QTextBlockFormat()
        line = look.px(_LINE * self._size / 17.5)
        spaced.setLineHeight(line, QTextBlockFormat.LineHeightTypes.MinimumHeight.value)
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        before, self._loading = self._loading, True
        cursor.mergeBlockFormat(spaced)
        self._loading = before

    def _keep_measure(self) -> None:
        widest = QFontMetrics(fonts.serif(self._size)).horizontalAdvance(_SAMPLE) * look.measure() // len(_SAMPLE)
        margins = round(2 * self.document().documentMargin())
        self.setLineWrapColumnOrWidth(min(widest + margins, self.viewport().width()))
