"""Today as an answer: what --json prints, and the lines a person reads."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from pln.cli.terminal import day, indented
from pln.model.meetup import spoken_list
from pln.model.suggestion import Candidate
from pln.model.timeline import Brief
from pln.model.today import TodayPage
from pln.suggest.reasons import sentence

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def today_told(page: TodayPage, weighed: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "day": page.day.isoformat(),
        "energy": page.energy.value,
        "resting_until": page.paused_until.isoformat() if page.paused_until else None,
        "steps": [_step(step, page) for step in page.steps],
        "more": page.waiting,
        "meetup": _meetup(page),
        "reading": _reading(page),
        "question": page.prompt,
        "explained": weighed,
    }


def _step(step: Candidate, page: TodayPage) -> dict[str, Any]:
    return {
        "key": step.key, "kind": step.kind.value, "people": list(step.people),
        "names": [page.names[who] for who in step.people if who in page.names], "title": step.title,
        "reason": sentence(step.facts), "action": step.action.value, "draft": step.draft,
        "facts": [
            {"text": fact.text, "day": fact.day.isoformat() if fact.day else None, "quote": fact.quote}
            for fact in step.facts
        ],
    }  # fmt: skip


def _meetup(page: TodayPage) -> dict[str, Any] | None:
    if page.meetup is None:
        return None
    names = [page.names[who] for who in page.meetup.people if who in page.names]
    return {
        "id": page.meetup.id, "title": page.meetup.title(tuple(names)), "day": page.meetup.day.isoformat(),
        "at": page.meetup.at.isoformat("minutes") if page.meetup.at else None, "place": page.meetup.place,
        "names": names, "brief": _brief(page.brief),
    }  # fmt: skip


def _brief(brief: Brief | None) -> list[dict[str, str]]:
    if brief is None:
        return []
    parts = (("mine", brief.mine), ("theirs", brief.theirs), ("question", brief.questions), ("lesson", brief.lessons))
    marks = [{"kind": kind, "text": mark.text} for kind, found in parts for mark in found]
    marks += [{"kind": "question", "text": each.words} for each in brief.to_ask]
    return marks + [{"kind": "date", "text": f"{word}, {day(when)}"} for word, when in brief.dates]


def _reading(page: TodayPage) -> dict[str, Any] | None:
    if page.worth is None:
        return None
    worth = page.worth
    return {
        "id": worth.article_id, "title": worth.title, "feed": worth.feed_title, "minutes": worth.minutes,
        "for": list(worth.names),
    }  # fmt: skip


_SAID = {
    "mine": "You promised",
    "theirs": "They promised",
    "question": "To ask",
    "lesson": "You learned",
    "date": "Coming up",
}


def today_lines(page: TodayPage, weighed: list[dict[str, Any]]) -> Iterator[str]:
    yield f"{_WEEKDAYS[page.day.weekday()]} {day(page.day)}"
    if page.paused_until:
        yield f"PLN rests until {day(page.paused_until)}."
    yield ""
    yield from _steps(page)
    yield from _coming(page)
    if page.worth is not None:
        yield f"Worth reading: {page.worth.title} ({page.worth.minutes} min)"
        yield f"   {spoken_list(page.worth.names)} might like it."
        yield ""
    yield f"A question: {page.prompt}"
    yield from _explained(weighed)


def _steps(page: TodayPage) -> Iterator[str]:
    if not page.steps and not page.paused_until:
        yield "Nothing asks for you today."
        yield ""
    for number, step in enumerate(page.steps, 1):
        yield f"{number}  {step.title}"
        yield from indented(sentence(step.facts))
        yield ""


def _coming(page: TodayPage) -> Iterator[str]:
    told = _meetup(page)
    if told is not None:
        at = f", {told['at']}" if told["at"] else ""
        place = f", {told['place']}" if told["place"] else ""
        yield f"Next: {told['title']}, {day(date.fromisoformat(told['day']))}{at}{place}"
        yield from (f"   {_SAID[mark['kind']]}: {mark['text']}" for mark in told["brief"])
        yield ""


def _explained(weighed: list[dict[str, Any]]) -> Iterator[str]:
    if weighed:
        yield ""
        yield "Everything that was weighed:"
    for each in weighed:
        yield f"   {each['title']} ({each['kind']}): {each['reason_out'] or 'shown'}"
