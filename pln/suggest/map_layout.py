"""Where people stand on a map: groups as round clouds beside one another, those of several groups in between.

Everything is worked out from ids and groups alone, so that the same people always stand in the same places.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from zlib import crc32

WIDTH, HEIGHT = 1000.0, 860.0
_SIDES, _ENDS = 60.0, 78.0  # room for dots and for the labels above and below
_SPACING = 44.0
_LEAST_APART = 0.62 * _SPACING
_GAP = 66.0
_ROUND = 0.6  # of the spacing: how tightly a cloud is packed
_GOLDEN = math.pi * (3 - math.sqrt(5))
_WIDEST, _MOST_UNEVEN = 1.8, 1.45
_IN_THE_MIDDLE = 7  # from so many groups on, the first stands in the middle

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody to place. groups: numbers of theirs, one at least, the main one first."""

    id: int
    groups: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """spots: of members by id; centres: of groups. Everything from 0 to 1, x to the right and y down.

    tops, bottoms: how far up and down each group reaches.
    """

    spots: dict[int, Point]
    centres: tuple[Point, ...]
    tops: tuple[float, ...]
    bottoms: tuple[float, ...]


def clouds(members: Sequence[Member], groups: int) -> Placed:
    """Place everybody once. members: in the order of their importance, which draws to the middle of a cloud."""
    alone: defaultdict[int, list[Member]] = defaultdict(list)
    for member in members:
        if len(member.groups) == 1:
            alone[member.groups[0]].append(member)
    sizes = [len(alone[group]) + sum(group in one.groups for one in members) for group in range(groups)]
    radii = [_SPACING * _ROUND * math.sqrt(max(1.0, size / 2)) for size in sizes]
    centres = _centres(radii)
    floor = _Floor()
    for group, (centre, radius) in enumerate(zip(centres, radii, strict=True)):
        for number, member in enumerate(alone[group]):
            floor.place(member.id, _in_cloud(centre, radius, number, len(alone[group]), group, member.id))
    for member in members:
        if len(member.groups) > 1:
            floor.place(member.id, _between([centres[group] for group in member.groups], member.id))
    return _fitted(floor.spots, centres, _reaches(alone, floor.spots, centres, groups))


def bands(columns: Sequence[Sequence[int]]) -> Placed:
    """Place ids in blocks from left to right, each block filled column by column."""
    spacing = 58.0
    while _width(columns, spacing) > WIDTH - 2 * _SIDES or _rows(columns, spacing) * spacing > HEIGHT - 2 * _ENDS:
        spacing *= 0.95
    spots: dict[int, Point] = {}
    centres: list[Point] = []
    free = WIDTH - 2 * _SIDES - sum(_columns_of(column, spacing) * spacing for column in columns)
    gap = free / max(1, len(columns))
    x = _SIDES + gap / 2
    for column in columns:
        spots.update(_block(column, spacing, x))
        width = _columns_of(column, spacing) * spacing
        centres.append((x + width / 2, HEIGHT / 2))
        x += width + gap
    unit = {key: (a / WIDTH, b / HEIGHT) for key, (a, b) in spots.items()}
    flat = tuple((a / WIDTH, b / HEIGHT) for a, b in centres)
    return Placed(spots=unit, centres=flat, tops=(_ENDS / HEIGHT,) * len(flat), bottoms=(1.0,) * len(flat))


# Clouds --------------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Floor:
    """What is taken, so that no two stand on one another."""

    spots: dict[int, Point] = field(default_factory=dict)
    _cells: dict[tuple[int, int], list[Point]] = field(default_factory=dict)

    def place(self, key: int, wanted: Point) -> None:
        """Take the nearest free spot, looked for in a spiral."""
        spot = next(one for one in _spiral(wanted) if self._is_free(one))
        self.spots[key] = spot
        self._cells.setdefault(_cell(spot), []).append(spot)

    def _is_free(self, spot: Point) -> bool:
        column, row = _cell(spot)
        near = ((column + a, row + b) for a in (-1, 0, 1) for b in (-1, 0, 1))
        return all(math.dist(spot, other) >= _LEAST_APART for cell in near for other in self._cells.get(cell, ()))


def _cell(spot: Point) -> tuple[int, int]:
    return math.floor(spot[0] / _LEAST_APART), math.floor(spot[1] / _LEAST_APART)


def _spiral(wanted: Point) -> Iterator[Point]:
    number = 0
    while True:
        radius, angle = _LEAST_APART * 0.5 * math.sqrt(number), number * _GOLDEN
        yield wanted[0] + radius * math.cos(angle), wanted[1] + radius * math.sin(angle)
        number += 1


