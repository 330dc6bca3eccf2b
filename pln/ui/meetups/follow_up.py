"""While it is warm: a short thank-you, and what is worth keeping for oneself. Nothing is ever sent from here."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QBoxLayout, QFrame, QLayout, QPushButton, QWidget

from pln.model.changes import Noun, Ref
from pln.model.meetup import MeetupState
from pln.services.meetup_page import MeetupPage, MeetupSide
from pln.suggest.reasons import once_upper, shortened
from pln.ui.shell import Shell
from pln.ui.widgets.boxes import Grow, clear, column, row
from pln.ui.widgets.buttons import button
from pln.ui.widgets.labels import label

_WARM = timedelta(days=7)


class FollowUp(QFrame):
    """Hidden where there is nothing to do. drafting: the thank-you is wanted; given: it was said; carrying: to the
    journal.
    """

    drafting = Signal()
    given = Signal()
    carrying = Signal()

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._shell = shell
        self._parts = row(spacing=28, margins=(18, 16, 18, 16), top=True)
        self.setLayout(self._parts)
        self._asking: tuple[int, int] | None = None  # the meetup and person whose thank-you has been handed over
        self._shown: tuple[MeetupPage, MeetupSide] | None = None
        self.hide()

    def show_page(self, page: MeetupPage, side: MeetupSide) -> None:
        before, self._shown = self._shown, (page, side)
        if before is None or _said(*before) != _said(page, side) or self._asking is not None:
            self._draw()

    def stack(self, stacked: bool) -> None:
        """One part below the other, where it is narrow."""
        self._parts.setDirection(QBoxLayout.Direction.TopToBottom if stacked else QBoxLayout.Direction.LeftToRight)

    def ask(self) -> None:
        """The draft was handed over: ask whether it was sent. Nothing is assumed."""
        if self._shown is not None:
            page, side = self._shown
            self._asking = page.meetup.id, side.person.id
            self._draw()

    def close_up(self) -> None:
        """The thank-you was noted, or not yet."""
        self._asking = None
        self._draw()

    def clear(self) -> None:
        self._shown = None
        self.hide()

    def _draw(self) -> None:
        if self._shown is None:
            return
        page, side = self._shown
        parts = [self._thanks(page, side)] if self._is_warm(page) else []
        parts += [self._keeping(page)] if page.meetup.state is MeetupState.HAPPENED else []
        focused = QApplication.focusWidget()
        within = focused is not None and self.isAncestorOf(focused)
        clear(self._parts)
        for part in parts:
            self._parts.addWidget(part, 1)
        self.setVisible(bool(parts))
        if within and parts and (first := parts[0].findChild(QPushButton)) is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _is_warm(self, page: MeetupPage) -> bool:
        if self._asking is not None and self._asking[0] == page.meetup.id:
            return True
        happened = page.meetup.state is MeetupState.HAPPENED
        return happened and timedelta(0) <= self._shell.today() - page.meetup.day <= _WARM

    def _thanks(self, page: MeetupPage, side: MeetupSide) -> QWidget:
        several = len(page.people) > 1
        title = self.tr("While it is warm")
        if self._asking == (page.meetup.id, side.person.id):
            words = self.tr("Did you send it?")
            actions = row(
                button(self.tr("It is done"), "primary", run=self.given.emit),
                button(self.tr("Not yet"), "quiet", run=self.close_up), None,
            )  # fmt: skip
        elif side.thanked:
            words = self.tr("You said thank you to %1.").replace("%1", side.person.first_name)
            actions = row(None)
        else:
            words = self.tr("A two-line thank-you, with what you took away. Ready to edit, never sent for you.")
            text = self.tr("Thank %1").replace("%1", side.person.first_name) if several else ""
            actions = row(
                button(text or self.tr("Draft the thank-you"), "primary", "mail", run=self.drafting.emit), None
            )
        return _part(title, words, actions)

    def _keeping(self, page: MeetupPage) -> QWidget:
        if page.entries:
            words = self.tr("An entry of your journal began here.")
            show = button(self.tr("Show it"), icon="feather", run=lambda: self._show_entry(page.entries[0]))
            return _part(self.tr("Worth keeping for yourself"), words, row(show, None))
        if page.lessons:
            kept = shortened(once_upper(page.lessons[0]), 90)
            words = self.tr("“%1” could begin a journal entry.").replace("%1", kept)
        else:
            words = self.tr("What stayed with you could begin a journal entry.")
        carry = button(self.tr("Carry to journal"), icon="feather", run=self.carrying.emit)
        return _part(self.tr("Worth keeping for yourself"), words, row(carry, None))

    def _show_entry(self, entry: int) -> None:
        self._shell.open(Ref(Noun.ENTRY, entry))


def _said(page: MeetupPage, side: MeetupSide) -> tuple[object, ...]:
    """All that the card shows something of."""
    meetup = page.meetup
    return meetup.id, meetup.state, meetup.day, page.people, page.lessons[:1], page.entries, side.person, side.thanked


def _part(title: str, words: str, actions: QLayout) -> QWidget:
    made = QWidget()
    made.setLayout(column(label(title, "label"), Grow(label(words, "small", wrap=True)), actions, spacing=8))
    made.setAccessibleName(title)
    return made
