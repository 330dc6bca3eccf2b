"""A picture of an article by itself: fitted to the window or as it is, with the others of the article beside it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QKeyEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QDialog, QFileDialog, QScrollArea, QWidget

from pln.durable.files import write_atomically
from pln.model.errors import PlnError, StoreFault
from pln.ui.files.chooser import chooser
from pln.ui.reading.pictures import Pictures
from pln.ui.widgets.boxes import Grow, column, row
from pln.ui.widgets.buttons import button, icon_button
from pln.ui.widgets.dialog import tell
from pln.ui.widgets.labels import label

_KINDS = {b"\x89PNG": "png", b"\xff\xd8\xff": "jpg"}


class ZoomDialog(QDialog):
    """F: fit. 1: as it is. Left, Right: the other pictures. Esc: back to the article."""

    def __init__(self, parent: QWidget, pictures: Pictures, keys: Sequence[str], current: str) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Picture"))
        self._pictures, self._keys = pictures, tuple(keys)
        self._at = self._keys.index(current) if current in self._keys else 0
        self._image, self._data, self._fits = QImage(), b"", True
        self._shown = label("", "muted")
        self._shown.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._area = QScrollArea()
        self._area.setWidget(self._shown)
        self._area.setWidgetResizable(True)
        self._area.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._area.setAccessibleName(self.tr("Picture"))
        self._where = label("", "faint")
        fit = icon_button("minimize-2", self.tr("Fit into the window (F)"), run=lambda: self.set_fit(True))
        whole = icon_button("maximize-2", self.tr("As it is (1)"), run=lambda: self.set_fit(False))
        before = icon_button("chevron-left", self.tr("The picture before (Left)"), run=lambda: self.step(-1))
        after = icon_button("chevron-right", self.tr("The next picture (Right)"), run=lambda: self.step(1))
        save = button(self.tr("Save as…"), run=self._save)
        close = button(self.tr("Close"), "primary", run=self.reject)
        foot = row(before, after, self._where, None, fit, whole, save, close, spacing=6, margins=(12, 8, 12, 10))
        self.setLayout(column(Grow(self._area), foot, spacing=0))
        self.resize(parent.window().size() * 0.86)
        self._show()
        self._area.setFocus()

    @property
    def key(self) -> str:
        """Which picture is shown."""
        return self._keys[self._at]

    def step(self, by: int) -> None:
        """The next picture of the article, or the one before; round at the ends."""
        self._at = (self._at + by) % len(self._keys)
        self._show()

    def set_fit(self, fits: bool) -> None:
        """Fit the picture into the window, or show it as it is."""
        self._fits = fits
        self._paint()

    def shown_size(self) -> QSize:
        return self._shown.pixmap().size()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = {
            Qt.Key.Key_F: lambda: self.set_fit(True), Qt.Key.Key_1: lambda: self.set_fit(False),
            Qt.Key.Key_Left: lambda: self.step(-1), Qt.Key.Key_Right: lambda: self.step(1),
        }  # fmt: skip
        run = keys.get(Qt.Key(event.key()))
        if run is None:
            super().keyPressEvent(event)
        else:
            run()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._paint()

    def _show(self) -> None:
        self._data = self._pictures.data(self.key) or b""
        self._image = QImage.fromData(self._data)
        several = self.tr("%1 of %2").replace("%1", str(self._at + 1)).replace("%2", str(len(self._keys)))
        self._where.setText(several if len(self._keys) > 1 else "")
        self._paint()

    def _paint(self) -> None:
        if self._image.isNull():
            self._shown.setText(self.tr("This picture is no longer kept."))
            return
        image, room = self._image, self._area.viewport().size()
        if self._fits and (image.width() > room.width() or image.height() > room.height()):
            smooth = Qt.TransformationMode.SmoothTransformation
            image = image.scaled(room, Qt.AspectRatioMode.KeepAspectRatio, smooth)
        self._shown.setPixmap(QPixmap.fromImage(image))

    def _save(self) -> None:
        kind = next((kind for magic, kind in _KINDS.items() if self._data.startswith(magic)), "png")
        made = chooser(self, self.tr("Save the picture"), f"picture.{kind}", f"*.{kind}")
        made.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        made.fileSelected.connect(self._write)
        made.open()

    def _write(self, path: str) -> None:
        from pathlib import Path

        try:
            write_atomically(Path(path), self._data)
        except (OSError, PlnError):
            tell(self, StoreFault("The picture was not saved", f"PLN may not write {path}."), self.tr("Close"))
