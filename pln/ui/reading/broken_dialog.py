"""The feeds that could not be read, gathered: why, and what one can do about each."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from pln.model.feed import Feed
from pln.services.feed_health import broken_feeds
from pln.ui.reading.ages import age
from pln.ui.shell import Shell
from pln.ui.widgets.boxes import Grow, clear, column, row
from pln.ui.widgets.buttons import button
from pln.ui.widgets.cards import card
from pln.ui.widgets.dialog import Dialog
from pln.ui.widgets.labels import ElidedLabel, label
from pln.ui.widgets.scroll import Page


class BrokenDialog(Dialog):
    """health: opens a feed's page of health. The list follows what a refresh brings."""

    def __init__(
        self, shell: Shell, parent: QWidget | None, health: Callable[[int], object], remove: Callable[[int], object]
    ) -> None:
        self._shell, self._health, self._remove = shell, health, remove
        self._inside = column(spacing=10)
        self.feeds: tuple[Feed, ...] = ()
        body = column(Grow(Page(column(self._inside, None), margins=(0, 0, 12, 0))))
        super().__init__(
            parent, _tr("Feeds that could not be read"), body, _tr("Close"),
            subtitle=_tr("What is stored of them stays. PLN goes on trying, more rarely each time."),
        )  # fmt: skip
        self.cancel.hide()
        self.all = self.add_button(_tr("Try all again"), self._try_all)
        self.open_at(640, 560)
        self._ends = shell.subscribe(lambda _changes: self.refresh())
        shell.refresher.ended.connect(self.refresh)
        self.refresh()

    def done(self, result: int) -> None:
        self._ends()
        self._shell.refresher.ended.disconnect(self.refresh)
        super().done(result)

    def refresh(self, _report: object = None) -> None:
        self.feeds = tuple(each.feed for each in broken_feeds(self._shell.ctx))
        clear(self._inside)
        for feed in self.feeds:
            self._inside.addWidget(self._card(feed))
        if not self.feeds:
            self._inside.addWidget(label(_tr("All feeds could be read."), "muted"))
        self.all.setEnabled(bool(self.feeds))

    def _card(self, feed: Feed) -> QWidget:
        when = "" if feed.checked is None else age(feed.checked, self._shell.ctx.clock.now())
        buttons = row(
            button(_tr("Try again"), run=lambda: self._shell.refresher.refresh([feed.id])),
            button(_tr("How it is…"), run=lambda: self._health(feed.id)), None,
            button(_tr("Remove"), "quiet", run=lambda: self._remove(feed.id)),
        )  # fmt: skip
        name = ElidedLabel(feed.title or feed.url, "strong")
        why = feed.error or _tr("This feed has ended. Its articles stay.")
        return card(column(row(Grow(name), label(when, "faint")), label(why, "muted", wrap=True), 2, buttons), "plain")

    def _try_all(self) -> None:
        self._shell.refresher.refresh([feed.id for feed in self.feeds])


def _tr(text: str) -> str:
    return QCoreApplication.translate("feed_health", text)
