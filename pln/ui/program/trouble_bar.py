"""What lastingly keeps a store from being used, told quietly in one line at the top: a full disk, a damaged file."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QWidget

from pln.model.errors import PlnError, StoreFault, Trouble
from pln.ui.main_window import MainWindow
from pln.ui.widgets.boxes import Grow, row
from pln.ui.widgets.buttons import button
from pln.ui.widgets.labels import IconLabel, label

_LITTLE = 16 * 1024 * 1024
_AGAIN_MS = 2_000


class TroubleBar(QWidget):
    """One line, and a button where something can be done. Hidden while nothing is the matter."""

    def __init__(self) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("tone", "rail")
        self.setProperty("edge", "bottom")
        self.text = label("", "body", wrap=True)
        self.action = button("", "link", run=self._act)
        self._run: Callable[[], object] | None = None
        self._veiled = False
        icon = IconLabel("circle-alert", "muted", 16)
        self.setLayout(row(icon, Grow(self.text), self.action, spacing=10, margins=(24, 7, 24, 7)))
        self.hide()

    def say(self, text: str, action: str = "", run: Callable[[], object] | None = None) -> None:
        self.text.setText(text)
        self.setAccessibleName(text)
        self.action.setText(action)
        self.action.setAccessibleName(action)
        self.action.setVisible(run is not None)
        self._run = run
        self.setVisible(not self._veiled)

    def over(self) -> None:
        self.text.setText("")
        self.hide()

    def veil(self, on: bool) -> None:
        """Out of sight while a page covers the window."""
        self._veiled = on
        self.setVisible(not on and bool(self.text.text()))

    def _act(self) -> None:
        if self._run is not None:
            self._run()


class Troubles(QObject):
    """Lives and ends with its program.

    settle: stores what was typed; what hindered it. way_back: closes the store and shows the page of a fault.
    """

    def __init__(
        self, parent: QObject, window: MainWindow, folder: Path, settle: Callable[[], PlnError | None],
        way_back: Callable[[StoreFault], object],
    ) -> None:  # fmt: skip
        """folder: of the profile, whose disk is asked for its room."""
        super().__init__(parent)
        self._window, self._folder, self._settle, self._way_back = window, folder, settle, way_back
        self._bar: TroubleBar | None = None
        self._now: Trouble | None = None
        self._looks = False
        self._again = QTimer(self, interval=_AGAIN_MS)
        self._again.timeout.connect(self._has_room_again)

    @property
    def bar(self) -> TroubleBar:
        """Made when it is first wanted."""
        if self._bar is None:
            self._bar = TroubleBar()
            self._window.put_bar(self._bar)
        return self._bar

    def tell(self, error: BaseException) -> bool:
        """Tell lastingly what is the matter; False where it is nothing that lasts, and is to be told as usual."""
        if not isinstance(error, StoreFault):
            return False
        if self._looks:
            return error.trouble is Trouble.READ_ONLY
        if error.trouble is Trouble.DAMAGED:
            self._damaged(error)
        elif error.trouble is Trouble.FULL and self._now is not Trouble.DAMAGED and self._free() < _LITTLE:
            self._full()  # else it is another disk that is full
        else:
            return False
        return True

    def look_only(self) -> None:
        """Nothing can be written here; it is told once, and no more with each try."""
        self._looks = True
        self.bar.say(self.tr("Look only: PLN cannot write in the folder of this profile, so nothing can be saved."))

    def saved(self) -> None:
        """Something was written: there is room again."""
        if self._now is Trouble.FULL:
            self._over()

    def close(self) -> None:
        self._again.stop()
        if self._bar is not None:
            self._window.put_bar(None)
            self._bar = None

    def _full(self) -> None:
        self._now = Trouble.FULL
        self.bar.say(self.tr("Not saved: the disk is full. PLN keeps trying."))
        self._again.start()

    def _has_room_again(self) -> None:
        if self._free() >= _LITTLE:
            self._over()

    def _over(self) -> None:
        self._again.stop()
        self._now = None
        self.bar.over()

    def _damaged(self, fault: StoreFault) -> None:
        self._again.stop()
        self._now = Trouble.DAMAGED
        said = self.tr("A part of your store cannot be read. What can be read stays as it is.")
        self.bar.say(said, self.tr("Bring a backup back…"), partial(self._leave, fault, all_the_same=False))

    def _leave(self, fault: StoreFault, *, all_the_same: bool) -> None:
        """To the page with the newest backup. What was typed and cannot be stored is not left behind unsaid."""
        if not all_the_same and self._settle() is not None:
            said = self.tr("What you typed last cannot be saved here. Copy it first, if you want to keep it.")
            go_on = partial(self._leave, fault, all_the_same=True)
            self.bar.say(said, self.tr("Bring a backup back all the same…"), go_on)
            return
        QTimer.singleShot(0, partial(self._way_back, fault))

    def _free(self) -> int:
        with suppress(OSError):
            return shutil.disk_usage(self._folder).free
        return 0
