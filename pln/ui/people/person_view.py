"""A person's page: head, tabs, and the cards beside them. Read off the main thread, redrawn in place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import QCoreApplication, QEvent, QTimer, Signal
from PySide6.QtWidgets import QMenu, QWidget

from pln.model.contact import HandleKind
from pln.model.errors import UsageError
from pln.model.highlight import Highlight
from pln.model.marks import Mark, MarkState
from pln.model.timeline import Brief
from pln.services.contacts import UNTIL_I_SAY, end_pause, pause_person
from pln.services.context import Context
from pln.services.highlights import close_question
from pln.services.meetups import close_mark
from pln.services.person_page import PersonPage, person_brief, person_page
from pln.services.reading import told_of
from pln.services.undo import UndoStep
from pln.suggest.rhythm import is_paused
from pln.ui.people.brief_view import BriefView
from pln.ui.people.details_view import DetailsView
from pln.ui.people.header import Verbs, header
from pln.ui.people.shared_view import SharedView
from pln.ui.people.side_cards import coming_card, known_card, rhythm_card
from pln.ui.people.timeline_view import AT_FIRST, TimelineView
from pln.ui.place import PlaceId
from pln.ui.shell import Shell
from pln.ui.widgets.boxes import clear, column, hairline, row
from pln.ui.widgets.scroll import Page
from pln.ui.widgets.segmented import Tabs
from pln.ui.widgets.split import Split

ORIGIN = PlaceId.PEOPLE.value
_NEAR_END = 500


@dataclass(frozen=True, slots=True)
class _Read:
    page: PersonPage
    brief: tuple[Brief, tuple[str, ...]] | None


class PersonView(QWidget):
    """edit, remove: wanted for the person shown. gone: the person shown is there no longer."""

    edit = Signal()
    remove = Signal()
    gone = Signal()

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self._at = 0
        self._soon = QTimer(self, singleShot=True, interval=0)  # a static one would outlive the view, and hold it
        self._soon.timeout.connect(self._settle)
        self._shell, self._asked = shell, 0
        self.person_id = 0
        self.page: PersonPage | None = None
        self._timeline: TimelineView | None = None
        self.tabs = Tabs(self.tr("Parts of the page"), self._tab_names())
        self.tabs.chosen.connect(lambda _tab: self.reload())
        self._head, self._body, self._side = column(), column(), column(spacing=12)
        main = column(row(self.tabs, None), hairline(), 16, self._body, None, spacing=0)
        split = Split(main, column(self._side, None), side_width=250, below=700, spacing=20)
        self._scroll = Page(column(self._head, split, None, spacing=22), margins=(28, 22, 28, 28))
        self._scroll.verticalScrollBar().valueChanged.connect(self._scrolled)
        self._scroll.hide()
        self.setLayout(column(self._scroll, spacing=0))

    def show_person(self, person_id: int) -> None:
        """Read and show somebody."""
        if person_id != self.person_id:
            self.person_id = person_id
            self._read()

    def show_tab(self, tab: str) -> None:
        """together, brief, reading or details."""
        self.tabs.set_current(tab)
        self.reload()

    def reload(self) -> None:
        """Read the same person anew; position and focus stay."""
        if self.person_id:
            self._read()

    def clear(self) -> None:
        """Show nobody."""
        self.person_id, self.page, self._asked = 0, None, self._asked + 1
        self._scroll.hide()

    def focus_page(self) -> None:
        tab = next((each for each in self.tabs.findChildren(QWidget) if each.property("checked")), self.tabs)
        tab.setFocus()

    def write_to(self) -> None:
        """Begin a letter to their first e-mail address."""
        if self.page is None:
            return
        person = self.page.person
        addresses = person.of_kind(HandleKind.EMAIL)
        if addresses:
            self._shell.compose(to=addresses[:1], subject="", body="")
            return
        words = self.tr("There is no e-mail address for %1 yet. You could add one under Details.")
        self._shell.toast(words.replace("%1", person.first_name))

    def pause(self) -> None:
        """Let the user choose how long suggestions about this person rest; or end a rest."""
        if self.page is None:
            return
        if is_paused(self.page.person, self._shell.today()):
            self._resume()
            return
        menu = self.pause_menu()
        anchor = self.findChild(QWidget, "pause") or self.tabs
        menu.popup(anchor.mapToGlobal(anchor.rect().bottomLeft()))

    def pause_menu(self) -> QMenu:
        """A month, three months, until I say."""
        today = self._shell.today()
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        for text, until in (
            (self.tr("For a month"), today + timedelta(days=30)),
            (self.tr("For three months"), today + timedelta(days=91)),
            (self.tr("Until I say"), UNTIL_I_SAY),
        ):
            menu.addAction(text).triggered.connect(lambda _checked=False, until=until: self._pause(until))
        return menu

    def _tab_names(self) -> list[tuple[str, str]]:
        return [
            ("together", self.tr("Together")),
            ("brief", self.tr("Brief")),
            ("reading", self.tr("Shared reading")),
            ("details", self.tr("Details")),
        ]

    # Reading

    def _read(self) -> None:
        self._asked += 1
        number, ctx, wanted, brief = self._asked, self._shell.ctx, self.person_id, self.tabs.current() == "brief"
        self._shell.tasks.read(
            lambda: _read(ctx, wanted, brief) if number == self._asked else None,
            lambda found: self._arrived(number, found),
            lambda error: self._failed(number, error),
        )

    def _arrived(self, number: int, found: _Read | None) -> None:
        if number != self._asked or found is None:
            return
        same = self.page is not None and self.page.person.id == found.page.person.id
        at, focused = self._scroll.verticalScrollBar().value(), self._focused_name()
        self.page = found.page
        self.setUpdatesEnabled(False)
        self._draw(found, same)
        self.setUpdatesEnabled(True)
        self._scroll.show()
        self._restore(at if same else 0, focused)

    def _failed(self, number: int, error: BaseException) -> None:
        if number != self._asked:
            return
        if isinstance(error, UsageError):  # removed meanwhile
            self.clear()
            self.gone.emit()
        else:
            self._shell.fail(error)

    # Drawing

    def _draw(self, found: _Read, same: bool) -> None:
        shown = self._timeline.shown if same and self._timeline is not None else AT_FIRST
        self._timeline = None
        for part in (self._head, self._body, self._side):
            clear(part)
        self._head.addWidget(header(found.page.person, self._verbs()))
        self._body.addWidget(self._content(found, shown))
        today = self._shell.today()
        self._side.addWidget(known_card(self._shell, found.page, self.edit.emit))
        self._side.addWidget(rhythm_card(found.page, today, self.pause, self._resume))
        if (coming := coming_card(self._shell, found.page, today)) is not None:
            self._side.addWidget(coming)

    def _content(self, found: _Read, shown: int) -> QWidget:
        match self.tabs.current():
            case "brief" if found.brief is not None:
                brief, questions = found.brief
                return BriefView(self._shell, found.page.person, brief, questions, self._ticked, self._told)
            case "reading":
                return SharedView(self._shell, found.page)
            case "details":
                return DetailsView(self._shell, found.page.person, self.edit.emit)
        self._timeline = TimelineView(self._shell, found.page, self._ticked, shown)
        return self._timeline

    def _verbs(self) -> Verbs:
        return Verbs(
            write=self.write_to,
            log=lambda: self._shell.log_meetup(people=(self.person_id,)),
            plan=lambda: self._shell.log_meetup(people=(self.person_id,), plan=True),
            edit=self.edit.emit,
            remove=self.remove.emit,
        )

    def _focused_name(self) -> str:
        focused = self.focusWidget()
        return focused.objectName() if focused is not None and focused.hasFocus() else ""

    def _restore(self, at: int, focused: str) -> None:
        found = self.findChild(QWidget, focused) if focused else None
        if found is not None and not found.isHidden():
            found.setFocus()
        self._at = at
        self._soon.start()

    def _settle(self) -> None:
        """Once everything has its place: back to where one was, and as much as fills the page."""
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        bar = self._scroll.verticalScrollBar()
        bar.setValue(self._at)
        if not bar.maximum() and self._timeline is not None and not self._timeline.complete:
            self._timeline.grow()
            self._soon.start()

    def _scrolled(self, value: int) -> None:
        near = value > 0 and value >= self._scroll.verticalScrollBar().maximum() - _NEAR_END
        if near and self._timeline is not None and not self._timeline.complete:
            self._timeline.grow()

    # Doing

    def _ticked(self, mark: Mark | Highlight, done: bool) -> None:
        ctx, state = self._shell.ctx, MarkState.DONE if done else MarkState.OPEN

        def job() -> UndoStep:
            if isinstance(mark, Highlight):  # a question that an article raised
                return close_question(ctx, mark.id, closed=done, origin=ORIGIN)
            return close_mark(ctx, mark.id, state, origin=ORIGIN)

        self._shell.tasks.write(job, self._closed, self._not_closed)

    def _told(self, article: int) -> None:
        ctx, person = self._shell.ctx, self.person_id
        self._shell.tasks.write(lambda: told_of(ctx, article, person, origin=ORIGIN), self._closed, self._not_closed)

    def _not_closed(self, error: BaseException) -> None:
        self._shell.fail(error)
        self.reload()  # the box shows what is stored

    def _closed(self, step: UndoStep) -> None:
        self._shell.toast(step.label, step)
        self.reload()

    def _pause(self, until: date) -> None:
        ctx, person = self._shell.ctx, self.person_id
        self._shell.write(lambda: pause_person(ctx, person, until, origin=ORIGIN), lambda _person: self.reload())

    def _resume(self) -> None:
        ctx, person = self._shell.ctx, self.person_id
        self._shell.write(lambda: end_pause(ctx, person, origin=ORIGIN), lambda _person: self.reload())


def _read(ctx: Context, person_id: int, with_brief: bool) -> _Read:
    return _Read(person_page(ctx, person_id), person_brief(ctx, person_id) if with_brief else None)
