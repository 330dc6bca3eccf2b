"""All rules of reading in one place, with the line of words that mute."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from pln.model.reading_rules import Rule
from pln.services.reading_rules import mute_words, remove_rule, rules, save_rule, set_mute_words
from pln.services.undo import UndoStep
from pln.ui.reading.rule_dialog import RuleDialog
from pln.ui.reading.rule_words import act_words, rule_name
from pln.ui.shell import Shell
from pln.ui.widgets.boxes import Grow, clear, column, row
from pln.ui.widgets.buttons import button, icon_button
from pln.ui.widgets.dialog import Dialog
from pln.ui.widgets.labels import ElidedLabel, label
from pln.ui.widgets.scroll import Page


class RulesDialog(Dialog):
    """changed: called after stored articles were changed."""

    def __init__(self, shell: Shell, parent: QWidget | None, changed: Callable[[], object]) -> None:
        self._shell, self._changed = shell, changed
        self.words = QLineEdit(", ".join(mute_words(shell.ctx)))
        self.words.setAccessibleName(_tr("Mark as read what holds one of these words"))
        self.words.setPlaceholderText(_tr("crypto, football, …"))
        self.words.editingFinished.connect(self._keep_words)
        told = _tr(
            "Such an article is read when it comes: it is out of Unread and of all numbers, and waits in the list of "
            "its feed."
        )
        hint = label(told, "muted", wrap=True)
        self._inside = column(spacing=6)
        self.new = button(_tr("New rule…"), icon="plus", run=lambda: self.edit(Rule()))
        body = column(
            label(_tr("Mark as read what holds one of these words"), "label", wrap=True), self.words, hint, 8,
            label(_tr("Rules"), "label"),
            Grow(Page(column(self._inside, None), margins=(0, 0, 12, 0))), row(self.new, None), spacing=6,
        )  # fmt: skip
        super().__init__(
            parent, _tr("Rules of reading"), body, _tr("Close"),
            subtitle=_tr("What is done by itself with articles as they come in."),
        )  # fmt: skip
        self.cancel.hide()
        self.open_at(580, 560)
        self.checks: list[QCheckBox] = []
        self.refresh()

    def done(self, result: int) -> None:
        self._keep_words()
        super().done(result)

    def refresh(self) -> None:
        clear(self._inside)
        self.checks = []
        for rule in rules(self._shell.ctx):
            self._inside.addWidget(self._line(rule))
        if not self.checks:
            self._inside.addWidget(label(_tr("There is none yet."), "muted"))

    def edit(self, rule: Rule) -> RuleDialog:
        dialog = RuleDialog(self._shell, self, rule, self._saved)
        dialog.open()
        return dialog

    def _line(self, rule: Rule) -> QWidget:
        name = rule_name(rule)
        check = QCheckBox()
        check.setAccessibleName(name)
        check.setChecked(rule.enabled)
        check.toggled.connect(lambda on: self._write(lambda: save_rule(self._shell.ctx, replace(rule, enabled=on))))
        self.checks.append(check)
        words = column(ElidedLabel(name, "strong"), ElidedLabel(act_words(rule), "muted"), spacing=1)
        change = button(_tr("Change…"), "quiet", run=lambda: self.edit(rule))
        gone = icon_button("trash-2", _tr("Remove %1").replace("%1", name), run=lambda: self._remove(rule))
        line = QWidget()
        line.setLayout(row(check, Grow(words), change, gone, spacing=8))
        return line

    def _remove(self, rule: Rule) -> None:
        def removed(step: UndoStep) -> None:
            self._shell.toast(step.label, step)
            self.refresh()

        self._shell.write(lambda: remove_rule(self._shell.ctx, rule.id, origin="reading"), removed)

    def _saved(self, step: UndoStep | None) -> None:
        self.refresh()
        if step is not None:
            self._shell.toast(step.label, step)
            self._changed()

    def _keep_words(self) -> None:
        typed, ctx = self.words.text(), self._shell.ctx
        if ", ".join(mute_words(ctx)) != typed.strip():
            self._shell.write(lambda: set_mute_words(ctx, typed, origin="reading"), self._kept_words)

    def _kept_words(self, words: tuple[str, ...]) -> None:
        if not self.words.hasFocus():
            self.words.setText(", ".join(words))

    def _write(self, job: Callable[[], object]) -> None:
        self._shell.write(job, lambda _done: self.refresh())


def _tr(text: str) -> str:
    return QCoreApplication.translate("reading_rules", text)
