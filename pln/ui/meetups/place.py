"""Meetups: the list, one meetup with its notes, and what stands beside it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QHideEvent, QResizeEvent, QTextCursor
from PySide6.QtWidgets import QStackedWidget
from shiboken6 import isValid

from pln.model.changes import ChangeSet, Noun, Ref
from pln.model.errors import PlnError
from pln.model.marks import Mark
from pln.model.meetup import Meetup, MeetupKind, MeetupState
from pln.services.meetup_log import change_meetup
from pln.services.meetup_page import MeetupLists, MeetupPage, MeetupSide, meetup_lists, meetup_page
from pln.ui import look
from pln.ui.meetups.deeds import note_thanks, thank, to_journal
from pln.ui.meetups.detail_pane import DetailPane
from pln.ui.meetups.list_pane import ListPane
from pln.ui.meetups.log_dialog import ORIGIN as LOGGED
from pln.ui.meetups.saver import NotesSaver
from pln.ui.meetups.side_pane import SidePane
from pln.ui.place import PlaceId, PlaceWidget
from pln.ui.shell import Shell
from pln.ui.widgets.boxes import column, pane, row
from pln.ui.widgets.empty import EmptyState

_LIST = 250


class MeetupsPlace(PlaceWidget):
    """`chosen` is the meetup shown, None where there is none. Notes are saved while they are written."""

    id = PlaceId.MEETUPS

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self._shell = shell
        self.page: MeetupPage | None = None
        self._wanted: int | None = None
        self._asked = 0
        self.saver = NotesSaver(shell, self.id.value, self)
        self.pane = ListPane(shell)
        self.detail = DetailPane(shell, SidePane(shell, self.id.value))
        self._stack = QStackedWidget()
        self._empty = EmptyState(
            self.tr("A coffee, a walk, a call: note who it was with, and a line of what stayed with you."),
            self.tr("Log a meetup"), shell.log_meetup, "coffee",
        )  # fmt: skip
        self._arrange()
        self._wire()

    @property
    def chosen(self) -> Meetup | None:
        return None if self.page is None else self.page.meetup

    def shown(self) -> Meetup:
        """The meetup shown. Asking where there is none is a bug."""
        assert self.page is not None
        return self.page.meetup

    def settle(self) -> PlnError | None:
        """Store what is not stored yet, and wait for it; the fault where that cannot be."""
        return self.saver.settle()

    # Reading

    def refresh(self) -> None:
        self._asked += 1
        number, ctx = self._asked, self._shell.ctx
        self._shell.tasks.read(
            lambda: meetup_lists(ctx), lambda lists: self._lists_arrived(number, lists), self._shell.fail
        )

    def open_record(self, ref: Ref) -> None:
        """Show one meetup."""
        if ref.noun is Noun.MEETUP:
            self._wanted = ref.id
            self.refresh()

    def _lists_arrived(self, number: int, lists: MeetupLists) -> None:
        if not isValid(self) or number != self._asked:
            return
        shown = self._wanted or (self.chosen.id if self.chosen is not None else None)
        self.pane.show_lists(lists)
        ids = lists.ids
        if not ids:
            self._show_nothing()
            return
        if shown not in ids:
            shown = (lists.just_now or lists.coming or lists.unsaid or lists.before)[0]
        self._wanted = None
        with QSignalBlocker(self.pane.list):
            self.pane.list.choose(shown)
        self.show_meetup(shown)

    def _show_nothing(self) -> None:
        self.page = None
        self._stack.setCurrentWidget(self._empty)

    def show_meetup(self, meetup_id: int) -> None:
        """Show a meetup as the store has it, with what of its notes is not saved yet."""
        try:
            page = meetup_page(self._shell.ctx, meetup_id)
        except PlnError as fault:
            self._shell.fail(fault)
            return
        same = self.chosen is not None and self.chosen.id == meetup_id
        if not same:
            self.saver.flush()
            self.detail.follow_up.clear()
        self.page = page
        self._show_notes(page, same)
        self.detail.show_page(page)
        self.detail.side.show_page(page)
        self._stack.setCurrentWidget(self.detail)

    def leave(self, meetup_id: int) -> None:
        """A meetup was removed: show the one that stood below it."""
        ids = self.pane.lists.ids
        number = ids.index(meetup_id) if meetup_id in ids else len(ids)
        self._wanted = next(iter(ids[number + 1 :] or ids[:number][-1:]), None)
        self.page = None
        self.refresh()

    def _show_notes(self, page: MeetupPage, same: bool) -> None:
        unsaved = self.saver.unsaved(page.meetup.id)
        if not same:
            self.detail.notes.set_text(page.meetup.notes if unsaved is None else unsaved)
        elif unsaved is None:
            self.detail.notes.merge(page.meetup.notes)

    # Writing

    def _edited(self) -> None:
        if self.chosen is not None:
            self.saver.put(self.chosen.id, self.detail.notes.text)

    def _saved(self, meetup_id: int, marks: tuple[Mark, ...]) -> None:
        """The store has the notes: what hangs on them follows, while the editor is left alone."""
        self.pane.list.set_ids(self.pane.lists.ids)  # reads the rows anew
        if self.page is None or self.page.meetup.id != meetup_id:
            return
        self.page = replace(self.page, marks=marks)
        if (side := self.detail.side.side) is not None:
            self.detail.follow_up.show_page(self.page, side)

    def _kind_taken(self, kind: MeetupKind) -> None:
        if self.chosen is None:
            return
        ctx, meetup_id = self._shell.ctx, self.chosen.id
        self._shell.write(
            lambda: change_meetup(ctx, meetup_id, lambda now: replace(now, kind=kind), origin=self.id.value),
            lambda _done: self.refresh(),
        )

    def _side_arrived(self, side: MeetupSide) -> None:
        if self.page is not None:
            self.detail.follow_up.show_page(self.page, side)

    def _plan(self, day: date) -> None:
        """Plan the next meetup of the same kind with the same people."""
        assert self.page is not None
        now = self.page.meetup
        begun = Meetup(kind=now.kind, day=day, people=now.people, place=now.place, state=MeetupState.PLANNED)
        self._shell.log_meetup(meetup=begun, plan=True)

    # Moving about

    def focus_first(self) -> None:
        if self._stack.currentWidget() is self._empty:
            assert self._empty.button is not None
            self._empty.button.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.pane.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _write_on(self) -> None:
        """Put the caret where the notes end."""
        self.detail.notes.moveCursor(QTextCursor.MoveOperation.End)
        self.detail.notes.setFocus(Qt.FocusReason.OtherFocusReason)

    def step_back(self) -> bool:
        """From the notes, or anything else of the meetup, back to the list."""
        focused = self.focusWidget()
        inside = focused is not None and focused.hasFocus() and self.detail.isAncestorOf(focused)
        if inside:
            self.pane.list.setFocus(Qt.FocusReason.OtherFocusReason)
        return inside

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Large texts leave the list a third of the room."""
        super().resizeEvent(event)
        self._list.setFixedWidth(min(look.px(_LIST), max(_LIST, event.size().width() // 3)))

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.saver.flush()

    def _heard(self, changes: ChangeSet) -> None:
        """A meetup just logged is shown where the list is in sight; thanks and entries change what is offered."""
        logged = changes.ids(Noun.MEETUP) if changes.origin == LOGGED else frozenset()
        if len(logged) == 1 and self.isVisible():
            self.open_record(Ref(Noun.MEETUP, next(iter(logged))))
        elif changes.touches(Noun.INTERACTION, Noun.ENTRY) and changes.origin != self.id.value:
            self.mark_stale()

    def _arrange(self) -> None:
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self.detail)
        whole = row(spacing=0)
        self._list = pane(column(self.pane), "bg", "right", look.px(_LIST))
        whole.addWidget(self._list)
        whole.addWidget(self._stack, 1)
        self.setLayout(whole)

    def _wire(self) -> None:
        self.pane.chosen.connect(self.show_meetup)
        self.pane.opened.connect(lambda _id: self._write_on())
        self.detail.notes.edited.connect(self._edited)
        self.detail.head.kind_taken.connect(self._kind_taken)
        self.detail.side.planning.connect(self._plan)
        self.detail.side.arrived.connect(self._side_arrived)
        self.saver.saved.connect(self._saved)
        self._shell.window().closing.connect(self.saver.flush)
        self.detail.follow_up.drafting.connect(lambda: thank(self._shell, self))
        self.detail.follow_up.given.connect(lambda: note_thanks(self._shell, self))
        self.detail.follow_up.carrying.connect(lambda: to_journal(self._shell, self))
        stop = self._shell.subscribe(self._heard)
        self.destroyed.connect(lambda _gone: stop())
