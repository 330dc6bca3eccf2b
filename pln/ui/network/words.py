"""What the groups of the map are called, and numbers in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from pln.services.map import GroupKind, MapGroup, NetworkPage


def group_name(group: MapGroup) -> str:
    """The label of a group."""
    return {
        GroupKind.NAMED: group.name,
        GroupKind.OTHERS: _tr("Other circles"),
        GroupKind.NONE: _tr("Everyone else"),
        GroupKind.MONTH: _tr("This month"),
        GroupKind.SEASON: _tr("Within three months"),
        GroupKind.YEAR: _tr("Within a year"),
        GroupKind.LONGER: _tr("Longer ago"),
        GroupKind.NEVER: _tr("Not yet"),
    }[group.kind]


def lead(page: NetworkPage) -> str:
    """ "86 people in touch over two years, in five circles"."""
    people = _tr("1 person") if page.in_touch == 1 else _tr("%1 people").replace("%1", str(page.in_touch))
    if page.in_touch == 0:
        people = _tr("1 person") if page.people == 1 else _tr("%1 people").replace("%1", str(page.people))
        return people if page.circles == 0 else f"{people}, {_in_circles(page.circles)}"
    said = _tr("%1 in touch over two years").replace("%1", people)
    return said if page.circles == 0 else f"{said}, {_in_circles(page.circles)}"


def count(number: int) -> str:
    """Numbers up to twelve as words."""
    words = (
        _tr("no"), _tr("one"), _tr("two"), _tr("three"), _tr("four"), _tr("five"), _tr("six"), _tr("seven"),
        _tr("eight"), _tr("nine"), _tr("ten"), _tr("eleven"), _tr("twelve"),
    )  # fmt: skip
    return words[number] if number < len(words) else str(number)


def _in_circles(number: int) -> str:
    return _tr("in one circle") if number == 1 else _tr("in %1 circles").replace("%1", count(number))


def _tr(text: str) -> str:
    return QCoreApplication.translate("network", text)
