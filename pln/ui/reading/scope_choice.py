"""Choosing what a rule or a smart folder keeps to: every feed, one feed, a folder, a tag."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from pln.services.context import Context
from pln.services.reading_scopes import scopes
from pln.ui.widgets.choice import Choice


class ScopeChoice(Choice):
    def __init__(self, ctx: Context, *, feed: str = "", folder: str = "", tag: str = "") -> None:
        known = scopes(ctx)
        options = [
            ("", _tr("All feeds")),
            *((f"folder:{each}", _tr("Folder %1").replace("%1", each)) for each in known.folders),
            *((f"tag:{each}", _tr("Tag %1").replace("%1", each)) for each in known.tags),
            *((f"feed:{uid}", title[:80]) for uid, title in known.feeds),
        ]
        now = f"feed:{feed}" if feed else f"folder:{folder}" if folder else f"tag:{tag}" if tag else ""
        if now and now not in (key for key, _ in options):  # what it kept to is gone; saving must not widen it
            options.append((now, _tr("%1 (no longer here)").replace("%1", folder or tag or _tr("A feed"))))
        super().__init__(_tr("Where"), options, now)

    def feed(self) -> str:
        return self._of("feed")

    def folder(self) -> str:
        return self._of("folder")

    def tag(self) -> str:
        return self._of("tag")

    def _of(self, kind: str) -> str:
        chosen, _, value = self.current().partition(":")
        return value if chosen == kind else ""


def _tr(text: str) -> str:
    return QCoreApplication.translate("scope_choice", text)
