"""The words for the fixed choices of a person: kinds of address, rhythms wished for, being named."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from pln.model.contact import HandleKind, NamingConsent, PartialDate, RhythmWish
from pln.suggest.reasons import MONTHS


def handle_words(kind: HandleKind) -> str:
    return {
        HandleKind.EMAIL: _tr("E-mail"),
        HandleKind.PHONE: _tr("Telephone"),
        HandleKind.URL: _tr("Website"),
        HandleKind.FEED: _tr("Feed"),
        HandleKind.LINKEDIN: "LinkedIn",
        HandleKind.MASTODON: "Mastodon",
        HandleKind.BLUESKY: "Bluesky",
        HandleKind.ADDRESS: _tr("Address"),
        HandleKind.OTHER: _tr("Other"),
    }[kind]


def wish_words(wish: RhythmWish) -> str:
    """Empty where nothing was said."""
    return {
        RhythmWish.UNSET: "",
        RhythmWish.OFTEN: _tr("Every few weeks"),
        RhythmWish.SEASONAL: _tr("Every season"),
        RhythmWish.YEARLY: _tr("Once a year"),
        RhythmWish.WHEN_IT_FITS: _tr("Whenever it fits"),
        RhythmWish.NONE: _tr("No rhythm wanted"),
    }[wish]


def naming_words(naming: NamingConsent) -> str:
    return {
        NamingConsent.ASK: _tr("Ask first"),
        NamingConsent.YES: _tr("Yes"),
        NamingConsent.NO: _tr("No"),
    }[naming]


def birthday_words(birthday: PartialDate) -> str:
    """ "4 December", or "4 December 1988" where the year is known."""
    day = f"{birthday.day} {MONTHS[birthday.month - 1]}"
    return f"{day} {birthday.year}" if birthday.year else day


def _tr(text: str) -> str:
    return QCoreApplication.translate("people", text)
