"""Buttons: one primary per view, the rest quiet. They take the focus by Tab, not by a click."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStyle, QStyleOptionButton, QStylePainter

from pln.ui import look
from pln.ui.icons import set_icon
from pln.ui.widgets.labels import set_tip

_TINT = {"primary": "accent_ink", "quiet": "muted", "icon": "muted", "danger": "red"}


def button(
    text: str, kind: str = "normal", icon: str = "", *, run: Callable[[], object] | None = None, tip: str = ""
) -> QPushButton:
    """A push button. Kinds: primary, normal, quiet, danger, link, whisper. `run` is called on each press."""
    made = QPushButton(text.replace("&", "&&"))
    made.setProperty("kind", kind)
    made.setAccessibleName(text)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    made.setAutoDefault(False)
    if kind in ("link", "whisper"):
        made.setCursor(Qt.CursorShape.PointingHandCursor)
    if icon:
        set_icon(made, icon, _TINT.get(kind, "ink"), 16 if text else 18, gap=4 if text else 0)
    if tip:
        set_tip(made, tip)
    if run is not None:
        made.clicked.connect(lambda _checked=False: run())
    return made


class NameButton(QPushButton):
    """A quiet link that bears a name, and gives way: cut with "…" where there is no room."""

    def __init__(self, run: Callable[[], object]) -> None:
        super().__init__()
        self.setProperty("kind", "whisper")
        self.setStyleSheet("font-weight: 600")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.clicked.connect(lambda _checked=False: run())

    def show_name(self, name: str) -> None:
        """name: as it is written, its ampersands themselves."""
        self.setText(name.replace("&", "&&"))

    def shown(self) -> str:
        """The name, as much of it as there is room for."""
        name = self.text().replace("&&", "&")
        return self.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, self._room())

    def minimumSizeHint(self) -> QSize:
        whole = self.sizeHint()
        return QSize(min(look.px(60), whole.width()), whole.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        option = self._option()
        option.text = self.shown().replace("&", "&&")
        QStylePainter(self).drawControl(QStyle.ControlElement.CE_PushButton, option)

    def _room(self) -> int:
        return self.style().subElementRect(QStyle.SubElement.SE_PushButtonContents, self._option(), self).width()

    def _option(self) -> QStyleOptionButton:
        option = QStyleOptionButton()
        self.initStyleOption(option)
        return option


def icon_button(
    icon: str, name: str, *, run: Callable[[], object] | None = None, checkable: bool = False, role: str = "muted"
) -> QPushButton:
    """A button that shows an icon alone. name: what it does, read aloud and shown as its tooltip."""
    made = button("", "icon", run=run, tip=name)
    set_icon(made, icon, role)
    made.setAccessibleName(name)
    made.setCheckable(checkable)
    return made
