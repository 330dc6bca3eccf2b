"""The brief: what is good to know before meeting somebody."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtWidgets import QCheckBox, QLayout, QWidget

from pln.model.changes import Noun, Ref
from pln.model.contact import Person
from pln.model.highlight import Highlight
from pln.model.marks import Mark, prose
from pln.model.meetup import Meetup
from pln.model.timeline import Brief
from pln.suggest.brief import kept_questions
from pln.suggest.phrasing import OVER
from pln.suggest.reasons import calendar_day, long_ago, short_day, shortened
from pln.ui import look
from pln.ui.people.marks_box import promises_card
from pln.ui.people.sections import bullet, link, reading, section
from pln.ui.people.wrapped_button import TickBox, TitleButton
from pln.ui.shell import Shell
from pln.ui.widgets.boxes import Grow, Item, column, row
from pln.ui.widgets.labels import label

_OPENING = 280


OnTick = Callable[[Mark | Highlight, bool], object]


class BriefView(QWidget):
    """questions: up to three to take along. ticked: called with a promise or question whose box was, and its state.

    told: called with the article that they were told of.
    """

    def __init__(
        self, shell: Shell, person: Person, brief: Brief, questions: tuple[str, ...], ticked: OnTick,
        told: Callable[[int], object],
    ) -> None:  # fmt: skip
        super().__init__()
        self._shell, self._person, self._brief, self._ticked = shell, person, brief, ticked
        self._questions, self._told = questions, told
        self._today = shell.today()
        self.setLayout(column(*self._sections(), None, spacing=22))

    def _sections(self) -> Iterator[QLayout]:
        brief = self._brief
        yield section(self.tr("Last time"), label(self._last_words(), "body", wrap=True), *map(self._talk, brief.last))
        yield section(self.tr("Open between you"), self._open_promises())
        if self._questions:
            yield section(self.tr("Questions to take along"), *self._asking())
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

    def _asking(self) -> Iterator[Item]:
        """Those that were kept for them have a box, wherever they come from; then what one can ask anybody."""
        kept = kept_questions(self._brief)
        for words, each in kept:
            yield self._box(words, each)
        told = {words for words, _ in kept}
        for text in self._questions:
            if text not in told:
                yield bullet("message-circle", label(text, "body", wrap=True))

    def _box(self, words: str, each: Mark | Highlight) -> QWidget:
        box = TickBox(words, mine=True, done=False, name=self.tr("To ask: %1").replace("%1", words))
        box.setObjectName(f"{'question' if isinstance(each, Highlight) else 'mark'}-{each.id}")
        box.toggled.connect(lambda done: self._ticked(each, done))
        return box

    def _reading(self) -> Iterator[QLayout]:
        for record, title in self._brief.reading:
            opened = link(title, f"read-{record}", lambda record=record: self._open_article(record))  # type: ignore[misc]
            box = QCheckBox()
            box.setAccessibleName(self.tr("Told of: %1").replace("%1", title))
            box.setFixedWidth(look.px(20))
            box.clicked.connect(lambda _on, record=record: self._told(record))
            yield row(box, Grow(column(opened, None, margins=(0, 4, 0, 0))), spacing=8, top=True)

    def _open_article(self, record: int) -> None:
        self._shell.open(Ref(Noun.ARTICLE, record))

    def _named(self, text: str) -> str:
        return text.replace("%1", self._person.first_name)
