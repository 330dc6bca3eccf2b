"""Where a copy goes: a file or a folder of pages, each in a place chosen by hand."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from pln.model.share import DestinationKind
from pln.services.sharing import SharePlace
from pln.ui.files.chooser import chooser
from pln.ui.widgets.boxes import Grow, column, row
from pln.ui.widgets.buttons import button
from pln.ui.widgets.labels import label
from pln.ui.widgets.segmented import Segmented


class WhereSection(QWidget):
    """changed: another destination or another place."""

    changed = Signal()

    def __init__(self, known: Mapping[DestinationKind, Path]) -> None:
        super().__init__()
        self._paths = {kind: str(known.get(kind, "")) for kind in DestinationKind}
        options = [
            (DestinationKind.FOLDER.value, self.tr("Folder of pages")),
            (DestinationKind.FILE.value, self.tr("File")),
        ]
        first = DestinationKind.FILE if list(known) == [DestinationKind.FILE] else DestinationKind.FOLDER
        self.kind = Segmented(self.tr("Where"), options, first.value)
        self.path = QLineEdit(self._paths[first])
        self.path.setAccessibleName(self.tr("Folder"))
        self.path.setPlaceholderText(self.tr("No folder chosen yet"))
        self.choose = button(self.tr("Choose…"), icon="folder", run=self._choose)
        self._said = label("", "muted", wrap=True)
        self.setLayout(column(self.kind, row(Grow(self.path), self.choose), self._said, spacing=8))
        self.kind.chosen.connect(self._kind_chosen)
        self.path.textEdited.connect(self._path_typed)
        self._explain()

    def place(self) -> SharePlace | None:
        """None while no full path is given."""
        path = Path(self.path.text().strip()).expanduser()
        return SharePlace(kind=self._kind(), path=path) if path.is_absolute() else None

    def take_known(self, kind: DestinationKind, path: Path) -> None:
        """A destination was added: offer it."""
        self._paths[kind] = str(path)
        self.kind.set_current(kind.value)
        self._kind_chosen(kind.value)

    def _kind(self) -> DestinationKind:
        return DestinationKind(self.kind.current())

    def _kind_chosen(self, _key: str) -> None:
        self.path.setText(self._paths[self._kind()])
        self._explain()
        self.changed.emit()

    def _path_typed(self, text: str) -> None:
        self._paths[self._kind()] = text
        self.changed.emit()

    def _explain(self) -> None:
        said = {
            DestinationKind.FILE: self.tr("One Markdown file, put into this folder."),
            DestinationKind.FOLDER: self.tr("Web pages with a list and a feed, to keep or to put on a website."),
        }
        self._said.setText(said[self._kind()])

    def _choose(self) -> None:
        dialog = chooser(self, self.tr("Choose a folder"), self.path.text() or str(Path.home()))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self._take)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _take(self, path: str) -> None:
        self.path.setText(path)
        self._path_typed(path)
