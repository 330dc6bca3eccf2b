"""Giving an article to somebody: a letter as a draft, and a note in the log once the owner says it went out."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from pln.model.contact import HandleKind, Person
from pln.model.feed import Article
from pln.model.interaction import Interaction, InteractionKind
from pln.services.contacts import find_people, get_person, record_interaction
from pln.ui.shell import Shell
from pln.ui.widgets.boxes import column
from pln.ui.widgets.dialog import Dialog
from pln.ui.widgets.labels import label
from pln.ui.widgets.person_picker import PersonPicker

_OFFER_SECONDS = 45
_WithPerson = Callable[[int], object]


def letter(person: Person, article: Article) -> str:
    """Two lines and the link. Nothing of what is noted about the person stands in it."""
    words = _tr(
        "Hi %1,\n\nI read this and thought of you:\n“%2”\n%3\n\n"
        "No need to answer; if you read it, I would enjoy hearing what you make of it.\n"
    )
    parts = {"%1": person.first_name, "%2": article.title or _tr("Without a title"), "%3": article.url}
    for place, text in parts.items():
        words = words.replace(place, text.replace("%", "\0"), 1)
    return words.replace("\0", "%").replace("\n\n\n", "\n\n")


def compose_letter(shell: Shell, article: Article, person_id: int, sent: Callable[[], object]) -> None:
    """Hand the letter to the mail program, then offer to note that it went out; `sent` is called where it did."""
    person = get_person(shell.ctx, person_id)
    shell.compose(to=person.of_kind(HandleKind.EMAIL)[:1], subject=article.title, body=letter(person, article))
    words = _tr("Once it is on its way to %1:").replace("%1", person.first_name)
    _offer_to_note(shell, words, article, person_id, sent)


def copy_letter(shell: Shell, article: Article, person_id: int, sent: Callable[[], object]) -> None:
    """Put the letter on the clipboard, as for a messenger; the rest as with a letter."""
    person = get_person(shell.ctx, person_id)
    QGuiApplication.clipboard().setText(letter(person, article))
    words = _tr("The note is on the clipboard. Once it is on its way to %1:").replace("%1", person.first_name)
    _offer_to_note(shell, words, article, person_id, sent)


def _offer_to_note(
    shell: Shell, words: str, article: Article, person_id: int, sent: Callable[[], object]
) -> None:  # fmt: skip
    def noted() -> None:
        note_sent(shell, article.id, person_id, sent)

    shell.window().toasts.show(words, _tr("I sent it"), noted, seconds=_OFFER_SECONDS)


def note_sent(shell: Shell, article_id: int, person_id: int, done: Callable[[], object]) -> None:
    """Note in the log of contact that an article was given; undoable."""
    given = Interaction(kind=InteractionKind.ARTICLE, person_id=person_id, day=shell.today(), article_id=article_id)
    name = get_person(shell.ctx, person_id).first_name

    def written(step: object) -> None:
        from pln.services.undo import UndoStep

        assert isinstance(step, UndoStep)
        shell.toast(_tr("Noted: you sent it to %1.").replace("%1", name), step)
        done()

    shell.write(lambda: record_interaction(shell.ctx, given, origin="reading"), written)


class SendDialog(Dialog):
    """Asks for whom an article is, and what is to become of it.

    begun, copied, kept: called with the person's id: a letter, a note on the clipboard, or their next meetup.
    """

    def __init__(
        self, shell: Shell, parent: QWidget | None, article: Article, begun: _WithPerson, copied: _WithPerson,
        kept: _WithPerson,
    ) -> None:  # fmt: skip
        self._begun = begun
        self.picker = PersonPicker(
            _tr("For whom"), lambda typed: find_people(shell.ctx, typed), _tr("A name"), several=False, adding=False
        )
        self._fault = label("", "body", wrap=True)
        self._fault.hide()
        body = column(label(_tr("For whom"), "label"), self.picker, self._fault, None, spacing=8)
        super().__init__(
            parent, _tr("Send to somebody"), body, _tr("Begin a letter"),
            subtitle=article.title, note=_tr("Nothing is sent by PLN."),
        )  # fmt: skip
        self.keep = self.add_button(_tr("Keep for next coffee"), lambda: self._do(kept))
        self.copy = self.add_button(_tr("Copy a note"), lambda: self._do(copied))
        self.open_at(640, 340)
        self.picker.setFocus()

    def accept(self) -> None:
        self._do(self._begun)

    def _do(self, deed: _WithPerson) -> None:
        people = self.picker.people()
        if not people or people[0].id is None:
            self._fault.setText(_tr("Pick somebody from the list; typing a part of their name brings it."))
            self._fault.show()
            self.picker.setFocus()
            return
        super().accept()
        deed(people[0].id)


def _tr(text: str) -> str:
    return QCoreApplication.translate("sending", text)
