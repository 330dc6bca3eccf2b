"""Add a feed: one address, what was found there, and where it goes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget

from pln.model.errors import Cancelled, PlnError
from pln.model.feed import Feed
from pln.services.contacts import add_person
from pln.services.tasks import Task
from pln.ui.reading.feed_dialogs import folder_field, voice_field
from pln.ui.shell import Shell
from pln.ui.widgets.boxes import Grow, clear, column, row
from pln.ui.widgets.buttons import button
from pln.ui.widgets.dialog import Dialog
from pln.ui.widgets.labels import label, set_role, set_tip
from pln.ui.widgets.person_picker import Picked
from pln.ui.widgets.scroll import Page

if TYPE_CHECKING:
    from pln.services.refreshing import FoundFeed


class AddFeedDialog(Dialog):
    """Looks for feeds off the window's thread. added: called with what was subscribed to.

    The one primary button first looks, then subscribes; a changed address makes it look again.
    """

    def __init__(
        self, shell: Shell, parent: QWidget | None, folders: Sequence[str],
        added: Callable[[tuple[Feed, ...]], None], import_list: Callable[[], object],
    ) -> None:  # fmt: skip
        self._shell, self._added = shell, added
        self._task: Task | None = None
        self._found: tuple[FoundFeed, ...] = ()
        self.checks: list[QCheckBox] = []
        self.address = QLineEdit()
        self.address.setAccessibleName(_tr("Address"))
        self.address.setPlaceholderText(_tr("An address, like example.org"))
        self.folder = folder_field(folders)
        self.voice = voice_field(shell.ctx)
        self.said = label("", "muted", wrap=True)
        super().__init__(
            parent, _tr("Add a feed"), self._body(import_list), _tr("Look"),
            subtitle=_tr("The address of a feed, or of a site you like; PLN finds its feeds."),
        )  # fmt: skip
        self.address.textChanged.connect(self._typed)
        self.resize(540, 580)
        self._show_found(())
        self.address.setFocus()

    def accept(self) -> None:
        if self._found:
            self._subscribe()
        elif self._task is None:
            self.look()

    def done(self, result: int) -> None:
        self._stop()
        super().done(result)

    def look(self, *, allow_local: bool = False) -> None:
        """Look for feeds behind the address. allow_local: the owner says that a device at home is meant."""
        self._stop()
        ctx, typed = self._shell.ctx, self.address.text()
        self._say(_tr("Looking…"))
        self.primary.setEnabled(False)
        self.allow.hide()

        def job(task: Task) -> tuple[FoundFeed, ...]:
            from pln.services.refreshing import find_feeds

            return find_feeds(ctx, typed, allow_local=allow_local, cancelled=lambda: task.cancelled)

        self._task = task = self._shell.tasks.start(
            _tr("Looking for feeds"), job,
            lambda found: self._arrived(task, found), lambda error: self._failed(task, error),
        )  # fmt: skip

    def _body(self, import_list: Callable[[], object]) -> QVBoxLayout:
        self._choices = column(spacing=2)
        self.allow = button(_tr("Yes, I mean that device"), run=lambda: self.look(allow_local=True))
        self.allow.hide()
        self._where = QWidget()
        labels = label(_tr("Folder"), "label"), label(_tr("Whose voice it is, if you know them"), "label")
        self._where.setLayout(column(labels[0], self.folder, 6, labels[1], self.voice, spacing=4))
        bring = button(_tr("Or bring a list from another reader (OPML)…"), "link", run=lambda: self._leave(import_list))
        self._results = Page(column(self._choices, None), margins=(0, 0, 8, 0))
        middle = QWidget()  # takes the room also while nothing was found
        middle.setLayout(column(row(self.allow, None), Grow(self._results, 100), self._where, None, spacing=10))
        return column(self.address, self.said, Grow(middle), row(bring, None), spacing=10)

    def _leave(self, then: Callable[[], object]) -> None:
        self.reject()
        then()

    def _typed(self, _text: str) -> None:
        self._stop()
        self.allow.hide()
        self._say("")
        self._show_found(())

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self._task = None
        self.primary.setEnabled(True)

    def _arrived(self, task: Task, found: tuple[FoundFeed, ...]) -> None:
        if task is not self._task:
            return
        self._task = None
        self._say(_tr("One feed was found.") if len(found) == 1 else _tr("Choose what you would like to read."))
        self._show_found(found)

    def _failed(self, task: Task, error: BaseException) -> None:
        from pln.services.refreshing import PrivateAddressRefused

        if task is not self._task:
            return
        self._task = None
        self.primary.setEnabled(True)
        if isinstance(error, PrivateAddressRefused):
            self._say(_tr("%1 is this computer or a device in your home network, not a place on the internet. "
                          "Is that what you mean? PLN will remember it.").replace("%1", error.place))  # fmt: skip
            self.allow.show()
            self.allow.setFocus()
        elif isinstance(error, PlnError):
            self._say(f"{error.title}. {error.sentence}", "body")
        elif not isinstance(error, Cancelled):
            self._shell.fail(error)

    def _show_found(self, found: tuple[FoundFeed, ...]) -> None:
        self._found = found
        clear(self._choices)
        self.checks = [self._check(feed, number == 0) for number, feed in enumerate(found)]
        for check in self.checks:
            self._choices.addWidget(check)
        self._results.setVisible(bool(found))
        self._where.setVisible(bool(found))
        self.primary.setText(_tr("Subscribe") if found else _tr("Look"))
        self.primary.setAccessibleName(self.primary.text())
        self._count()

    def _check(self, feed: FoundFeed, chosen: bool) -> QCheckBox:
        check = QCheckBox((feed.title or feed.url).replace("&", "&&")[:200])
        check.setChecked(chosen)
        set_tip(check, feed.url)
        check.toggled.connect(lambda _on: self._count())
        return check

    def _count(self) -> None:
        self.primary.setEnabled(self._task is None and (not self._found or any(map(QCheckBox.isChecked, self.checks))))

    def _say(self, words: str, role: str = "muted") -> None:
        set_role(self.said, role)
        self.said.setText(words)
        self.said.setVisible(bool(words))

    def _subscribe(self) -> None:
        chosen = [feed for feed, check in zip(self._found, self.checks, strict=True) if check.isChecked()]
        people, folder, ctx = self.voice.people(), self.folder.currentText().strip(), self._shell.ctx
        picked: Picked | None = people[0] if people else None

        def job() -> tuple[Feed, ...]:
            from pln.services.refreshing import subscribe

            person = picked.id if picked is not None else None
            if picked is not None and person is None:
                person = add_person(ctx, picked.name, origin="reading").id
            return tuple(subscribe(ctx, each, folder=folder, person_id=person, origin="reading") for each in chosen)

        super().accept()
        self._shell.write(job, self._added)


def _tr(text: str) -> str:
    return QCoreApplication.translate("add_dialog", text)
