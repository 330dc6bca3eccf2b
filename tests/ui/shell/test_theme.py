from __future__ import annotations

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QIcon
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from pln.ui import icons, look
from pln.ui.colours import DARK, LIGHT, Palette, contrast
from pln.ui.theme import Mode, Theme
from pln.ui.widgets.avatar import PAIRS, pair_of
from pln.ui.widgets.boxes import column
from pln.ui.widgets.buttons import button
from pln.ui.widgets.dialog import Dialog

GROUNDS = ("bg", "rail", "surface", "soft", "sel")
INKS = ("ink", "muted", "faint", "accent")
PAIRED = [(f"{name}_soft", name) for name in ("amber", "red", "blue", "plum")] + [("accent", "accent_ink")]


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_texts_keep_their_contrast(palette: Palette) -> None:
    pairs = [(ground, ink) for ground in GROUNDS for ink in INKS] + PAIRED
    pairs += [(ground, name) for ground in ("bg", "surface") for name in ("amber", "red", "blue", "plum")]
    pairs += [("ink", "bg"), ("ink", "soft")]  # toasts
    weak = {pair: round(contrast(palette.colour(pair[0]), palette.colour(pair[1])), 2) for pair in pairs}
    assert {pair: ratio for pair, ratio in weak.items() if ratio < 4.5} == {}


def test_contrast_agrees_with_known_values() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


def test_an_unknown_role_or_icon_is_a_bug(theme: Theme) -> None:
    with pytest.raises(KeyError):
        look.colour("pink")
    with pytest.raises(KeyError):
        icons.icon("no-such-icon")


def test_switching_tints_icons_and_repaints(qtbot: QtBot, qapp: QApplication, theme: Theme) -> None:
    made = button("Write", icon="feather")
    qtbot.addWidget(made)
    assert _ink_of(made) == LIGHT.ink
    with qtbot.waitSignal(theme.changed):
        theme.set_mode(Mode.DARK)
    assert _ink_of(made) == DARK.ink
    assert qapp.palette().window().color() == QColor(DARK.bg)
    assert DARK.surface in qapp.styleSheet() and LIGHT.surface not in qapp.styleSheet()


def test_the_system_is_followed_until_the_user_says_otherwise(qapp: QApplication, theme: Theme) -> None:
    theme.set_mode(Mode.SYSTEM)
    qapp.styleHints().setColorScheme(Qt.ColorScheme.Dark)
    followed = theme.palette is DARK or qapp.styleHints().colorScheme() is not Qt.ColorScheme.Dark
    theme.set_mode(Mode.LIGHT)
    kept = theme.palette is LIGHT
    qapp.styleHints().setColorScheme(Qt.ColorScheme.Unknown)
    assert followed and kept


def test_text_size_scales_and_stays_within_bounds(qtbot: QtBot, theme: Theme) -> None:
    made = button("Write")
    qtbot.addWidget(made)
    before = made.sizeHint()
    theme.set_scale(2.0)
    assert look.px(14) == 28
    assert made.sizeHint().height() >= 1.8 * before.height()
    theme.set_scale(9)
    assert theme.scale == 2.0


def test_icons_are_sharp_on_dense_screens(theme: Theme) -> None:
    made: QIcon = icons.icon("coffee")
    assert made.pixmap(QSize(18, 18), 2.0).size() == QSize(36, 36)


def test_a_name_keeps_its_tint_and_all_tints_are_used() -> None:
    assert pair_of("Anna Lindqvist") == pair_of(" anna lindqvist ")
    assert {pair_of(f"Person {n}") for n in range(60)} == set(PAIRS)


def _ink_of(made: QPushButton) -> str:
    image = made.icon().pixmap(made.iconSize(), 2.0).toImage()
    points = ((x, y) for x in range(image.width()) for y in range(image.height()))
    solid = next(colour for x, y in points if (colour := image.pixelColor(x, y)).alpha() == 255)
    return solid.name().upper()


def test_a_dialog_grows_with_the_text_and_stays_on_the_screen(qtbot: QtBot, theme: Theme) -> None:
    dialog = Dialog(None, "Feed settings", column(), "Save")
    qtbot.addWidget(dialog)
    dialog.open_at(400, 300)
    assert (dialog.width(), dialog.height()) == (max(400, dialog.minimumWidth()), 300)
    theme.set_scale(1.5)
    dialog.open_at(430, 300)
    assert (dialog.width(), dialog.height()) == (645, 450)
    dialog.open_at(9000, 9000)
    room = dialog.screen().availableGeometry()
    assert dialog.width() < room.width() and dialog.height() < room.height()
