"""Network: the map of one's people, and four facts beside it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from pln.model.changes import Noun, Ref
from pln.services.map import Introduction, NetworkPage, Way, network_page
from pln.ui import look
from pln.ui.commands import CommandId
from pln.ui.network.map_view import MapView
from pln.ui.network.side import introduction_card, learned_card, quiet_card, reach_card
from pln.ui.network.words import lead
from pln.ui.place import PlaceId, PlaceWidget
from pln.ui.shell import Shell
from pln.ui.widgets.boxes import Grow, clear, column, pane, row
from pln.ui.widgets.empty import EmptyState
from pln.ui.widgets.labels import label, restyle
from pln.ui.widgets.scroll import Page
from pln.ui.widgets.segmented import Segmented

_SIDE, _BESIDE_FROM = 300, 780


class NetworkPlace(PlaceWidget):
    """Reads its page off the main thread. The map fills what is left of the window; the cards stand beside or below."""

    id = PlaceId.NETWORK

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self._shell = shell
        self._asked = 0
        self.page: NetworkPage | None = None
        self.map = MapView()
        self.map.chosen.connect(self._open)
        self._title = label(self.tr("Your network"), "title")
        self._lead = label("", "lead", wrap=True)
        ways = [("circles", self.tr("Circles")), ("interests", self.tr("Interests")), ("time", self.tr("Time"))]
        self.ways = Segmented(self.tr("How the map is arranged"), ways)
        self.ways.chosen.connect(lambda _key: self._show_map())
        self._cards: QVBoxLayout = column(spacing=14)
        self._whole = column(spacing=0)
        self.setLayout(self._whole)
        self._content = self._arranged()
        self._empty = EmptyState(
            self.tr("Your people appear here as a map, near those they share a circle with."),
            self.tr("Bring a few people"), lambda: shell.registry.run(CommandId.FILE_IMPORT), "waypoints",
        )  # fmt: skip
        self._empty.hide()
        self._whole.addWidget(self._content)
        self._whole.addWidget(self._empty)

    def refresh(self) -> None:
        self._asked += 1
        number, ctx = self._asked, self._shell.ctx
        self._shell.tasks.read(lambda: network_page(ctx), lambda page: self._arrived(number, page), self._shell.fail)

    def show_view(self, way: str) -> None:
        """Arrange the map by circles, interests or time."""
        self.ways.set_current(way)
        self._show_map()

    def focus_first(self) -> None:
        target = self._empty.button if self._content.isHidden() and self._empty.button is not None else self.map
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._turn()

    def _arrived(self, number: int, page: NetworkPage) -> None:
        if number != self._asked:
            return
        self.page = page
        self._content.setVisible(page.people > 0)
        self._empty.setVisible(page.people == 0)
        self._lead.setText(lead(page))
        self._show_map()
        self._show_cards(page)

    def _show_map(self) -> None:
        if self.page is not None:
            found = self.page.introduction
            self.map.show_map(self.page.maps[Way(self.ways.current())], None if found is None else found.people)

    def _show_cards(self, page: NetworkPage) -> None:
        clear(self._cards)
        for card in (
            reach_card(page.reach), introduction_card(page.introduction, self._draft),
            quiet_card(page.quiet, self._open), learned_card(page.learned, page.learned_from),
        ):  # fmt: skip
            self._cards.addWidget(card)
        self._cards.addStretch(1)

    def _arranged(self) -> QWidget:
        head = row(Grow(column(self._title, self._lead, spacing=3)), self.ways, margins=(28, 22, 24, 0))
        left = QWidget()
        left.setLayout(column(head, Grow(self.map), spacing=8))
        self._side = pane(column(Page(self._cards, margins=(20, 22, 20, 22)), spacing=0), edge="left")
        self._both = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._both.setSpacing(0)
        self._both.setContentsMargins(0, 0, 0, 0)
        self._both.addWidget(left, 3)
        self._both.addWidget(self._side, 2)
        whole = QWidget()
        whole.setLayout(self._both)
        return whole

    def _turn(self) -> None:
        """Cards beside the map, or below it where the window is narrow."""
        beside = self.width() >= look.px(_BESIDE_FROM)
        direction = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        self._side.setMinimumWidth(look.px(_SIDE) if beside else 0)
        self._side.setMaximumWidth(look.px(_SIDE) if beside else 16_777_215)
        restyle(self._side, "edge", "left" if beside else "top")
        if self._both.direction() is not direction:
            self._both.setDirection(direction)

    def _draft(self, found: Introduction) -> None:
        """A letter to the one to ask first. Nothing is recorded before the owner says that it was done."""
        self._shell.compose(to=found.to, subject=found.subject, body=found.draft)

    def _open(self, person: int) -> None:
        self._shell.open(Ref(Noun.PERSON, person))
