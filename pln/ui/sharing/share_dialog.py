"""The share window: where, what and whom on the left; exactly what will leave on the right. Enter keeps it private."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from pln.model.errors import Cancelled, PlnError
from pln.model.share import DestinationKind, ShareRecord, ShareState
from pln.services import sharing
from pln.services.context import Context
from pln.services.preferences import preferences
from pln.services.sharing import Approval, KnownNames, ShareStart, approve
from pln.ui import look
from pln.ui.sharing.names_section import NamesSection
from pln.ui.sharing.off_page import OffPage
from pln.ui.sharing.preparation import Prepared, Wish, prepare
from pln.ui.sharing.preview_pane import PreviewPane
from pln.ui.sharing.what_section import WhatSection
from pln.ui.sharing.where_section import WhereSection
from pln.ui.shell import Shell
from pln.ui.widgets.boxes import Grow, Item, clear, column, hairline, pane, row
from pln.ui.widgets.buttons import button
from pln.ui.widgets.labels import ElidedLabel, IconLabel, label
from pln.ui.widgets.scroll import Page
from pln.ui.widgets.settle import Settle

ORIGIN = "sharing"
WIDTH, HEIGHT = 1060, 720
_LEFT = 440
_SETTLE_MS = 150


class ShareDialog(QDialog):
    """Prepares a copy of an entry, or looks again at one that was held. Nothing leaves until Share is pressed."""

    def __init__(self, shell: Shell, entry_id: int, held: ShareRecord | None = None) -> None:
        super().__init__(shell.window())
        self.setWindowTitle(self.tr("Share"))  # never what is shared: titles reach task bars and screenshots
        self._shell, self._entry_id, self._held = shell, entry_id, held
        self._start: ShareStart | None = None
        self._known: KnownNames | None = None
        self._approval: Approval | None = None
        self.prepared: Prepared | None = None
        self._asked, self._closed = 0, False
        self._settle = Settle(_SETTLE_MS, self._prepare, self)
        self.what: WhatSection | None = None
        known = sharing.places(shell.ctx)
        if held is not None:
            known = {held.kind: sharing.place_of(held).path}
        self.where = WhereSection(known)
        self.names = NamesSection()
        self.preview = PreviewPane()
        self.off = OffPage(shell, self._switched_on)
        self._heading = label(self.tr("Share a copy"), "subtitle", wrap=True)
        self._build()
        self.finished.connect(self._ended)
        shell.tasks.read(lambda: _read(shell.ctx, entry_id, held), self._begin, self._cannot_begin)

    def again(self) -> Callable[[Shell], object]:
        """Opens the window once more; every decision is taken anew."""
        entry_id, held = self._entry_id, self._held
        return lambda shell: ShareDialog(shell, entry_id, held).open()

    # Reading and preparing

    def _begin(self, found: tuple[ShareStart, KnownNames]) -> None:
        if self._closed:
            return
        self._start, self._known = found
        if self._start.title:
            self._heading.setText(self.tr("Share “%1”").replace("%1", self._start.title))
        self.what = WhatSection(self._start)
        self.what.changed.connect(self._edited)
        clear(self._what_box)
        self._what_box.addWidget(self.what)
        if self._held is not None:
            self.what.take_all(self._start.title)
        self._edited()

    def _cannot_begin(self, error: BaseException) -> None:
        self._shell.fail(error)
        if not self._closed:
            self.reject()

    def _edited(self) -> None:
        """Any edit takes the approval away."""
        self._approval = None
        self.preview.void()
        self._settle.nudge()

    def _wish(self) -> Wish | None:
        if self._start is None or self._known is None or self.what is None:
            return None
        return Wish(
            start=self._start, known=self._known, place=self.where.place(), chosen=self.what.chosen(),
            title=self.what.title.text(), closing=self.what.closing.text(),
            keep_tags=not self.what.keep_back_tags.isChecked(), role=self.tr("a friend"),
            decisions=self.names.decisions(),
        )  # fmt: skip

    def _prepare(self) -> None:
        wish, ctx = self._wish(), self._shell.ctx
        if wish is None:
            return
        self._asked += 1
        number = self._asked
        self._shell.tasks.read(lambda: prepare(ctx, wish), lambda made: self._show(number, made), self._shell.fail)

    def _show(self, number: int, prepared: Prepared) -> None:
        if self._closed or number != self._asked or prepared.wish != self._wish():
            return
        self.prepared = prepared
        self.names.show_names(prepared)
        self.preview.show_prepared(prepared)
        self.hold_button.setEnabled(prepared.can_leave)
        if prepared.wish.place is not None:
            self.share_button.setText(self._share_words(prepared.wish.place.kind))

    # Deciding

    def _approved(self, yes: bool) -> None:
        rendered = self.prepared.rendered if self.prepared is not None else None
        self._approval = approve(rendered, self._shell.ctx.clock.now()) if yes and rendered is not None else None
        self.share_button.setEnabled(self._approval is not None)

    def _share(self) -> None:
        made, approval, ctx = self.prepared, self._approval, self._shell.ctx
        if made is None or made.rendered is None or made.wish.place is None or approval is None:
            return
        rendered, place = made.rendered, made.wish.place

        def job(_task: object) -> ShareRecord:
            sharing.switch_on(ctx, place, origin=ORIGIN)
            return sharing.share(
                ctx, made.draft, rendered, approval, place, made.decisions, known=made.wish.known, origin=ORIGIN
            )

        self._busy(True)
        self._shell.tasks.start(self.tr("Sharing a copy"), job, self._shared, self._refused)

    def _shared(self, record: ShareRecord) -> None:
        if record.state is ShareState.SENT:
            self._shell.toast(self.tr("Shared. What left is in the entry’s share log."))
            if not self._closed:
                self.accept()
        else:
            self._trouble(record.error)

    def _refused(self, error: BaseException) -> None:
        if isinstance(error, PlnError):
            self._trouble(f"{error.title}. {error.sentence}")
        elif isinstance(error, Cancelled):
            self._trouble(self.tr("Stopped. Nothing was shared."))
        else:
            self._shell.fail(error)
            self._trouble(self.tr("Something went wrong inside PLN. The share log says how far it came."))

    def _trouble(self, sentence: str) -> None:
        if self._closed:
            self._shell.toast(sentence)
            return
        self._busy(False)
        self._edited()
        self.preview.say(sentence)

    def _hold(self) -> None:
        made, ctx = self.prepared, self._shell.ctx
        if made is None or made.rendered is None or made.wish.place is None:
            return
        rendered, place, known = made.rendered, made.wish.place, made.wish.known
        self._busy(True)
        self._shell.tasks.write(
            lambda: sharing.hold(ctx, made.draft, rendered, place, made.decisions, known=known, origin=ORIGIN),
            self._is_held, self._refused,
        )  # fmt: skip

    def _is_held(self, _record: ShareRecord) -> None:
        self._shell.toast(self.tr("Held. It waits beside the entry, and nothing is sent by itself."))
        if not self._closed:
            self.accept()

    def _busy(self, busy: bool) -> None:
        for part in (self._left, self.hold_button, self.preview.yes):
            part.setEnabled(not busy)
        self.share_button.setEnabled(False)

    def _switched_on(self) -> None:
        for kind, path in sharing.places(self._shell.ctx).items():
            self.where.take_known(kind, path)
        self._stack.setCurrentIndex(1)
        self._foot.show()
        self._edited()

    # Arrangement

    def _build(self) -> None:
        self._stack = QStackedWidget()
        self._stack.addWidget(self.off)
        self._stack.addWidget(self._main())
        self._foot = self._footer()
        subtitle = self.tr("Nothing leaves until you press Share. The right side is exactly what others will see.")
        head = column(self._heading, label(subtitle, "muted", wrap=True), spacing=4, margins=(26, 20, 26, 16))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        for part in (pane(head, "surface"), hairline(), self._stack, hairline(), self._foot):
            whole.addWidget(part, 1 if part is self._stack else 0)
        on = preferences(self._shell.ctx).sharing
        self._stack.setCurrentIndex(1 if on else 0)
        self._foot.setVisible(on)
        room = self._shell.window().size()
        self.setMinimumSize(560, 420)
        wide, high = min(look.px(WIDTH), room.width() - 40), min(look.px(HEIGHT), room.height() - 60)
        self.resize(max(560, wide), max(420, high))
        left = self.width() * _LEFT // WIDTH
        self._split.setSizes([left, self.width() - left])
        self.where.changed.connect(self._edited)
        self.names.changed.connect(self._edited)
        self.preview.approved.connect(self._approved)

    def _main(self) -> QWidget:
        self._what_box = column(label(self.tr("Reading the entry…"), "muted"))
        guidelines = preferences(self._shell.ctx).guidelines.strip()
        mine: list[Item] = [
            label(self.tr("Your guidelines"), "label"),
            label(guidelines, "small", wrap=True),
            hairline(),
        ]
        sections: list[Item] = [
            *(mine if guidelines else []),
            label(self.tr("Where"), "label"), self.where, hairline(),
            label(self.tr("What"), "label"), self._what_box, hairline(),
            label(self.tr("People named here"), "label"), self.names, None,
        ]  # fmt: skip
        self._left = pane(
            column(Grow(Page(column(*sections, spacing=12), margins=(26, 20, 22, 20))), spacing=0), "surface"
        )
        self._left.setMinimumWidth(look.px(300))
        right = pane(column(Grow(Page(column(Grow(self.preview)), margins=(26, 20, 26, 16))), spacing=0), "bg")
        made = QSplitter(Qt.Orientation.Horizontal)
        made.addWidget(self._left)
        made.addWidget(right)
        made.setChildrenCollapsible(False)
        made.setHandleWidth(1)
        made.setStretchFactor(1, 1)
        self._split = made
        return made

    def _footer(self) -> QWidget:
        self.keep_private = button(self.tr("Keep it private"), run=self.reject)
        self.keep_private.setDefault(True)
        self.hold_button = button(self.tr("Hold until tomorrow"), run=self._hold)
        self.share_button = button(self._share_words(DestinationKind.FOLDER), "primary", "send", run=self._share)
        self.hold_button.setEnabled(False)
        self.share_button.setEnabled(False)
        note = ElidedLabel(self.tr("Not sure? A night’s sleep is a fine editor."), "muted")
        return pane(
            row(IconLabel("clock", "muted", 16), Grow(note), self.keep_private, self.hold_button, self.share_button,
                margins=(26, 14, 26, 14)),
            "surface",
        )  # fmt: skip

    def _share_words(self, kind: DestinationKind) -> str:
        return self.tr("Share to the folder") if kind is DestinationKind.FOLDER else self.tr("Share as a file")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        entering = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if entering and isinstance(self.focusWidget(), QLineEdit):
            self.focusNextChild()  # Enter ends a field; it never sends, and does not close what is being prepared
            return
        super().keyPressEvent(event)

    def _ended(self, _answer: int) -> None:
        self._closed = True
        self.deleteLater()


def _read(ctx: Context, entry_id: int, held: ShareRecord | None) -> tuple[ShareStart, KnownNames]:
    start = sharing.start(ctx, entry_id) if held is None else sharing.start_again(ctx, held)
    return start, sharing.known_names(ctx)
