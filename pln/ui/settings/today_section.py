"""Today: how much it shows, letting PLN rest, why one does this, and what one cares about oneself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from PySide6.QtCore import QDate, QLocale

from pln.model.errors import UsageError
from pln.model.suggestion import Energy
from pln.services.preferences import Preferences, preferences
from pln.services.today import pause, set_energy
from pln.ui.settings.section import ORIGIN, Section, field
from pln.ui.shell import Shell
from pln.ui.widgets.boxes import column, row
from pln.ui.widgets.buttons import button
from pln.ui.widgets.date_field import DateField
from pln.ui.widgets.labels import label
from pln.ui.widgets.segmented import Segmented
from pln.ui.widgets.settle import Settle
from pln.ui.widgets.tag_field import TagField
from pln.ui.widgets.text_edit import TextEdit

_PAUSE = 700


class TodaySection(Section):
    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        wishes = preferences(shell.ctx)
        self._kept_tags = wishes.own_interests
        levels = [
            ("quiet", self.tr("Quiet: one")),
            ("steady", self.tr("Steady: three")),
            ("open", self.tr("Open: five")),
        ]
        self.energy = Segmented(self.tr("Small steps a day, at most"), levels, wishes.energy.value)
        self.purpose = TextEdit(self.tr("Why you do this"), self.tr("One sentence is plenty."), size=15)
        self.purpose.setFixedHeight(78)
        self.purpose.set_text(wishes.purpose)
        self.interests = TagField(self.tr("Your own interests"), self.tr("Add an interest"))
        self.interests.set_tags(wishes.own_interests)
        self.until = DateField(self.tr("Rest until"), shell.today() + timedelta(days=7), shell.today(), ahead=True)
        self.rest = button(self.tr("Let PLN rest until then"), icon="moon", run=self._rest)
        self.wake = button(self.tr("End the rest now"), run=lambda: self._pause(None))
        self._resting = label("", "body", wrap=True)
        self._typed = Settle(_PAUSE, self._keep_purpose, self)
        self.energy.chosen.connect(self._energy_chosen)
        self.purpose.edited.connect(self._typed.nudge)
        self.interests.changed.connect(self._keep_interests)
        self.fill(
            self.tr("Today"),
            field(self.tr("Small steps a day, at most"), self.energy),
            column(
                label(self.tr("Rest"), "strong"),
                label(self.tr("Nothing is suggested until then, and nothing piles up."), "muted", wrap=True),
                self._resting, row(self.until, self.rest, self.wake, None), spacing=5,
            ),
            field(self.tr("Why you do this"), self.purpose, self.tr("Shown on Today, to nobody else.")),
            field(self.tr("Your own interests"), self.interests, self.tr("For what you have in common with people.")),
        )  # fmt: skip
        self._show_rest(wishes)

    def flush(self) -> None:
        self._typed.flush()
        self._keep_interests()

    def _energy_chosen(self, key: str) -> None:
        ctx = self.shell.ctx
        self.write(lambda: set_energy(ctx, Energy(key), origin=ORIGIN))

    def _keep_purpose(self) -> None:
        purpose = " ".join(self.purpose.text().split())
        self.keep(lambda wishes: replace(wishes, purpose=purpose))

    def _keep_interests(self) -> None:
        tags = self.interests.tags()
        if tags != self._kept_tags:
            self._kept_tags = tags
            self.keep(lambda wishes: replace(wishes, own_interests=tags))

    def _rest(self) -> None:
        if not self.until.is_readable():
            self.trouble(UsageError(self.tr("This is no day"), self.tr("3 Apr, 2026-04-03 or Friday are fine.")))
        elif self.until.day() <= self.shell.today():
            self.trouble(UsageError(self.tr("This day is not ahead"), self.tr("Choose tomorrow or a later day.")))
        else:
            self._pause(self.until.day())

    def _pause(self, until: date | None) -> None:
        ctx = self.shell.ctx
        self.write(lambda: pause(ctx, until, origin=ORIGIN), lambda: self._show_rest(preferences(ctx)))

    def _show_rest(self, wishes: Preferences) -> None:
        until = wishes.paused_until
        resting = until is not None and until > self.shell.today()
        for shown, when in ((self.until, not resting), (self.rest, not resting), (self.wake, resting)):
            shown.setVisible(when)
        self._resting.setVisible(resting)
        if until is not None:
            day = QLocale().toString(QDate(until.year, until.month, until.day), QLocale.FormatType.LongFormat)
            self._resting.setText(self.tr("PLN rests until %1.").replace("%1", day))
