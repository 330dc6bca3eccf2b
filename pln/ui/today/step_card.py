"""One suggested step: who, what, why; the one thing to do, Later, Not this, and the facts behind it."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLayout, QSizePolicy, QVBoxLayout, QWidget

from pln.model.changes import Ref
from pln.model.suggestion import Candidate, Fact, StepKind, Verdict
from pln.suggest.reasons import on_day, once_upper, sentence, shortened
from pln.ui.widgets.avatar import Avatar
from pln.ui.widgets.boxes import Grow, clear, column, hairline, row
from pln.ui.widgets.buttons import button
from pln.ui.widgets.chips import chip
from pln.ui.widgets.labels import label

_LONGEST_ACTION = 40  # characters; a name without end would push the other answers out of sight
# (tone, icon) of the chip
_LOOKS = {
    StepKind.PROMISE: ("amber", "check"),
    StepKind.WARM: ("accent", "sun"),
    StepKind.QUESTION: ("plum", "circle-help"),
    StepKind.THEIR_PROMISE: ("amber", "check"),
    StepKind.DATE: ("amber", "gift"),
    StepKind.ARTICLE: ("accent", "book-open"),
    StepKind.INTRODUCTION: ("plum", "git-merge"),
    StepKind.RHYTHM: ("accent", "clock"),
    StepKind.DORMANT: ("blue", "sprout"),
}


class StepCard(QFrame):
    """begun: the primary action was pressed. answered: a Verdict's value. wanted: a fact's record shall be shown."""

    begun = Signal()
    answered = Signal(str)
    wanted = Signal(object)

    def __init__(self, step: Candidate, names: tuple[str, ...], today: date) -> None:
        super().__init__()
        self._step, self._today = step, today
        self.setProperty("role", "card")
        self.setAccessibleName(step.title)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        tone, icon = _LOOKS[step.kind]
        head = row(Grow(label(step.title, "head", wrap=True)), chip(step.chip, tone, icon), spacing=12, top=True)
        why = label(sentence(step.facts), "muted", wrap=True)
        self.primary = button(shortened(step.action_label, _LONGEST_ACTION), "primary", run=self._begin)
        self._actions = QWidget()
        self._show_actions(self._first_actions())
        self._facts = QWidget()
        self._facts.hide()
        text = column(head, why, self._actions, self._facts, spacing=6)
        who = column(Avatar(names[0] if names else "", 40), None)
        self.setLayout(row(who, Grow(text), spacing=14, margins=(18, 16, 18, 16), top=True))

    def toggle_facts(self) -> None:
        """Show or hide the facts that the step rests on."""
        if self._facts.layout() is None:
            self._facts.setLayout(self._fact_list())
        self._facts.setVisible(self._facts.isHidden())

    def _first_actions(self) -> QLayout:
        later = button(self.tr("Later"), "quiet", run=lambda: self.answered.emit(Verdict.LATER.value))
        never = button(self.tr("Not this"), "quiet", run=lambda: self.answered.emit(Verdict.NOT_THIS.value))
        why = button(self.tr("why this?"), "whisper", run=self.toggle_facts)
        return row(self.primary, later, never, None, why, spacing=8, margins=(0, 6, 0, 0))

    def _begin(self) -> None:
        """After the hand-over the card asks whether it happened; nothing is assumed."""
        self.begun.emit()
        done = button(self.tr("It is done"), "primary", run=lambda: self.answered.emit(Verdict.DONE.value))
        not_yet = button(self.tr("Not yet"), "quiet", run=lambda: self.answered.emit(Verdict.LATER.value))
        words = label(self.tr("Did it happen?"), "muted")
        self._show_actions(row(words, done, not_yet, None, spacing=10, margins=(0, 6, 0, 0)))
        done.setFocus()

    def _show_actions(self, actions: QLayout) -> None:
        layout = self._actions.layout()
        if layout is None:
            layout = QVBoxLayout(self._actions)
            layout.setContentsMargins(0, 0, 0, 0)
        assert isinstance(layout, QVBoxLayout)
        clear(layout)
        layout.addLayout(actions)

    def _fact_list(self) -> QLayout:
        lines = [self._fact(fact) for fact in self._step.facts]
        never = button(
            self.tr("Never for this reason"), "link", run=lambda: self.answered.emit(Verdict.NEVER_REASON.value)
        )
        nobody = button(
            self.tr("Never for this person"), "link", run=lambda: self.answered.emit(Verdict.NEVER_PERSON.value)
        )
        return column(hairline(), *lines, row(never, nobody, None, spacing=16), spacing=8, margins=(0, 6, 0, 0))

    def _fact(self, fact: Fact) -> QLayout:
        text = fact.text + (f" “{fact.quote}”" if fact.quote and fact.quote not in fact.text else "")
        when = label(once_upper(on_day(fact.day, self._today)) if fact.day else "", "faint")
        line = row(Grow(label(text, "small", wrap=True)), when, spacing=10, top=True)
        if fact.ref is not None:
            line.addWidget(self._opener(fact.ref))
        return line

    def _opener(self, ref: Ref) -> QWidget:
        return button(self.tr("look"), "whisper", run=lambda: self.wanted.emit(ref))
