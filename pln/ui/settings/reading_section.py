"""Reading: how often feeds are fetched, what is kept for offline, and the way to the network."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QCheckBox, QLineEdit, QSizePolicy, QVBoxLayout

from pln.model.page_look import PageLook
from pln.services.going_out import DIRECT, SYSTEM, choose_proxy
from pln.services.page_look import page_look, save_page_look
from pln.services.preferences import preferences
from pln.ui.reading import page_style
from pln.ui.reading.look_panel import LookPanel
from pln.ui.reading.page_view import PageView
from pln.ui.settings.keeping_part import KeepingPart
from pln.ui.settings.offline_part import OfflinePart
from pln.ui.settings.section import ORIGIN, Section, field
from pln.ui.shell import Shell
from pln.ui.widgets.boxes import column
from pln.ui.widgets.buttons import button
from pln.ui.widgets.choice import Choice
from pln.ui.widgets.labels import label

BY_HAND = 0
_NAMED = "named"
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
            "else. In Quiet mode nothing is fetched by itself. Feeds that post rarely are asked more rarely, and none "
            "more often than its server wishes."
        )
        self.offline, self.keeping = OfflinePart(self), KeepingPart(self)
        self.fill(
            self.tr("Reading"), field(self.tr("Fetch new articles"), self.minutes, words), self._sparing(),
            self._page_look(), self.offline.layout(), self.keeping.layout(), self._way(),
        )  # fmt: skip

    def _page_look(self) -> QVBoxLayout:
        """The same panel that opens beside an article; Reading may not have been shown yet."""
        page_style.put(page_look(self.shell.ctx))
        name = self.tr("How articles are set")
        self.look = button(self.tr("Choose…"), icon="type", run=self.show_look)
        self.look.setAccessibleName(name)
        self.look.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        words = self.tr("Typeface, size, width of lines and paper. While reading, Shift+T opens the same.")
        return field(name, self.look, words)

    def show_look(self) -> LookPanel:
        """Open the panel below its button; returned for tests."""
        panel = LookPanel(self)
        panel.chosen.connect(self._set_look)
        panel.open_below(self.look, align_left=True)
        return panel

    def _set_look(self, look: PageLook) -> None:
        ctx = self.shell.ctx
        page_style.put(look)
        for view in self.shell.window().findChildren(PageView):
            view.dress()
        self.write(lambda: save_page_look(ctx, look, origin=ORIGIN))

    def _sparing(self) -> QVBoxLayout:
        """F5 is obeyed all the same."""
        wishes = preferences(self.shell.ctx)
        self.metered = QCheckBox(self.tr("Also while data is paid for"))
        self.metered.setChecked(wishes.refresh_metered)
        self.metered.toggled.connect(lambda on: self.keep(lambda wishes: replace(wishes, refresh_metered=on)))
        self.battery = QCheckBox(self.tr("Also on battery"))
        self.battery.setChecked(wishes.refresh_on_battery)
        self.battery.toggled.connect(lambda on: self.keep(lambda wishes: replace(wishes, refresh_on_battery=on)))
        words = self.tr(
            "As far as this computer tells. By hand you can always fetch news; full texts and pictures wait then."
        )
        return column(label(self.tr("Fetch by itself"), "strong"), label(words, "muted", wrap=True), self.metered,
                      self.battery, spacing=5)  # fmt: skip

    def _way(self) -> QVBoxLayout:
        """The address of a proxy is asked for only where there is one."""
        now = preferences(self.shell.ctx).proxy
        named = now not in (DIRECT, SYSTEM)
        options = [(SYSTEM, self.tr("As this computer is set up")), (DIRECT, self.tr("Directly")),
                   (_NAMED, self.tr("Through a proxy"))]  # fmt: skip
        self.way = Choice(self.tr("The way to the network"), options, _NAMED if named else now)
        self.proxy = QLineEdit(now if named else "")
        self.proxy.setPlaceholderText("http://name:port, socks5://name:port")
        self.proxy.setAccessibleName(self.tr("Address of the proxy"))
        self.proxy.setVisible(named)
        self.way.chosen.connect(self._way_chosen)
        self.proxy.editingFinished.connect(self._proxy_typed)
        words = self.tr("A proxy learns which servers PLN asks.")
        return column(field(self.tr("The way to the network"), self.way, words), self.proxy, spacing=5)

    def _way_chosen(self, key: str) -> None:
        self.proxy.setVisible(key == _NAMED)
        if key == _NAMED:
            self.proxy.setFocus()
        else:
            self._keep_way(key)

    def _proxy_typed(self) -> None:
        typed = self.proxy.text().strip()
        if typed and typed != preferences(self.shell.ctx).proxy:
            self._keep_way(typed)

    def _keep_way(self, setting: str) -> None:
        ctx = self.shell.ctx
        self.write(lambda: choose_proxy(ctx, setting, origin=ORIGIN))

    def flush(self) -> None:
        if not self.proxy.isHidden():
            self._proxy_typed()

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
