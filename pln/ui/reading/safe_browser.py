"""A text view that can read no file and no page, whatever the HTML in it asks for, and kept pictures alone."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QByteArray, QObject, QUrl, Signal
from PySide6.QtGui import QImage, QTextDocument
from PySide6.QtWidgets import QFrame, QTextBrowser, QWidget

_SCHEMES = ("http", "https", "mailto")
_PICTURE = "pln-img:"
_IMAGE = QTextDocument.ResourceType.ImageResource.value

Answer = Callable[[str], QImage | None]


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

    def __init__(self, refusals: Refusals, parent: QObject, pictures: Answer = lambda _name: None) -> None:
        """pictures: is asked for images alone, and answers None to every name but those of kept pictures."""
        super().__init__(parent)
        self._refusals, self._pictures = refusals, pictures
        self.setUndoRedoEnabled(False)

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        text = name if isinstance(name, str) else name.toString()
        image = self._pictures(text) if kind == _IMAGE and text.startswith(_PICTURE) else None
        return self._refusals.refuse(kind, name) if image is None else image


class SafeBrowser(QTextBrowser):
    """wanted: the address of a web or mail link that was opened. pointed: the real address of the link pointed at.

    note: the name of a place in this page that a link leads to, as to a footnote.
    """

    wanted = Signal(str)
    note = Signal(str)
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
        elif url.hasFragment() and not url.scheme() and not url.host() and not url.path():
            self.note.emit(url.fragment())


def shown_address(url: QUrl) -> str:
    """A web or mail address as it really is (names of other scripts in their wire form); "" for any other."""
    return url.toString(QUrl.ComponentFormattingOption.FullyEncoded) if url.scheme() in _SCHEMES else ""
