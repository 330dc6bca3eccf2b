"""A day without a network, in the real program: run by test_offline_day.py under a virtual display.

usage: offline_day.py PROFILE PASSPHRASE_FILE FEED_ADDRESS PICTURES
"""

from __future__ import annotations

import socket
import sys
from pathlib import Path
from urllib.parse import urlsplit

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from e2e.hand import Script, act, all_of, at_front, key, one, seen, there, type_into
from pln.app import open_window
from pln.model.feed import Feed
from pln.services.context import Context
from pln.services.flight import in_flight
from pln.services.offline import full_text, kept, pictures_there
from pln.services.opening import open_profile
from pln.services.preferences import Preferences, save_preferences
from pln.services.reading import Shelf
from pln.services.refreshing import allow_place
from pln.services.vault import code_kept
from pln.system.clock import SystemClock
from pln.system.paths import Profile
from pln.system.secrets import NoSecrets
from pln.ui.main_window import MainWindow
from pln.ui.reading.place import ReadingPlace

ARTICLES = 50
CTRL = Qt.KeyboardModifier.ControlModifier
went_out: list[str] = []


def _listen(event: str, arguments: tuple[object, ...]) -> None:
    """The interpreter tells of every socket that is used, whoever uses it."""
    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"):
        sock = arguments[0]
        if not (isinstance(sock, socket.socket) and sock.family == socket.AF_UNIX):
            went_out.append(f"{event} {arguments[1:]}")


def prepare(profile: Path, words: Path, feed: str) -> None:
    """A profile that has one feed, read in full."""
    spoken = words.read_text().strip()
    opened = open_profile(Profile(profile).create(), NoSecrets(), lambda: spoken, SystemClock())
    ctx = opened.context
    allow_place(ctx, urlsplit(feed).netloc)
    save_preferences(
        ctx,
        Preferences(welcomed=True, refresh_minutes=0, lock_minutes=0, refresh_metered=True, refresh_on_battery=True),
    )
    with ctx.write("") as work:
        work.feeds.add(Feed(url=feed, title="Harbour notes", full_text=True))
    code_kept(opened.context.profile)  # else the first page would show it
    opened.close()


def at_home() -> Script:
    yield there("Encrypted")
    yield at_front
    key(Qt.Key.Key_4, CTRL)
    yield lambda: bool(all_of(ReadingPlace))
    place = one(ReadingPlace)
    yield at_front
    key(Qt.Key.Key_F5)
    ctx = place._shell.ctx
    yield lambda: kept(ctx).articles == ARTICLES and not place.refresher.busy
    for some in range(0, ARTICLES, 10):  # at one host all of it takes half a minute at the least
        yield lambda some=some: _pages(ctx) > some
    for some in range(0, ARTICLES, 10):
        yield lambda some=some: kept(ctx).pictures > some
    yield lambda: kept(ctx).pictures == ARTICLES and not place.refresher.keeper.busy
    yield there("pictures included")


def _pages(ctx: Context) -> int:
    with ctx.store.read() as work:
        return len(work.full_texts.everything())


def under_way(pictures: Path) -> Script:
    place = one(ReadingPlace)
    ctx = place._shell.ctx
    place._shell.toggle_flight()  # type: ignore[attr-defined]
    yield lambda: in_flight() and "Flight mode" in seen()
    went_out.clear()
    one(MainWindow).grab().save(str(pictures / "flight.png"))
    read: set[int] = set()
    for _ in range(ARTICLES):
        yield at_front
        key(Qt.Key.Key_N)
        yield lambda: place.desk.open_id is not None and place.desk.open_id not in read
        assert place.desk.open_id is not None
        read.add(place.desk.open_id)
        full = full_text(ctx, place.desk.open_id)
        assert full is not None and "the long way round" in full.text, full
        with ctx.store.read() as work:
            keys = [link.key for link in work.article_pictures.of(place.desk.open_id)]
        assert len(pictures_there(ctx, keys)) == len(keys) == 1
    yield at_front
    key(Qt.Key.Key_S)
    yield at_front
    key(Qt.Key.Key_F5)
    yield there("Flight mode is on")
    place.choose_shelf(Shelf())
    yield lambda: len(place.articles.ids()) == ARTICLES
    yield at_front
    key(Qt.Key.Key_Slash)
    yield lambda: bool([each for each in all_of(QLineEdit) if each.hasFocus()])
    type_into(next(each for each in all_of(QLineEdit) if each.hasFocus()), "turn17")
    yield lambda: len(place.articles.ids()) == 1
    one(MainWindow).grab().save(str(pictures / "search.png"))
    assert went_out == [], went_out


def main() -> int:
    profile, words, feed, pictures = sys.argv[1:5]
    prepare(Path(profile), Path(words), feed)
    app = QApplication(["pln"])
    ended: list[str] = []
    sys.addaudithook(_listen)

    def whole() -> Script:
        yield from at_home()
        assert went_out, "the listening works"
        sys.stdout.write("OFFLINE\n")
        sys.stdout.flush()
        sys.stdin.readline()
        yield from under_way(Path(pictures))
        one(MainWindow).close()
        yield lambda: False

    act(app, whole(), ended)
    code = open_window(Path(profile), Path(words))
    return 1 if ended else code


if __name__ == "__main__":
    sys.exit(main())
