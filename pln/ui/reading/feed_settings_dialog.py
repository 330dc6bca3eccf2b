"""Everything that can be set about one feed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget
from shiboken6 import isValid

from pln.model.feed import Feed, FeedState
from pln.services.article_keeping import would_go_with
from pln.services.contacts import add_person
from pln.services.feed_settings import FeedSettings, save_with_password
from pln.services.undo import UndoStep
from pln.ui.reading.feed_dialogs import folder_field, voice_field
from pln.ui.reading.feed_room import feed_room, going_words
from pln.ui.reading.wish_form import feed_tag_field
from pln.ui.shell import Shell
from pln.ui.widgets.boxes import Grow, column, row
from pln.ui.widgets.choice import Choice
from pln.ui.widgets.dialog import Dialog
from pln.ui.widgets.labels import label
from pln.ui.widgets.person_picker import Picked
from pln.ui.widgets.scroll import Page

_MINUTES = (15, 30, 60, 180, 360, 720, 1440, 10_080)
_DAYS = (0, 30, 90, 180, 365, 730)
_COUNTS = (0, 50, 100, 500, 1000)


class FeedSettingsDialog(Dialog):
    """done: called with the undo step after something was written."""

    def __init__(
        self, shell: Shell, parent: QWidget | None, feed: Feed, voice: Picked | None, folders: Sequence[str],
        done: Callable[[UndoStep], object],
    ) -> None:  # fmt: skip
        self._shell, self._feed, self._done = shell, feed, done
        self.name = _line(_tr("Name"), feed.title or feed.url)
        self.address = _line(_tr("Address"), feed.url)
        self.folder = folder_field(folders, feed.folder)
        self.tags = feed_tag_field(shell.ctx)
        self.tags.set_tags(feed.tags)
        self.voice = voice_field(shell.ctx)
        self.voice.set_people([voice] if voice is not None else [])
        self.login, self.password = _line(_tr("User"), feed.login), _line(_tr("Password"), "")
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setPlaceholderText(_tr("as it is") if feed.login else "")
        self.interval = Choice(
            _tr("How often it is asked"), _intervals(feed.interval_minutes), _key(feed.interval_minutes)
        )
        self.keep_days = Choice(_tr("How long articles are kept"), _days(feed.keep_days), _key(feed.keep_days))
        self.keep_count = Choice(_tr("How many articles are kept"), _counts(feed.keep_count), _key(feed.keep_count))
        for choice in (self.keep_days, self.keep_count):
            choice.currentIndexChanged.connect(lambda _index: self._weigh())
        self.room = feed_room(shell, feed.id)
        self.going = label("", "body", wrap=True)
        self.going.hide()
        self.full_text = _check(_tr("Fetch the whole text of each article from its page"), feed.full_text)
        self.pictures = _check(_tr("Keep its pictures for reading offline"), feed.pictures)
        self.notify = _check(_tr("Tell me in the window when something new comes"), feed.notify)
        self.paused = _check(_tr("Let it rest: it is not asked for news"), _rests(feed))
        super().__init__(parent, _tr("Feed settings"), self._body(), _tr("Save"), subtitle=feed.title or feed.url)
        self.name.textChanged.connect(lambda text: self.primary.setEnabled(bool(text.strip())))
        self.open_at(580, 780)
        self.name.setFocus()

    def accept(self) -> None:
        """A new voice is added by name first. What cannot be saved is told, and the dialog stays."""
        if not self.name.text().strip():
            return
        people, ctx, feed = self.voice.people(), self._shell.ctx, self._feed
        picked, wanted = (people[0] if people else None), self._wanted()
        login, password = self.login.text().strip(), self.password.text()

        def job() -> UndoStep | None:
            person = picked.id if picked is not None else None
            if picked is not None and person is None:
                person = add_person(ctx, picked.name, origin="reading").id
            settings = replace(wanted, person_id=person)
            return save_with_password(ctx, feed, settings, login, password, origin="reading")

        self._shell.write(job, self._saved)

    def _weigh(self) -> None:
        """Say what the chosen measure would delete, before it is saved."""
        ctx, feed, measure = self._shell.ctx, self._feed.id, self._measure()
        self._shell.tasks.read(
            lambda: would_go_with(ctx, feed, *measure), lambda number: self._weighed(measure, number), self._shell.fail
        )

    def _weighed(self, measure: tuple[int | None, int | None], number: int) -> None:
        if isValid(self.going) and measure == self._measure():
            self.going.setText(going_words(number))
            self.going.setVisible(number > 0)

    def _measure(self) -> tuple[int | None, int | None]:
        return _number(self.keep_days), _number(self.keep_count)

    def _saved(self, step: UndoStep | None) -> None:
        super().accept()
        if step is not None:
            self._done(step)

    def _wanted(self) -> FeedSettings:
        return FeedSettings(
            title=self.name.text(), url=self.address.text(), folder=self.folder.currentText(), tags=self.tags.tags(),
            interval_minutes=_number(self.interval), full_text=self.full_text.isChecked(),
            pictures=self.pictures.isChecked(), notify=self.notify.isChecked(), keep_days=_number(self.keep_days),
            keep_count=_number(self.keep_count), paused=self.paused.isChecked(),
        )  # fmt: skip

    def _body(self) -> QVBoxLayout:
        place = row(
            Grow(_named(_tr("Folder"), self.folder)), Grow(_named(_tr("Tags for its articles"), self.tags)), spacing=14
        )
        kept = row(
            Grow(_named(_tr("Keep articles"), self.keep_days)),
            Grow(_named(_tr("At most"), self.keep_count)),
            spacing=14,
        )
        spared = label(_tr("What is starred, laid aside, marked or tagged always stays."), "muted", wrap=True)
        user = _named(_tr("User, if it asks for one"), self.login)
        secret = row(Grow(user), Grow(_named(_tr("Password"), self.password)), spacing=14)
        hint = label(_tr("The password is kept in this computer's keyring alone."), "muted", wrap=True)
        inside = column(
            _named(_tr("Name"), self.name), _named(_tr("Address"), self.address), place,
            _named(_tr("Whose voice it is"), self.voice), 6,
            _named(_tr("How often it is asked for news"), self.interval), self.paused, 6,
            self.full_text, self.pictures, self.notify, 6, kept, self.going, self.room, spared, 6, secret, hint, None,
            spacing=10,
        )  # fmt: skip
        return column(Grow(Page(inside, margins=(0, 0, 12, 0))))


def _named(name: str, field: QWidget) -> QVBoxLayout:
    return column(label(name, "label"), field, spacing=4)


def _line(name: str, text: str) -> QLineEdit:
    line = QLineEdit(text)
    line.setAccessibleName(name)
    line.setCursorPosition(0)
    return line


def _check(text: str, on: bool) -> QCheckBox:
    check = QCheckBox(text)
    check.setChecked(on)
    return check


def _rests(feed: Feed) -> bool:
    return feed.state is not FeedState.ACTIVE


def _key(value: int | None) -> str:
    return "" if value is None else str(value)


def _number(choice: Choice) -> int | None:
    return int(choice.current()) if choice.current() else None


def _intervals(own: int | None) -> list[tuple[str, str]]:
    return [("", _tr("As often as it posts")), *((str(each), _every(each)) for each in _with(_MINUTES, own))]


def _every(minutes: int) -> str:
    if minutes == 10_080:
        return _tr("Once a week")
    if minutes == 1440:
        return _tr("Once a day")
    if minutes % 60:
        return _tr("Every %1 minutes").replace("%1", str(minutes))
    return _tr("Every hour") if minutes == 60 else _tr("Every %1 hours").replace("%1", str(minutes // 60))


def _days(own: int | None) -> list[tuple[str, str]]:
    days = [
        (str(each), _tr("%1 days").replace("%1", str(each)) if each else _tr("For ever")) for each in _with(_DAYS, own)
    ]
    return [("", _tr("As long as for all feeds")), *days]


def _counts(own: int | None) -> list[tuple[str, str]]:
    counts = [
        (str(each), _tr("%1 articles").replace("%1", f"{each:,}") if each else _tr("As many as there are"))
        for each in _with(_COUNTS, own)
    ]
    return [("", _tr("As many as for all feeds")), *counts]


def _with(usual: Sequence[int], own: int | None) -> list[int]:
    """The usual values, and the one that is set; 0, no limit, last."""
    return sorted({*usual, *([own] if own is not None else [])}, key=lambda value: value or 10**9)


def _tr(text: str) -> str:
    return QCoreApplication.translate("feed_settings", text)
