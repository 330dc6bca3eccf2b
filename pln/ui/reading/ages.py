"""How long ago something was, in the few letters that a list has room for."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication, QDate, QLocale

_MINUTE, _HOUR, _DAY = 60, 3600, 86_400


def age(then: datetime, now: datetime) -> str:
    """ "12 min", "5 h", "3 d", then the day. Both aware."""
    seconds = (now - then).total_seconds()
    if seconds < _MINUTE:
        return _tr("now")
    if seconds < _HOUR:
        return _tr("%1 min").replace("%1", str(int(seconds // _MINUTE)))
    if seconds < _DAY:
        return _tr("%1 h").replace("%1", str(int(seconds // _HOUR)))
    if seconds < 7 * _DAY:
        return _tr("%1 d").replace("%1", str(int(seconds // _DAY)))
    return short_day(then, now)


def short_day(then: datetime, now: datetime) -> str:
    """ "21 Nov", with the year where it is another one, in the words of the system."""
    local = then.astimezone()
    same_year = local.year == now.astimezone().year
    return QLocale().toString(QDate(local.year, local.month, local.day), "d MMM" if same_year else "d MMM yyyy")


def _tr(text: str) -> str:
    return QCoreApplication.translate("ages", text)
