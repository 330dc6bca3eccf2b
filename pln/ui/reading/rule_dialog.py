"""Making or changing a rule, and trying it on stored articles before it is saved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget

from pln.model.errors import Cancelled, PlnError
from pln.model.reading_rules import Act, Rule
from pln.services.reading_rules import Trial, apply_to_stored, known_tags, save_rule, try_rule
from pln.services.tasks import Task
from pln.services.undo import UndoStep
from pln.ui import look
from pln.ui.reading.ages import short_day
from pln.ui.reading.rule_conditions import Conditions
from pln.ui.reading.scope_choice import ScopeChoice
from pln.ui.shell import Shell
from pln.ui.widgets.boxes import Grow, clear, column, hairline, row
from pln.ui.widgets.buttons import button
from pln.ui.widgets.dialog import Dialog
from pln.ui.widgets.labels import ElidedLabel, label
from pln.ui.widgets.scroll import Page
from pln.ui.widgets.tag_field import TagField

_SHOWN = 12
_FOUND_HEIGHT = 132  # in pixels, at most; what was found stays in sight below the form


class RuleDialog(Dialog):
    """done: called after the rule was saved, with the step of what it did to stored articles, or None."""

    def __init__(
        self, shell: Shell, parent: QWidget | None, rule: Rule, done: Callable[[UndoStep | None], object]
    ) -> None:
        self._shell, self._rule, self._done = shell, rule, done
        self._task: Task | None = None
        self.name = QLineEdit(rule.name)
        self.name.setAccessibleName(_tr("Name"))
        self.name.setPlaceholderText(_tr("A name, if you like"))
        self.scope = ScopeChoice(shell.ctx, feed=rule.feed, folder=rule.folder, tag=rule.feed_tag)
        self.said = label("", "muted", wrap=True)
        self._shown = column(spacing=3)
        self.found = Page(column(self._shown, None), margins=(0, 0, 12, 0))
        self.conditions = Conditions(rule.conditions, self._edited)
        self.acts = {
            Act.MUTE: QCheckBox(_tr("Mark as read, so that it does not come up")),
            Act.STAR: QCheckBox(_tr("Give it a star")),
            Act.LATER: QCheckBox(_tr("Lay it aside to read later")),
            Act.FULL_TEXT: QCheckBox(_tr("Fetch its whole text from its page")),
            Act.NOTIFY: QCheckBox(_tr("Tell me in the window when it comes")),
        }
        for act, check in self.acts.items():
            check.setChecked(act in rule.acts)
        self.tags = TagField(_tr("Tags"), _tr("Tags to give it"), lambda typed: _fitting(shell, typed))
        self.tags.set_tags(rule.tags if Act.TAG in rule.acts else ())
        self.stored = QCheckBox(_tr("Do it with the stored articles that fit, too"))
        self.trying = button(_tr("Try it on what is stored"), icon="search", run=self.try_it)
        super().__init__(
            parent, _tr("Rule") if rule.id else _tr("New rule"), self._body(), _tr("Save"),
            subtitle=_tr("What should be done by itself with articles as they come in."),
        )  # fmt: skip
        self.scope.currentIndexChanged.connect(lambda _index: self._edited())
        self.open_at(600, 760)
        self._edited()

    def rule(self) -> Rule:
        """As it stands in the fields."""
        acts = [act for act, check in self.acts.items() if check.isChecked()]
        tags = self.tags.tags()
        return replace(
            self._rule, name=self.name.text(), feed=self.scope.feed(), folder=self.scope.folder(),
            feed_tag=self.scope.tag(), conditions=self.conditions.conditions(),
            acts=(*acts, *((Act.TAG,) if tags else ())), tags=tags,
        )  # fmt: skip

    def accept(self) -> None:
        """Save it. What is missing is told, and the dialog stays."""
        ctx, rule, also = self._shell.ctx, self.rule(), self.stored.isChecked()

        def job() -> UndoStep | PlnError | None:
            try:
                saved = save_rule(ctx, rule, origin="reading")
            except PlnError as fault:
                return fault
            return apply_to_stored(ctx, saved, origin="reading") if also else None

        self._shell.write(job, self._saved)

    def done(self, result: int) -> None:
        self._stop()
        super().done(result)

    def try_it(self) -> None:
        """Show how many stored articles fit, and the newest of them."""
        self._stop()
        self._forget_found()
        ctx, rule = self._shell.ctx, self.rule()
        if not rule.acts:  # which articles fit does not depend on what is done with them
            rule = replace(rule, acts=(Act.STAR,))
        self._say(_tr("Looking through what is stored…"))
        self._task = task = self._shell.tasks.start(
            _tr("Trying a rule"), lambda running: try_rule(ctx, rule, cancelled=lambda: running.cancelled),
            lambda trial: self._tried(task, trial), lambda error: self._failed(task, error),
        )  # fmt: skip

    def _body(self) -> QVBoxLayout:
        checks = column(*self.acts.values(), spacing=4)
        inside = column(
            self.name, _named(_tr("In"), self.scope), label(_tr("If"), "label"), self.conditions, 4,
            label(_tr("Then"), "label"), checks, self.tags, self.stored, None, spacing=8,
        )  # fmt: skip
        return column(
            Grow(Page(inside, margins=(0, 0, 12, 0))), hairline(), row(self.trying, None), self.said, self.found,
            spacing=8,
        )  # fmt: skip

    def _edited(self) -> None:
        """What was tried is no longer what stands there."""
        self._stop()
        self._forget_found()
        self._say("")

    def _forget_found(self) -> None:
        clear(self._shown)
        self.found.hide()

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self._task = None

    def _tried(self, task: Task, trial: Trial) -> None:
        if task is not self._task:
            return
        self._task = None
        words = _tr("One of %2 stored articles fits.") if trial.fitting == 1 else _tr("%1 of %2 stored articles fit.")
        self._say(words.replace("%1", f"{trial.fitting:,}").replace("%2", f"{trial.looked_at:,}"))
        now = self._shell.ctx.clock.now()
        for each in trial.rows[:_SHOWN]:
            line = QWidget()
            name = ElidedLabel(each.title or _tr("Without a title"), "small")
            line.setLayout(row(Grow(name), label(short_day(each.published, now), "faint"), spacing=12))
            self._shown.addWidget(line)
        self.found.setFixedHeight(min(self.found.content.sizeHint().height() + 4, look.px(_FOUND_HEIGHT)))
        self.found.setVisible(bool(trial.rows))

    def _failed(self, task: Task, error: BaseException) -> None:
        if task is not self._task:
            return
        self._task = None
        if isinstance(error, PlnError) and not isinstance(error, Cancelled):
            self._say(f"{error.title}. {error.sentence}")
        elif not isinstance(error, Cancelled):
            self._shell.fail(error)

    def _saved(self, outcome: UndoStep | PlnError | None) -> None:
        if isinstance(outcome, PlnError):
            self._say(f"{outcome.title}. {outcome.sentence}")
            return
        super().accept()
        self._done(outcome)

    def _say(self, words: str) -> None:
        self.said.setText(words)
        self.said.setVisible(bool(words))


def _named(name: str, field: QWidget) -> QVBoxLayout:
    return column(label(name, "label"), field, spacing=4)


def _fitting(shell: Shell, typed: str) -> list[str]:
    return [tag for tag in known_tags(shell.ctx) if typed.casefold() in tag.casefold()]


def _tr(text: str) -> str:
    return QCoreApplication.translate("reading_rules", text)
