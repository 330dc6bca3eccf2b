"""The first thing seen: an empty frame in the right colours, shown before anything else is imported."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from pln.system.settings import LookSettings, Theme
from pln.ui.colours import DARK, LIGHT, Palette
from pln.ui.imports import import_without_reading_sources
from pln.ui.main_window import MainWindow


def show_frame(app: QApplication, look: LookSettings) -> MainWindow:
    """A window shown as an empty frame, to be furnished."""
    import_without_reading_sources()
    window = MainWindow(frame=_colours(app, look.theme))
    window.resize(look.width, look.height)
    if look.maximised:
        window.showMaximized()
    else:
        window.show()
    return window


def _colours(app: QApplication, wanted: Theme) -> Palette:
    dark = app.styleHints().colorScheme() is Qt.ColorScheme.Dark if wanted is Theme.SYSTEM else wanted is Theme.DARK
    return DARK if dark else LIGHT
