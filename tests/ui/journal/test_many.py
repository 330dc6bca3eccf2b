"""Writing among twenty thousand entries feels like writing the first one."""

from __future__ import annotations

import random
import time
from datetime import timedelta

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pln.model.journal import Entry
from pln.services.context import Context
from pln.ui.journal.place import JournalPlace
from pln.ui.place import PlaceId
from store_fixtures import NOW
from ui.shell_double import ShellDouble

ENTRIES, KEYS = 20_000, 2_000
FELT_MS = 50.0


@pytest.mark.long
@pytest.mark.timeout(300)
def test_no_key_waits(qtbot: QtBot, context: Context, shell: ShellDouble):
    chance = random.Random(1)
    words = ["".join(chance.choices("abcdefghiklmnoprstu", k=chance.randint(3, 9))) for _ in range(5_000)]
    with context.write("test") as work:
        for hours in range(ENTRIES):
            body = " ".join(chance.choices(words, k=60))
            work.journal.add(Entry(title=body[:20], body=body, created=NOW - timedelta(hours=hours)))
    place = shell.window().go(PlaceId.JOURNAL)
    assert isinstance(place, JournalPlace)
    qtbot.waitUntil(lambda: place.has_entry())
    place.begin()
    waits = []
    for key in " ".join(chance.choices(words, k=600))[:KEYS]:
        begun = time.perf_counter()
        QTest.keyClicks(place.editor.body, key)
        QApplication.processEvents()
        waits.append(1000 * (time.perf_counter() - begun))
    assert sorted(waits)[KEYS * 99 // 100] < FELT_MS
    qtbot.waitUntil(lambda: not place.saver.is_unsaved())
