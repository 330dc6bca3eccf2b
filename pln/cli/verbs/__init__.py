"""Every verb, in the order of the help text. The file of a verb is imported when the verb is used."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from keyword import iskeyword
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pln.cli.verb import Verb


@dataclass(frozen=True, slots=True)
class Listed:
    """name: one or two words ("person add"). title: one sentence, for the lists of verbs."""

    name: str
    title: str

    @property
    def file(self) -> str:
        """The module in this folder: of the same name, and it holds the verb under that name in capitals."""
        words = self.name.replace(" ", "_")
        return f"{words}_" if iskeyword(words) else words

    def load(self) -> Verb:
        verb: Verb = getattr(import_module(f"{__name__}.{self.file}"), self.name.replace(" ", "_").upper())
        return verb


VERBS = (
    Listed("today", "A few small steps with their reasons, the next meetup, one article, one question."),
    Listed("person add", "Add a person by name."),
    Listed("person list", "List people by name."),
    Listed("person show", "Show one person with what was between you."),
    Listed("meetup add", "Note a meetup that was, or plan one."),
    Listed("meetup list", "List meetups, planned ones first."),
    Listed("feeds add", "Subscribe to a feed."),
    Listed("feeds list", "List subscriptions by folder."),
    Listed("highlights", "List passages marked in articles, newest first, with their notes."),
    Listed("refresh", "Ask the feeds for new articles."),
    Listed("sync", "Keep feeds, read and starred articles in step with your own server."),
    Listed("journal add", "Write a journal entry. It is private."),
    Listed("journal list", "List journal entries, newest first."),
    Listed("search", "Search people, meetups, articles and the journal."),
    Listed("import", "Import people, feeds, meetups, or an export of PLN's."),
    Listed("export", "Write everything into a folder that other programs can read."),
    Listed("backup", "Write one encrypted file that everything can be restored from."),
    Listed("restore", "Bring a backup back; a store that is there already is kept beside."),
    Listed("keys list", "Say what opens the store."),
    Listed("keys passphrase", "Set the passphrase or change it."),
    Listed("keys code", "Make a new recovery code."),
    Listed("keys remove", "Remove one way into the store."),
    Listed("check", "Read the whole store and say what is wrong or unsafe."),
    Listed("demo", "Try PLN with an invented network in a throw-away profile."),
    Listed("screens", "Write a picture of every place and dialog."),
)
