"""Add a feed: an address, a profile or a pasted text, what was found there, what it is like, and where it goes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget

from pln.model.errors import Cancelled, PlnError
from pln.model.feed import Feed
from pln.services.contacts import add_person
from pln.services.tasks import Task
from pln.ui.reading.preview_card import PreviewCard
from pln.ui.reading.wish_form import WishForm
from pln.ui.shell import Shell
from pln.ui.widgets.boxes import Grow, clear, column, row
from pln.ui.widgets.buttons import button
from pln.ui.widgets.dialog import Dialog
from pln.ui.widgets.labels import label, set_role, set_tip
from pln.ui.widgets.scroll import Page

if TYPE_CHECKING:
    from pln.services.subscribing import Found, Offer


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
        self._looking_at: Task | None = None
        self._offers: list[Offer] = []
        self._shown = -1
        self.checks: list[QCheckBox] = []
        self.address = QLineEdit()
        self.address.setAccessibleName(_tr("Address"))
        self.address.setPlaceholderText(_tr("example.org, @name@server, r/crafts, #hashtag …"))
        self.address.setMaxLength(100_000)
        self.form = WishForm(shell.ctx, folders)
        self.folder, self.voice = self.form.folder, self.form.voice
        self.said = label("", "muted", wrap=True)
        self.card = PreviewCard()
        super().__init__(
            parent, _tr("Add a feed"), self._body(import_list), _tr("Look"),
            subtitle=_tr("The address of a feed, a site you like, or somebody's profile; several at once are fine."),
        )  # fmt: skip
        self.address.textChanged.connect(self._typed)
        self.open_at(600, 720)
        self._show_found(())
        self.address.setFocus()

    def accept(self) -> None:
        if self._offers:
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

        def job(task: Task) -> Found:
            from pln.services.subscribing import find_offers

            return find_offers(ctx, typed, allow_local=allow_local, cancelled=lambda: task.cancelled)

        self._task = task = self._shell.tasks.start(
            _tr("Looking for feeds"), job,
            lambda found: self._arrived(task, found), lambda error: self._failed(task, error),
        )  # fmt: skip

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A feed that gets the focus shows what it is like."""
        if event.type() is QEvent.Type.FocusIn and isinstance(watched, QCheckBox):
            self._preview(self.checks.index(watched))
        return super().eventFilter(watched, event)

    def _body(self, import_list: Callable[[], object]) -> QVBoxLayout:
        self._choices = column(spacing=2)
        self.allow = button(_tr("Yes, I mean that device"), run=lambda: self.look(allow_local=True))
        self.allow.hide()
        bring = button(
            _tr("Or bring feeds from another reader (OPML, starred.json)…"), "link",
            run=lambda: self._leave(import_list),
        )  # fmt: skip
        self._results = Page(column(self._choices, 10, self.card, None), margins=(0, 0, 8, 0))
        middle = QWidget()  # takes the room also while nothing was found
        middle.setLayout(column(row(self.allow, None), Grow(self._results, 100), self.form, None, spacing=10))
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
        for task in (self._task, self._looking_at):
            if task is not None:
                task.cancel()
        self._task = self._looking_at = None
        self.primary.setEnabled(True)

    def _arrived(self, task: Task, found: Found) -> None:
        if task is not self._task:
            return
        self._task = None
        self._show_found(found.offers)
        known = sum(1 for offer in found.offers if offer.here is not None)
        words = _tr("One feed was found.") if len(found.offers) == 1 else _tr("Choose what you would like to read.")
        if known and known == len(found.offers):
            words = _tr("You have it already.") if known == 1 else _tr("You have all of them already.")
        lines = [words if found.offers else "", *(f"{address}: {why}" for address, why in found.failed[:5])]
        if len(found.failed) > 5:
            lines.append(_tr("%1 more led nowhere.").replace("%1", str(len(found.failed) - 5)))
        self._say("\n".join(line for line in lines if line))

    def _failed(self, task: Task, error: BaseException) -> None:
        from pln.services.subscribing import PrivateAddressRefused, ServerWanted

        if task is not self._task:
            return
        self._task = None
        self.primary.setEnabled(True)
        if isinstance(error, PrivateAddressRefused):
            self._say(_tr("%1 is this computer or a device in your home network, not a place on the internet. "
                          "Is that what you mean? PLN will remember it.").replace("%1", error.place))  # fmt: skip
            self.allow.show()
            self.allow.setFocus()
        elif isinstance(error, ServerWanted):
            self._ask_server(error.tag)
        elif isinstance(error, PlnError):
            self._say(f"{error.title}. {error.sentence}", "body")
        elif not isinstance(error, Cancelled):
            self._shell.fail(error)

    def _ask_server(self, tag: str) -> None:
        """Complete the hashtag with a server, selected so that typing replaces it."""
        self.address.setText(f"#{tag}@mastodon.social")
        self._say(_tr("On which server? A hashtag is followed on one; name it behind the @."), "body")
        self.address.setFocus()
        self.address.setSelection(len(tag) + 2, len("mastodon.social"))

    def _show_found(self, offers: Sequence[Offer]) -> None:
        self._offers = list(offers)
        clear(self._choices)
        fresh = next((number for number, offer in enumerate(offers) if offer.here is None), -1)
        named = sum(1 for offer in offers if offer.preview is not None)
        self.checks = [
            self._check(offer, number, chosen=number == fresh or (named > 1 and offer.here is None))
            for number, offer in enumerate(offers)
        ]
        for check in self.checks:
            self._choices.addWidget(check)
        self._results.setVisible(bool(offers))
        self.form.setVisible(bool(offers))
        self.primary.setText(_tr("Subscribe") if offers else _tr("Look"))
        self.primary.setAccessibleName(self.primary.text())
        self._shown = -1
        self.card.say("")
        self._count()
        if offers:
            self._preview(max(fresh, 0))

    def _check(self, offer: Offer, number: int, *, chosen: bool) -> QCheckBox:
        name = offer.title or (offer.preview.title if offer.preview else "") or offer.url
        if offer.here is not None:
            where = offer.here.folder
            here = _tr("here already, in %1").replace("%1", where) if where else _tr("here already")
            name = f"{name[:150]} · {here}"
        check = QCheckBox(name.replace("&", "&&")[:200])
        check.setChecked(chosen)
        set_tip(check, offer.url)
        check.installEventFilter(self)
        check.toggled.connect(lambda _on: self._chosen(number))
        return check

    def _chosen(self, number: int) -> None:
        self._count()
        self._preview(number)

    def _preview(self, number: int) -> None:
        """Show what a feed is like; one that a page only named is read for it."""
        if number == self._shown or not 0 <= number < len(self._offers):
            return
        self._shown, offer, ctx = number, self._offers[number], self._shell.ctx
        if self._looking_at is not None:
            self._looking_at.cancel()
            self._looking_at = None
        if offer.preview is not None:
            self._show_preview(offer)
            return
        self.card.say(_tr("Looking what is in it…"))

        def job(task: Task) -> Offer:
            from pln.services.subscribing import preview

            return preview(ctx, offer, cancelled=lambda: task.cancelled)

        self._looking_at = task = self._shell.tasks.start(
            _tr("Looking at a feed"), job,
            lambda seen: self._seen(task, number, seen), lambda error: self._not_seen(task, error),
        )  # fmt: skip

    def _seen(self, task: Task, number: int, seen: Offer) -> None:
        if task is self._looking_at:
            self._looking_at = None
            self._offers[number] = seen
            self._show_preview(seen)

    def _not_seen(self, task: Task, error: BaseException) -> None:
        if task is self._looking_at:
            self._looking_at = None
            if isinstance(error, PlnError) and not isinstance(error, Cancelled):
                self.card.say(f"{error.title}. {error.sentence}")
            elif not isinstance(error, Cancelled):
                self._shell.fail(error)

    def _show_preview(self, offer: Offer) -> None:
        assert offer.preview is not None
        self.card.show_preview(
            offer.title or offer.preview.title, offer.url, offer.preview, self._shell.ctx.clock.now()
        )

    def _count(self) -> None:
        self.primary.setEnabled(self._task is None and (not self._offers or any(map(QCheckBox.isChecked, self.checks))))

    def _say(self, words: str, role: str = "muted") -> None:
        set_role(self.said, role)
        self.said.setText(words)
        self.said.setVisible(bool(words))

    def _subscribe(self) -> None:
        chosen = [offer for offer, check in zip(self._offers, self.checks, strict=True) if check.isChecked()]
        form, ctx, picked = self.form, self._shell.ctx, self.form.picked()
        folder, tags, full_text = form.folder.currentText().strip(), form.tags.tags(), form.full_text.isChecked()

        def job() -> tuple[Feed, ...]:
            from pln.services.subscribing import Wish, subscribe_all

            person = picked.id if picked is not None else None
            if picked is not None and person is None:
                person = add_person(ctx, picked.name, origin="reading").id
            wish = Wish(folder=folder, person_id=person, tags=tags, full_text=full_text)
            return subscribe_all(ctx, chosen, wish, origin="reading")

        super().accept()
        self._shell.write(job, self._added)


def _tr(text: str) -> str:
    return QCoreApplication.translate("add_dialog", text)
