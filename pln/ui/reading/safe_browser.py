"""A text view that can read nothing: no file, no picture, no page, whatever the HTML in it asks for."""

from __future__ import annotations

from collections import deque
from typing import Any

from PySide6.QtCore import QByteArray, QObject, QUrl, Signal
from PySide6.QtGui import QImage, QTextDocument
from PySide6.QtWidgets import QFrame, QTextBrowser, QWidget

_SCHEMES = ("http", "https", "mailto")
_IMAGE = QTextDocument.ResourceType.ImageResource.value


class Refusals:
    """What a document asked for and did not get: the last hundred names."""

    def __init__(self) -> None:
        self.names: deque[str] = deque(maxlen=100)

    def refuse(self, kind: int, name: QUrl | str) -> object:
        """An answer with nothing in it. Qt keeps it, so that it does not ask again at each painting."""
        self.names.append(name if isinstance(name, str) else name.toString())
        return QImage(1, 1, QImage.Format.Format_Mono) if kind == _IMAGE else QByteArray()


class SafeDocument(QTextDocument):
    """A document asks by itself, before any view has it."""

    def __init__(self, refusals: Refusals, parent: QObject) -> None:
        super().__init__(parent)
        self._refusals = refusals
        self.setUndoRedoEnabled(False)

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        return self._refusals.refuse(kind, name)


class SafeBrowser(QTextBrowser):
    """wanted: the address of a web or mail link that was opened. pointed: the real address of the link pointed at."""

    wanted = Signal(str)
    pointed = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.refusals = Refusals()
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.setAcceptDrops(False)
        self.anchorClicked.connect(self._clicked)
        self.highlighted.connect(lambda url: self.pointed.emit(shown_address(url)))

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        return self.refusals.refuse(int(kind), name)

    def doSetSource(self, name: QUrl | str, type: Any = None) -> None:  # noqa: A002  - the name Qt gives it
        """There is no way to another page in this view."""

    def _clicked(self, url: QUrl) -> None:
        address = shown_address(url)
        if address:
            self.wanted.emit(address)


def shown_address(url: QUrl) -> str:
    """A web or mail address as it really is (names of other scripts in their wire form); "" for any other."""
    return url.toString(QUrl.ComponentFormattingOption.FullyEncoded) if url.scheme() in _SCHEMES else ""
