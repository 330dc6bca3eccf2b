"""An empty encrypted store for the invented network."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from pln.services.context import Context
from pln.system.clock import FixedClock
from pln.system.paths import Profile
from store_fixtures import make_store

DAY = date(2026, 11, 21)


def demo_context(folder: Path, day: date) -> Context:
    """An open, empty store as of noon of a day."""
    clock = FixedClock.on(day)
    profile = Profile(folder).create()
    return Context(store=make_store(profile.store, now=clock.now), profile=profile, clock=clock)
