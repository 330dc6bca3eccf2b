"""Cards: white paper on the page, twelve pixels round."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QLayout

from pln.ui.widgets.boxes import Item, column, row
from pln.ui.widgets.labels import label

PADDING = (18, 16, 18, 16)


def card(layout: QLayout, tone: str = "surface", *, padded: bool = True) -> QFrame:
    """A card. End the column it stands in with None, so that it is only as high as its content.

    Tones: surface, soft (tinted), plain (outline only).
    """
    made = QFrame()
    made.setProperty("role", "card")
    made.setProperty("tone", tone)
    if padded:
        layout.setContentsMargins(*PADDING)
    made.setLayout(layout)
    return made


def titled_card(title: str, *items: Item, aside: str = "", tone: str = "surface", spacing: int = 10) -> QFrame:
    """A card with a small heading, and a faint remark at its right if wanted."""
    heading = row(label(title, "accent" if tone == "soft" else "label"), None, label(aside, "muted"))
    made = card(column(heading, *items, None, spacing=spacing), tone)
    made.setAccessibleName(title)
    return made
