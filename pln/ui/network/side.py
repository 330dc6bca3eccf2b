"""The cards beside the map: reach, who should meet, quiet edges, what was learned."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from pln.services.map import Introduction, Learned, Quiet, Reach
from pln.ui.widgets.boxes import Grow, column, row
from pln.ui.widgets.buttons import button
from pln.ui.widgets.cards import titled_card
from pln.ui.widgets.labels import escape, label, rich
from pln.ui.widgets.progress import Progress


def reach_card(reach: Reach | None) -> QWidget:
    """ "3 of 10 recent conversations were outside your usual circle"."""
    title = _tr("Reach")
    if reach is None:
        words = _tr("After a few conversations with people in circles, this shows how far they reached.")
        return titled_card(title, label(words, "muted", wrap=True))
    figure = _tr("%1 of %2").replace("%1", str(reach.outside)).replace("%2", str(reach.of))
    said = _tr("recent conversations were outside %1, your usual circle").replace("%1", reach.usual)
    number = label(figure, "title")
    bar = Progress(f"{figure} {said}", reach.outside, reach.of)
    return titled_card(title, row(number, Grow(label(said, "muted", wrap=True)), spacing=14), bar)


def introduction_card(found: Introduction | None, draft: Callable[[Introduction], object]) -> QWidget:
    title = _tr("Who should meet")
    if found is None:
        words = _tr("Two people appear here when what one looks for fits the other. Note their interests and asks.")
        return titled_card(title, label(words, "muted", wrap=True))
    one, other = (f"<b>{escape(name)}</b>" for name in found.names)
    names = rich(_tr("%1 and %2").replace("%1", one).replace("%2", other))
    go = button(_tr("Draft an introduction"), run=lambda: draft(found))
    return titled_card(title, names, label(found.why, "muted", wrap=True), row(go, None))


def quiet_card(quiet: Sequence[Quiet], show: Callable[[int], object]) -> QWidget:
    title = _tr("Quiet edges")
    if not quiet:
        words = _tr("People you were often in touch with, and who have been quiet for a while, appear here.")
        return titled_card(title, label(words, "muted", wrap=True))
    lines = []
    for edge in quiet:
        name = button(edge.name, "link", run=partial(show, edge.person_id))
        name.setAccessibleName(f"{edge.name}, {edge.silence}")
        lines.append(row(name, label(edge.silence, "muted"), None, spacing=4))
    return titled_card(title, column(*lines, spacing=4))


def learned_card(found: Learned, most: str) -> QWidget:
    """Counts that describe oneself and only go up within the quarter."""
    title = _tr("What you learned this quarter")
    if found.lessons == 0:
        words = _tr("A line that begins with ! in a meetup note is kept here as something you learned.")
        return titled_card(title, label(words, "muted", wrap=True), *_ever(found))
    lessons = _tr("1 lesson") if found.lessons == 1 else _tr("%1 lessons").replace("%1", str(found.lessons))
    people = _tr("1 person") if found.people == 1 else _tr("%1 people").replace("%1", str(found.people))
    said = _tr("%1 from %2.").replace("%1", lessons).replace("%2", people) if found.people else f"{lessons}."
    if most:
        said += " " + _tr("Most often from %1.").replace("%1", f"<b>{escape(most)}</b>")
    return titled_card(title, rich(said, "small"), *_ever(found))


def _ever(found: Learned) -> list[QWidget]:
    if found.ever <= found.lessons:
        return []
    return [label(_tr("%1 since you began.").replace("%1", str(found.ever)), "faint")]


def _tr(text: str) -> str:
    return QCoreApplication.translate("network", text)
