"""How new feeds are to be kept: folder, tags, whose voice, full text. Shown before subscribing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QCheckBox, QWidget

from pln.services.context import Context
from pln.services.reading_rules import known_tags
from pln.ui.reading.feed_dialogs import folder_field, voice_field
from pln.ui.widgets.boxes import Grow, column, row
from pln.ui.widgets.labels import label
from pln.ui.widgets.person_picker import Picked
from pln.ui.widgets.tag_field import TagField


def feed_tag_field(ctx: Context) -> TagField:
    """Tags that a feed gives to its articles."""

    def fitting(typed: str) -> list[str]:
        return [tag for tag in known_tags(ctx) if typed.casefold() in tag.casefold()]

    return TagField(_tr("Tags"), _tr("No tags"), fitting)


class WishForm(QWidget):
    def __init__(self, ctx: Context, folders: Sequence[str]) -> None:
        super().__init__()
        self.folder = folder_field(folders)
        self.tags = feed_tag_field(ctx)
        self.voice = voice_field(ctx)
        self.full_text = QCheckBox(_tr("Fetch the whole text of each article from its page"))
        left = column(label(_tr("Folder"), "label"), self.folder, None, spacing=4)
        right = column(label(_tr("Tags for its articles"), "label"), self.tags, None, spacing=4)
        person = label(_tr("Whose voice it is, if you know them"), "label")
        self.setLayout(
            column(row(Grow(left), Grow(right), spacing=14), 4, person, self.voice, 2, self.full_text, spacing=4)
        )

    def picked(self) -> Picked | None:
        people = self.voice.people()
        return people[0] if people else None


def _tr(text: str) -> str:
    return QCoreApplication.translate("wish_form", text)
