"""The window: rail, top bar, places made when they are first shown, status line, palette and toasts.

It begins as an empty frame in the program's colours, painted before the rest is imported: see `furnish`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QCoreApplication, QEvent, QRect, Qt, Signal
from PySide6.QtGui import QCloseEvent, QColor, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget

from pln.ui.colours import Palette

if TYPE_CHECKING:  # nothing here may slow the first paint down
    from pln.model.search import Hit
    from pln.ui.commands import CommandId, Registry
    from pln.ui.palette import PaletteOverlay, SearchSource
    from pln.ui.place import Place, PlaceEntry, PlaceId
    from pln.ui.program.trouble_bar import TroubleBar

_RAIL, _TOP = 208, 51


class MainWindow(QMainWindow):
    """moved: brings the id of the place now shown. closing: the window is about to close.

    painted: the empty frame is to be seen.
    """

    painted = Signal()
    moved = Signal(str)
    closing = Signal()

    def __init__(
        self,
        registry: Registry | None = None,
        entries: Iterable[PlaceEntry] = (),
        source: SearchSource | None = None,
        open_hit: Callable[[Hit], object] | None = None,
        *,
        frame: Palette | None = None,
    ) -> None:
        """An empty frame in the colours of `frame`, or a furnished window where a registry is given."""
        super().__init__()
        self.setWindowTitle("PLN")  # never what is shown: titles reach task bars, screenshots and logs
        self._frame = frame
        self.setMinimumSize(760, 520)
        self.resize(1360, 860)
        if registry is not None:
            assert source is not None
            assert open_hit is not None
            self.furnish(registry, entries, source, open_hit)

    def furnish(
        self,
        registry: Registry,
        entries: Iterable[PlaceEntry],
        source: SearchSource,
        open_hit: Callable[[Hit], object],
    ) -> None:
        """Put everything into the frame. Called once, after the theme was installed."""
        from pln.ui.commands.actions import Actions
        from pln.ui.rail import Rail
        from pln.ui.status_line import StatusLine
        from pln.ui.toasts import Toasts
        from pln.ui.topbar import TopBar

        self._frame = None
        self._entries = {entry.id: entry for entry in entries}
        self._places: dict[PlaceId, Place] = {}
        self._trail: list[PlaceId] = []
        self._visible = frozenset(self._entries)
        self._bares: list[QWidget] = []
        self._veiled = False
        self._held = False
        self._wished: PlaceId | None = None
        self._bar: TroubleBar | None = None
        self.registry = registry
        self.actions_ = Actions(registry, self)
        self.rail = Rail(self._entries.values(), self.actions_.one_menu())
        self.topbar = TopBar()
        self.status = StatusLine()
        self._stack = QStackedWidget()
        self._stack.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        whole = self._arrange()
        self.setCentralWidget(whole)
        self._palette: PaletteOverlay | None = None
        self._make_palette = partial(_palette, whole, registry, source, open_hit)
        self.toasts = Toasts(self._stack)
        self._wire()
        self.actions_.fill_menu_bar(self.menuBar())
        self.menuBar().setVisible(self.menuBar().isNativeMenuBar())

    @property
    def palette_overlay(self) -> PaletteOverlay:
        """Search and commands (Ctrl+K), made when it is wanted for the first time."""
        if self._palette is None:
            self._palette = self._make_palette()
        return self._palette

    def hold(self) -> None:
        """Until `release`, only the place shown can be had: the store is not open."""
        self._held = True

    def release(self) -> None:
        """Every place can be had; the one asked for meanwhile is shown."""
        self._held = False
        if self._wished is not None:
            self.go(self._wished)
            self._wished = None

    def enter(self, place: PlaceId) -> None:
        """Go to a place as its owner asked, and begin there; while the window is held, as soon as that is over."""
        if self._held:
            self._wished = place
            self.rail.set_current(place)
        else:
            self.go(place).focus_first()

    def go(self, place: PlaceId) -> Place:
        """Show a place, making it if need be; a hidden one comes into sight in the rail too."""
        if place not in self._visible:
            self.set_visible_places(self._visible | {place})
        if self._palette is not None and self._palette.isVisible():
            self._palette.close_palette()
        made = self.place(place)
        if not self._trail or self._trail[-1] is not place:
            self._trail = [*self._trail[-20:], place]
        self._stack.setCurrentWidget(made.widget())
        self.rail.set_current(place)
        self.moved.emit(place.value)
        return made

    def place(self, wanted: PlaceId) -> Place:
        """The place itself, made if need be, without showing it."""
        if wanted not in self._places:
            made = self._entries[wanted].make()
            self._places[wanted] = made
            self._stack.addWidget(made.widget())
            self.actions_.attach_place(wanted.value, made.widget())
        return self._places[wanted]

    def entries(self) -> tuple[PlaceEntry, ...]:
        return tuple(self._entries.values())

    def current(self) -> PlaceId | None:
        return self._trail[-1] if self._trail else None

    def back(self) -> None:
        """Esc: one step back inside the place, or else to the place before."""
        here = self.current()
        if here is None or self._places[here].step_back() or len(self._trail) < 2:
            return
        self._trail.pop()
        self.go(self._trail[-1])

    def mark_stale(self, places: Iterable[PlaceId]) -> None:
        """Something that these places show has changed. Places not yet made need nothing."""
        for wanted in places:
            if wanted in self._places:
                self._places[wanted].mark_stale()

    def set_visible_places(self, places: Iterable[PlaceId]) -> None:
        """The places to offer in the rail; the others stay out of sight until they are wanted."""
        self._visible = frozenset(places)
        self.rail.set_visible_places(self._visible)

    def visible_places(self) -> frozenset[PlaceId]:
        return self._visible

    def show_bare(self, widget: QWidget) -> None:
        """Show a widget without rail items and top bar (the welcome pages) until `end_bare`."""
        self.rail.bare(True)
        self.topbar.bare(True)
        self._bares.append(widget)
        self._stack.addWidget(widget)
        self._stack.setCurrentWidget(widget)

    def end_bare(self, widget: QWidget) -> None:
        if widget in self._bares:  # it may have been taken away with everything else
            self._bares.remove(widget)
            self._stack.removeWidget(widget)
            widget.deleteLater()
        if self._bares:
            self._stack.setCurrentWidget(self._bares[-1])
            return
        self.rail.bare(False)
        self.topbar.bare(False)
        self.set_visible_places(self._visible)

    def put_bar(self, bar: TroubleBar | None) -> None:
        """A line over the place that is shown, in the place of the one before; None for none."""
        before, self._bar = self._bar, bar
        if before is not None:
            before.hide()
            before.deleteLater()
        if bar is not None:
            bar.veil(self._veiled)
            self._main.insertWidget(1, bar)

    def veil(self, on: bool) -> None:
        """While a page covers the window: no message, no work under way and no palette over it."""
        self._veiled = on
        self.toasts.veil(on)
        self.status.veil(on)
        if self._bar is not None:
            self._bar.veil(on)
        if on and self._palette is not None and self._palette.isVisible():
            self._palette.close_palette()

    def forget_found(self) -> None:
        """Leave nothing of what the palette found last."""
        if self._palette is not None:
            self._palette.forget()

    def made_places(self) -> tuple[Place, ...]:
        return tuple(self._places.values())

    def empty(self, keep: QWidget | None = None) -> None:
        """Take everything away that shows something of a store, at once. keep: a bare page that stays."""
        self.toasts.clear()
        self.status.clear()
        self.actions_.detach_places()
        gone = [place.widget() for place in self._places.values()] + [each for each in self._bares if each is not keep]
        for widget in gone:
            self._stack.removeWidget(widget)
        self._places, self._trail, self._wished, self._held = {}, [], None, False
        self._bares = [each for each in self._bares if each is keep]
        if self._palette is not None:
            gone.append(self._palette)
            self._palette = None
        for place in self._entries:
            self.rail.set_count(place, None)
        self.rail.set_saved("")
        for widget in gone:
            widget.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def toggle_menu_bar(self) -> None:
        self.menuBar().setVisible(not self.menuBar().isVisible())

    def geometry_bytes(self) -> bytes:
        """Where the window stands, for the settings."""
        return bytes(self.saveGeometry().data())

    def restore_geometry(self, saved: bytes) -> None:
        self.restoreGeometry(QByteArray(saved))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._frame is not None:
            self._paint_frame(self._frame)
            self.painted.emit()

    def _paint_frame(self, colours: Palette) -> None:
        """Rail, top bar and page, without a word: what stays when the content comes."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(colours.bg))
        left = 0 if self.isLeftToRight() else self.width() - _RAIL
        painter.fillRect(QRect(left, 0, _RAIL, self.height()), QColor(colours.rail))
        painter.setPen(QColor(colours.line))
        edge = _RAIL - 1 if left == 0 else left
        painter.drawLine(edge, 0, edge, self.height())
        begin, end = (_RAIL, self.width()) if left == 0 else (0, left)
        painter.drawLine(begin, _TOP, end, _TOP)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._frame is None and self.focusWidget() is None:
            self._stack.setFocus(Qt.FocusReason.OtherFocusReason)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._frame is None:
            self.toasts.clear()
        self.closing.emit()
        super().closeEvent(event)

    def _arrange(self) -> QWidget:
        from pln.ui.widgets.boxes import Grow, column, pane, row

        self._main = column(self.topbar, Grow(self._stack), self.status, spacing=0)
        whole = row(spacing=0)
        whole.addWidget(self.rail)
        whole.addLayout(self._main, 1)
        return pane(whole)

    def _wire(self) -> None:
        from pln.ui.commands import CommandId
        from pln.ui.place import PlaceId

        self.rail.wanted.connect(lambda place: self._from_rail(PlaceId(place)))
        self.rail.quiet.clicked.connect(lambda: self._run(CommandId.VIEW_QUIET))
        self.rail.settings.clicked.connect(lambda: self._run(CommandId.FILE_SETTINGS))
        self.topbar.search.clicked.connect(lambda: self.palette_overlay.open())
        self.topbar.log.clicked.connect(lambda: self._run(CommandId.MEETUP_LOG))
        self.topbar.write.clicked.connect(lambda: self._run(CommandId.JOURNAL_WRITE))

    def _from_rail(self, place: PlaceId) -> None:
        """As `enter`, but the keys stay in the rail, to go on from there."""
        if self._held:
            self.enter(place)
        else:
            self.go(place)

    def _run(self, command: CommandId) -> None:
        self.registry.run(command)


def _palette(
    over: QWidget, registry: Registry, source: SearchSource, open_hit: Callable[[Hit], object]
) -> PaletteOverlay:
    from pln.ui.palette import PaletteOverlay

    return PaletteOverlay(over, registry, source, open_hit)