def _centres(radii: Sequence[float]) -> list[Point]:
    """Groups side by side on a ring, each with as much of it as it is wide."""
    middle = len(radii) >= _IN_THE_MIDDLE
    ring = list(radii[1:] if middle else radii)
    if len(ring) < 2:
        return [(0.0, 0.0)] * len(ring)
    around = math.fsum(2 * radius + _GAP for radius in ring)
    reach = around / (2 * math.pi) * (math.pi / len(ring)) / math.sin(math.pi / len(ring))
    if middle:
        reach = max(reach, radii[0] + max(ring) + _GAP)
    found: list[Point] = [(0.0, 0.0)] if middle else []
    angle = math.pi * (1 if len(ring) == 2 else 1.06)
    for number, radius in enumerate(ring):
        angle += (radius + _GAP / 2) / around * 2 * math.pi if number else 0.0
        out = reach * (1.08 if number % 2 else 0.98)  # a perfect ring looks like a machine's
        found.append((out * math.cos(angle), out * math.sin(angle)))
        angle += (radius + _GAP / 2) / around * 2 * math.pi
    return found


def _in_cloud(centre: Point, radius: float, number: int, size: int, group: int, key: int) -> Point:
    """As seeds stand in a sunflower, each a little off its place."""
    out, angle = radius * math.sqrt((number + 0.5) / size), number * _GOLDEN + group * 1.3
    dx, dy = _nudge(key, 0.42 * _SPACING)
    return centre[0] + out * math.cos(angle) + dx, centre[1] + out * math.sin(angle) + dy


def _between(centres: Sequence[Point], key: int) -> Point:
    dx, dy = _nudge(key, _SPACING)
    return (
        math.fsum(x for x, _ in centres) / len(centres) + dx,
        math.fsum(y for _, y in centres) / len(centres) + dy,
    )


def _nudge(key: int, most: float) -> Point:
    drawn = crc32(f"map:{key}".encode())
    return ((drawn & 0xFFFF) / 0xFFFF - 0.5) * most, ((drawn >> 16) / 0xFFFF - 0.5) * most


def _reaches(
    alone: dict[int, list[Member]], spots: dict[int, Point], centres: Sequence[Point], groups: int
) -> list[tuple[float, float]]:
    """How far up and down the people of each group alone stand."""
    found = []
    for group in range(groups):
        heights = [spots[member.id][1] for member in alone[group]] or [centres[group][1]]
        found.append((min(heights), max(heights)))
    return found


def _fitted(spots: dict[int, Point], centres: Sequence[Point], reaches: Sequence[tuple[float, float]]) -> Placed:
    """Everything moved and stretched into the frame, and not much more across than down or the other way round."""
    across, down = [x for x, _ in spots.values()], [y for _, y in spots.values()]
    by_x = _scale(across, WIDTH - 2 * _SIDES)
    by_y = _scale(down, HEIGHT - 2 * _ENDS)
    by_x, by_y = min(by_x, by_y * _MOST_UNEVEN), min(by_y, by_x * _MOST_UNEVEN)
    middle_x, middle_y = _middle(across), _middle(down)

    def fit_y(y: float) -> float:
        return ((y - middle_y) * by_y + HEIGHT / 2) / HEIGHT

    def fit(spot: Point) -> Point:
        return ((spot[0] - middle_x) * by_x + WIDTH / 2) / WIDTH, fit_y(spot[1])

    return Placed(
        spots={key: fit(spot) for key, spot in spots.items()},
        centres=tuple(fit(centre) for centre in centres),
        tops=tuple(fit_y(top) for top, _ in reaches),
        bottoms=tuple(fit_y(bottom) for _, bottom in reaches),
    )


def _scale(values: Sequence[float], room: float) -> float:
    extent = max(values, default=0.0) - min(values, default=0.0)
    return min(_WIDEST, room / extent) if extent else 1.0


def _middle(values: Sequence[float]) -> float:
    return (max(values, default=0.0) + min(values, default=0.0)) / 2


# Bands ---------------------------------------------------------------------------------------------------------------


def _height_of(column: Sequence[int], spacing: float) -> int:
    """Rows of a block: rather tall than wide, and never taller than the frame."""
    most = max(1, int((HEIGHT - 2 * _ENDS) / spacing))
    return min(most, max(1, math.ceil(math.sqrt(3 * len(column)))))


def _columns_of(column: Sequence[int], spacing: float) -> int:
    return max(1, math.ceil(len(column) / _height_of(column, spacing)))


def _width(columns: Sequence[Sequence[int]], spacing: float) -> float:
    return math.fsum((_columns_of(column, spacing) + 1) * spacing for column in columns)


def _rows(columns: Sequence[Sequence[int]], spacing: float) -> int:
    return max((_height_of(column, spacing) for column in columns), default=1)


def _block(column: Sequence[int], spacing: float, left: float) -> dict[int, Point]:
    rows = _height_of(column, spacing)
    found = {}
    for number, key in enumerate(column):
        dx, dy = _nudge(key, 0.5 * spacing)
        x = left + (number // rows + 0.5) * spacing + dx
        found[key] = (x, _ENDS + (number % rows + 0.5) * spacing + dy)
    return found
