"""The cards beside the steps."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QDate, QLocale
from PySide6.QtWidgets import QWidget

from pln.model.changes import Noun, Ref
from pln.model.marks import prose
from pln.model.meetup import Meetup
from pln.model.timeline import Brief
from pln.model.today import TodayPage, Worth
from pln.suggest.reasons import shortened
from pln.ui.widgets.avatar import Avatar
from pln.ui.widgets.boxes import Grow, column, row
from pln.ui.widgets.buttons import button
from pln.ui.widgets.cards import titled_card
from pln.ui.widgets.labels import escape, label, rich

_POINTS = 3
_LONGEST_NAME = 60  # characters; a longer first name would widen the window
_ORDINALS = ("", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


def meetup_card(page: TodayPage, open_meetup: Callable[[Ref], object]) -> QWidget:
    """The next meetup with the heart of its brief."""
    assert page.meetup is not None
    meetup, names = page.meetup, [page.names.get(who, "") for who in page.meetup.people]
    where = " · ".join(part for part in (meetup.place, _how_often(page.brief)) if part)
    who = column(label(", ".join(names), "head", wrap=True), label(where, "muted", wrap=True), spacing=0)
    points = "\n".join(f"• {point}" for point in _points(page.brief))
    items: list[QWidget] = [label(points, "small", wrap=True)] if points else []
    opener = button(_tr("Open brief"), run=lambda: open_meetup(Ref(Noun.MEETUP, meetup.id)))
    title = _tr("Next %1").replace("%1", _tr(meetup.kind.value))
    head = row(Avatar(names[0] if names else "", 36), Grow(who), spacing=10)
    return titled_card(title, head, *items, row(opener, None), aside=_when(meetup))


def worth_card(worth: Worth, show: Callable[[Ref], object]) -> QWidget:
    """One article that fits somebody."""
    names = " and ".join(f"<b>{escape(shortened(name.split(' ')[0], _LONGEST_NAME))}</b>" for name in worth.names[:2])
    heading = label(worth.title, "serif-strong", wrap=True)
    fits = rich(f"{escape(worth.feed_title)} · {_tr('fits')} {names}", "muted")
    opener = button(_tr("Read"), icon="book-open", run=lambda: show(Ref(Noun.ARTICLE, worth.article_id)))
    aside = _tr("offline · %1 min").replace("%1", str(worth.minutes))
    return titled_card(_tr("Worth reading"), heading, fits, row(opener, None), aside=aside)


def journal_card(prompt: str, write: Callable[[str], object], skip: Callable[[str], object]) -> QWidget:
    """One question, to answer or to pass over."""
    begin = button(_tr("Write a few lines"), icon="feather", run=lambda: write(prompt))
    another = button(_tr("Another"), "quiet", run=lambda: skip(prompt))
    return titled_card(_tr("A question for your journal"), label(prompt, "serif", wrap=True), row(begin, another, None))


def purpose_card(purpose: str) -> QWidget:
    """Why one does all this, in one's own words."""
    return titled_card(_tr("Why you do this"), label(purpose, "small", wrap=True), tone="plain")


def _points(brief: Brief | None) -> list[str]:
    if brief is None:
        return []
    points = (
        [_tr("Last time: %1").replace("%1", _opening(brief.last[0]))] if brief.last and _opening(brief.last[0]) else []
    )
    points += [_tr("You said: %1").replace("%1", mark.text) for mark in brief.mine]
    points += [_tr("To ask: %1").replace("%1", mark.text) for mark in brief.questions]
    points += [_tr("To ask: %1").replace("%1", each.words) for each in brief.to_ask]
    points += [_tr("They offered: %1").replace("%1", mark.text) for mark in brief.theirs]
    points += [_tr("Kept for them: %1").replace("%1", title) for _, title in brief.reading]
    return [shortened(point, 110) for point in points[:_POINTS]]


def _opening(meetup: Meetup) -> str:
    return prose(meetup.notes).split("\n", 1)[0]


def _how_often(brief: Brief | None) -> str:
    if brief is None:
        return ""
    time = brief.times_met + 1
    if time == 1:
        return _tr("the first time you meet")
    if time < len(_ORDINALS):
        return _tr("%1 time you meet").replace("%1", _tr(_ORDINALS[time]))
    return _tr("you have met %1 times").replace("%1", str(brief.times_met))


def _when(meetup: Meetup) -> str:
    day = QLocale().toString(QDate(meetup.day.year, meetup.day.month, meetup.day.day), "ddd d MMM")
    return f"{day}, {meetup.at:%H:%M}" if meetup.at else day


def _tr(text: str) -> str:
    return QCoreApplication.translate("today", text)
