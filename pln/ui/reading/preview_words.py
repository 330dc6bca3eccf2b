"""What a feed is like, in words."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from pln.model.feed_preview import Length, Pace, Preview, Unit
from pln.ui.reading.ages import short_day


def facts(preview: Preview, now: datetime) -> str:
    """ "About 3 articles a week · newest of 20 Nov · whole articles"."""
    parts = (pace_words(preview.pace), _newest(preview, now), length_words(preview.length))
    words = " · ".join(part for part in parts if part)
    return words or _tr("Nothing stands in it yet.")


def pace_words(pace: Pace | None) -> str:
    if pace is None:
        return ""
    one = {Unit.DAY: _tr("about one article a day"), Unit.WEEK: _tr("about one article a week"),
           Unit.MONTH: _tr("about one article a month"), Unit.YEAR: _tr("about one article a year")}  # fmt: skip
    many = {Unit.DAY: _tr("about %1 articles a day"), Unit.WEEK: _tr("about %1 articles a week"),
            Unit.MONTH: _tr("about %1 articles a month"), Unit.YEAR: _tr("about %1 articles a year")}  # fmt: skip
    return one[pace.unit] if pace.number == 1 else many[pace.unit].replace("%1", str(pace.number))


def length_words(length: Length) -> str:
    words = {Length.WHOLE: _tr("whole articles"), Length.TEASERS: _tr("beginnings only"), Length.UNKNOWN: ""}
    return words[length]


def _newest(preview: Preview, now: datetime) -> str:
    if preview.newest is None:
        return ""
    return _tr("newest of %1").replace("%1", short_day(preview.newest, now))


def _tr(text: str) -> str:
    return QCoreApplication.translate("feed_preview", text)
