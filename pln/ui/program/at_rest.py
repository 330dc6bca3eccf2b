"""What waits until the window is at rest: once after the start, and after each while of work."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from pln.services.context import Context
from pln.system.allocator import give_back
from pln.ui.files.daily_backup import DailyBackup
from pln.ui.main_window import MainWindow
from pln.ui.place import PlaceId
from pln.ui.program.program import Program
from pln.ui.program.sound_watch import SoundWatch
from pln.ui.widgets.settle import Settle

_LATER_MS = 20_000
_QUIET_MS = 4_000


class AtRest(QObject):
    """Lives and ends with its program."""

    def __init__(self, program: Program, window: MainWindow) -> None:
        super().__init__(program)
        self._program, self._window = program, window
        later = QTimer(self, singleShot=True, interval=_LATER_MS)  # ends with it, where a static one would hold it
        later.timeout.connect(self.first_rest)
        later.start()
        self._spare = Settle(_QUIET_MS, self._give_back, self)
        self.daily = DailyBackup(program, self)
        self.sound = SoundWatch(program, self)
        window.moved.connect(self._spare.nudge)
        program.subscribe(lambda _changes: self._spare.nudge())

    def first_rest(self) -> None:
        """Interrupted shares, a look at the store, the day's backup and then the trash, and feeds looking for news."""
        ctx = self._program.ctx
        self._program.write(lambda: _settle_shares(ctx))
        self.sound.look()
        self.daily.look()
        if PlaceId.READING in self._window.visible_places():
            self._program.write(_import_refresher, lambda _: self._begin_refreshing())

    def _begin_refreshing(self) -> None:
        _ = self._program.refresher  # the feeds are refreshed by themselves from now on, whether Reading is seen or not

    def _give_back(self) -> None:
        self._program.tasks.read(give_back, lambda _: None)


# Imported in the writer's thread: in the window's own they would stop it for a fifth of a second.


def _settle_shares(ctx: Context) -> None:
    from pln.services.shared import settle_interrupted

    settle_interrupted(ctx)


def _import_refresher() -> None:
    import pln.ui.reading.refresher  # noqa: F401
