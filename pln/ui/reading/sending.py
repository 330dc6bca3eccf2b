"""Giving an article to somebody: a letter as a draft, and a note in the log once the owner says it went out."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication

from pln.model.contact import HandleKind, Person
from pln.model.feed import Article
from pln.model.interaction import Interaction, InteractionKind
from pln.services.contacts import get_person, record_interaction
from pln.ui.shell import Shell

_OFFER_SECONDS = 45


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


def _tr(text: str) -> str:
    return QCoreApplication.translate("sending", text)
