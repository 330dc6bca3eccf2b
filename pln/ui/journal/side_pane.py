"""Beside the page: who is in the entry, what was written near it before, what was read, what was shared of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLayout, QWidget

from pln.model.changes import Noun, Ref
from pln.model.feed import ArticleRow
from pln.model.share import ShareRecord
from pln.services.near import Near, NearEntry
from pln.ui.journal.days import short_day
from pln.ui.journal.press_block import PressBlock
from pln.ui.sharing.wording import what_happened
from pln.ui.widgets.avatar import Avatar
from pln.ui.widgets.boxes import Item, clear, column, hairline, row
from pln.ui.widgets.buttons import button
from pln.ui.widgets.labels import ElidedLabel, escape, label, rich
from pln.ui.widgets.scroll import Page


class SidePane(Page):
    """wanted: a record to open. seen: a share to look at, by its uid."""

    wanted = Signal(object)
    seen = Signal(str)

    def __init__(self, today: Callable[[], date]) -> None:
        self._column = column(spacing=14)
        super().__init__(self._column, margins=(14, 18, 14, 18))
        self._today = today
        self._people: Sequence[tuple[int, str]] = ()
        self._near = Near()
        self._shares: Sequence[ShareRecord] = ()
        self.draw()

    def set_people(self, people: Sequence[tuple[int, str]]) -> None:
        """(id, name) of those the entry mentions, in their order."""
        self._people = people
        self.draw()

    def set_near(self, near: Near) -> None:
        self._near = near
        self.draw()

    def set_shares(self, shares: Sequence[ShareRecord]) -> None:
        """How each share of the entry stands, newest first."""
        self._shares = shares
        self.draw()

    def draw(self) -> None:
        clear(self._column)
        sections = [part for part in self._sections() if part is not None]
        for number, part in enumerate(sections):
            if number:
                self._column.addWidget(hairline())
            self._column.addLayout(part)
        self._column.addStretch(1)

    def _sections(self) -> list[QLayout | None]:
        found = (
            _section(self.tr("In this entry"), [self._person(*each) for each in self._people]),
            _section(self.tr("You wrote near this before"), [self._entry(each) for each in self._near.entries]),
            _section(self.tr("From your reading"), [self._article(each) for each in self._near.articles]),
            _section(self.tr("Shared"), [self._share(each) for each in self._shares]),
        )
        if any(found):
            return list(found)
        words = self.tr("People you name with “@” appear here, and what you wrote or read near this.")
        return [column(label(words, "muted", wrap=True))]

    def _person(self, person_id: int, name: str) -> QWidget:
        block = PressBlock(name, row(Avatar(name, 28), ElidedLabel(name), spacing=10))
        block.pressed.connect(lambda: self.wanted.emit(Ref(Noun.PERSON, person_id)))
        return block

    def _entry(self, entry: NearEntry) -> QWidget:
        day = short_day(entry.created, self._today())
        items: list[Item] = [rich(f"<b>{escape(day)}</b> {escape(entry.title)}", "small")]
        if entry.sentence:
            items.append(label(self.tr("“%1”").replace("%1", entry.sentence), "muted", wrap=True))
        block = PressBlock(f"{day} {entry.title}", column(*items, spacing=1))
        block.pressed.connect(lambda: self.wanted.emit(Ref(Noun.ENTRY, entry.id)))
        return block

    def _article(self, article: ArticleRow) -> QWidget:
        title = rich(f"<b>{escape(article.title)}</b>", "small")
        block = PressBlock(article.title, column(title, ElidedLabel(article.feed_title, "muted"), spacing=1))
        block.pressed.connect(lambda: self.wanted.emit(Ref(Noun.ARTICLE, article.id)))
        return block

    def _share(self, record: ShareRecord) -> QWidget:
        said = what_happened(record, self._today())
        made = QWidget()
        see = button(self.tr("see"), "link", run=lambda: self.seen.emit(record.uid))
        see.setAccessibleName(self.tr("See what was shared"))
        margins = (4, 0, 4, 0)
        made.setLayout(column(label(said, "small", wrap=True), row(see, None), spacing=0, margins=margins))
        return made


def _section(title: str, items: Sequence[QWidget]) -> QLayout | None:
    if not items:
        return None
    heading = label(title, "label")
    heading.setContentsMargins(4, 0, 4, 0)
    return column(heading, *items, spacing=5)
