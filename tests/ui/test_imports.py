"""Nothing reads the sources of what is imported."""

from __future__ import annotations

import linecache
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QObject

from pln.ui.imports import import_without_reading_sources


@pytest.fixture
def imported_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    name = "pln_imported_for_a_test"
    (tmp_path / f"{name}.py").write_text("class Plain:\n    pass\n")
    monkeypatch.syspath_prepend(tmp_path)
    linecache.clearcache()
    return name


def test_an_import_leaves_no_source_behind(imported_here: str):
    import_without_reading_sources()
    try:
        __import__(imported_here)
        assert not [file for file in linecache.cache if imported_here in file]
    finally:
        sys.modules.pop(imported_here, None)


def test_qt_still_answers_to_its_own_names():
    import_without_reading_sources()
    assert QObject().objectName() == ""


def test_another_pyside_is_left_alone(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delitem(sys.modules, "shibokensupport.feature", raising=False)
    import_without_reading_sources()
