"""The running program with an open store: keeps the promises of `Shell` to places and dialogs."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject

from pln.model.changes import ChangeSet, Noun, Ref
from pln.model.errors import Cancelled, PlnError
from pln.model.journal import Entry
from pln.model.meetup import Meetup
from pln.model.suggestion import Energy
from pln.services.context import Context, take_back
from pln.services.flight import in_flight, set_flight_mode
from pln.services.journal_lock import ORIGIN as JOURNAL_LOCK
from pln.services.preferences import Preferences, preferences
from pln.services.tasks import Tasks
from pln.services.today import set_energy
from pln.services.undo import UndoStep
from pln.ui.commands import Registry
from pln.ui.looking import why
from pln.ui.main_window import MainWindow
from pln.ui.place import Place, PlaceId
from pln.ui.program.outside import hand_over, open_outside
from pln.ui.program.places import stale_places
from pln.ui.widgets.settle import Settle

if TYPE_CHECKING:
    from pln.ui.program.trouble_bar import Troubles
    from pln.ui.reading.refresher import AutomaticRefresh, Refresher

Result = TypeVar("Result")
_log = logging.getLogger(__name__)

_REFRESH = "refresh"  # the origin of what `refresh_feeds` writes
_QUIET_MS = 1000

_HOME: dict[Noun, PlaceId] = {
    Noun.PERSON: PlaceId.PEOPLE,
    Noun.MEETUP: PlaceId.MEETUPS,
    Noun.MARK: PlaceId.MEETUPS,
    Noun.ARTICLE: PlaceId.READING,
    Noun.FEED: PlaceId.READING,
    Noun.HIGHLIGHT: PlaceId.READING,
    Noun.ENTRY: PlaceId.JOURNAL,
}


class Program(QObject):
    """Implements `pln.ui.shell.Shell`. Lives on the main thread, from the opening of the store to the closing."""

    def __init__(self, window: MainWindow, ctx: Context, tasks: Tasks, registry: Registry) -> None:
        super().__init__(window)
        self.ctx, self.tasks, self.registry = ctx, tasks, registry
        self._window = window
        self._listeners: list[Callable[[ChangeSet], None]] = []
        self._unsubscribe = ctx.bus.subscribe(self._changed)
        self._held: set[PlaceId] = set()
        self.troubles: Troubles | None = None
        self.automatic: AutomaticRefresh | None = None
        self._quiet_again = Settle(_QUIET_MS, self._tell_held, self)
        self._wishes = preferences(ctx)
        window.set_visible_places(_visible(self._wishes.places))
        window.rail.set_quiet(self._wishes.energy is Energy.QUIET)
        window.status.show_flight(in_flight(), self.toggle_flight)
        window.rail.set_saved(self.tr("Encrypted"))
        self.refresh_counts()

    def close(self) -> None:
        self._quiet_again.stop()
        self._unsubscribe()
        if self.troubles is not None:
            self.troubles.close()
        self.deleteLater()

    @property
    def wishes(self) -> Preferences:
        """As they were kept last."""
        return self._wishes

    @cached_property
    def refresher(self) -> Refresher:
        """Made when it is first wanted; from then on the feeds are refreshed by themselves, too (`automatic`)."""
        from pln.ui.reading.refresher import AutomaticRefresh, Refresher

        made = Refresher(self, self)
        self.automatic = AutomaticRefresh(self, made)
        return made

    def window(self) -> MainWindow:
        return self._window

    def today(self) -> date:
        return self.ctx.clock.today()

    def go(self, place: str) -> None:
        self._window.go(PlaceId(place))

    def place(self, place: PlaceId) -> Place:
        """The place itself, made if need be, without showing it."""
        return self._window.place(place)

    def open(self, ref: Ref) -> None:
        if ref.noun is Noun.MARK:
            ref = self._home_of_mark(ref)
        place = _HOME.get(ref.noun)
        if place is None:
            return
        shown = self._window.go(place)
        opener = getattr(shown, "open_record", None)
        if opener is not None:
            opener(ref)

    def write(self, job: Callable[[], Result], done: Callable[[Result], None] | None = None) -> None:
        self.tasks.write(job, done, self.fail)

    def toast(self, text: str, undo: UndoStep | None = None) -> None:
        if undo is None:
            self._window.toasts.show(text)
        else:
            self._window.toasts.show_undo(text, lambda: self.take_back(undo))

    def take_back(self, step: UndoStep | None = None) -> None:
        """Undo a step, or the last one."""
        self.write(lambda: take_back(self.ctx, step), self._taken_back)

    def trouble(self, error: BaseException) -> bool:
        return self.troubles is not None and self.troubles.tell(error)

    def fail(self, error: BaseException) -> None:
        if self.trouble(error):
            return
        if isinstance(error, Cancelled):
            self._window.toasts.show(self.tr("Stopped. What was done until then is kept."))
        elif isinstance(error, PlnError):
            self._window.toasts.show(f"{error.title}. {error.sentence}", seconds=20)
        else:
            _log.error("a fault of PLN's own", exc_info=error)
            self._window.toasts.show(
                self.tr("Something went wrong inside PLN. Nothing stored was changed."), seconds=20
            )

    def log_meetup(self, *, people: tuple[int, ...] = (), meetup: Meetup | None = None, plan: bool = False) -> None:
        if self._refuses():
            return
        from pln.ui.meetups.log_dialog import LogDialog

        LogDialog(self, people=people, meetup=meetup, plan=plan).open()

    def write_entry(self, draft: Entry | None = None) -> None:
        if self._refuses():
            return
        from pln.ui.journal.place import JournalPlace

        shown = self._window.go(PlaceId.JOURNAL)
        assert isinstance(shown, JournalPlace)
        shown.begin(draft)

    def prepare_share(self, entry_id: int) -> None:
        if self._refuses():
            return
        from pln.ui.sharing.share_dialog import ShareDialog

        ShareDialog(self, entry_id).open()

    def _refuses(self) -> bool:
        """Nothing is begun that could not be saved."""
        if not self.ctx.store.writable:
            self.toast(why())
        return not self.ctx.store.writable

    def compose(self, *, to: tuple[str, ...], subject: str, body: str) -> None:
        hand_over(to, subject, body, tell=self.toast)

    def open_link(self, url: str) -> None:
        open_outside(url, tell=self.toast)

    def subscribe(self, listener: Callable[[ChangeSet], None]) -> Callable[[], None]:
        self._listeners.append(listener)

        def stop() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return stop

    def refresh_counts(self) -> None:
        """The small numbers in the rail."""
        self.tasks.read(lambda: _counts(self.ctx), self._show_counts)

    def _changed(self, changes: ChangeSet) -> None:
        if self.troubles is not None:
            self.troubles.saved()
        if changes.origin == _REFRESH:
            self._hold(changes)
        else:
            self._freshen(changes)
        if changes.touches(Noun.SETTING):
            self._wishes_changed(preferences(self.ctx))
        now = self.ctx.clock.now().astimezone()
        self._window.rail.set_saved(self.tr("Encrypted · saved %1").replace("%1", f"{now:%H:%M}"))
        for listener in tuple(self._listeners):
            listener(changes)

    def _freshen(self, changes: ChangeSet) -> None:
        stale = stale_places(changes)
        self._window.mark_stale(stale)
        if changes.origin == JOURNAL_LOCK:  # places out of sight may still hold what is locked now
            self._window.forget_found()
            for place in self._window.made_places():
                if place.id in stale and not place.widget().isVisible():
                    place.refresh()
        if changes.touches(Noun.PERSON, Noun.MEETUP, Noun.ARTICLE, Noun.FEED, Noun.SETTING):
            self.refresh_counts()

    def _hold(self, changes: ChangeSet) -> None:
        """A refresh commits once a feed: Today and the numbers wait for its end. Reading has a measure of its own."""
        stale = frozenset(stale_places(changes))
        self._window.mark_stale(stale & {PlaceId.READING})
        self._held |= stale - {PlaceId.READING}
        self._quiet_again.nudge()

    def _tell_held(self) -> None:
        held, self._held = self._held, set()
        self._window.mark_stale(held)
        self.refresh_counts()

    def toggle_quiet(self) -> None:
        """Quiet mode: one step at most, no numbers in the rail, nothing fetched by itself."""
        energy = Energy.STEADY if self._wishes.energy is Energy.QUIET else Energy.QUIET
        self.write(lambda: set_energy(self.ctx, energy, origin="window"))

    def toggle_flight(self) -> None:
        """Flight mode: nothing is asked of the network from this moment on, or it may be again."""
        on = not self._wishes.flight_mode
        self.write(lambda: set_flight_mode(self.ctx, on, origin="window"))

    def _wishes_changed(self, wishes: Preferences) -> None:
        if wishes.places != self._wishes.places:
            self._window.set_visible_places(_visible(wishes.places))
        self._window.rail.set_quiet(wishes.energy is Energy.QUIET)
        self._window.status.show_flight(in_flight(), self.toggle_flight)
        self._wishes = wishes

    def _show_counts(self, counts: dict[PlaceId, int]) -> None:
        quiet = self._wishes.energy is Energy.QUIET
        for place, count in counts.items():
            self._window.rail.set_count(place, None if quiet else count or None)

    def _taken_back(self, step: UndoStep | None) -> None:
        self.toast(self.tr("Nothing to undo") if step is None else self.tr("Taken back: %1").replace("%1", step.label))

    def _home_of_mark(self, ref: Ref) -> Ref:
        with self.ctx.store.read() as work:
            mark = work.meetups.mark(ref.id)
        return ref if mark is None else Ref(Noun.MEETUP, mark.meetup_id)


def _counts(ctx: Context) -> dict[PlaceId, int]:
    with ctx.store.read() as work:
        return {
            PlaceId.PEOPLE: work.people.total(),
            PlaceId.MEETUPS: work.meetups.total_coming(),
            PlaceId.READING: work.articles.unread_total(),
        }


def _visible(wanted: tuple[str, ...]) -> frozenset[PlaceId]:
    always = {PlaceId.TODAY, PlaceId.PEOPLE, PlaceId.MEETUPS}
    return frozenset(always | {PlaceId(name) for name in wanted if name in PlaceId.__members__.values()})
