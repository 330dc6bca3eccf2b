"""Settings of Reading: what is kept for offline, and flight mode."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QCheckBox, QVBoxLayout

from pln.services.flight import set_flight_mode
from pln.services.preferences import Preferences, preferences
from pln.ui.settings.section import ORIGIN, Section, field
from pln.ui.widgets.boxes import column
from pln.ui.widgets.choice import Choice
from pln.ui.widgets.labels import label

_ALL = (100, 250, 500, 1000, 2000, 5000)
_EACH = (10, 25, 50, 100, 250)


class OfflinePart:
    """section: keeps what is chosen, and tells what goes wrong."""

    def __init__(self, section: Section) -> None:
        self._section = section
        now = preferences(section.shell.ctx)
        self.flight = QCheckBox(_tr("Flight mode"))
        self.flight.setChecked(now.flight_mode)
        self.flight.toggled.connect(self._fly)
        self.pictures = QCheckBox(_tr("Keep the pictures of what will be read"))
        self.pictures.setChecked(now.keep_pictures)
        self.pictures.toggled.connect(self._keep_pictures)
        self.of_all = Choice(_tr("Room for pictures"), _sizes(_ALL, now.pictures_mb), str(now.pictures_mb))
        self.of_all.chosen.connect(lambda key: self._keep(lambda wishes: replace(wishes, pictures_mb=int(key))))
        self.of_a_feed = Choice(_tr("Of one feed"), _sizes(_EACH, now.feed_pictures_mb), str(now.feed_pictures_mb))
        self.of_a_feed.chosen.connect(lambda key: self._keep(lambda wishes: replace(wishes, feed_pictures_mb=int(key))))
        self._enable(now.keep_pictures)

    def layout(self) -> QVBoxLayout:
        return column(
            label(_tr("Offline"), "strong"),
            self.flight,
            label(
                _tr("PLN asks nothing of the network while it is on. Everything stored stays readable."), "muted",
                wrap=True,
            ),
            self.pictures,
            label(
                _tr(
                    "Pictures of unread, saved and put-aside articles are fetched after each refresh and kept "
                    "encrypted. They are in no backup. Those of articles you have read give way first."
                ),
                "muted", wrap=True,
            ),
            field(_tr("Room for pictures"), self.of_all),
            field(_tr("Of one feed"), self.of_a_feed),
            spacing=8,
        )  # fmt: skip

    def _fly(self, on: bool) -> None:
        ctx = self._section.shell.ctx
        self._section.write(lambda: set_flight_mode(ctx, on, origin=ORIGIN))

    def _keep_pictures(self, on: bool) -> None:
        self._enable(on)
        self._keep(lambda wishes: replace(wishes, keep_pictures=on))

    def _keep(self, change: Callable[[Preferences], Preferences]) -> None:
        self._section.keep(change)

    def _enable(self, on: bool) -> None:
        for each in (self.of_all, self.of_a_feed):
            each.setEnabled(on)


def _sizes(offered: tuple[int, ...], now: int) -> list[tuple[str, str]]:
    return [(str(one), _tr("%1 MB").replace("%1", f"{one:n}")) for one in sorted({*offered, now})]


def _tr(text: str) -> str:
    return QCoreApplication.translate("settings", text)
