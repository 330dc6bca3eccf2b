"""Reading a whole store, and ending it before."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pln.model.errors import Cancelled
from pln.model.feed import Feed, ParsedEntry
from pln.store import soundness
from pln.store.soundness import examine
from store_fixtures import KEY, SALT, make_store


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = make_store(tmp_path / "store.db")
    with made.write("test") as work:
        feed = work.feeds.add(Feed(url="https://tea.example/feed"))
        work.articles.take_in(feed.id, [_leaf(each) for each in range(200)])
    made.close()
    return tmp_path / "store.db"


def _leaf(number: int) -> ParsedEntry:
    return ParsedEntry(
        guid=str(number), url="", author="", published=None, title=f"Leaf {number}", html="", text="tea " * 200
    )


def after(number: int) -> Callable[[], bool]:
    """Ends at the question of this number."""
    asked = iter([False] * number)
    return lambda: next(asked, True)


@pytest.mark.parametrize("number", [0, 1, 5, 50])
def test_it_ends_when_asked_and_calls_no_sound_store_damaged(
    path: Path, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(soundness, "_STEPS", 100)
    with pytest.raises(Cancelled):
        examine(path, KEY, SALT, cancelled=after(number))
    found = examine(path, KEY, SALT, cancelled=lambda: False)
    assert found.faults == () and found.counts["article"] == 200
