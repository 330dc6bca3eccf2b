"""Telling, in the window alone, of new articles that the owner wanted to hear of."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from pln.services.reading import article_rows
from pln.ui.shell import Shell


def tell_of(shell: Shell, ids: Sequence[int]) -> None:
    """A quiet message; no system notification."""
    rows = article_rows(shell.ctx, tuple(ids[:50]))
    if len(rows) == 1:
        words = _tr("New in %1: %2").replace("%1", rows[0].feed_title[:60])
        shell.toast(words.replace("%2", (rows[0].title or _tr("an article"))[:100]))
    elif rows:
        names = ", ".join(dict.fromkeys(row.feed_title[:40] for row in rows[:20]))
        shell.toast(_tr("%1 new articles in %2").replace("%1", str(len(ids))).replace("%2", names[:120]))


def _tr(text: str) -> str:
    return QCoreApplication.translate("telling", text)
