"""The first minutes: why, whom, what to see, how much. Every page can be passed over, and nothing is asked twice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLayout, QStackedLayout, QWidget

from pln.model.contact import Person
from pln.model.lengths import refuse_overlong
from pln.model.suggestion import Energy
from pln.services.contacts import save_person
from pln.services.preferences import Preferences, preferences, save_preferences
from pln.ui.commands import CommandId
from pln.ui.place import PlaceId
from pln.ui.shell import Shell
from pln.ui.unlock.pages import BarePage, promise
from pln.ui.widgets.boxes import Grow, Item, column, hairline, row
from pln.ui.widgets.buttons import button
from pln.ui.widgets.chips import chip_button
from pln.ui.widgets.flow import FlowLayout
from pln.ui.widgets.labels import IconLabel, label
from pln.ui.widgets.segmented import Segmented
from pln.ui.widgets.text_edit import TextEdit

_PAGES = 4


class WelcomePages(QWidget):
    """done: called after the last page, when everything is saved."""

    def __init__(self, shell: Shell, done: Callable[[], None]) -> None:
        super().__init__()
        self._shell, self._done = shell, done
        self._purpose = TextEdit(self.tr("Why do you want a learning network?"), self.tr("One sentence is plenty."))
        self._purpose.setFixedHeight(96)
        self._names = TextEdit(self.tr("A few people"), self.tr("One name on each line"))
        self._names.setFixedHeight(150)
        self._reading, self._network = (
            QCheckBox(self.tr("Reading: feeds, offline")),
            QCheckBox(self.tr("Network: circles as a map")),
        )
        self._journal = QCheckBox(self.tr("Journal: private notes to think in"))
        self._journal.setChecked(True)
        levels = [
            ("quiet", self.tr("Quiet: one step")),
            ("steady", self.tr("Steady: three")),
            ("open", self.tr("Open: five")),
        ]
        self._energy = Segmented(self.tr("How much Today shows"), levels, "steady")
        self._stack = QStackedLayout(self)
        for page in (self._why(), self._whom(), self._what(), self._how_much()):
            self._stack.addWidget(page)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFocusProxy(self._purpose)
        self._fill_in(preferences(shell.ctx))

    def number(self) -> int:
        """The page shown, from 1."""
        return self._stack.currentIndex() + 1

    def _fill_in(self, wishes: Preferences) -> None:
        """Shown once more, the pages hold what was chosen before, so that passing them over changes nothing."""
        if not wishes.welcomed:
            return
        self._purpose.set_text(wishes.purpose)
        self._energy.set_current(wishes.energy.value)
        boxes = {PlaceId.READING: self._reading, PlaceId.JOURNAL: self._journal, PlaceId.NETWORK: self._network}
        for place, box in boxes.items():
            box.setChecked(place.value in wishes.places)

    def _why(self) -> QWidget:
        begins = (
            self.tr("Learn a craft from people who do it"), self.tr("Keep up with old colleagues"),
            self.tr("Find work I care about"),
        )  # fmt: skip
        chips = FlowLayout(*(chip_button(text, run=partial(self._purpose.set_text, text)) for text in begins))
        words = self.tr("One sentence is plenty. It stays on this computer, and PLN shows it to you on Today.")
        return self._page(
            1,
            self.tr("Why do you want a learning network?"),
            words,
            self._purpose,
            chips,
            go=self.tr("Next: bring a few people"),
        )

    def _whom(self) -> QWidget:
        words = self.tr("Three or four are enough to begin. A name is all PLN needs; or bring an address book along.")
        bring = button(self.tr("From a file…"), icon="upload", run=self._import)
        title = self.tr("Who do you learn with?")
        return self._page(2, title, words, self._names, row(bring, None), go=self.tr("Next: what you want to see"))

    def _what(self) -> QWidget:
        words = self.tr("Today, People and Meetups are always there. The rest can wait; settings bring it back.")
        boxes = column(self._journal, self._reading, self._network, spacing=10)
        return self._page(3, self.tr("What would you like to see?"), words, boxes, go=self.tr("Next: how much"))

    def _how_much(self) -> QWidget:
        words = self.tr(
            "Today shows this many small steps at most. You can change it on any day, and let PLN rest altogether."
        )
        return self._page(4, self.tr("How much is right for you?"), words, row(self._energy, None), go=self.tr("Begin"))

    def _page(self, number: int, title: str, words: str, *items: Item, go: str) -> QWidget:
        skip = button(self.tr("Skip for now"), "quiet", run=self._next)
        forward = button(go, "primary", run=self._next)
        step = label(self.tr("%1 of %2").replace("%1", str(number)).replace("%2", str(_PAGES)), "muted")
        foot = column(
            hairline(),
            promise(),
            _start_small(self.tr("Start small: feeds, network and sharing stay out of sight until you want them.")),
        )
        page = BarePage()
        page.fill(
            column(step, label(title, "display", wrap=True), label(words, "lead", wrap=True), spacing=4), *items,
            8, row(skip, None, forward), 8, foot,
        )  # fmt: skip
        return page

    def _next(self) -> None:
        if self.number() < _PAGES:
            self._stack.setCurrentIndex(self.number())
            (self._names if self.number() == 2 else self).setFocus()
        else:
            self._save()

    def _import(self) -> None:
        self._shell.registry.run(CommandId.FILE_IMPORT)

    def _save(self) -> None:
        ctx, energy = self._shell.ctx, Energy(self._energy.current())
        purpose = " ".join(self._purpose.text().split())
        names = [line for line in self._names.text().splitlines() if line.strip()]
        wanted = {PlaceId.READING: self._reading, PlaceId.JOURNAL: self._journal, PlaceId.NETWORK: self._network}
        places = tuple(place.value for place, box in wanted.items() if box.isChecked())

        def job() -> None:
            for name in names:
                refuse_overlong(Person(name=name))  # before any of them is kept
            for name in names:
                save_person(ctx, Person(name=name), origin="welcome")
            kept = replace(preferences(ctx), purpose=purpose, energy=energy, places=places, welcomed=True)
            save_preferences(ctx, kept, origin="welcome")

        self._shell.write(job, lambda _: self._done())


def _start_small(words: str) -> QLayout:
    return row(IconLabel("sprout", "muted", 14), Grow(label(words, "muted", wrap=True)))
