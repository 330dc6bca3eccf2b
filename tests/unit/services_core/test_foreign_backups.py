"""Backups that others made, or that were tampered with, among one's own: they are passed over and stop nothing."""

from __future__ import annotations

import json
import zipfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from pln.model.errors import StoreFault
from pln.services.backup import BackupReport
from pln.services.context import Context
from pln.services.keeping import Why, keep_now, look_after, safely
from pln.services.kept_backups import backups_in, kept_of, told_by
from pln.store.backup import read_manifest
from pln.system.clock import FixedClock
from store_fixtures import TODAY, fill

FORGED = [
    '"made": "2026-11-22"',
    '"made": "2026-11-22T09:00:00"',
    '"made": "9999-12-31T23:59:59-14:00"',
    '"made": "0001-01-01T00:00:00+14:00"',
    '"made": 5',
    '"version": 1e400',
    '"version": NaN',
    '"version": 0',
    '"version": true',
    '"version": "2"',
    '"counts": {"person": "x"}',
    '"counts": {"person": -1}',
    '"counts": {"person": 1.5}',
    '"counts": []',
    '"program": null',
    '"why": []',
    '"profile": 7',
    '"store_version": Infinity',
    '"format": "another"',
]


@pytest.fixture
def ctx(context: Context) -> Context:
    fill(context.store)
    return context


def forge(source: Path, target: Path, part: str) -> None:
    with zipfile.ZipFile(source) as whole, zipfile.ZipFile(target, "w") as made:
        for name in whole.namelist():
            data = whole.read(name)
            if name == "manifest.json":  # the last of two of one name counts
                data = data.rstrip().removesuffix(b"}") + f", {part}}}".encode()
            made.writestr(name, data)


@pytest.mark.parametrize("part", FORGED)
def test_a_forged_backup_stops_nothing(ctx: Context, part: str) -> None:
    good = keep_now(ctx).path
    forged = good.with_name("2026-11-21-daily.plnbackup")
    forge(good, forged, part)
    assert told_by(forged) is None
    assert [each.path for each in kept_of(ctx.profile)] == [good]
    with pytest.raises(StoreFault, match="no backup of PLN's, or it is damaged"):
        read_manifest(forged)
    assert isinstance(look_after(replace(ctx, clock=FixedClock.on(TODAY + timedelta(days=1)))), BackupReport)
    safely(ctx, Why.BEFORE_IMPORT)
    assert forged.exists()


def test_what_is_not_an_object_is_no_backup(ctx: Context) -> None:
    good = keep_now(ctx).path
    for number, data in enumerate((b"[]", b"7", b'"x"', b"null", b"[" * 100_000, b"\xff")):
        with zipfile.ZipFile(good) as whole, zipfile.ZipFile(good.with_name(f"{number}.plnbackup"), "w") as made:
            for name in whole.namelist():
                made.writestr(name, data if name == "manifest.json" else whole.read(name))
    assert [each.path for each in backups_in(good.parent)] == [good]
    assert json.dumps(read_manifest(good))
