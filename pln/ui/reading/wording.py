"""Sentences of the place, in the language of the window."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from pln.services.reading import Shelf
from pln.ui.reading.shelves import FITTING, LATER, SAVED, UNREAD, Words


def list_words() -> Words:
    """The words of the feed list."""
    return Words(
        unread=_tr("Unread"), saved=_tr("Saved"), later=_tr("Read later"), fitting=_tr("For your people"),
        highlights=_tr("Highlights"),
        voices=_tr("Voices"), others=_tr("Feeds"), paused=_tr("This feed rests; it is not asked for news."),
    )  # fmt: skip


def beyond_the_list(shelf: Shelf) -> str:
    """The name of a shelf that has no line in the feed list, "" for the others."""
    return "" if shelf.tag is None else _tr("Tagged “%1”").replace("%1", shelf.tag)


def nothing_here(shelf: Shelf, typed: str) -> str:
    """What an empty list says. typed: what was looked for in it."""
    if typed:
        return _tr("No article here holds these words.")
    if shelf.tag is not None:
        return _tr("No article has this tag any more.")
    known = {
        SAVED: _tr("What you save with a star waits here."),
        LATER: _tr("What you put aside with L waits here until you have the time."),
        FITTING: _tr("Articles that fit somebody you know appear here, with the reason."),
        UNREAD: _tr("Everything is read. New articles come when you refresh."),
    }
    if shelf.smart_id is not None:
        return _tr("No article fits this smart folder now.")
    return known.get(shelf, _tr("No article yet. Refresh to ask for some."))


def _tr(text: str) -> str:
    return QCoreApplication.translate("reading", text)
