"""The share log: when, where, to whom, the exact text, the names in it; and taking back."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QDialog, QPlainTextEdit, QVBoxLayout, QWidget

from pln.model.errors import PlnError
from pln.model.share import ShareRecord, ShareState
from pln.services import sharing
from pln.ui.journal.days import clock_time
from pln.ui.sharing.wording import what_happened
from pln.ui.shell import Shell
from pln.ui.widgets.boxes import Grow, clear, column, hairline, pane, row
from pln.ui.widgets.buttons import button
from pln.ui.widgets.empty import EmptyState
from pln.ui.widgets.labels import label
from pln.ui.widgets.list_view import ListView
from pln.ui.widgets.paged_model import PagedModel
from pln.ui.widgets.row_look import RowLook

ORIGIN = "sharing"


class ShareLogDialog(QDialog):
    """Shares of one entry (0: everything ever shared), the newest first; `uid` is shown at the beginning."""

    def __init__(self, shell: Shell, entry_id: int = 0, uid: str = "") -> None:
        super().__init__(shell.window())
        self.setWindowTitle(self.tr("Share log"))
        self._shell, self._entry_id, self._uid = shell, entry_id, uid
        self._records: Sequence[ShareRecord] = ()
        self._closed = False
        self.said = label("", "accent", wrap=True)
        model = PagedModel(self._fetch, lambda record: self._line(record))
        self.list: ListView[ShareRecord] = ListView(self.tr("Shares"), model, self._look)
        self.list.chosen.connect(self._choose)
        self._detail = column(spacing=10, margins=(22, 18, 22, 18))
        self._build()
        self._read()
        self.finished.connect(self._ended)

    def record(self) -> ShareRecord | None:
        """The share that is looked at."""
        return next((record for record in self._records if record.uid == self._uid), None)

    def _build(self) -> None:
        self.close_button = button(self.tr("Close"), run=self.accept)
        self.close_button.setDefault(True)
        title = self.tr("What was shared of this entry") if self._entry_id else self.tr("Everything I shared")
        note = self.tr("The log only grows. Later edits of an entry change nothing outside.")
        head = column(label(title, "subtitle"), label(note, "muted", wrap=True), spacing=4, margins=(26, 20, 26, 16))
        beside = row(spacing=0)
        beside.addWidget(pane(column(Grow(self.list), spacing=0), "surface", "right", 300))
        beside.addWidget(pane(self._detail, "bg"), 1)
        middle = pane(beside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        foot = pane(row(Grow(self.said), self.close_button, margins=(26, 14, 26, 14)), "surface")
        for part in (pane(head, "surface"), hairline(), middle, hairline(), foot):
            whole.addWidget(part, 1 if part is middle else 0)
        room = self._shell.window().size()
        self.resize(min(940, room.width() - 60), min(640, room.height() - 60))

    def _read(self) -> None:
        ctx, entry_id = self._shell.ctx, self._entry_id
        self._records = sharing.shares_of(ctx, entry_id) if entry_id else sharing.everything_shared(ctx)
        if self.record() is None and self._records:
            self._uid = self._records[0].uid
        self.list.set_ids(tuple(range(len(self._records))))
        for number, record in enumerate(self._records):
            if record.uid == self._uid:
                self.list.choose(number)
        self._show()

    def _fetch(self, ids: Sequence[int]) -> list[ShareRecord | None]:
        return [self._records[number] for number in ids]

    def _line(self, record: ShareRecord) -> str:
        return what_happened(record, self._shell.today())

    def _look(self, record: ShareRecord) -> RowLook:
        return RowLook(title=self._line(record), second=_file_of(record), lines=2, strong=False)

    def _choose(self, number: int) -> None:
        self._uid = self._records[number].uid
        self.said.setText("")
        self._show()

    def _show(self) -> None:
        clear(self._detail)
        record = self.record()
        if record is None:
            self._detail.addWidget(EmptyState(self.tr("Nothing was shared. It is all still yours alone."), icon="lock"))
            return
        for line in sharing.history(self._shell.ctx, record.uid):
            said = f"{clock_time(line.at)} · {what_happened(line, self._shell.today())}"
            self._detail.addWidget(label(said, "small", wrap=True))
        for words in (record.target, record.audience, self._named(record), record.error):
            if words:
                self._detail.addWidget(label(words, "muted", wrap=True, selectable=True))
        self._detail.addWidget(label(self.tr("The exact text"), "label"))
        self._detail.addWidget(self._text(record), 1)
        self._detail.addLayout(row(None, *self._actions(record)))

    def _text(self, record: ShareRecord) -> QPlainTextEdit:
        text = QPlainTextEdit(record.text)
        text.setReadOnly(True)
        text.setTabChangesFocus(True)
        text.setAccessibleName(self.tr("The exact text"))
        return text

    def _named(self, record: ShareRecord) -> str:
        if not record.names_kept:
            return self.tr("Nobody you know is named in it.")
        return self.tr("Named in it: %1").replace("%1", ", ".join(record.names_kept))

    def _actions(self, record: ShareRecord) -> list[QWidget]:
        match record.state:
            case ShareState.SENT:
                return [button(self.tr("Take it back"), run=lambda: self._take_back(record))]
            case ShareState.UNSURE:
                return [
                    button(self.tr("Look whether it is there"), run=lambda: self._look_for(record)),
                    button(self.tr("Take it back"), run=lambda: self._take_back(record)),
                ]
            case ShareState.WAITING:
                return [
                    button(self.tr("Let it go"), "quiet", run=lambda: self._take_back(record)),
                    button(self.tr("Look at it again"), run=lambda: self._again(record)),
                ]
        return []

    def _take_back(self, record: ShareRecord) -> None:
        ctx = self._shell.ctx
        self._start(lambda: sharing.take_back(ctx, record, origin=ORIGIN), lambda done: self._changed(done[1]))

    def _look_for(self, record: ShareRecord) -> None:
        ctx = self._shell.ctx
        self._start(lambda: sharing.look(ctx, record, origin=ORIGIN), lambda found: self._looked(found))

    def _looked(self, found: ShareRecord) -> None:
        self._changed({
            ShareState.SENT: self.tr("It is there, exactly as it was approved."),
            ShareState.FAILED: self.tr("It is not there. Nothing of it was written."),
        }.get(found.state, self.tr("Something else lies there. Look at it yourself before you go on.")))  # fmt: skip

    def _again(self, record: ShareRecord) -> None:
        from pln.ui.sharing.share_dialog import ShareDialog

        self.accept()
        ShareDialog(self._shell, record.entry_id or 0, held=record).open()

    def _start(self, job: Callable[[], object], done: Callable[..., None]) -> None:
        """Disks can be slow, so not on this thread."""
        self._shell.tasks.start(self.tr("Share log"), lambda _task: job(), done, self._failed)

    def _changed(self, said: str) -> None:
        if self._closed:
            self._shell.toast(said)
            return
        self._read()
        self.said.setText(said)

    def _failed(self, error: BaseException) -> None:
        if isinstance(error, PlnError) and not self._closed:
            self.said.setText(f"{error.title}. {error.sentence}")
        else:
            self._shell.fail(error)

    def _ended(self, _answer: int) -> None:
        self._closed = True
        self.deleteLater()


def _file_of(record: ShareRecord) -> str:
    return record.target.replace("\\", "/").rsplit("/", 1)[-1]
