"""Search and commands in one field (Ctrl+K)."""

from pln.ui.palette.rows import PaletteRow, SearchSource
from pln.ui.palette.widget import PaletteOverlay

__all__ = ["PaletteOverlay", "PaletteRow", "SearchSource"]
