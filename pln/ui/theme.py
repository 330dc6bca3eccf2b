"""The look in force: light or dark, following the system or the user's wish, and the size of texts."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from pln.ui import fonts, icons, look
from pln.ui.colours import DARK, LIGHT, Palette
from pln.ui.sheet import stylesheet


class Mode(StrEnum):
    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Theme(QObject):
    """Dresses the application and tells when the look changed.

    There is one per application: `Theme.install(app)`. mode, scale and measure may be changed at any time.
    """

    changed = Signal()

    def __init__(self, app: QApplication, mode: Mode, scale: float, measure: int = 68) -> None:
        super().__init__(app)
        self._app = app
        self.mode = mode
        self.scale = _within(scale)
        self.measure = measure
        self.palette = self._wanted()
        app.styleHints().colorSchemeChanged.connect(self._system_changed)

    @classmethod
    def install(
        cls, app: QApplication, mode: Mode = Mode.SYSTEM, scale: float = 1.0, measure: int = 68
    ) -> Theme:  # fmt: skip
        """Load the fonts, set the base style and dress the application. Replaces the theme set before."""
        global _current
        if _current is not None:
            _current.remove()
        fonts.load()
        app.setStyle("Fusion")
        _current = cls(app, mode, scale, measure)
        _current._dress()
        return _current

    def remove(self) -> None:
        """Stop following the system. The application keeps its last look."""
        global _current
        self._app.styleHints().colorSchemeChanged.disconnect(self._system_changed)
        _current = None
        self.deleteLater()

    def set_mode(self, mode: Mode) -> None:
        self.mode = mode
        self._follow()

    def set_scale(self, scale: float) -> None:
        """Text size, 1.0 to 2.0; values outside are drawn to the nearer end."""
        if _within(scale) != self.scale:
            self.scale = _within(scale)
            self._dress()

    def set_measure(self, characters: int) -> None:
        """Characters a line where one reads and writes."""
        if characters != self.measure:
            self.measure = characters
            self._dress()

    def _system_changed(self, _scheme: Qt.ColorScheme) -> None:
        self._follow()

    def _follow(self) -> None:
        wanted = self._wanted()
        if wanted is not self.palette:
            self.palette = wanted
            self._dress()

    def _wanted(self) -> Palette:
        if self.mode is Mode.SYSTEM:
            return DARK if self._app.styleHints().colorScheme() is Qt.ColorScheme.Dark else LIGHT
        return DARK if self.mode is Mode.DARK else LIGHT

    def _dress(self) -> None:
        look.put(self.palette, self.scale)
        look.put_measure(self.measure)
        self._app.setFont(fonts.sans(14))
        self._app.setPalette(_qpalette(self.palette))
        self._app.setStyleSheet(stylesheet(self.palette, self.scale))
        icons.retint()
        self.changed.emit()


_current: Theme | None = None


def current() -> Theme:
    """The theme installed. Asking before `Theme.install` is a bug."""
    assert _current is not None, "no theme installed"
    return _current


def _within(scale: float) -> float:
    return min(2.0, max(1.0, scale))


def _qpalette(p: Palette) -> QPalette:
    roles = QPalette.ColorRole
    made = QPalette()
    for role, value in (
        (roles.Window, p.bg), (roles.WindowText, p.ink), (roles.Base, p.surface), (roles.AlternateBase, p.rail),
        (roles.Text, p.ink), (roles.Button, p.surface), (roles.ButtonText, p.ink), (roles.BrightText, p.red),
        (roles.Highlight, p.accent), (roles.HighlightedText, p.accent_ink), (roles.Link, p.accent),
        (roles.LinkVisited, p.plum), (roles.ToolTipBase, p.surface), (roles.ToolTipText, p.ink),
        (roles.PlaceholderText, p.faint), (roles.Accent, p.accent), (roles.Mid, p.line), (roles.Midlight, p.line),
    ):  # fmt: skip
        made.setColor(role, QColor(value))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(p.faint))
    return made
