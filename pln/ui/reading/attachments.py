"""What an article brings along: sound, film, documents. Opened outside, once one asks for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from urllib.parse import unquote, urlsplit

from PySide6.QtWidgets import QFrame, QHBoxLayout

from pln.model.feed import Attachment
from pln.ui.widgets.boxes import Grow, column, row
from pln.ui.widgets.buttons import button
from pln.ui.widgets.labels import ElidedLabel, IconLabel, label, set_tip

_ICONS = {"audio": "music", "video": "video", "image": "image", "text": "file-text"}
_LONGEST = 60


class Attachments(QFrame):
    """A line for each, with its name, kind and size, and a button that opens it."""

    def __init__(self, attached: Sequence[Attachment], open_link: Callable[[str], object]) -> None:
        super().__init__()
        self._open_link = open_link
        self.setAccessibleName(self.tr("Comes with this article"))
        lines = [self._line(each) for each in attached]
        self.setLayout(column(label(self.tr("Comes with this article"), "label"), *lines, spacing=6))

    def _line(self, each: Attachment) -> QHBoxLayout:
        name = name_of(each)
        shown = ElidedLabel(name, "body")
        set_tip(shown, each.url)
        made = button(self._verb(each), "link", run=lambda: self._open_link(each.url))
        made.setAccessibleName(f"{made.text()}: {name}")
        icon = IconLabel(_ICONS.get(each.kind.partition("/")[0], "paperclip"), "muted", 16)
        return row(icon, Grow(shown), label(self._facts(each), "faint"), made, spacing=10)

    def _verb(self, each: Attachment) -> str:
        kind = each.kind.partition("/")[0]
        return {"audio": self.tr("Listen"), "video": self.tr("Watch")}.get(kind, self.tr("Open"))

    def _facts(self, each: Attachment) -> str:
        kind, _, exact = each.kind.partition("/")
        known = {"audio": self.tr("sound"), "video": self.tr("film"), "image": self.tr("picture")}
        return " · ".join(part for part in (known.get(kind, exact.upper()), told_size(each.size)) if part)


def name_of(each: Attachment) -> str:
    """The last part of its address, readable; the host where there is none."""
    parts = urlsplit(each.url)
    name = unquote(parts.path.rstrip("/").rpartition("/")[2]).strip() or parts.hostname or each.url
    return name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1]}…"


def told_size(size: int) -> str:
    """ "12 MB", "340 KB"; nothing for an unknown size."""
    if size <= 0:
        return ""
    return f"{max(1, round(size / 1024))} KB" if size < 1024 * 1024 else f"{round(size / 1024 / 1024)} MB"
