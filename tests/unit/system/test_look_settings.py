"""Settings of the look survive newer versions, odd values and damage."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pln.model.errors import StoreFault
from pln.system.settings import LookSettings, Theme, read_settings, write_settings


def test_no_file_means_defaults(tmp_path: Path) -> None:
    assert read_settings(tmp_path / "settings.json") == LookSettings()


def test_round_trip(tmp_path: Path) -> None:
    chosen = LookSettings(theme=Theme.DARK, width=1024, height=700, maximised=True, text_scale=1.5, reading_width=75)
    write_settings(tmp_path / "settings.json", chosen)
    assert read_settings(tmp_path / "settings.json") == chosen


def test_what_a_newer_version_wrote_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text('{"theme": "dark", "density": {"rows": "wide"}}')
    write_settings(path, read_settings(path))
    assert json.loads(path.read_text())["density"] == {"rows": "wide"}
    assert read_settings(path).theme is Theme.DARK


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"theme": "neon"}', LookSettings()),
        ('{"theme": 3, "width": "wide", "maximised": 1}', LookSettings()),
        ('{"width": true, "text_scale": false}', LookSettings()),
        ('{"width": 1, "height": 999999999, "text_scale": 99}', LookSettings(width=480, height=20_000, text_scale=3.0)),
        ('{"text_scale": 1e999, "reading_width": 5}', LookSettings(text_scale=3.0, reading_width=40)),
        ('{"text_scale": 2}', LookSettings(text_scale=2.0)),
    ],
)
def test_odd_values_fall_back_one_by_one(tmp_path: Path, text: str, expected: LookSettings) -> None:
    path = tmp_path / "settings.json"
    path.write_text(text)
    assert read_settings(path) == expected
    assert path.read_text() == text


@pytest.mark.parametrize(
    "damage", [b"", b"\xff\xfe\x00", b"[1]", b'{"theme": ', b'{"text_scale": NaN}', b"[" * 100_000]
)
def test_a_damaged_file_is_set_aside(tmp_path: Path, damage: bytes) -> None:
    path = tmp_path / "settings.json"
    path.write_bytes(damage)
    assert read_settings(path) == LookSettings()
    assert (tmp_path / "settings.json.damaged").read_bytes() == damage
    assert not path.exists()


def test_a_folder_in_its_place_means_defaults(tmp_path: Path) -> None:
    (tmp_path / "settings.json").mkdir()
    assert read_settings(tmp_path / "settings.json") == LookSettings()
    with pytest.raises(StoreFault):
        write_settings(tmp_path / "settings.json", LookSettings())


_values = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.lists(st.integers())


@given(
    st.dictionaries(st.sampled_from(["theme", "width", "height", "maximised", "text_scale", "reading_width"]), _values)
)
def test_any_values_give_usable_settings(tmp_path_factory: pytest.TempPathFactory, found: dict[str, object]) -> None:
    path = tmp_path_factory.mktemp("look") / "settings.json"
    path.write_text(json.dumps(found))
    settings = read_settings(path)
    assert 480 <= settings.width <= 20_000
    assert 0.5 <= settings.text_scale <= 3.0
    write_settings(path, settings)
    assert read_settings(path) == settings
