"""Below an article: someone you know might like this, and why."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QPushButton, QVBoxLayout

from pln.services.passing_on import Fit
from pln.ui.reading.reason import reason_markup
from pln.ui.widgets.avatar import Avatar
from pln.ui.widgets.boxes import Grow, column, row
from pln.ui.widgets.buttons import button, icon_button
from pln.ui.widgets.cards import PADDING
from pln.ui.widgets.labels import label, rich


class FitCard(QFrame):
    """send, copied, keep, sent, not_them: a person's id. not_topic: the id, and words that are nothing for them.

    no_longer: the article is no longer kept for them. Where a meetup is planned, keeping the article for it comes
    first.
    """

    send = Signal(int)
    copied = Signal(int)
    keep = Signal(int)
    no_longer = Signal(int)
    sent = Signal(int)
    not_them = Signal(int)
    not_topic = Signal(int, str)

    def __init__(self, fits: Sequence[Fit], written: frozenset[int] = frozenset()) -> None:
        """written: people to whom a draft was begun in this session; they get a button to say that it went out."""
        super().__init__()
        self.setProperty("role", "card")
        self.setProperty("tone", "soft")
        title = self.tr("Someone you know might like this")
        self.setAccessibleName(title)
        lines = [self._line(fit, fit.person_id in written) for fit in fits]
        whole: QVBoxLayout = column(label(title, "accent"), *lines, spacing=12)
        whole.setContentsMargins(*PADDING)
        self.setLayout(whole)

    def _line(self, fit: Fit, written: bool) -> QHBoxLayout:
        words = column(rich(reason_markup(fit.first_name, fit.reason, fit.words), "body"), spacing=2)
        first, second = self._buttons(fit, written)
        if second is not None:
            words.addLayout(row(second, None))
        return row(Avatar(fit.name, 30), Grow(words), first, self._more(fit), spacing=8)

    def _more(self, fit: Fit) -> QPushButton:
        """A note to copy, and what speaks against it: a menu, so that the card stays quiet."""
        made = icon_button("ellipsis", self.tr("Copy a note, not them, not this topic: %1").replace("%1", fit.name))
        made.clicked.connect(lambda _checked=False: self.menu_for(fit, made))
        return made

    def menu_for(self, fit: Fit, below: QPushButton) -> QMenu:
        """Open the menu of one person; returned for tests."""
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        copy = menu.addAction(self.tr("Copy a note for %1").replace("%1", fit.first_name).replace("&", "&&"))
        copy.triggered.connect(lambda _checked=False: self.copied.emit(fit.person_id))
        if fit.kept:
            gone = menu.addAction(self.tr("No longer keep it for %1").replace("%1", fit.first_name).replace("&", "&&"))
            gone.triggered.connect(lambda _checked=False: self.no_longer.emit(fit.person_id))
        menu.addSeparator()
        words = self.tr("Not for %1").replace("%1", fit.first_name)
        not_them = menu.addAction(words.replace("&", "&&"))
        not_them.triggered.connect(lambda _checked=False: self.not_them.emit(fit.person_id))
        for topic in fit.words:
            words = self.tr("Nothing about “%1” for %2").replace("%1", topic).replace("%2", fit.first_name)
            menu.addAction(words.replace("&", "&&")).triggered.connect(
                lambda _checked=False, topic=topic: self.not_topic.emit(fit.person_id, topic)
            )
        menu.popup(below.mapToGlobal(QPoint(0, below.height())))
        return menu

    def _buttons(self, fit: Fit, written: bool) -> tuple[QPushButton, QPushButton | None]:
        send = self.tr("Send with a note")
        keep = self.tr("Kept for next coffee") if fit.kept else self.tr("Keep for next coffee")
        if written:
            first = button(self.tr("I sent it"), run=lambda: self.sent.emit(fit.person_id))
            return self._named(first, fit), self._named(button(send, "link", run=self._sender(fit)), fit)
        if fit.meeting and not fit.kept:
            first = button(keep, run=lambda: self.keep.emit(fit.person_id))
            return self._named(first, fit), self._named(button(send, "link", run=self._sender(fit)), fit)
        second = button(keep, "link", run=lambda: self.keep.emit(fit.person_id))
        second.setEnabled(not fit.kept)
        return self._named(button(send, run=self._sender(fit)), fit), self._named(second, fit)

    def _sender(self, fit: Fit) -> Callable[[], None]:
        return lambda: self.send.emit(fit.person_id)

    def _named(self, made: QPushButton, fit: Fit) -> QPushButton:
        """Read aloud, a button says for whom it is."""
        made.setAccessibleName(f"{made.text()}: {fit.name}")
        return made
