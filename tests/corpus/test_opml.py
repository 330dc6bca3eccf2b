"""Lists of feeds as other readers ship them are read whole and can be written again."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pln.sources.opml import read_opml, write_opml
from shared_corpus import REASON, corpus_files

FILES = corpus_files("opml/*.opml")


@pytest.mark.skipif(not FILES, reason=REASON)
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_list_is_read_whole_and_survives_a_round_trip(path: Path) -> None:
    data = path.read_bytes()
    found = read_opml(data)
    named = re.findall(rb"""xmlUrl=["']([^"']*)["']""", re.sub(rb"<!--.*?-->", b"", data, flags=re.DOTALL))
    assert len(found.feeds) + len(found.skipped) == len(named)
    assert len(found.feeds) >= 10
    assert all(feed.folder and feed.title for feed in found.feeds)
    again = read_opml(write_opml(found.feeds, "PLN", datetime(2026, 11, 22, tzinfo=UTC)))
    assert set(again.feeds) == set(found.feeds)
    assert not again.skipped
