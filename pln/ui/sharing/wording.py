"""How a share stands, in words."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QCoreApplication

from pln.model.share import DestinationKind, ShareRecord, ShareState
from pln.ui.journal.days import day_of, short_day


def what_happened(record: ShareRecord, today: date) -> str:
    """One line about a share: "Shared on 18 Nov to a folder"."""
    day = _tr("today") if day_of(record.at) == today else _tr("on %1").replace("%1", short_day(record.at, today))
    where = _tr("a folder") if record.kind is DestinationKind.FOLDER else _tr("a file")
    return _said(record.state).replace("%1", day).replace("%2", where)


def _said(state: ShareState) -> str:
    return {
        ShareState.APPROVED: _tr("Approved %1 for %2"),
        ShareState.WAITING: _tr("Held %1. It waits for you; nothing is sent"),
        ShareState.SENDING: _tr("Being written to %2"),
        ShareState.SENT: _tr("Shared %1 to %2"),
        ShareState.UNSURE: _tr("Not certain whether it reached %2 %1"),
        ShareState.FAILED: _tr("Not shared %1: it did not reach %2"),
        ShareState.TAKEN_BACK: _tr("Taken back %1"),
    }[state]


def _tr(text: str) -> str:
    return QCoreApplication.translate("sharing", text)
