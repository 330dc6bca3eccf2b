"""An invented network with feeds to read, in a real store; and pictures of the place.

usage: python -m ui.reading.filled FOLDER [--theme light|dark] [--size 1360x860] [--text 1.0] [--empty]   (from tests/)
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from pln.model.contact import Handle, HandleKind, Person
from pln.model.feed import Feed, FeedState
from pln.model.meetup import Meetup, MeetupKind, MeetupState
from pln.services.bus import Bus
from pln.services.context import Context
from pln.services.tasks import Tasks
from pln.store.unit_of_work import Store
from pln.system.clock import FixedClock
from pln.system.paths import Profile
from pln.ui.commands import Registry
from pln.ui.commands.standard import add_standard
from pln.ui.main_thread import MainThread
from pln.ui.main_window import MainWindow
from pln.ui.place import PlaceId
from pln.ui.program.background import Background
from pln.ui.program.places import place_entries
from pln.ui.program.program import Program
from pln.ui.program.search_source import StoreSearch
from pln.ui.reading.commands import commands
from pln.ui.theme import Mode, Theme
from store_fixtures import NOW, TODAY, entry_of, make_store
from vault_fixtures import keys_of

TEXT = (
    "<p>The people we know best tend to know what we know. That is what makes them good company, and it is also why "
    "they so rarely surprise us.</p><p>Most of what changed my mind last year came from someone I had spoken to twice. "
    "A facilitator in Accra, a librarian who breeds <a href='https://dahlias.example/'>dahlias</a>, a researcher I met "
    "because two friends thought we should talk.</p>"
)
FITS = "<p>We talked about weak ties, and about onboarding as a craft.</p>"
RICH = (
    TEXT + FITS + "<h2>How the pilot went</h2><p>We wrote down <code>one question a week</code> and kept it.</p>"
    "<blockquote><p>A network that never surprises you has become a mirror.</p><p>Open a window.</p></blockquote>"
    "<pre style='white-space:pre-wrap'>for week in pilot:\n    ask(week.question)\n    listen()</pre>"
    "<ul><li>Twelve mentors</li><li>Six weeks, one hour each, and a longer line that has to be broken into two<ul>"
    "<li>A list within</li></ul></li></ul>"
    "<table><thead><tr><th>Week</th><th>Asked</th><th>Answered</th></tr></thead><tbody><tr><td>1</td><td>12</td>"
    "<td>11</td></tr><tr><td>2</td><td>12</td><td>12</td></tr></tbody></table><p>None of it was luck, exactly.</p>"
)
ARTICLES = (
    ("edges", "Learning on the edge of your network", 2, RICH),
    ("harbour", "A quieter kind of conference", 5, TEXT),
    ("kwame", "What twelve mentors taught me about asking", 8, TEXT),
    ("guide", "Guidelines that people actually read", 27, TEXT),
    ("desk", "Notes from a month of one-to-one coffees", 30, TEXT),
    ("aloud", "The second question is the good one", 50, TEXT),
    ("harbour", "How a book group became a practice", 55, TEXT),
    ("guide", "Leave the room better connected", 76, TEXT),
    ("edges", "Why I write before I know", 100, TEXT),
    ("desk", "Small groups, long walks", 124, TEXT),
    ("taipei", "學習網絡的邊緣：為什麼我們需要陌生人", 140, "<p>我們最熟悉的人，往往知道我們所知道的事。</p>" + TEXT),
    ("beirut", "على حافة شبكتك: لماذا نتعلم من الغرباء", 160, "<p>الناس الذين نعرفهم جيدا يعرفون ما نعرفه.</p>"),
    ("guide", "A very long title that goes on and on until it has to be cut, because feeds write whatever they like "
     "and nobody told them that a list has only two lines for it", 180, TEXT),
)  # fmt: skip
FEEDS = {
    "edges": ("Edges", "", "Elin Berg"),
    "kwame": ("Kwame Owusu", "", "Kwame Owusu"),
    "harbour": ("Harbour notes", "", "Mei Chen"),
    "aloud": ("Learning out loud", "Craft", ""),
    "guide": ("Field guide", "Craft", ""),
    "desk": ("The quiet desk", "Craft", ""),
    "taipei": ("圖書館筆記", "Craft/Libraries", ""),
    "beirut": ("دفاتر التعلّم", "Craft/Libraries", ""),
}
PEOPLE = (
    Person(name="Elin Berg"),
    Person(name="Kwame Owusu"),
    Person(name="Mei Chen"),
    Person(name="Bilal Osman", interests=("weak ties", "onboarding"),
           handles=(Handle(kind=HandleKind.EMAIL, value="bilal@example.org"),)),
    Person(name="Anna Lindqvist", asks=("dahlias",), interests=("mentors",)),
)  # fmt: skip


def fill(ctx: Context, more: int = 0) -> dict[str, int]:
    """People, feeds and articles; ids by the feed's short name and the person's name. more: further plain articles."""
    ids: dict[str, int] = {}
    with ctx.write("") as work:
        for person in PEOPLE:
            ids[person.name] = work.people.add(person).id
        for short, (title, folder, voice) in FEEDS.items():
            feed = Feed(url=f"https://{short}.example/feed", title=title, folder=folder, person_id=ids.get(voice))
            ids[short] = work.feeds.add(feed).id
            entries = [
                entry_of(
                    f"{short}-{number}", title=name, html=html, text=_plain(html), url=f"https://{short}.example/{number}",
                    author="", published=NOW - timedelta(hours=hours),
                )
                for number, (of, name, hours, html) in enumerate(ARTICLES) if of == short
            ]  # fmt: skip
            work.articles.take_in(ids[short], entries)
        extra = [entry_of(f"more-{n}", text="words", published=NOW - timedelta(days=9, minutes=n)) for n in range(more)]
        work.articles.take_in(ids["aloud"], extra)
        talk = Meetup(
            kind=MeetupKind.COFFEE, day=TODAY - timedelta(days=20), people=(ids["Anna Lindqvist"],),
            notes="Anna asked about dahlias\n! ask once a week", state=MeetupState.HAPPENED,
        )  # fmt: skip
        work.meetups.add(talk, TODAY)
        plan = Meetup(
            kind=MeetupKind.COFFEE, day=TODAY + timedelta(days=3), people=(ids["Anna Lindqvist"],),
            state=MeetupState.PLANNED,
        )  # fmt: skip
        work.meetups.add(plan, TODAY)
    return ids


def _plain(html: str) -> str:
    from pln.sources.sanitize import text_of_clean

    return text_of_clean(html)


class World(QObject):
    """A window with a real program around a real store."""

    def __init__(self, folder: Path, theme: Theme, on: date = TODAY) -> None:
        super().__init__()
        self.home = MainThread()
        self.store: Store = make_store(folder / "store.db")
        self.ctx = Context(
            store=self.store, profile=Profile(folder).create(), clock=FixedClock.on(on), bus=Bus(self.home.post)
        )
        self.ctx.profile.vault.write_bytes(keys_of()[0])
        self.tasks = Tasks(self.home.post)
        self.registry = Registry()
        self.program: Program | None = None
        self.sound: tuple[str, ...] = ()
        self.window = MainWindow(self.registry, place_entries(self._shell), StoreSearch(), lambda hit: None)
        add_standard(self.window, theme)
        self.background = Background(self.tasks, self.window.status)

    def begin(self) -> Program:
        self.program = Program(self.window, self.ctx, self.tasks, self.registry)
        self.registry.add(*commands(self.program))
        return self.program

    def close(self) -> None:
        self.window.close()
        if self.program is not None:
            self.program.close()
        self.tasks.close()
        self.home.close()
        self.sound = self.store.check()
        self.ctx.close()
        self.window.deleteLater()

    def _shell(self) -> Program:
        assert self.program is not None
        return self.program


def wait(app: QApplication, true: Callable[[], bool], seconds: float = 20) -> None:
    from time import monotonic, sleep

    end = monotonic() + seconds
    while not true() and monotonic() < end:
        app.processEvents()
        sleep(0.01)
    for _ in range(5):
        app.processEvents()
        sleep(0.02)


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("folder", type=Path)
    words.add_argument("--theme", default="light")
    words.add_argument("--size", default="1360x860")
    words.add_argument("--text", type=float, default=1.0)
    words.add_argument("--empty", action="store_true")
    words.add_argument("--article", type=int, default=0)
    words.add_argument("--scroll", type=float, default=0.0)
    given = words.parse_args()
    app = QApplication([])
    theme = Theme.install(app, Mode(given.theme), given.text)
    with tempfile.TemporaryDirectory() as folder:
        world = World(Path(folder), theme)
        if not given.empty:
            ids = fill(world.ctx)
            with world.ctx.write("") as work:
                feed = work.feeds.get(ids["guide"])
                assert feed is not None
                from dataclasses import replace

                work.feeds.change(replace(feed, error="The server took too long. PLN will try again later."))
                feed = work.feeds.get(ids["beirut"])
                assert feed is not None
                work.feeds.change(replace(feed, state=FeedState.PAUSED))
        world.begin()
        width, height = map(int, given.size.split("x"))
        world.window.resize(width, height)
        world.window.show()
        place = world.window.go(PlaceId.READING)
        from pln.ui.reading.place import ReadingPlace

        assert isinstance(place, ReadingPlace)
        wait(app, lambda: bool(place.articles.ids()) or given.empty)
        if not given.empty:
            for _ in range(given.article + 1):
                place.step(1)
            wait(app, lambda: bool(place.desk._fits), 2)
            bar = place.desk.view.view.verticalScrollBar()
            bar.setValue(round(given.scroll * bar.maximum()))
            wait(app, lambda: False, 0.7)
        name = f"reading-{given.theme}-{given.size}-{given.text}{'-empty' if given.empty else ''}-{given.article}.png"
        given.folder.mkdir(parents=True, exist_ok=True)
        world.window.grab().save(str(given.folder / name))
        world.close()


if __name__ == "__main__":
    main()
