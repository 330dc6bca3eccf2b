"""The conditions of a rule, one line each; one more can be added."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QLineEdit, QWidget

from pln.model.reading_rules import Condition
from pln.ui.reading.rule_words import condition_of, how_key, how_options, part_options
from pln.ui.widgets.boxes import Grow, column, row
from pln.ui.widgets.buttons import button, icon_button
from pln.ui.widgets.choice import Choice


class ConditionLine(QWidget):
    def __init__(self, condition: Condition, changed: Callable[[], object], remove: Callable[[], object]) -> None:
        super().__init__()
        self.part = Choice(_tr("Where to look"), part_options(), condition.part.value)
        self.how = Choice(_tr("How"), how_options(), how_key(condition))
        self.words = QLineEdit(", ".join(condition.words))
        self.words.setAccessibleName(_tr("Words"))
        self.words.setPlaceholderText(_tr("Words or phrases, with commas"))
        self.remove = icon_button("x", _tr("Remove this condition"), run=remove)
        self.words.textEdited.connect(lambda _text: changed())
        for choice in (self.part, self.how):
            choice.currentIndexChanged.connect(lambda _index: changed())
        self.setLayout(column(row(Grow(self.part), Grow(self.how), self.remove), self.words, spacing=4))

    def condition(self) -> Condition:
        return condition_of(self.part.current(), self.how.current(), self.words.text())


class Conditions(QWidget):
    """changed: called when anything in it was changed."""

    def __init__(self, conditions: Sequence[Condition], changed: Callable[[], object]) -> None:
        super().__init__()
        self._changed = changed
        self.lines: list[ConditionLine] = []
        self._inside = column(spacing=10)
        self.more = button(_tr("And one more condition"), "link", run=lambda: self.add(Condition(words=())))
        self.setLayout(column(self._inside, row(self.more, None), spacing=6))
        for condition in conditions or (Condition(words=()),):
            self.add(condition)

    def add(self, condition: Condition) -> None:
        line = ConditionLine(condition, self._changed, lambda: self._drop(line))
        self.lines.append(line)
        self._inside.addWidget(line)
        self._show_removers()
        line.words.setFocus()
        self._changed()

    def conditions(self) -> tuple[Condition, ...]:
        return tuple(line.condition() for line in self.lines)

    def _drop(self, line: ConditionLine) -> None:
        self.lines.remove(line)
        self._inside.removeWidget(line)
        line.deleteLater()
        self._show_removers()
        self._changed()

    def _show_removers(self) -> None:
        for line in self.lines:
            line.remove.setVisible(len(self.lines) > 1)


def _tr(text: str) -> str:
    return QCoreApplication.translate("reading_rules", text)
