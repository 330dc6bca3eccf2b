"""The head of a person's page: who they are, their circles and interests, and what one can do."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QMenu, QPushButton, QWidget

from pln.model.contact import Person
from pln.ui.widgets.avatar import Avatar
from pln.ui.widgets.boxes import Grow, Item, column, row
from pln.ui.widgets.buttons import button, icon_button
from pln.ui.widgets.chips import chip
from pln.ui.widgets.flow import FlowLayout
from pln.ui.widgets.labels import label
from pln.ui.widgets.split import Split

_MOST_CHIPS = 12
_LONGEST_CHIP = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Verbs:
    """What the buttons of the page call."""

    write: Callable[[], object]
    log: Callable[[], object]
    plan: Callable[[], object]
    edit: Callable[[], object]
    remove: Callable[[], object]


def header(person: Person, verbs: Verbs) -> QWidget:
    """Avatar, name, subtitle and chips; the buttons beside them, or below where it is narrow."""
    name = label(person.name, "title", wrap=True)
    name.setObjectName("name")
    words = subtitle(person)
    lines: list[Item] = [name, *([label(words, "lead", wrap=True)] if words else [])]
    chips = list(_chips(person))
    lines += [4, FlowLayout(*chips, spacing=8)] if chips else []
    about = column(*lines, None, spacing=1)
    who = row(Avatar(person.name, 60), Grow(about), spacing=16, top=True)
    return _Head(who, row(None, *_buttons(verbs), None, spacing=10, top=True))


class _Head(Split):
    """The buttons stand at the far edge beside the name, and at the near one below it."""

    def __init__(self, who: QLayout, buttons: QHBoxLayout) -> None:
        super().__init__(who, column(buttons, None), side_width=276, below=600, spacing=16)
        self._buttons = buttons

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._buttons.setStretch(0, 1 if self.beside() else 0)
        self._buttons.setStretch(self._buttons.count() - 1, 0 if self.beside() else 1)
        super().resizeEvent(event)


def subtitle(person: Person) -> str:
    """ "Community lead at Northlight · Malmö · they/she"."""
    work = _tr("%1 at %2").replace("%1", person.role).replace("%2", person.org)
    work = work if person.role and person.org else person.role or person.org
    return " · ".join(part for part in (work, person.place, person.pronouns) if part)


def _buttons(verbs: Verbs) -> Sequence[QPushButton]:
    write = button(_tr("Write"), icon="mail", run=verbs.write)
    log = button(_tr("Log a meetup"), "primary", icon="coffee", run=verbs.log)
    more = icon_button("ellipsis", _tr("More to do with this person"))
    more.clicked.connect(lambda: _open_menu(more, verbs))
    for name, made in (("write", write), ("log", log), ("more", more)):
        made.setObjectName(name)
    return write, log, more


def _open_menu(anchor: QPushButton, verbs: Verbs) -> None:
    menu = QMenu(anchor)
    menu.aboutToHide.connect(menu.deleteLater)
    menu.addAction(_tr("Edit…"), verbs.edit)
    menu.addAction(_tr("Plan a meetup…"), verbs.plan)
    menu.addSeparator()
    menu.addAction(_tr("Remove"), verbs.remove)
    menu.popup(anchor.mapToGlobal(anchor.rect().bottomLeft()))


def _chips(person: Person) -> Iterator[QWidget]:
    words = [(name, "accent") for name in person.circles] + [(name, "outline") for name in person.interests]
    for text, tone in words[:_MOST_CHIPS]:
        yield chip(text if len(text) <= _LONGEST_CHIP else f"{text[: _LONGEST_CHIP - 1]}…", tone)
    if len(words) > _MOST_CHIPS:
        yield chip(f"+{len(words) - _MOST_CHIPS}")


def _tr(text: str) -> str:
    return QCoreApplication.translate("people", text)
