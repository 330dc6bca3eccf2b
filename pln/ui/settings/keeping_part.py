"""Settings of Reading: how long articles are kept. What would be deleted is told before it is saved."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QCheckBox, QVBoxLayout
from shiboken6 import isValid

from pln.model.retention import Retention
from pln.services.article_keeping import Room, storage, would_go_in_all
from pln.services.preferences import Preferences, preferences
from pln.ui.reading.feed_care import FeedCare
from pln.ui.reading.feed_room import going_words, size_words
from pln.ui.settings.section import Section, field
from pln.ui.widgets.boxes import column, row
from pln.ui.widgets.buttons import button
from pln.ui.widgets.choice import Choice
from pln.ui.widgets.dialog import Dialog
from pln.ui.widgets.labels import label
from pln.ui.widgets.told_later import ToldLater

_DAYS = (0, 30, 90, 180, 365, 730, 1825)
_COUNTS = (0, 100, 500, 1000, 2000, 5000)


class KeepingPart:
    """section: keeps what is chosen. What would delete something waits for a word of the owner."""

    def __init__(self, section: Section) -> None:
        self._section = section
        self._asked = 0
        self._waiting: Retention | None = None
        now = _kept(preferences(section.shell.ctx))
        self.days = Choice(_tr("Keep articles"), [(str(one), _days(one)) for one in _with(_DAYS, now.days)])
        self.count = Choice(_tr("Of each feed"), [(str(one), _count(one)) for one in _with(_COUNTS, now.count)])
        self.unread = QCheckBox(_tr("Keep what was never read for longer"))
        self._show(now)
        self.days.chosen.connect(lambda _key: self._chosen())
        self.count.chosen.connect(lambda _key: self._chosen())
        self.unread.clicked.connect(lambda _on: self._chosen())
        self.told = label("", "body", wrap=True)
        self.so = button(_tr("Keep it so"), run=self._agreed)
        self.back = button(_tr("Leave it as it was"), "quiet", run=self._leave)
        self.room = ToldLater(
            lambda tell: section.shell.tasks.read(
                lambda: storage(section.shell.ctx), lambda room: tell(_room_words(room)), section.trouble
            )
        )
        self.largest = button(_tr("Which feeds take the most…"), "link", run=self.show_rooms)
        self._say("")

    def show_rooms(self) -> Dialog:
        """All feeds by the room they take; returned for tests."""
        shell = self._section.shell
        return FeedCare(shell, self._section, lambda: None).room()

    def layout(self) -> QVBoxLayout:
        spared = _tr(
            "What is starred, laid aside, marked, tagged or kept for somebody always stays. A feed can have its own "
            "measure in its settings."
        )
        return column(
            label(_tr("Keeping"), "strong"), self.room, row(self.largest, None), field(_tr("Keep articles"), self.days),
            field(_tr("Of each feed"), self.count), self.unread, label(spared, "muted", wrap=True),
            self.told, row(self.so, self.back, None), spacing=8,
        )  # fmt: skip

    def wish(self) -> Retention:
        """As it stands in the fields."""
        return Retention(days=int(self.days.current()), count=int(self.count.current()), unread=self.unread.isChecked())

    def _chosen(self) -> None:
        self._asked += 1
        self._waiting = None
        self._say("")
        asked, wish, ctx = self._asked, self.wish(), self._section.shell.ctx
        if _keeps_all_of(wish, _kept(preferences(ctx))):
            self._keep(wish)
            return
        self._section.shell.tasks.read(
            lambda: would_go_in_all(ctx, wish.days, wish.count, unread=wish.unread),
            lambda number: self._weighed(asked, wish, number), self._section.trouble,
        )  # fmt: skip

    def _weighed(self, asked: int, wish: Retention, number: int) -> None:
        if asked != self._asked:
            return
        if not number:
            self._keep(wish)
        elif isValid(self.told):
            self._waiting = wish
            self._say(going_words(number))

    def _agreed(self) -> None:
        wish, self._waiting = self._waiting, None
        self._say("")
        if wish is not None:
            self._keep(wish)

    def _leave(self) -> None:
        self._waiting = None
        self._say("")
        self._show(_kept(preferences(self._section.shell.ctx)))

    def _keep(self, wish: Retention) -> None:
        self._section.keep(
            lambda now: replace(now, keep_days=wish.days, keep_count=wish.count, keep_unread=wish.unread)
        )

    def _show(self, wish: Retention) -> None:
        self.days.set_current(str(wish.days))
        self.count.set_current(str(wish.count))
        self.unread.setChecked(wish.unread)

    def _say(self, words: str) -> None:
        self.told.setText(words)
        for each in (self.told, self.so, self.back):
            each.setVisible(bool(words))


def _kept(wishes: Preferences) -> Retention:
    return Retention(days=wishes.keep_days, count=wishes.keep_count, unread=wishes.keep_unread)


def _keeps_all_of(new: Retention, old: Retention) -> bool:
    """Nothing goes with the new wish that would have stayed with the old one."""
    longer = not new.days or (bool(old.days) and new.days >= old.days)
    more = not new.count or (bool(old.count) and new.count >= old.count)
    return longer and more and (new.unread or not old.unread)


def _room_words(room: Room) -> str:
    words = _tr("Articles take %1, the search over them %2.")
    return words.replace("%1", size_words(room.texts)).replace("%2", size_words(room.index))


def _with(offered: tuple[int, ...], now: int) -> list[int]:
    return sorted({*offered, now}, key=lambda one: one or 10**9)


def _days(days: int) -> str:
    if not days:
        return _tr("For ever")
    if days % 365 == 0:
        return _tr("For a year") if days == 365 else _tr("For %1 years").replace("%1", str(days // 365))
    return _tr("For %1 days").replace("%1", str(days))


def _count(count: int) -> str:
    return _tr("At most %1 articles").replace("%1", f"{count:,}") if count else _tr("As many as there are")


def _tr(text: str) -> str:
    return QCoreApplication.translate("settings", text)
