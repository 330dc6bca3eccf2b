"""Today: a few small steps, the next meetup, one article, one question."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from types import ModuleType

from PySide6.QtCore import QDate, QLocale, Qt
from PySide6.QtWidgets import QLayout, QWidget

from pln.model.changes import Ref
from pln.model.suggestion import Candidate, Verdict
from pln.model.today import TodayPage
from pln.ui.commands import CommandId
from pln.ui.place import PlaceId, PlaceWidget
from pln.ui.shell import Shell
from pln.ui.today.side import journal_card, meetup_card, purpose_card, worth_card
from pln.ui.today.step_card import StepCard
from pln.ui.widgets.boxes import Grow, column, row
from pln.ui.widgets.buttons import button
from pln.ui.widgets.empty import EmptyState
from pln.ui.widgets.labels import label
from pln.ui.widgets.parts import Part, Parts
from pln.ui.widgets.scroll import Page
from pln.ui.widgets.segmented import Segmented
from pln.ui.widgets.split import Split


class TodayPlace(PlaceWidget):
    """Reads its page off the main thread and shows it whole; answers redraw it at once.

    It can be shown before the store is open, with the page that was kept: see `show_kept` and `begin`. Nothing of the
    services is imported for that; what is asked of it until then is done as soon as the store is open.
    """

    id = PlaceId.TODAY

    def __init__(self, shell: Shell | None = None) -> None:
        """shell: None before the store is open."""
        super().__init__()
        self._known_shell = shell
        self._wish: Callable[[], object] | None = None
        self._page: TodayPage | None = None
        self._all = False
        self._asked = 0
        self.cards: list[StepCard] = []
        self._left, self._side = Parts(spacing=13), Parts(spacing=14)
        self._whole = column(spacing=0)
        self.setLayout(self._whole)

    def show_kept(self, page: TodayPage) -> None:
        """Show the page as it was last, before the store is open."""
        self._page = page
        self._draw()

    def begin(self, shell: Shell, *, holds: bool) -> None:
        """The store is open. holds: what is shown is what would be computed now."""
        self._known_shell = shell
        if holds:
            self._stale = False
        else:
            self.mark_stale()
        wish, self._wish = self._wish, None
        if wish is not None:
            wish()

    def refresh(self) -> None:
        if self._known_shell is None:  # `begin` comes back to it
            return
        from pln.services.today import today_page

        self._asked += 1
        number, ctx = self._asked, self._shell.ctx
        self._shell.tasks.read(lambda: today_page(ctx), lambda page: self._arrived(number, page), self._shell.fail)

    @property
    def _shell(self) -> Shell:
        assert self._known_shell is not None
        return self._known_shell

    def _soon(self, action: Callable[[], object]) -> None:
        """Do it now, or once the store is open; of several wishes until then the last one counts."""
        if self._known_shell is None:
            self._wish = action
        else:
            action()

    def _do(self, action: Callable[[ModuleType], object]) -> None:
        """Something that needs the services, by a function of `answering`."""

        def act() -> None:
            from pln.ui.today import answering

            action(answering)

        self._soon(act)

    @property
    def page(self) -> TodayPage | None:
        """What is shown; None until it was read for the first time."""
        return self._page

    def show_all(self) -> None:
        """Show what can wait, too."""
        self._all = True
        self._draw()

    def _arrived(self, number: int, page: TodayPage) -> None:
        if number != self._asked:
            return
        before, self._page = self._page, page
        if page != before:  # where what is shown is still so, nothing is drawn anew
            self._draw()

    def _draw(self) -> None:
        """What is on the page as before stays as it is: at a refresh mostly one card of many is another."""
        assert self._page is not None
        if not self._whole.count():
            self._whole.addWidget(Page(column(Split(self._left, self._side), None)))
        shown = self._left.show(self._left_parts(self._page))
        self.cards = [each for each in shown if isinstance(each, StepCard)]
        self._side.show(self._side_parts(self._page))

    def _left_parts(self, page: TodayPage) -> list[Part]:
        steps = page.steps + (page.more if self._all else ())
        parts = [Part(("head", page.day, page.energy, self._lead(page)), lambda: self._head(page))]
        parts += [self._step(step, page) for step in steps]
        if not steps:
            parts.append(Part(("nothing", page.paused_until, page.knows_people), lambda: self._nothing(page)))
        if page.waiting and not self._all:
            parts.append(Part(("waiting", page.waiting), lambda: self._waiting(page.waiting)))
        return parts

    def _step(self, step: Candidate, page: TodayPage) -> Part:
        names = tuple(page.names.get(who, "") for who in step.people)
        return Part((step, names, page.day), lambda: self._card(step, names, page.day))

    def _head(self, page: TodayPage) -> QLayout:
        choices = [("quiet", self.tr("Quiet")), ("steady", self.tr("Steady")), ("open", self.tr("Open"))]
        energy = Segmented(self.tr("How much Today shows"), choices, page.energy.value)
        energy.chosen.connect(lambda key: self._do(lambda act: act.set_energy(self._shell, key)))
        words = label(self._lead(page), "lead", wrap=True)
        return row(Grow(column(label(long_day(page.day), "title"), words, spacing=3)), energy)

    def _lead(self, page: TodayPage) -> str:
        if page.paused_until is not None:
            return self.tr("PLN rests until %1. Nothing is waiting.").replace("%1", long_day(page.paused_until))
        words = (self.tr("No"), self.tr("One"), self.tr("Two"), self.tr("Three"), self.tr("Four"), self.tr("Five"))
        count = len(page.steps)
        if count == 0:
            return self.tr("Nothing is waiting.")
        steps = self.tr("small step") if count == 1 else self.tr("small steps")
        return (
            self.tr("%1 %2, if you feel like it. Nothing else is waiting.")
            .replace("%1", words[count])
            .replace("%2", steps)
        )

    def _nothing(self, page: TodayPage) -> QWidget:
        if page.paused_until is not None:
            return EmptyState(
                self.tr("Rhythms begin anew when you come back. Nothing piles up."),
                self.tr("End the rest now"),
                lambda: self._do(lambda act: act.wake(self._shell)),
                "moon",
            )
        if not page.knows_people:
            return EmptyState(
                self.tr("Small steps appear here once PLN knows a few people and what you talked about."),
                self.tr("Bring a few people"), self._bring_people, "users",
            )  # fmt: skip
        return EmptyState(self.tr("A quiet day. Write, read, or do something else altogether."), icon="sprout")

    def _waiting(self, count: int) -> QLayout:
        words = self.tr("One more can wait. It will still be here next week.")
        if count > 1:
            words = self.tr("%1 more can wait. They will still be here next week.").replace("%1", str(count))
        return row(label(words, "faint"), button(self.tr("Show them"), "link", run=self.show_all), None)

    def _side_parts(self, page: TodayPage) -> list[Part]:
        parts: list[Part] = []
        if page.meetup is not None:
            names = tuple(page.names.get(who, "") for who in page.meetup.people)
            parts.append(Part((page.meetup, names, page.brief), lambda: meetup_card(page, self._open)))
        if (worth := page.worth) is not None:
            parts.append(Part(worth, lambda: worth_card(worth, self._open)))
        parts.append(Part(("prompt", page.prompt), lambda: self._prompt(page.prompt)))
        if page.purpose:
            parts.append(Part(("purpose", page.purpose), lambda: purpose_card(page.purpose)))
        return parts

    def _prompt(self, prompt: str) -> QWidget:
        return journal_card(
            prompt,
            lambda asked: self._do(lambda act: act.write_about(self._shell, asked)),
            lambda asked: self._do(lambda act: act.pass_over(self._shell, asked, self.refresh)),
        )

    def _card(self, step: Candidate, names: tuple[str, ...], today: date) -> StepCard:
        card = StepCard(step, names, today)
        card.begun.connect(lambda: self._do(lambda act: act.begin(self._shell, step)))
        card.answered.connect(
            lambda said: self._do(lambda act: act.answer(self._shell, step, Verdict(said), self.refresh))
        )
        card.wanted.connect(self._open)
        return card

    def _bring_people(self) -> None:
        self._soon(lambda: self._shell.registry.run(CommandId.FILE_IMPORT))

    def _open(self, ref: Ref) -> None:
        self._soon(lambda: self._shell.open(ref))

    def focus_first(self) -> None:
        if self.cards:
            self.cards[0].primary.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().focus_first()


def long_day(day: date) -> str:
    """ "Saturday, 21 November" in the words of the user's language."""
    return QLocale().toString(QDate(day.year, day.month, day.day), "dddd, d MMMM")
