"""Texts. What comes from outside is always plain; markup is for our own words alone."""

from __future__ import annotations

from html import escape as _escape

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QToolTip, QWidget

from pln.ui import icons, look
from pln.ui.widgets.paragraph import Paragraph


def label(text: str, role: str = "body", wrap: bool = False, selectable: bool = False) -> QLabel:
    """A plain text. Roles: body, lead, strong, title, display, subtitle, head, label, section, muted, small, faint,
    serif, serif-strong, accent, danger, kbd.
    """
    made = QLabel() if not wrap else _Selectable(text) if selectable else Paragraph(text)
    if not isinstance(made, _Selectable):
        made.setTextFormat(Qt.TextFormat.PlainText)
        made.setText(text)
    made.setProperty("role", role)
    _behave(made, wrap, selectable)
    return made


def rich(markup: str, role: str = "body", wrap: bool = True) -> QLabel:
    """A text with our own markup (<b>, <i>, <a href="...">). Everything from outside in it went through `escape`.

    Pictures and style sheets never appear in it: `markup` is written by us. Links emit `linkActivated`.
    """
    made = QLabel()
    made.setTextFormat(Qt.TextFormat.RichText)
    made.setText(f'<div style="line-height:120%">{markup}</div>' if wrap else markup)
    made.setProperty("role", role)
    _behave(made, wrap, False)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.LinksAccessibleByMouse)
    if "<a " in markup:
        made.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByMouse | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
    return made


def escape(text: str) -> str:
    """A text from outside, made safe for `rich` and for tooltips."""
    return _escape(text, quote=True)


class _Selectable(QLabel):
    """Plain text over several lines that can be selected and copied, with the same air as a `Paragraph`."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._plain = ""
        self.setTextFormat(Qt.TextFormat.RichText)  # which alone has a line height
        self.setText(text)

    def setText(self, text: str) -> None:
        self._plain = text
        super().setText(f'<div style="line-height:120%; white-space:pre-wrap">{escape(text)}</div>' if text else "")

    def text(self) -> str:
        return self._plain


def set_tip(widget: QWidget, text: str) -> None:
    """A tooltip that shows its text as it is, whatever stands in it."""
    widget.setToolTip(f"<qt>{escape(text)}</qt>" if text else "")


def show_tip(at: QPoint, text: str, widget: QWidget) -> None:
    """Show a tooltip now, for a part of a widget; its text is shown as it is, too."""
    QToolTip.showText(at, f"<qt>{escape(text)}</qt>", widget)


def set_role(widget: QWidget, role: str) -> None:
    """Change what a label or frame is, and how it looks."""
    restyle(widget, "role", role)


def restyle(widget: QWidget, name: str, value: object) -> None:
    """Set a property that the style sheet reads, and apply the sheet anew where it changed."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


class ElidedLabel(QLabel):
    """One line of plain text that gives way: cut with "…" where there is no room, whole in its tooltip."""

    def __init__(self, text: str = "", role: str = "body") -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setText(text)

    def setText(self, text: str) -> None:
        super().setText(text.replace("\n", " "))
        set_tip(self, text)

    def minimumSizeHint(self) -> QSize:
        return QSize(min(look.px(40), super().sizeHint().width()), super().sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.contentsRect().width())
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.contentsRect(), int(self.alignment() | Qt.AlignmentFlag.AlignVCenter), shown)


class IconLabel(QWidget):
    """A small icon that says nothing by itself; it is hidden from screen readers by having no name."""

    def __init__(self, name: str, role: str = "muted", size: int = 18) -> None:
        super().__init__()
        self._name, self._role, self._size = name, role, size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(look.px(self._size), look.px(self._size))

    def paintEvent(self, _event: QPaintEvent) -> None:
        icons.paint_icon(QPainter(self), self.rect(), self._name, self._role)


def _behave(made: QLabel, wrap: bool, selectable: bool) -> None:
    made.setWordWrap(wrap)
    if wrap and not isinstance(made, Paragraph):
        made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    if selectable:
        made.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
