"""How a feed is, in words."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale

from pln.model.feed import FeedState, Outcome
from pln.model.feed_health import FeedAnswer, FeedHealth

_SIZE = QLocale.DataSizeFormat.DataSizeTraditionalFormat


def how_it_is(health: FeedHealth) -> str:
    """One sentence: what is wrong, or that nothing is."""
    feed = health.feed
    if health.why:
        return health.why
    if feed.state is FeedState.PAUSED:
        return _tr("This feed rests; it is not asked for news.")
    if feed.state is FeedState.GONE:
        return _tr("This feed has ended. Its articles stay.")
    return _tr("All is well.") if feed.checked is not None else _tr("It was not asked yet.")


def when_next(health: FeedHealth, now: datetime) -> str:
    """When and why then; "" where it is not asked by itself."""
    if health.feed.state is not FeedState.ACTIVE:
        return ""
    if health.next_check is None or health.next_check <= now:
        when = _tr("Asked again with the next refresh")
    else:
        when = _tr("Asked again %1").replace("%1", moment(health.next_check, now))
    return f"{when}. {health.next_why}" if health.next_why else f"{when}."


def answer_words(answer: FeedAnswer) -> str:
    """ "3 new, 1 changed", "nothing new", or what was wrong."""
    if answer.sentence:
        return answer.sentence
    if answer.outcome == Outcome.UNCHANGED.value:
        return _tr("nothing new")
    if answer.outcome == Outcome.GONE.value:
        return _tr("it has ended")
    parts = [_tr("%1 new").replace("%1", str(answer.new)) if answer.new else "",
             _tr("%1 changed").replace("%1", str(answer.changed)) if answer.changed else ""]  # fmt: skip
    return ", ".join(part for part in parts if part) or _tr("nothing new")


def answer_facts(answer: FeedAnswer) -> str:
    """ "200 · 48 KB · 120 ms"."""
    parts = [str(answer.status) if answer.status else "",
             QLocale().formattedDataSize(answer.size, 0, _SIZE) if answer.size else "",
             _tr("%1 ms").replace("%1", f"{answer.milliseconds:,}") if answer.milliseconds else ""]  # fmt: skip
    return " · ".join(part for part in parts if part)


def moment(at: datetime, now: datetime) -> str:
    """ "14:05" today, else "22 Nov 14:05"."""
    local = at.astimezone()
    same = local.date() == now.astimezone().date()
    when = QDateTime(local.year, local.month, local.day, local.hour, local.minute, 0)
    return QLocale().toString(when, "HH:mm" if same else "d MMM HH:mm")


def _tr(text: str) -> str:
    return QCoreApplication.translate("feed_health", text)
