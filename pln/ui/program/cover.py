"""Covering the window: dialogs, popups and messages out of sight at once, to come back or to be dropped."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QWidget
from shiboken6 import isValid

from pln.ui.commands import CommandId
from pln.ui.main_window import MainWindow

WITHOUT_STORE = (
    CommandId.FILE_QUIT, CommandId.VIEW_LIGHT, CommandId.VIEW_DARK, CommandId.VIEW_SYSTEM, CommandId.VIEW_LARGER,
    CommandId.VIEW_SMALLER, CommandId.VIEW_NORMAL, CommandId.VIEW_MENU_BAR, CommandId.VIEW_FULL_SCREEN,
)  # fmt: skip
"""What may be done while nothing of a store may be seen."""

_TOOLTIP = "QTipLabel"


class Cover(QObject):
    """Lies over the window until `lift` or `drop`. dialogs: the ones that it hid."""

    def __init__(self, app: QApplication, window: MainWindow, page: QWidget) -> None:
        super().__init__(window)
        self._app, self._window, self._page = app, window, page
        self._focus: QWidget | None = window.focusWidget()
        self._hidden: list[QWidget] = []
        self._late: list[QWidget] = []
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._hide_late)
        window.registry.allow_only(WITHOUT_STORE)
        window.veil(True)
        for each in app.topLevelWidgets():
            self._hide(each)
        window.show_bare(page)
        page.setFocus(Qt.FocusReason.OtherFocusReason)
        app.installEventFilter(self)
        window.repaint()  # now, and not when the computer wakes up again

    @property
    def dialogs(self) -> tuple[QDialog, ...]:
        return tuple(each for each in self._hidden if isValid(each) and isinstance(each, QDialog))

    def lift(self) -> None:
        """Show again what was hidden, as it was."""
        self._end()
        self._window.end_bare(self._page)
        if self._focus is not None and isValid(self._focus):
            self._focus.setFocus(Qt.FocusReason.OtherFocusReason)
        for dialog in self.dialogs:
            dialog.open()

    def drop(self) -> None:
        """Do away with everything but the page: places, dialogs, and whatever else has a window of its own."""
        self._end()
        menus = self._window.actions_.menus()
        for each in self._app.topLevelWidgets():
            if each is not self._window and each not in menus:
                each.hide()
                each.deleteLater()
        self._hidden, self._focus = [], None
        self._window.empty(keep=self._page)
        self._window.registry.allow_only(WITHOUT_STORE)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What opens a window of its own meanwhile, as a job that has ended, is not shown either."""
        if event.type() is QEvent.Type.Show and self._is_strange(watched):
            assert isinstance(watched, QWidget)
            watched.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
            self._late.append(watched)
            self._soon.start()
        return False

    def _is_strange(self, watched: QObject) -> bool:
        return (
            isinstance(watched, QWidget)
            and watched.isWindow()
            and watched is not self._window
            and not isinstance(watched, QMenu)
        )

    def _hide_late(self) -> None:
        late, self._late = self._late, []
        for each in filter(isValid, late):
            self._hide(each)  # with the attribute still set, or Qt would go on holding it for modal
            each.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen, False)

    def _hide(self, each: QWidget) -> None:
        if each is self._window or not each.isVisible():
            return
        if isinstance(each, QMenu):
            each.close()
        elif each.metaObject().className() == _TOOLTIP:
            each.close()
            each.deleteLater()
        else:
            each.hide()
            self._hidden.append(each)

    def _end(self) -> None:
        self._hide_late()
        self._app.removeEventFilter(self)
        self._window.veil(False)
        self._window.registry.allow_only(None)
        self.deleteLater()
