"""A window with invented people, to look at the shell without a store.

usage: python -m tests.ui.shell.gallery FOLDER [--theme light|dark] [--size 1360x860] [--text 1.0]
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from datetime import date, time
from pathlib import Path

from PySide6.QtWidgets import QApplication, QFrame, QLayout

from pln.model.changes import Noun, Ref
from pln.model.search import Hit
from pln.ui.commands import Category, Command, CommandId, Registry
from pln.ui.commands.standard import add_standard
from pln.ui.main_window import MainWindow
from pln.ui.place import PlaceEntry, PlaceId, PlaceWidget
from pln.ui.theme import Mode, Theme
from pln.ui.widgets.avatar import Avatar
from pln.ui.widgets.boxes import Grow, column, pane, row
from pln.ui.widgets.buttons import button
from pln.ui.widgets.cards import card, titled_card
from pln.ui.widgets.chips import chip, chip_button
from pln.ui.widgets.choice import Choice
from pln.ui.widgets.date_field import DateField, TimeField
from pln.ui.widgets.empty import EmptyState
from pln.ui.widgets.flow import FlowLayout
from pln.ui.widgets.labels import label, rich
from pln.ui.widgets.list_view import ListView
from pln.ui.widgets.paged_model import PagedModel
from pln.ui.widgets.person_picker import PersonPicker, Picked
from pln.ui.widgets.row_look import RowLook
from pln.ui.widgets.scroll import Page
from pln.ui.widgets.segmented import Segmented, Tabs
from pln.ui.widgets.split import Split
from pln.ui.widgets.tag_field import TagField
from pln.ui.widgets.text_edit import TextEdit

PEOPLE = [
    ("Anna Lindqvist", "Community lead · Northlight", "9 d"),
    ("Bilal Osman", "Learning designer · freelance", "3 w"),
    ("Mei Chen", "Head of mentoring · Otter Labs", "Tue"),
    ("Tomás Ríos", "Researcher · University of Leeds", "14 mo"),
    ("Grace Wanjiru", "Engineer · Kivu Water", "2 mo"),
    ("陳美玲", "圖書館員 · 臺南", "5 w"),
    ("ليلى حداد", "مصممة تعلم · بيروت", "4 mo"),
    ("Wolfeschlegelsteinhausenbergerdorff Maximilian-Alexander von der Heide", "Writes the longest feed of all", "1 y"),
]


class FakeSource:
    """Answers at once."""

    def ask(self, text: str, reply: Callable[[Sequence[Hit]], None]) -> None:
        hits = [
            Hit(ref=Ref(Noun.PERSON, n), title=name, snippet=role)
            for n, (name, role, _) in enumerate(PEOPLE)
            if text.casefold() in name.casefold()
        ]
        meetup = Hit(ref=Ref(Noun.MEETUP, 1), title="Coffee with Anna", snippet="her pilot with 12", when="2026-11-12")
        reply([*hits, *([meetup] if text.casefold() in "anna" else [])])


class TodayPlace(PlaceWidget):
    id = PlaceId.TODAY

    def refresh(self) -> None:
        if self.layout() is None:
            self.setLayout(column(Page(self._content()), spacing=0))

    def _content(self) -> QLayout:
        energy = Segmented("Energy", [("quiet", "Quiet"), ("steady", "Steady"), ("open", "Open")], "steady")
        words = label("Three small steps, if you feel like it. Nothing else is waiting.", "lead", wrap=True)
        head = row(Grow(column(label("Saturday, 21 November", "title"), words, spacing=3)), energy)
        left = column(
            head,
            _step("Anna Lindqvist", "Send Anna the paper you promised", "Promise · 9 days", "amber", "check",
                  "You promised it over coffee on 12 November. It is saved in Reading: "
                  "<i>What makes a community of practice last</i>.", "Write to Anna"),
            _step("Bilal Osman", "Introduce Bilal to Mei", "Introduction", "plum", "git-merge",
                  "Both keep coming back to <b>onboarding</b> and <b>allotments</b>, and they have not met. "
                  "Mei asked you on 3 November for someone who has run a pilot.", "Draft an introduction"),
            _step("Tomás Ríos", "Pick the thread up with Tomás", "Old friend", "blue", "sprout",
                  "You used to meet every six weeks; the last time was 14 months ago. His new post on "
                  "<b>peer review</b> is a gentle way in.", "Read, then write"),
            row(label("4 more can wait. They will still be here next week.", "faint"),
                button("Show them", "link"), None),
            None, spacing=13,
        )  # fmt: skip
        return column(Split(left, self._side()), None)

    def _side(self) -> QLayout:
        mei = column(label("Mei Chen", "head"), label("Café Lark · third time you meet", "muted"), spacing=0)
        return column(
            titled_card("Next coffee", row(Avatar("Mei Chen", 36), mei, None),
                        label("• Last time: her pilot with 12 mentors was about to start\n"
                              "• You said you would ask how the first week went", "small", wrap=True),
                        row(button("Open brief"), None), aside="Tue 24 Nov, 10:00"),
            titled_card("Worth reading", label("Learning on the edge of your network", "serif-strong", wrap=True),
                        rich("Elin Berg · fits <b>Bilal</b> and <b>Anna</b>", "muted"), aside="offline · 6 min"),
            titled_card("A question for your journal",
                        label("What did someone say this week that you have kept turning over?", "serif", wrap=True),
                        row(button("Write a few lines", icon="feather"), None)),
            None, spacing=14,
        )  # fmt: skip


class PeoplePlace(PlaceWidget):
    id = PlaceId.PEOPLE

    def refresh(self) -> None:
        if self.layout() is not None:
            return
        model = PagedModel(lambda ids: [PEOPLE[n % len(PEOPLE)] for n in ids], lambda one: one[0])
        view = ListView("People", model, lambda one: RowLook(title=one[0], second=one[1], hint=one[2], avatar=one[0]))
        view.set_ids(range(200))
        view.choose(0)
        top = column(
            row(label("People", "subtitle"), None, button("Add", icon="plus")),
            FlowLayout(chip_button("Everyone 212", checkable=True), chip_button("Mentors 9"), chip_button("Garden 14")),
            spacing=10, margins=(14, 14, 14, 10),
        )  # fmt: skip
        whole = row(spacing=0)
        whole.addWidget(pane(column(pane(top, edge="bottom"), view, spacing=0), edge="right", width=318))
        whole.addWidget(Page(self._person()), 1)
        self.setLayout(whole)

    def _person(self) -> QLayout:
        chips = FlowLayout(chip("Mentors", "accent"), chip("communities of practice"), chip("ceramics"))
        name = column(label("Anna Lindqvist", "title"), label("Community lead at Northlight · Malmö", "lead"), chips)
        who = PersonPicker("Who", lambda _text: [(1, "Bilal Osman", "Learning designer")], "Who did you meet?")
        who.set_people([Picked(1, "Anna Lindqvist"), Picked(None, "Somebody New")])
        tags = TagField("Interests", "Interests")
        tags.set_tags(["onboarding", "allotments"])
        notes = TextEdit("Notes", "What was said?")
        notes.set_text("She now opens each week with one honest question.\n\n[ ] me: send the paper\n! start with it")
        notes.setMinimumHeight(180)
        kinds = Choice("Kind", [("coffee", "Coffee"), ("walk", "Walk")])
        when = row(DateField("Day", date(2026, 11, 21), date(2026, 11, 22)), TimeField("At", time(9, 30)), kinds, None)
        actions = row(button("Write", icon="mail"), button("Log a meetup", "primary", "coffee"))
        return column(
            row(Avatar("Anna Lindqvist", 60), Grow(name), actions, spacing=16, top=True),
            Tabs("Page", [("together", "Together"), ("brief", "Brief"), ("details", "Details")]),
            who, tags, when, notes, None, spacing=14,
        )  # fmt: skip


class EmptyPlace(PlaceWidget):
    def __init__(self, place: PlaceId) -> None:
        super().__init__()
        self.id = place
        self.refreshed = 0
        self.setLayout(column(EmptyState("Nothing here yet. Add a feed you like to read.", "Add a feed", icon="rss")))

    def refresh(self) -> None:
        self.refreshed += 1


def build(theme: Theme) -> MainWindow:
    """The window with its standard commands and a few more."""
    registry = Registry()
    makes = {PlaceId.TODAY: TodayPlace, PlaceId.PEOPLE: PeoplePlace}
    shown = [
        (PlaceId.TODAY, "Today", "sun"), (PlaceId.PEOPLE, "People", "users"), (PlaceId.MEETUPS, "Meetups", "coffee"),
        (PlaceId.READING, "Reading", "book-open"), (PlaceId.JOURNAL, "Journal", "feather"),
        (PlaceId.NETWORK, "Network", "waypoints"),
    ]  # fmt: skip
    entries = [
        PlaceEntry(id=one, title=title, icon=icon, make=makes.get(one) or (lambda one=one: EmptyPlace(one)))
        for one, title, icon in shown
    ]
    window = MainWindow(registry, entries, FakeSource(), lambda _hit: None)
    add_standard(window, theme)
    registry.add(
        Command(id=CommandId.MEETUP_LOG, title="Log a meetup", category=Category.MEETUPS, shortcut="Ctrl+M",
                icon="coffee", run=lambda: None),
        Command(id=CommandId.JOURNAL_WRITE, title="Write", category=Category.JOURNAL, shortcut="Ctrl+Shift+J",
                icon="feather", run=lambda: None),
    )  # fmt: skip
    for place, count in ((PlaceId.PEOPLE, 212), (PlaceId.MEETUPS, 2), (PlaceId.READING, 38)):
        window.rail.set_count(place, count)
    window.rail.set_saved("Encrypted · saved 10:42")
    return window


def _step(name: str, title: str, tag: str, tone: str, icon: str, why: str, action: str) -> QFrame:
    text = column(
        row(Grow(label(title, "head", wrap=True)), chip(tag, tone, icon)),
        rich(why, "muted"),
        row(button(action, "primary"), button("Later", "quiet"), button("Not this", "quiet"), None,
            button("why this?", "whisper"), margins=(0, 6, 0, 0)),
    )  # fmt: skip
    return card(row(Avatar(name), Grow(text), spacing=14, top=True))


def main() -> None:
    words = argparse.ArgumentParser()
    words.add_argument("folder", type=Path)
    words.add_argument("--theme", default="light")
    words.add_argument("--size", default="1360x860")
    words.add_argument("--text", type=float, default=1.0)
    given = words.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    app = QApplication([])
    window = build(Theme.install(app, Mode(given.theme), given.text))
    width, height = map(int, given.size.split("x"))
    window.resize(width, height)
    window.show()
    for place in PlaceId:
        window.go(place)
        app.processEvents()
        app.processEvents()
        window.grab().save(str(given.folder / f"{place}.png"))
    window.go(PlaceId.TODAY)
    window.status.start("Refreshing 12 feeds", lambda: None).progress(4, 12)
    window.toasts.show_undo("Removed Anna Lindqvist from Mentors.", lambda: None)
    app.processEvents()
    window.grab().save(str(given.folder / "toast.png"))
    window.palette_overlay.open("an")
    app.processEvents()
    window.grab().save(str(given.folder / "palette.png"))
    window.close()


if __name__ == "__main__":
    main()
