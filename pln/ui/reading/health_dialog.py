"""A feed's page of health: how it is, what its server answered lately, when it is asked next, and what one can do."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pln.model.errors import Cancelled, PlnError
from pln.model.feed_health import TRIED, FeedAnswer, FeedHealth
from pln.services.feed_health import feed_health, look_for_address, take_address
from pln.services.tasks import Task
from pln.services.undo import UndoStep
from pln.ui.reading.feed_room import feed_room
from pln.ui.reading.health_words import answer_facts, answer_words, how_it_is, moment, when_next
from pln.ui.shell import Shell
from pln.ui.widgets.boxes import Grow, clear, column, row
from pln.ui.widgets.buttons import button
from pln.ui.widgets.cards import card
from pln.ui.widgets.dialog import Dialog
from pln.ui.widgets.labels import ElidedLabel, label, set_tip
from pln.ui.widgets.scroll import Page

_SHOWN = 30


class HealthDialog(Dialog):
    """settings: opens the feed's settings. changed: called with the undo step after its address was changed.

    What is shown follows while the feed is asked again.
    """

    def __init__(
        self, shell: Shell, parent: QWidget | None, feed_id: int, settings: Callable[[int], object],
        changed: Callable[[UndoStep], object],
    ) -> None:  # fmt: skip
        self._shell, self._feed, self._settings, self._changed = shell, feed_id, settings, changed
        self._task: Task | None = None
        self._inside = column(spacing=10)
        health = feed_health(shell.ctx, feed_id)
        self.again = button(_tr("Try again now"), icon="refresh-cw", run=self.try_again)
        self.look = button(_tr("Look for it on its site"), icon="search", run=self.look_for_it)
        self.set = button(_tr("Settings…"), "quiet", run=self._leave_for_settings)
        self.said = label("", "muted", wrap=True)
        self.said.hide()
        self._found = column(spacing=4)
        body = column(
            Grow(Page(column(self._inside, None), margins=(0, 0, 12, 0))), self.said, self._found,
            row(self.again, self.look, None, self.set), spacing=12,
        )  # fmt: skip
        super().__init__(parent, health.feed.title or health.feed.url, body, _tr("Close"), subtitle=health.feed.url)
        self.cancel.hide()
        self.open_at(640, 640)
        self._ends = shell.subscribe(lambda _changes: self._read_again())
        shell.refresher.ended.connect(self._read_again)
        self._show(health)

    def done(self, result: int) -> None:
        self._ends()
        self._shell.refresher.ended.disconnect(self._read_again)
        if self._task is not None:
            self._task.cancel()
            self._task = None
        super().done(result)

    def try_again(self) -> None:
        self._say(_tr("Asking…"))
        self._shell.refresher.refresh([self._feed])

    def look_for_it(self) -> None:
        """Look on the feed's site, or at the root of its server, for where it lies now."""
        feed, ctx = feed_health(self._shell.ctx, self._feed).feed, self._shell.ctx
        where = feed.site_url or feed.url
        self._say(_tr("Looking on %1…").replace("%1", where))

        def job(task: Task) -> tuple[tuple[str, str], ...]:
            found = look_for_address(ctx, feed.id, cancelled=lambda: task.cancelled)
            return tuple((each.url, each.title) for each in found)

        self._task = task = self._shell.tasks.start(
            _tr("Looking for a feed"), job,
            lambda found: self._looked(task, feed.url, found), lambda error: self._failed(task, error),
        )  # fmt: skip

    def _looked(self, task: Task, url: str, found: tuple[tuple[str, str], ...]) -> None:
        if task is not self._task:
            return
        self._task = None
        others = [each for each in found if each[0] != url]
        self._say(_tr("It may lie here now:") if others else _tr("Its site names no other address."))
        clear(self._found)
        for address, title in others[:5]:
            self._found.addWidget(self._offered(address, title))

    def _offered(self, address: str, title: str) -> QWidget:
        words = ElidedLabel(f"{title} · {address}" if title else address, "small")
        set_tip(words, address)
        line = QWidget()
        line.setLayout(row(Grow(words), button(_tr("Take this one"), run=lambda: self._take(address))))
        return line

    def _failed(self, task: Task, error: BaseException) -> None:
        if task is not self._task:
            return
        self._task = None
        if isinstance(error, PlnError) and not isinstance(error, Cancelled):
            self._say(f"{error.title}. {error.sentence}")
        elif not isinstance(error, Cancelled):
            self._shell.fail(error)

    def _take(self, address: str) -> None:
        ctx, feed = self._shell.ctx, self._feed

        def moved(step: UndoStep | None) -> None:
            clear(self._found)
            if step is not None:
                self._changed(step)
                self.try_again()

        self._shell.write(lambda: take_address(ctx, feed, address, origin="reading"), moved)

    def _leave_for_settings(self) -> None:
        self.reject()
        self._settings(self._feed)

    def _read_again(self, _report: object = None) -> None:
        try:
            health = feed_health(self._shell.ctx, self._feed)
        except PlnError:  # it was removed meanwhile
            self.reject()
            return
        self._show(health)
        if not self._shell.refresher.busy and self._task is None:
            self._say("")

    def _show(self, health: FeedHealth) -> None:
        clear(self._inside)
        now = self._shell.ctx.clock.now()
        self._inside.addWidget(_state(health, when_next(health, now), feed_room(self._shell, self._feed)))
        if health.tried:
            self._inside.addWidget(label(_tr("What was tried"), "label"))
            for words in health.tried[:5]:
                self._inside.addWidget(label(words, "small", wrap=True))
        self._inside.addWidget(label(_tr("Last answers"), "label"))
        answers = [each for each in health.answers if each.outcome != TRIED]
        if not answers:
            self._inside.addWidget(label(_tr("There is none yet."), "muted"))
        for answer in answers[:_SHOWN]:
            self._inside.addWidget(_line(answer, moment(answer.at, now)))

    def _say(self, words: str) -> None:
        self.said.setText(words)
        self.said.setVisible(bool(words))


def _state(health: FeedHealth, following: str, room: QWidget) -> QWidget:
    lines: list[QWidget] = [label(how_it_is(health), "strong", wrap=True)]
    if following:
        lines.append(label(following, "muted", wrap=True))
    if health.new_address:
        words = _tr("Its server says that it lies at %1 now; PLN follows after a week of the same answer.")
        lines.append(label(words.replace("%1", health.new_address), "muted", wrap=True))
    words = _tr("One article in four weeks") if health.posts == 1 else _tr("%1 articles in four weeks")
    lines += [label(words.replace("%1", str(health.posts)), "muted"), room]
    inside: QVBoxLayout = column(*lines, spacing=4)
    return card(inside, "plain")


def _line(answer: FeedAnswer, when: str) -> QWidget:
    line = QWidget()
    first = label(when, "faint")
    first.setMinimumWidth(96)
    words = label(answer_words(answer), "small", wrap=True)
    line.setLayout(row(first, Grow(words), label(answer_facts(answer), "faint"), spacing=12, top=True))
    return line


def _tr(text: str) -> str:
    return QCoreApplication.translate("feed_health", text)
