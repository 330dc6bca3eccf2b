"""The look of the page in force: what the owner chose, in fonts, pixels and colours."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtGui import QFont, QFontMetricsF

from pln.model.page_look import PageLook, Paper
from pln.ui import look
from pln.ui.colours import DARK, LIGHT, Palette
from pln.ui.sheet import SANS, SERIF

SIZE = 17.5
_SAMPLE = "the people we know best tend to know what we know and that is what makes them good company"
SEPIA = replace(
    LIGHT, bg="#F5ECD9", rail="#EADFC7", surface="#FBF4E4", ink="#3A2F22", muted="#66573F", faint="#6B5C44",
    line="#DCCFB2", accent="#2A5F4E", soft="#E3E2C8", amber="#7E4E0A", amber_soft="#F3DDB0", sel="#E9E0C4",
)  # fmt: skip
_chosen = PageLook()


def put(chosen: PageLook) -> None:
    """Make this the look of every page. Views set their pages anew when they are told to."""
    global _chosen
    _chosen = chosen


def chosen() -> PageLook:
    return _chosen


@dataclass(frozen=True, slots=True)
class PageStyle:
    """family: of the text. size, line: pixels. measure: characters a line. One value of it sets a page one way."""

    family: str
    size: int
    line: int
    measure: int
    palette: Palette
    factor: float

    def px(self, size: float) -> int:
        """Pixels for a size of the design, whose text is 17.5 high."""
        return max(1, round(size * self.factor))

    def font(self) -> QFont:
        font = QFont(self.family)
        font.setPixelSize(self.size)
        return font

    def width(self) -> int:
        """The width of the text in pixels."""
        return round(QFontMetricsF(self.font()).horizontalAdvance(_SAMPLE) * self.measure / len(_SAMPLE))


def style() -> PageStyle:
    """What pages are set in now."""
    factor = look.px(1000) / 1000 * _chosen.size / 100
    size = max(6, round(SIZE * factor))
    return PageStyle(
        family=family(_chosen.face), size=size, line=round(SIZE * factor * _chosen.line / 100),
        measure=_chosen.measure or look.measure(), palette=_palette(), factor=factor,
    )  # fmt: skip


def family(face: str) -> str:
    """The typeface behind a choice."""
    return {"serif": SERIF, "sans": SANS}.get(face, face)


def _palette() -> Palette:
    papers = {Paper.PAPER: LIGHT, Paper.SEPIA: SEPIA, Paper.DARK: DARK}
    return papers.get(_chosen.paper, look.palette())
