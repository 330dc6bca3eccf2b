"""The files that come with the program: whole, tintable, licensed, and found wherever it is installed."""

from __future__ import annotations

import ast
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest

from architecture.source_tree import ROOT, Module, dotted, modules, parse
from pln.model.errors import PlnError
from pln.system.resources import find_root, resource

SVG = "{http://www.w3.org/2000/svg}"
ICONS = sorted((ROOT / "resources" / "icons").glob("*.svg"))
FONTS = {
    "Inter": ("Regular", "Italic", "Medium", "SemiBold", "Bold"),
    "SourceSerif4": ("Regular", "Italic", "SemiBold", "Bold"),
}
# Functions of the user interface that take an icon's name -> which argument it is.
TAKES_ICON = {"icon": 0, "IconLabel": 0, "set_icon": 1, "paint_icon": 2}


def unknown_icons(module: Module) -> Iterator[str]:
    for call in ast.walk(module.tree):
        if isinstance(call, ast.Call):
            for given in _icon_arguments(call):
                if isinstance(given, ast.Constant) and given.value and given.value not in {icon.stem for icon in ICONS}:
                    yield f"{module.at(call)} names the icon {given.value!r}"


def _icon_arguments(call: ast.Call) -> Iterator[ast.expr]:
    place = TAKES_ICON.get(dotted(call.func).rpartition(".")[2])
    if place is not None:
        yield from call.args[place : place + 1]
    yield from (keyword.value for keyword in call.keywords if keyword.arg == "icon")


def test_every_icon_that_is_named_is_there():
    assert [fault for module in modules() if module.within("pln.ui") for fault in unknown_icons(module)] == []


@pytest.mark.parametrize("text", ["icons.icon('sunn')", "set_icon(button, 'sunn')", "chip('x', icon='sunn')"])
def test_a_missing_icon_is_found(text: str):
    assert list(unknown_icons(parse("pln.ui.today", text)))
    assert not list(unknown_icons(parse("pln.ui.today", text.replace("sunn", "sun"))))


def test_there_are_icons_enough():
    assert len(ICONS) >= 90


@pytest.mark.parametrize("icon", ICONS, ids=lambda path: path.stem)
def test_an_icon_is_one_of_the_family(icon: Path):
    drawing = ElementTree.parse(icon).getroot()
    assert drawing.tag == f"{SVG}svg"
    assert drawing.get("viewBox") == "0 0 24 24"
    assert drawing.get("stroke") == "currentColor"
    assert {part.get("fill") for part in drawing.iter()} <= {None, "none", "currentColor"}
    assert len(drawing) > 0


@pytest.mark.parametrize("family", FONTS)
def test_a_typeface_comes_whole_and_with_its_licence(family: str):
    for style in FONTS[family]:
        assert resource("fonts", f"{family}-{style}.ttf").read_bytes()[:4] == b"\0\1\0\0"
    assert "SIL Open Font License" in resource("fonts", f"{family}-OFL.txt").read_text()


def test_the_icons_come_with_their_licence():
    assert "ISC License" in resource("icons", "LICENSE.txt").read_text()


def test_a_wrong_name_is_a_mistake_of_ours():
    with pytest.raises(FileNotFoundError, match=r"icons/no-such-icon\.svg"):
        resource("icons", "no-such-icon.svg")


def test_a_broken_installation_is_told_in_words(tmp_path: Path):
    with pytest.raises(PlnError, match="install PLN again"):
        find_root(tmp_path / "pln")


@pytest.mark.long
def test_the_wheel_brings_everything(tmp_path: Path):
    wheel = _build(tmp_path)
    place = tmp_path / "installed"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(place)
    code = (
        "import pln; from pln.system.resources import resource;"
        "print(pln.__file__, resource('fonts', 'Inter-Regular.ttf'), resource('icons', 'sun.svg'))"
    )
    found = subprocess.run(
        [sys.executable, "-P", "-c", f"import sys; sys.path.insert(0, {str(place)!r}); {code}"],
        cwd=tmp_path, capture_output=True, text=True, check=True,
    ).stdout.split()  # fmt: skip
    assert len(found) == 3
    assert all(Path(path).is_relative_to(place / "pln") for path in found)
    (metadata,) = place.glob("pln-*.dist-info")
    assert "pln = pln.__main__:main" in (metadata / "entry_points.txt").read_text()
    assert {path.name for path in metadata.rglob("*") if path.is_file()} >= {"LICENSE", "LICENSE.txt", "Inter-OFL.txt"}


def _build(folder: Path) -> Path:
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    return wheel
