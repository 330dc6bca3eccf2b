"""The Network place by mouse and keyboard, on a real store."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from pln.model.changes import Noun, Ref
from pln.model.contact import Person
from pln.services.contacts import get_person, save_person
from pln.services.context import Context
from pln.services.map import GroupKind, MapGroup
from pln.ui.colours import DARK, LIGHT
from pln.ui.commands import CommandId
from pln.ui.network.painting import hue
from pln.ui.network.place import NetworkPlace
from pln.ui.place import PlaceId
from pln.ui.theme import Mode, Theme
from ui.network.invented import fill
from ui.shell_double import ShellDouble


def shown(qtbot: QtBot, shell: ShellDouble) -> NetworkPlace:
    shell.go("network")
    place = shell.place(PlaceId.NETWORK)
    assert isinstance(place, NetworkPlace)
    qtbot.waitUntil(lambda: place.page is not None, timeout=20_000)
    return place


def button_of(place: NetworkPlace, text: str) -> QPushButton:
    return next(one for one in place.findChildren(QPushButton) if one.text() == text)


def test_everybody_is_on_the_map_and_a_click_opens(qtbot: QtBot, shell: ShellDouble, context: Context) -> None:
    ids = fill(context, 40, 60)
    place = shown(qtbot, shell)
    drawn = place.map.map()
    assert drawn is not None
    assert sorted(dot.person_id for dot in drawn.dots) == sorted(ids)
    wanted = drawn.dots[7]
    spot = place.map.spot(wanted).toPoint()
    qtbot.mouseMove(place.map, spot)
    qtbot.waitUntil(lambda: place.map.hovered() == wanted)
    qtbot.mouseClick(place.map, Qt.MouseButton.LeftButton, pos=spot)
    assert shell.noted.opened == [Ref(Noun.PERSON, wanted.person_id)]
    qtbot.mouseClick(place.map, Qt.MouseButton.LeftButton, pos=QPoint(2, place.map.height() - 2))
    assert len(shell.noted.opened) == 1


def test_keys_reach_everybody_and_the_name_is_told(qtbot: QtBot, shell: ShellDouble, context: Context) -> None:
    ids = fill(context, 25, 30)
    place = shown(qtbot, shell)
    place.focus_first()
    qtbot.waitUntil(place.map.hasFocus)
    told = {}
    for _ in ids:
        here = place.map.current()
        assert here is not None
        told[here.person_id] = place.map.accessibleName()
        assert here.name in told[here.person_id]
        qtbot.keyClick(place.map, Qt.Key.Key_Right)
    assert set(told) == set(ids)
    last = place.map.current()
    assert last is not None
    qtbot.keyClick(place.map, Qt.Key.Key_Return)
    assert shell.noted.opened == [Ref(Noun.PERSON, last.person_id)]
    qtbot.keyClick(place.map, Qt.Key.Key_Home)
    first = place.map.current()
    qtbot.keyClick(place.map, Qt.Key.Key_Down)
    other = place.map.current()
    assert first is not None and other is not None and other.groups[0] != first.groups[0]
    qtbot.keyClick(place.map, Qt.Key.Key_Up)
    assert place.map.current() == first


def test_whom_one_stands_on_stays_through_another_view(qtbot: QtBot, shell: ShellDouble, context: Context) -> None:
    fill(context, 25, 30)
    place = shown(qtbot, shell)
    place.map.setFocus()
    for _ in range(6):
        qtbot.keyClick(place.map, Qt.Key.Key_Right)
    here = place.map.current()
    shell.registry.run(CommandId.NETWORK_TIME)
    assert place.ways.current() == "time"
    there = place.map.current()
    assert here is not None and there is not None and here.person_id == there.person_id


def test_a_change_elsewhere_is_drawn(qtbot: QtBot, shell: ShellDouble, context: Context) -> None:
    ids = fill(context, 10, 10)
    place = shown(qtbot, shell)
    shell.write(lambda: save_person(shell.ctx, replace(get_person(shell.ctx, ids[0]), circles=("Choir",))))
    qtbot.waitUntil(lambda: "Choir" in {group.name for group in (place.map.map() or place.page).groups}, timeout=20_000)


def test_an_introduction_is_drafted_to_the_one_who_is_asked_first(
    qtbot: QtBot, shell: ShellDouble, context: Context
) -> None:
    fill(context, 15, 40)
    place = shown(qtbot, shell)
    found = place.page and place.page.introduction
    assert found is not None
    button_of(place, "Draft an introduction").click()
    to, subject, body = shell.noted.composed[0]
    assert to and subject and found.names[1] not in body, "the other one is not named before both were asked"


def test_a_quiet_edge_opens_the_person(qtbot: QtBot, shell: ShellDouble, context: Context) -> None:
    fill(context, 60, 120)
    place = shown(qtbot, shell)
    assert place.page is not None and place.page.quiet
    edge = place.page.quiet[0]
    button_of(place, edge.name).click()
    assert shell.noted.opened == [Ref(Noun.PERSON, edge.person_id)]


def test_an_empty_network_teaches(qtbot: QtBot, shell: ShellDouble) -> None:
    place = shown(qtbot, shell)
    assert not place.map.isVisible()
    assert button_of(place, "Bring a few people").isVisible()


def test_people_without_circles_are_drawn_too(qtbot: QtBot, shell: ShellDouble, context: Context) -> None:
    for name in ("Ines Okafor", "Bilal Osman"):
        save_person(context, Person(name=name))
    place = shown(qtbot, shell)
    assert place.map.isVisible()
    assert len(place.map.map().dots) == 2  # type: ignore[union-attr]


def test_cards_move_below_in_a_narrow_window(qtbot: QtBot, shell: ShellDouble, context: Context) -> None:
    fill(context, 12, 12)
    place = shown(qtbot, shell)
    side = place._side
    assert side.x() > place.map.x() + 200
    shell.window().resize(800, 700)
    qtbot.waitUntil(lambda: side.y() > 200)
    assert place.map.height() >= 200


def test_the_map_follows_the_look(qtbot: QtBot, shell: ShellDouble, context: Context, theme: Theme) -> None:
    fill(context, 12, 12)
    place = shown(qtbot, shell)
    drawn = place.map.map()
    assert drawn is not None
    spot = place.map.spot(next(dot for dot in drawn.dots if dot.last)).toPoint()
    light = place.map.grab().toImage().pixelColor(spot)
    theme.set_mode(Mode.DARK)
    assert place.map.grab().toImage().pixelColor(spot) != light


def test_six_circles_have_six_colours() -> None:
    circles = tuple(
        MapGroup(kind=GroupKind.NAMED, name=str(number), size=1, x=0.5, y=0.5, above=False) for number in range(6)
    )
    for palette in (LIGHT, DARK):
        assert len({palette.colour(hue(circles, number)) for number in range(6)}) == 6
