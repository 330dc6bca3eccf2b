"""Everybody who is named in the copy, with what happens to each name. Nobody is named by oversight."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLayout, QLineEdit, QWidget

from pln.model.share import NameAction, NameDecision, NameHit
from pln.services.sharing import initials, key
from pln.ui.sharing.preparation import Prepared
from pln.ui.widgets.avatar import Avatar
from pln.ui.widgets.boxes import Grow, clear, column, row
from pln.ui.widgets.buttons import button
from pln.ui.widgets.cards import card
from pln.ui.widgets.chips import chip
from pln.ui.widgets.labels import ElidedLabel, label
from pln.ui.widgets.segmented import Segmented


class NamesSection(QWidget):
    """changed: the user decided something. Rows stay as they are while the names stay the same."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._decisions: dict[str, NameDecision] = {}
        self._shown: tuple[tuple[str, ...], tuple[str, ...]] | None = None
        self.rows: list[NameRow] = []
        self._rows = column(spacing=12)
        self.setLayout(column(self._rows))

    def decisions(self) -> dict[str, NameDecision]:
        """What the user said, by the key of each name, for names that are out of sight too."""
        return dict(self._decisions)

    def show_names(self, prepared: Prepared) -> None:
        names = tuple(key(hit.text) for hit in prepared.hits)
        still = tuple(key(hit.text) for hit in prepared.still)
        if self._shown == (names, still):
            return
        self._shown = (names, still)
        clear(self._rows)
        self.rows = [self._row(hit, said) for hit, said in zip(prepared.hits, prepared.decisions, strict=False)]
        if not names and not still:
            self._rows.addWidget(label(self.tr("Nobody you know is named in it."), "muted", wrap=True))
            return
        self._rows.addWidget(card(self._inside(prepared), padded=True))

    def _inside(self, prepared: Prepared) -> QLayout:
        count = len(prepared.hits)
        said = self.tr("1 name") if count == 1 else self.tr("%1 names").replace("%1", str(count))
        head = row(chip(said, "amber"), label(self.tr("replaced until you say otherwise"), "small"), None)
        return column(head, *self.rows, *(self._still(hit) for hit in prepared.still), spacing=12)

    def _row(self, hit: NameHit, said: NameDecision) -> NameRow:
        made = NameRow(hit, said)
        made.changed.connect(lambda: self._say(made.decision()))
        return made

    def _still(self, hit: NameHit) -> QWidget:
        """A word that came in with a replacement and names somebody too."""
        made = QWidget()
        words = self.tr("“%1” in what would be sent is a name you know. Choose other words, or keep it.")
        keep = button(
            self.tr("Keep it"), run=lambda: self._say(NameDecision(matched=hit.text, action=NameAction.KEEP))
        )  # fmt: skip
        made.setLayout(row(Grow(label(words.replace("%1", hit.text), "danger", wrap=True)), keep))
        return made

    def _say(self, decision: NameDecision) -> None:
        self._decisions[key(decision.matched)] = decision
        self.changed.emit()


class NameRow(QWidget):
    """One name: a role in its place, initials, the name itself, or nothing."""

    changed = Signal()

    def __init__(self, hit: NameHit, said: NameDecision) -> None:
        super().__init__()
        self.hit = hit
        self.role = QLineEdit(said.role)
        self.role.setAccessibleName(self.tr("Words in place of %1").replace("%1", hit.text))
        self.role.setMaximumWidth(150)
        self.role.setVisible(said.action is NameAction.ROLE)
        options = [
            (NameAction.ROLE.value, said.role), (NameAction.INITIALS.value, initials(hit.name) or "–"),
            (NameAction.KEEP.value, self.tr("name")), (NameAction.REMOVE.value, self.tr("remove")),
        ]  # fmt: skip
        self.action = Segmented(self.tr("What happens to %1").replace("%1", hit.text), options, said.action.value)
        who = ElidedLabel(hit.text)
        lines = column(row(Avatar(hit.name, 24), Grow(who), self.role, spacing=8), spacing=4)
        if key(hit.text) != key(hit.name):
            lines.addWidget(ElidedLabel(hit.name, "muted"))
        lines.addWidget(self.action)
        self.setLayout(lines)
        self.action.chosen.connect(self._chosen)
        self.role.textEdited.connect(self._role_typed)

    def decision(self) -> NameDecision:
        return NameDecision(
            matched=self.hit.text, action=NameAction(self.action.current()), role=self.role.text().strip()
        )

    def _chosen(self, action: str) -> None:
        self.role.setVisible(action == NameAction.ROLE.value)
        self.changed.emit()

    def _role_typed(self, text: str) -> None:
        self.action.set_text(NameAction.ROLE.value, text.strip() or "…")
        self.changed.emit()
