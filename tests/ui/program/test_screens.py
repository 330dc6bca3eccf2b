"""The pictures change nothing in the profile they are taken of."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from pln.model.feed import Feed
from pln.services.context import Context
from pln.services.reading import Shelf, article_ids, mark_read
from pln.ui.screens import _as_unread_as_before, _read_first, write_screens
from store_fixtures import context, entry_of, store

__all__ = ["context", "store"]


@pytest.fixture
def articles(context: Context) -> tuple[int, ...]:
    """Three unread ones, newest first."""
    with context.write("test") as work:
        feed = work.feeds.add(Feed(url="http://127.0.0.1:9/feed", title="Edges"))
        work.articles.take_in(feed.id, [entry_of(guid, text="words " * 40) for guid in ("one", "two", "three")])
    return article_ids(context, Shelf())


def test_a_picture_is_no_reading(context: Context, articles: tuple[int, ...]) -> None:
    mark_read(context, articles[1:2])
    unread = article_ids(context, Shelf(unread=True))
    assert _read_first(context)[0] == articles[1]
    with pytest.raises(KeyboardInterrupt), _as_unread_as_before(context):
        mark_read(context, articles)
        raise KeyboardInterrupt
    assert article_ids(context, Shelf(unread=True)) == unread


def test_what_was_unread_stays_unread_and_nothing_is_printed(
    qtbot: QtBot, context: Context, articles: tuple[int, ...], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    paths = write_screens(tmp_path / "pictures", context)
    assert article_ids(context, Shelf(unread=True)) == articles
    assert all(path.stat().st_size for path in paths) and len(paths) > 15
    assert "propagateSizeHints" not in capfd.readouterr().err
