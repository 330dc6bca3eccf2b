"""Today as it was last: kept with the page, shown before the store is open, stale as soon as anything changed."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from pln.model.changes import Noun
from pln.model.contact import Person
from pln.model.errors import StoreFault
from pln.model.feed import Feed
from pln.model.meetup import Meetup, MeetupKind, MeetupState
from pln.model.plain import from_plain, to_plain
from pln.model.suggestion import Energy, Verdict
from pln.model.today import TodayPage
from pln.services import kept_today
from pln.services.contacts import add_person
from pln.services.kept_today import KeptToday, glance
from pln.services.opening import Opened, open_store
from pln.services.today import answer, for_your_people, pause, today_page, weigh
from pln.services.unlocking import unlock
from pln.store.glance import kept_page
from pln.store.passphrase import Cost
from pln.system.clock import FixedClock
from pln.system.paths import Profile
from pln.system.secrets import NoSecrets
from store_fixtures import NOW, TODAY, entry_of

CHEAP = Cost(memory_kib=8, iterations=1, lanes=1)


def started(profile: Profile, day: date = TODAY) -> tuple[KeptToday | None, Opened]:
    """What a start sees before the store is open, and the opened profile."""
    unlocked = unlock(profile, NoSecrets(), lambda: "open sesame", CHEAP)
    seen = glance(unlocked, day)
    return seen, open_store(unlocked, NoSecrets(), FixedClock.on(day))


@pytest.fixture
def profile(tmp_path: Path) -> Profile:
    return Profile(tmp_path / "profile")


@pytest.fixture
def opened(profile: Profile) -> Iterator[Opened]:
    """A profile with a promise of nine days ago and tea tomorrow."""
    seen, made = started(profile)
    assert seen is None, "a new profile has nothing to show"
    with made.context.write("test") as work:
        anna = work.people.add(Person(name="Anna Lindqvist", given="Anna"))
        notes = "[ ] me: send her the paper on pilots"
        past = Meetup(kind=MeetupKind.COFFEE, day=TODAY - timedelta(days=9), people=(anna.id,), notes=notes)
        work.meetups.add(past, TODAY)
        coming = Meetup(
            kind=MeetupKind.TEA, day=TODAY + timedelta(days=1), people=(anna.id,), state=MeetupState.PLANNED
        )
        work.meetups.add(coming, TODAY)
    yield made
    made.close()


def again(opened: Opened, day: date = TODAY) -> KeptToday | None:
    """What the next start would see."""
    opened.close()
    seen, other = started(opened.context.profile, day)
    other.close()
    return seen


def test_the_next_start_sees_the_page_as_it_was(opened: Opened) -> None:
    page = today_page(opened.context)
    assert page.steps
    assert page.brief is not None
    assert again(opened) == KeptToday(page, holds=True)


def test_any_change_makes_it_stale_but_still_worth_showing(opened: Opened) -> None:
    page = today_page(opened.context)
    add_person(opened.context, "Ines Okafor")
    assert again(opened) == KeptToday(page, holds=False)


def test_an_answer_and_a_rest_make_it_stale_too(opened: Opened) -> None:
    page = today_page(opened.context)
    answer(opened.context, page.steps[0], Verdict.LATER)
    seen = again(opened)
    assert seen is not None
    assert not seen.holds


def test_a_page_overtaken_while_it_was_computed_is_not_kept(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    before = today_page(opened.context)

    def overtaken(*given: object) -> object:
        found = weigh(opened.context)
        add_person(opened.context, "Ines Okafor")
        return found

    monkeypatch.setattr("pln.services.today.weigh", overtaken)
    today_page(opened.context)
    assert again(opened) == KeptToday(before, holds=False)


def test_on_another_day_it_is_shown_with_that_day_until_the_right_one_is_there(opened: Opened) -> None:
    page = today_page(opened.context)
    tomorrow = TODAY + timedelta(days=1)
    assert again(opened, tomorrow) == KeptToday(replace(page, day=tomorrow), holds=False)
    late = TODAY + timedelta(days=2)
    seen = again(opened, late)
    assert seen is not None
    assert (seen.page.meetup, seen.page.brief) == (None, None), "a meetup that is over is not the next one"


def test_a_rest_that_is_over_is_not_shown(opened: Opened) -> None:
    pause(opened.context, TODAY + timedelta(days=3))
    today_page(opened.context)
    assert again(opened, TODAY + timedelta(days=2)) is not None
    assert again(opened, TODAY + timedelta(days=3)) is None


@pytest.mark.parametrize("body", ["", "[]", "{}", '{"day": 3}', '{"day": "2026-11-22", "energy": "wild"}'])
def test_a_page_of_another_version_is_passed_over(body: str) -> None:
    assert kept_today.read(body, stale=False, today=TODAY) is None


def test_every_field_goes_out_and_comes_back(opened: Opened) -> None:
    page = today_page(opened.context)
    assert from_plain(TodayPage, json.loads(json.dumps(to_plain(page)))) == page
    bare = TodayPage(day=TODAY, energy=Energy.QUIET)
    assert from_plain(TodayPage, to_plain(bare)) == bare


def test_a_store_that_does_not_open_has_nothing_to_show(tmp_path: Path) -> None:
    broken = tmp_path / "store.db"
    assert kept_page(broken, bytes(32), bytes(16), "today") is None
    for content in (b"", b"SQLite format 3\0" + bytes(5000), bytes(range(256)) * 40):
        broken.write_bytes(content)
        assert kept_page(broken, bytes(32), bytes(16), "today") is None
        assert broken.read_bytes() == content


def test_looking_needs_nothing_heavy() -> None:
    """What a start imports before Today is seen: SQLAlchemy alone would take longer than all of it."""
    code = (
        "import sys; import pln.services.kept_today, pln.services.unlocking, pln.ui.today.place; "
        "print([name for name in ('sqlalchemy', 'httpx', 'httpcore', 'feedparser', 'lxml', 'icalendar', 'asyncio')"
        " if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.strip() == "[]"


def test_reading_has_what_fits_from_today_until_something_changes(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    ctx = opened.context
    with ctx.write("test") as work:
        work.people.add(Person(name="Bilal Osman", interests=("gardens",)))
        feed = work.feeds.add(Feed(url="https://example.org/feed", title="Notes"))
        work.articles.take_in(feed.id, [entry_of(f"g{number}", title="On gardens") for number in range(3)])
        work.articles.take_in(feed.id, [entry_of("other", title="On tides")])
    fits = for_your_people(ctx)
    assert len(fits) == 3
    with monkeypatch.context() as patched:
        patched.setattr("pln.services.today.weigh", None)
        assert for_your_people(ctx) == fits
        with ctx.write("test") as work:
            work.articles.set_read([fits[0]], NOW)
        assert for_your_people(ctx) == fits[1:], "what was read needs no reader"
    with ctx.write("test") as work:
        work.articles.take_in(feed.id, [entry_of("late", title="More gardens")])
        work.touch(Noun.FEED, feed.id)  # as a refresh does
    assert len(for_your_people(ctx)) == 3


def test_where_nothing_can_be_written_the_page_is_shown_all_the_same(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = today_page(opened.context)
    add_person(opened.context, "Ines Okafor")

    def full(*given: object) -> object:
        raise StoreFault("The disk is full", "This change was not saved.")

    with monkeypatch.context() as patched:
        patched.setattr(opened.context.store, "write", full)
        assert today_page(opened.context).steps == page.steps
        assert for_your_people(opened.context) == ()
    assert again(opened) == KeptToday(page, holds=False)
