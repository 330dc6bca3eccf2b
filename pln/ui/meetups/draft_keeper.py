"""Keeps what stands in the log dialog while it is typed, and offers it again at the next opening."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from pln.model.errors import PlnError
from pln.model.meetup import Meetup
from pln.services.meetup_drafts import MeetupDraft, draft_of, keep_draft
from pln.ui.meetups.words import plain_day
from pln.ui.shell import Shell
from pln.ui.widgets.boxes import row
from pln.ui.widgets.buttons import button
from pln.ui.widgets.labels import label

_EVERY = 800  # milliseconds from the first letter typed until it is kept


class DraftKeeper(QWidget):
    """A line that says that a draft goes on, shown only where one does.

    begun: the fields as they were before anything was typed. read gives them as they stand, fill shows others.
    """

    def __init__(
        self, shell: Shell, slot: str, begun: MeetupDraft,
        read: Callable[[], MeetupDraft], fill: Callable[[MeetupDraft], object],
    ) -> None:  # fmt: skip
        super().__init__()
        self._shell, self._slot, self._begun, self._read, self._fill = shell, slot, begun, read, fill
        self._aside = begun
        self._stored = False
        self._words = label("", "muted")
        self.anew = button("", "link", run=self._swap)
        self.setLayout(row(self._words, self.anew, None))
        self._timer = QTimer(self, singleShot=True, interval=_EVERY)
        self._timer.timeout.connect(self.keep)
        self.hide()

    def take_up(self) -> None:
        """Show the draft kept for this slot, if there is one."""
        draft = draft_of(self._shell.ctx, self._slot)
        if draft is None:
            return
        self._stored = True
        self._fill(draft)
        day = plain_day(draft.kept.astimezone().date(), self._shell.today())
        self._words.setText(self.tr("Your draft of %1 goes on.").replace("%1", day))
        self.anew.setText(self.tr("Begin anew"))
        self.show()

    def nudge(self) -> None:
        """Something was typed: keep it soon."""
        if not self._timer.isActive():
            self._timer.start()

    def is_empty(self) -> bool:
        """Nothing was typed or picked beyond what the dialog began with."""
        now, names = self._read(), ("who", "typed", "minutes", "place", "notes")
        return all(getattr(now, name) == getattr(self._begun, name) for name in names)

    def keep(self) -> None:
        """Write the fields as they stand; where they are empty, let an older draft go."""
        self._timer.stop()
        draft = None if self.is_empty() else self._read()
        if draft is not None or self._stored:
            self._stored = draft is not None
            ctx, slot = self._shell.ctx, self._slot
            self._shell.tasks.write(lambda: keep_draft(ctx, slot, draft), None, self._shell.fail)

    def settle(self) -> PlnError | None:
        """As `keep`, and wait until it is written; the fault where that cannot be."""
        self._timer.stop()
        draft, ctx, slot = None if self.is_empty() else self._read(), self._shell.ctx, self._slot
        if draft is None and not self._stored:
            return None
        try:
            self._shell.tasks.write(lambda: keep_draft(ctx, slot, draft)).result()
        except PlnError as fault:
            return fault
        self._stored = draft is not None
        return None

    def stop(self) -> None:
        """Keep nothing more: the meetup itself is being saved."""
        self._timer.stop()

    def _swap(self) -> None:
        """Empty fields for the draft; pressed again, the draft is back."""
        aside, self._aside = self._aside, self._read()
        self._fill(aside)
        back = aside is self._begun
        self.anew.setText(self.tr("Bring it back") if back else self.tr("Begin anew"))
        self._words.setText(self.tr("The draft is set aside.") if back else self.tr("Your draft goes on."))
        self.nudge()


def slot_of(people: tuple[int, ...], meetup: Meetup | None, plan: bool) -> str:
    """The place where a draft waits: one for each meetup changed, and one for each way the dialog is opened."""
    if meetup is not None and meetup.id:
        return f"edit:{meetup.id}"
    return f"{'plan' if plan else 'log'}:{','.join(map(str, people))}"
