"""Places: what the rail offers beside Today, People and Meetups."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QCheckBox

from pln.services.preferences import preferences
from pln.ui.settings.section import Section
from pln.ui.shell import Shell
from pln.ui.widgets.boxes import column
from pln.ui.widgets.labels import label


class PlacesSection(Section):
    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        wanted = preferences(shell.ctx).places
        self.boxes = {
            "reading": QCheckBox(self.tr("Reading: feeds, offline")),
            "journal": QCheckBox(self.tr("Journal: private notes to think in")),
            "network": QCheckBox(self.tr("Network: circles as a map")),
        }
        for place, box in self.boxes.items():
            box.setChecked(place in wanted)
            box.toggled.connect(lambda _on: self._keep())
        words = self.tr("Today, People and Meetups are always there. What is hidden keeps everything it holds.")
        self.fill(self.tr("Places"), label(words, "muted", wrap=True), column(*self.boxes.values(), spacing=6))

    def _keep(self) -> None:
        places = tuple(place for place, box in self.boxes.items() if box.isChecked())
        self.keep(lambda wishes: replace(wishes, places=places))
