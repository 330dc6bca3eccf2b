"""How the owner likes an article to be set: typeface, size, air, measure, paper."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

SIZES = (80, 90, 100, 110, 120, 135, 150, 175, 200)
LINES = (130, 145, 160, 175, 200)
MEASURES = (52, 60, 68, 76, 84, 96)


class Paper(StrEnum):
    """APP: light or dark as the window is. The others stay as they are."""

    APP = "app"
    PAPER = "paper"
    SEPIA = "sepia"
    DARK = "dark"


@dataclass(frozen=True, slots=True, kw_only=True)
class PageLook:
    """face: "serif", "sans", or the name of a typeface of this computer. size: percent of the design's.

    line: height of a line in percent of the size. measure: characters a line, 0 for what Settings say.
    """

    face: str = "serif"
    size: int = 100
    line: int = 160
    measure: int = 0
    paper: Paper = Paper.APP


def resized(look: PageLook, by: int) -> PageLook:
    """The next size up (by=1) or down (by=-1); 0 for the design's own. The ends stay as they are."""
    if by == 0:
        return replace(look, size=100)
    further = [size for size in SIZES if (size > look.size if by > 0 else size < look.size)]
    return replace(look, size=min(further, key=lambda size: abs(size - look.size), default=look.size))


def within_reason(look: PageLook) -> PageLook:
    """The same with every number drawn into its limits, as after reading what another version stored."""
    return replace(
        look,
        size=min(max(look.size, SIZES[0]), SIZES[-1]),
        line=min(max(look.line, LINES[0]), LINES[-1]),
        measure=look.measure and min(max(look.measure, 40), 120),
    )
