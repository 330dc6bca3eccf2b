from __future__ import annotations

from collections.abc import Iterator

import pytest

from pln.sources.parse import Parser

SMALLEST = b"<rss version='2.0'><channel><title>Started</title></channel></rss>"


@pytest.fixture(scope="session")
def parser() -> Iterator[Parser]:
    """One parser for all tests that do not kill its worker; the worker runs before the first test looks around."""
    with Parser(deadline_seconds=60, idle_seconds=3600) as running:
        running.parse(SMALLEST, url="https://example.org/feed")
        yield running
