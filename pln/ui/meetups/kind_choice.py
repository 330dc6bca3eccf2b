"""What kind of meetup: the usual five side by side, the others in a menu."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QMenu, QWidget

from pln.model.meetup import MeetupKind
from pln.ui.meetups.words import kind_word
from pln.ui.widgets.segmented import Segmented

_USUAL = (MeetupKind.COFFEE, MeetupKind.TEA, MeetupKind.LUNCH, MeetupKind.WALK, MeetupKind.CALL)
_MORE = "more"


class KindChoice(Segmented):
    """The last segment opens a menu and bears the name of what was taken there. `taken` brings a MeetupKind.

    deeds: fills the menu's second part each time it opens.
    """

    taken = Signal(object)

    def __init__(
        self, name: str, kind: MeetupKind = MeetupKind.COFFEE, deeds: Callable[[QMenu], object] | None = None
    ) -> None:
        options = [(one.value, kind_word(one)) for one in _USUAL]
        super().__init__(name, [*options, (_MORE, "…")])
        self._kind = kind
        self._deeds = deeds
        self._menu = QMenu(self)
        self.chosen.connect(self._clicked)
        self.set_kind(kind)

    def kind(self) -> MeetupKind:
        return self._kind

    def set_kind(self, kind: MeetupKind) -> None:
        self._kind = kind
        usual = kind in _USUAL
        self.set_text(_MORE, "…" if usual else f"{kind_word(kind)} …")
        self._buttons[_MORE].setAccessibleName(self.tr("More") if usual else kind_word(kind))
        self.set_current(kind.value if usual else _MORE)

    def _clicked(self, key: str) -> None:
        if key == _MORE:
            self.set_kind(self._kind)  # nothing is chosen before the menu says so
            self._open_menu(self._buttons[_MORE])
        else:
            self._take(MeetupKind(key))

    def _open_menu(self, below: QWidget) -> None:
        self._menu.clear()
        for one in MeetupKind:
            if one not in _USUAL:
                self._menu.addAction(kind_word(one), partial(self._take, one))
        if self._deeds is not None:
            self._menu.addSeparator()
            self._deeds(self._menu)
        self._menu.popup(below.mapToGlobal(QPoint(0, below.height() + 2)))

    def _take(self, kind: MeetupKind) -> None:
        changed = kind is not self._kind
        self.set_kind(kind)
        if changed:
            self.taken.emit(kind)
