"""Reading: how often feeds are fetched, and what is kept for offline."""

from __future__ import annotations

from dataclasses import replace

from pln.services.preferences import preferences
from pln.ui.settings.offline_part import OfflinePart
from pln.ui.settings.section import Section, field
from pln.ui.shell import Shell
from pln.ui.widgets.choice import Choice

BY_HAND = 0
_MINUTES = (BY_HAND, 15, 30, 60, 180, 720, 1440)


class ReadingSection(Section):
    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        now = preferences(shell.ctx).refresh_minutes
        options = [(str(one), self._words(one)) for one in sorted({*_MINUTES, now})]
        self.minutes = Choice(self.tr("Fetch new articles"), options, str(now))
        self.minutes.chosen.connect(self._chosen)
        words = self.tr(
            "PLN asks the addresses of your feeds, and those of the pages and pictures that it keeps for you; nobody "
            "else. In Quiet mode nothing is fetched by itself."
        )
        self.offline = OfflinePart(self)
        self.fill(self.tr("Reading"), field(self.tr("Fetch new articles"), self.minutes, words), self.offline.layout())

    def _chosen(self, key: str) -> None:
        self.keep(lambda wishes: replace(wishes, refresh_minutes=int(key)))

    def _words(self, minutes: int) -> str:
        if minutes == BY_HAND:
            return self.tr("Only by hand (F5)")
        if minutes == 60:
            return self.tr("Every hour")
        if minutes == 1440:
            return self.tr("Once a day")
        if minutes % 60 == 0:
            return self.tr("Every %1 hours").replace("%1", str(minutes // 60))
        return self.tr("Every %1 minutes").replace("%1", str(minutes))
