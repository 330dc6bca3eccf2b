"""The journal: a list, a quiet page, and what lies beside it."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from pln.model.changes import Noun, Ref
from pln.model.errors import PlnError, UsageError
from pln.model.journal import Entry, kept_mentions
from pln.model.share import ShareState
from pln.services.contacts import find_people
from pln.services.journal import entry_ids, get_entry, remove_entry
from pln.services.journal_lock import JournalLocked, JournalState, lock_journal, state
from pln.services.near import Near, near
from pln.services.prompting import prompt_used, prompts_for, prompts_passed
from pln.services.shared import settle_interrupted, shares_of
from pln.services.undo import UndoStep
from pln.ui import look
from pln.ui.journal.closing import ask_to_stay
from pln.ui.journal.editor import EntryEditor
from pln.ui.journal.entry_list import EntryList
from pln.ui.journal.locking import DeskOrLock
from pln.ui.journal.saving import Saver
from pln.ui.journal.side_pane import SidePane
from pln.ui.looking import close_where_looked_at
from pln.ui.place import PlaceId, PlaceWidget
from pln.ui.shell import Shell
from pln.ui.widgets.boxes import Grow, column, pane, row
from pln.ui.widgets.settle import Settle

LIST_WIDTH, SIDE_WIDTH = 272, 222
BESIDE = 1000  # the width under which the side pane takes the place of the list when it is wanted
_NEAR_MS = 300


class JournalPlace(PlaceWidget):
    """`begin` opens a new entry, `open_record` an old one. What is typed is stored within a second.

    While the journal is locked its page is empty and hidden by one that asks for its words; what is wanted meanwhile
    is done as soon as it is open.
    """

    id = PlaceId.JOURNAL

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self._shell = shell
        self._began = False  # a page was chosen; the newest entry is not put in its place
        self._locking = False
        self._asked = 0
        self.entries = EntryList(shell)
        self.editor = EntryEditor(lambda typed: find_people(shell.ctx, typed))
        if not shell.ctx.store.writable:
            self.editor.look_only()
        close_where_looked_at(shell, self.entries.new_button)
        self.side = SidePane(shell.today)
        self.saver = Saver(shell, self.editor.snapshot, self)
        self._look_near = Settle(_NEAR_MS, self._ask_near, self)
        self._list_pane = pane(column(Grow(self.entries), spacing=0), edge="right")
        self._side_pane = pane(column(Grow(self.side), spacing=0), edge="left")
        self._desk = QWidget()
        self._desk.setLayout(row(spacing=0))
        self.pages = DeskOrLock(shell, self._desk)
        self.setLayout(column(self.pages, spacing=0))
        self._arrange()
        self._wire()
        self._show(Entry(title="", body=""))
        self._show_prompts()
        self._cover() if self.pages.is_locked else self._settle_shares()
        shell.window().installEventFilter(self)

    # What the window asks

    def refresh(self) -> None:
        if self.pages.is_locked or self._locking:
            self._cover()
            return
        if self.pages.page is not None:
            self.pages.uncover()
            self._settle_shares()
        ctx = self._shell.ctx
        self.entries.lock_button.setVisible(state(ctx) is JournalState.OPEN)
        self._shell.tasks.read(lambda: entry_ids(ctx), self._listed, self._unread)
        self._show_shares()
        self._show_people(self.saver.entry)

    def open_record(self, ref: Ref) -> None:
        if ref.noun is Noun.ENTRY:
            self.open_entry(ref.id)

    def focus_first(self) -> None:
        if self.pages.page is not None:
            self.pages.page.setFocus()
        else:
            self.editor.begin_writing()

    def step_back(self) -> bool:
        if self._narrow() and self.editor.aside_button.isChecked():
            self.editor.aside_button.setChecked(False)
            return True
        return False

    def settle(self) -> PlnError | None:
        """Store what is not stored yet, and wait for it; the fault where that cannot be."""
        return self.saver.settle()

    # Pages

    def begin(self, draft: Entry | None = None) -> None:
        """A new page, begun as given. What it holds is stored at once; a blank one with its first character."""
        if self.pages.postpone(lambda: self.begin(draft)):
            return
        self.saver.leave()
        entry = replace(draft or Entry(title="", body=""), id=0, uid="", created=None, changed=None)
        if entry.prompt and not entry.body.strip():
            entry = replace(entry, body=f"> {entry.prompt}\n\n")
        self._began = True
        self._show(entry)
        self.saver.begin(replace(entry, title="", body="", mentions=()))
        if draft is not None and (draft.title.strip() or draft.body.strip()):
            self.saver.edited()
        self.editor.begin_writing()

    def open_entry(self, entry_id: int) -> None:
        """Show an entry; nothing happens where it is on the page already."""
        if self.pages.postpone(lambda: self.open_entry(entry_id)):
            return
        self._began = True
        if entry_id == self.saver.entry.id:
            return
        self.saver.leave()
        unsaved = self.saver.take_up(entry_id)
        if unsaved is not None:
            self._show(unsaved)
            return
        try:
            entry = get_entry(self._shell.ctx, entry_id)
        except UsageError as error:
            self._shell.fail(error)
            return
        self.saver.begin(entry)
        self._show(entry)

    def remove_current(self) -> None:
        """Remove the entry on the page; undo brings it back."""
        self.saver.when_stored(lambda entry: self._remove(entry.id))

    def share_current(self) -> None:
        """Prepare a copy of the entry on the page, once all of it is stored."""
        self.saver.when_stored(lambda entry: self._shell.prepare_share(entry.id))

    def has_entry(self) -> bool:
        """Is something stored on the page?"""
        return self.saver.entry.id != 0

    # The lock

    def lock(self) -> None:
        """Lock the journal once all of it is stored. Where that cannot be, it stays open and the reason is told."""
        fault = self.saver.settle()
        if fault is not None:
            self.editor.say_refused(fault)
            self._shell.toast(self.tr("The journal stays open: what was written last is not saved yet."))
            return
        self._cover()  # at once: nothing more can be typed
        self._locking = True
        ctx = self._shell.ctx
        self._shell.tasks.write(lambda: lock_journal(ctx), lambda _: self._locked(), self._not_locked)

    def _locked(self) -> None:
        self._locking = False
        self.refresh()

    def _not_locked(self, error: BaseException) -> None:
        self._locked()
        self._shell.fail(error)

    def _cover(self) -> None:
        """Empty the page, and ask for the journal's words in its place."""
        if self.pages.page is not None:
            return
        self._asked += 1  # what is still on its way is not to be shown
        self._began = False
        self.saver.begin(Entry(title="", body=""))
        self._show(self.saver.entry)
        self.entries.set_ids(())
        self.pages.cover()

    def _settle_shares(self) -> None:
        ctx = self._shell.ctx
        self._shell.write(lambda: settle_interrupted(ctx, origin=self.id.value))

    def _unread(self, error: BaseException) -> None:
        """It may have been locked since it was asked for."""
        if not isinstance(error, JournalLocked):
            self._shell.fail(error)

    # Inside

    def _show(self, entry: Entry) -> None:
        self.editor.show_entry(entry)
        self.entries.show_chosen(entry.id)
        self.side.set_near(Near())
        self._show_people(entry)
        self._show_shares()
        self._look_near.nudge()

    def _blank(self) -> None:
        self.saver.leave()
        self._show(self.saver.entry)

    def _listed(self, ids: tuple[int, ...]) -> None:
        if self.pages.page is not None:
            return
        current = self.saver.entry.id
        if current and current not in ids:  # it may have been stored since the list was read
            ids = entry_ids(self._shell.ctx)
        self.entries.set_ids(ids)
        if current and current not in ids:  # removed elsewhere
            self.saver.begin(Entry(title="", body=""))
            self._show(self.saver.entry)
        elif current:
            self._reread(current)
        elif not self._began and ids and not self.saver.is_unsaved():
            self.open_entry(ids[0])
        self.entries.show_chosen(self.saver.entry.id)

    def _reread(self, entry_id: int) -> None:
        """Another place or a script may have changed the entry; what is being typed here goes before."""
        if self.saver.is_unsaved():
            return
        entry = get_entry(self._shell.ctx, entry_id)
        if (entry.title, entry.body) != (self.saver.entry.title, self.saver.entry.body):
            self.saver.begin(entry)
            self._show(entry)

    def _saved(self, entry: Entry) -> None:
        if entry.id not in self.entries.ids():
            self.entries.put_first(entry.id) if entry.id == self.saver.entry.id else self.mark_stale()
        self.entries.refresh_rows()
        if entry.id == self.saver.entry.id:
            self.editor.say_saved(entry.changed)
            self.editor.set_stored(True)
            self.entries.show_chosen(entry.id)
            self._show_people(entry)
            self._look_near.nudge()

    def _removed(self, entry_id: int, step: UndoStep) -> None:
        self.entries.drop(entry_id)
        self._shell.toast(self.tr("An empty entry was removed"), step)

    def _remove(self, entry_id: int) -> None:
        def done(step: UndoStep) -> None:
            self.entries.drop(entry_id)
            self._shell.toast(step.label, step)
            if self.saver.entry.id == entry_id:
                self._began = True
                self.saver.begin(Entry(title="", body=""))
                self._show(self.saver.entry)

        ctx = self._shell.ctx
        self._shell.write(lambda: remove_entry(ctx, entry_id, origin=self.id.value), done)

    # Beside the page

    def _show_people(self, entry: Entry) -> None:
        mentions = kept_mentions(entry.body, entry.mentions)
        ordered = sorted(mentions, key=lambda mention: entry.body.find(mention.text))
        with self._shell.ctx.store.read() as work:
            names = work.people.names([mention.person_id for mention in ordered])
        people = {each.person_id: names.get(each.person_id, each.text[1:]) for each in ordered}
        self.side.set_people(tuple(people.items()))

    def _show_shares(self) -> None:
        entry_id = self.saver.entry.id
        shares = shares_of(self._shell.ctx, entry_id) if entry_id else ()
        self.side.set_shares(shares)
        self.editor.set_shared(any(record.state is ShareState.SENT for record in shares))

    def _ask_near(self) -> None:
        self._asked += 1
        number, ctx = self._asked, self._shell.ctx
        entry = self.editor.snapshot(self.saver.entry)
        self._shell.tasks.read(lambda: near(ctx, entry), lambda found: self._near(number, found), self._shell.fail)

    def _near(self, number: int, found: Near) -> None:
        if number == self._asked:
            self.side.set_near(found)

    def _see_share(self, uid: str) -> None:
        from pln.ui.sharing.log_dialog import ShareLogDialog

        ShareLogDialog(self._shell, self.saver.entry.id, uid).open()

    # Questions

    def _show_prompts(self) -> None:
        self.editor.prompts.set_prompts(prompts_for(self._shell.ctx))

    def _answer(self, question: str) -> None:
        self.editor.write_from(question)
        ctx = self._shell.ctx
        self._shell.write(lambda: prompt_used(ctx, question, origin=self.id.value), lambda _: self._show_prompts())

    def _pass_over(self, questions: list[str]) -> None:
        ctx, passed = self._shell.ctx, tuple(questions)
        self._shell.write(lambda: prompts_passed(ctx, passed, origin=self.id.value), lambda _: self._show_prompts())

    # Qt

    def _wire(self) -> None:
        editor, saver = self.editor, self.saver
        self.entries.chosen.connect(self.open_entry)
        self.entries.new.connect(self.begin)
        self.entries.lock.connect(self.lock)
        editor.edited.connect(saver.edited)
        editor.left.connect(saver.flush)
        editor.share.connect(self.share_current)
        editor.remove.connect(self.remove_current)
        editor.aside.connect(lambda _shown: self._fit())
        editor.prompts.taken.connect(self._answer)
        editor.prompts.passed.connect(self._pass_over)
        self.pages.opened.connect(self.refresh)
        saver.saved.connect(self._saved)
        saver.refused.connect(editor.say_refused)
        saver.refused.connect(self._shell.trouble)
        saver.removed.connect(self._removed)
        self.side.wanted.connect(self._open)
        self.side.seen.connect(self._see_share)

    def _open(self, ref: Ref) -> None:
        self.open_entry(ref.id) if ref.noun is Noun.ENTRY else self._shell.open(ref)

    def _arrange(self) -> None:
        layout = self._desk.layout()
        assert layout is not None
        for item in (self._list_pane, Grow(self.editor), self._side_pane):
            widget = item.item if isinstance(item, Grow) else item
            assert isinstance(widget, QWidget)
            layout.addWidget(widget)

    def _narrow(self) -> bool:
        return self.width() < look.px(BESIDE)

    def _fit(self) -> None:
        narrow, aside = self._narrow(), self.editor.aside_button.isChecked()
        self.editor.set_narrow(narrow)
        self._side_pane.setVisible(aside or not narrow)
        self._list_pane.setVisible(not (narrow and aside))
        self._list_pane.setFixedWidth(look.px(LIST_WIDTH if not narrow else LIST_WIDTH - 40))
        self._side_pane.setFixedWidth(look.px(SIDE_WIDTH))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if event.spontaneous():
            return
        if self.has_entry() and self.saver.is_emptied():
            self._blank()
        else:
            self.saver.flush()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._shell.window() and event.type() is QEvent.Type.Close and self.saver.is_unsaved():
            return self._keep_open(event)
        return super().eventFilter(watched, event)

    def _keep_open(self, event: QEvent) -> bool:
        """Text that cannot be stored keeps the window open until its owner has said what is to become of it."""
        fault: PlnError | None = self.saver.settle()
        if fault is None:
            return False
        event.ignore()
        self.editor.say_refused(fault)
        ask_to_stay(self._shell, fault, self.editor.body.text(), self._give_up)
        return True

    def _give_up(self) -> None:
        self._shell.window().removeEventFilter(self)
        self._shell.window().close()
