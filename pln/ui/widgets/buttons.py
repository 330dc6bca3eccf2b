"""Buttons: one primary per view, the rest quiet. They take the focus by Tab, not by a click."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

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


def icon_button(
    icon: str, name: str, *, run: Callable[[], object] | None = None, checkable: bool = False, role: str = "muted"
) -> QPushButton:
    """A button that shows an icon alone. name: what it does, read aloud and shown as its tooltip."""
    made = button("", "icon", run=run, tip=name)
    set_icon(made, icon, role)
    made.setAccessibleName(name)
    made.setCheckable(checkable)
    return made
