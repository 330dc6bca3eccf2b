"""Throw-away profiles with a real encrypted store, filled with invented people, meetups, feeds and articles."""

from __future__ import annotations

import itertools
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from _words import Words

from pln.model.contact import Handle, HandleKind, Person
from pln.model.feed import Feed, ParsedEntry
from pln.model.meetup import Meetup, MeetupKind
from pln.services.context import Context
from pln.services.opening import Opened, open_profile
from pln.services.preferences import Preferences, save_preferences
from pln.services.unlocking import code_kept
from pln.system.clock import SystemClock
from pln.system.paths import Profile
from pln.system.secrets import KeyringSecrets

HERE = Path(__file__).resolve().parent
_FEEDS, _AT_ONCE = 200, 500
_CIRCLES = ("Learning", "Teaching", "Neighbours", "Open data", "Pottery")


@contextmanager
def filled(articles: int, people: int) -> Iterator[Path]:
    """A profile folder with so much in it, its lock free.

    Where PLN_BENCH_STORES names a folder, it is kept there for the next benchmark of the same run.
    """
    keep = os.environ.get("PLN_BENCH_STORES")
    with tempfile.TemporaryDirectory(prefix="pln-bench-") as throw_away:
        root = Path(keep or throw_away) / f"{articles}-{people}"
        if not root.exists():
            fill(root, articles, people)
        yield root


def fill(root: Path, articles: int, people: int) -> None:
    opened = opened_at(root)
    try:
        ctx, words = opened.context, Words()
        _people(ctx, words, people)
        _articles(ctx, words, articles)
        code_kept(ctx.profile)  # the next start would show another one
        save_preferences(ctx, Preferences(welcomed=True, purpose="To learn from others.", refresh_minutes=0))
    finally:
        opened.close()


def opened_at(root: Path) -> Opened:
    """The profile, opened (and made, where it is new) with the stand-in keyring."""
    from _keyring import FileKeyring

    os.environ["PLN_BENCH_KEYS"] = str(root.with_suffix(".keys"))
    return open_profile(Profile(root), KeyringSecrets(FileKeyring()), None, SystemClock())


def child_environment(root: Path) -> dict[str, str]:
    """For a process of the program itself that is to open this profile.

    It compiles its modules once and finds them compiled from then on, as an installed program does: where bytecode is
    not written, every start would compile SQLAlchemy and PLN anew, half a second and some MB of it.
    """
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {
        **kept, "PYTHONPYCACHEPREFIX": str(root.with_suffix(".compiled")),
        "PLN_BENCH_KEYS": str(root.with_suffix(".keys")), "PYTHON_KEYRING_BACKEND": "_keyring.FileKeyring",
        "PYTHONPATH": os.pathsep.join([str(HERE), str(HERE.parent)]),
        "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen"),
    }  # fmt: skip


def progress(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _people(ctx: Context, words: Words, number: int) -> None:
    today = ctx.clock.today()
    with ctx.write("bench") as work:
        people = work.people.add_many(_person(words, each) for each in range(number))
        for each in people[: max(1, number // 5)]:
            work.meetups.add(_meetup(words, each.id, today), today)
        if people:
            planned = Meetup(kind=MeetupKind.TEA, day=today + timedelta(days=2), people=(people[0].id,))
            work.meetups.add(planned, today)


def _person(words: Words, number: int) -> Person:
    interests = tuple(words.chance.sample(words.vocabulary[200:3000], k=3))
    return Person(
        name=words.name(), org=words.name(), role="maker", place=words.name(), interests=interests,
        circles=(_CIRCLES[number % len(_CIRCLES)],), note=words.title(),
        handles=(Handle(kind=HandleKind.EMAIL, value=f"p{number}@example.org"),),
    )  # fmt: skip


def _meetup(words: Words, person: int, today: date) -> Meetup:
    day = today - timedelta(days=words.chance.randint(1, 700))
    notes = f"{words.title()}\n[ ] me: send {words.title()}\n! {words.title()}"
    return Meetup(kind=MeetupKind.TEA, day=day, people=(person,), notes=notes)


def _articles(ctx: Context, words: Words, number: int) -> None:
    with ctx.write("bench") as work:
        feeds = [
            work.feeds.add(Feed(url=f"https://f{each}.example.org/feed", title=words.title())).id
            for each in range(min(_FEEDS, number))
        ]
    order = itertools.cycle(feeds)
    for start in range(0, number, _AT_ONCE):
        with ctx.write("bench") as work:
            batch = [_entry(words, each, number) for each in range(start, min(start + _AT_ONCE, number))]
            work.articles.take_in(next(order), batch)


def _entry(words: Words, number: int, of: int) -> ParsedEntry:
    paragraphs = words.paragraphs()
    published = datetime.now(UTC).replace(microsecond=0) - timedelta(minutes=20 * (of - number))
    return ParsedEntry(
        guid=f"g{number}", url=f"https://example.org/{number}", title=words.title(), author=words.name(),
        published=published, html="".join(f"<p>{each}</p>" for each in paragraphs), text="\n".join(paragraphs),
    )  # fmt: skip
