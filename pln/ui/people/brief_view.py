"""The brief: what is good to know before meeting somebody."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QLayout, QWidget

from pln.model.changes import Noun, Ref
from pln.model.contact import Person
from pln.model.marks import prose
from pln.model.meetup import Meetup
from pln.model.timeline import Brief
from pln.suggest.phrasing import OVER
from pln.suggest.reasons import calendar_day, long_ago, short_day, shortened
from pln.ui.people.marks_box import OnTick, promises_card
from pln.ui.people.sections import bullet, link, reading, section
from pln.ui.people.wrapped_button import TitleButton
from pln.ui.shell import Shell
from pln.ui.widgets.boxes import column
from pln.ui.widgets.labels import label

_OPENING = 280


class BriefView(QWidget):
    """questions: up to three to take along."""

    def __init__(self, shell: Shell, person: Person, brief: Brief, questions: tuple[str, ...], ticked: OnTick) -> None:
        super().__init__()
        self._shell, self._person, self._brief, self._ticked = shell, person, brief, ticked
        self._questions = questions
        self._today = shell.today()
        self.setLayout(column(*self._sections(), None, spacing=22))

    def _sections(self) -> Iterator[QLayout]:
        brief = self._brief
        yield section(self.tr("Last time"), label(self._last_words(), "body", wrap=True), *map(self._talk, brief.last))
        yield section(self.tr("Open between you"), self._open_promises())
        if self._questions:
            lines = [bullet("message-circle", label(text, "body", wrap=True)) for text in self._questions]
            yield section(self.tr("Questions to take along"), *lines)
        if brief.lessons:
            lines = [bullet("lightbulb", label(mark.text, "body", wrap=True)) for mark in brief.lessons]
            yield section(self.tr("What you learned together"), *lines)
        if brief.reading:
            yield section(self._named(self.tr("Laid aside for %1 to read")), *self._reading())
        if brief.dates:
            days = [f"{name}, {calendar_day(day, self._today)}" for name, day in brief.dates]
            yield section(self.tr("Coming up"), *(label(text, "body", wrap=True) for text in days))
        if brief.common:
            yield section(self.tr("In common"), label(", ".join(brief.common), "body", wrap=True))
        if brief.reach:
            reach = [reading(text) for text in brief.reach]
            yield section(self.tr("How to reach them"), *reach)

    def _last_words(self) -> str:
        if not self._brief.last:
            return self.tr("Not met yet.")
        last = self._brief.last[0]
        words = self.tr("You last met %1, %2").replace("%1", long_ago(last.day, self._today))
        words = words.replace("%2", OVER.get(last.kind, self.tr("in person")))
        place = self.tr(" at %1").replace("%1", last.place) if last.place else ""
        times = self.tr(" You have met %1 times.").replace("%1", f"{self._brief.times_met:n}")
        return f"{words}{place}.{times if self._brief.times_met > 1 else ''}"

    def _talk(self, meetup: Meetup) -> QLayout:
        day = TitleButton(f"{short_day(meetup.day, self._today)} · {meetup.kind.capitalize()}")
        day.setObjectName(f"talk-{meetup.id}")
        day.clicked.connect(lambda: self._shell.open(Ref(Noun.MEETUP, meetup.id)))
        said = shortened(prose(meetup.notes), _OPENING)
        return column(4, day, *([label(said, "body", wrap=True)] if said else []), spacing=4)

    def _open_promises(self) -> QWidget:
        promises = (*self._brief.mine, *self._brief.theirs)
        if not promises:
            return label(self.tr("Nothing."), "body")
        return promises_card(promises, self._today, self._ticked)

    def _reading(self) -> Iterator[QLayout]:
        for record, title in self._brief.reading:
            opened = link(title, f"read-{record}", lambda record=record: self._open_article(record))  # type: ignore[misc]
            yield bullet("book-open", opened)

    def _open_article(self, record: int) -> None:
        self._shell.open(Ref(Noun.ARTICLE, record))

    def _named(self, text: str) -> str:
        return text.replace("%1", self._person.first_name)
