"""What `make` stands on: the lock files, and the words for what a system lacks."""

from __future__ import annotations

import re
import runpy
import subprocess
import tomllib

import pytest

from architecture.source_tree import ROOT

LOCKS = ["requirements.txt", "requirements-dev.txt", "scripts/uv.txt"]
SYSTEM_NEEDS = runpy.run_path(str(ROOT / "scripts" / "system_needs.py"))


def pins(lock: str) -> dict[str, str]:
    """Package -> version of a lock file."""
    return dict(re.findall(r"^([a-z0-9._-]+)==([^\s;\\]+)", (ROOT / lock).read_text(), re.MULTILINE))


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_file_has_hashes_and_neither_addresses_nor_paths(lock: str):
    text = (ROOT / lock).read_text()
    assert not re.search(r"://|--index|--find-links|(?<![\w.])/\w", text)
    entries = re.split(r"^(?=[a-z0-9._-]+==)", text, flags=re.MULTILINE)[1:]
    assert entries
    assert [entry.splitlines()[0] for entry in entries if "--hash=sha256:" not in entry] == []


def test_every_dependency_is_locked():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"]
    assert _names(project["dependencies"] + extras["build"]) <= pins("requirements.txt").keys()
    assert _names(extras["dev"]) <= pins("requirements-dev.txt").keys()


def test_the_tests_run_on_what_is_shipped():
    program, development = pins("requirements.txt"), pins("requirements-dev.txt")
    assert {name: development.get(name) for name in program} == program


def test_the_release_of_qt_that_aborts_is_not_locked():
    assert pins("requirements.txt")["pyside6-essentials"] != "6.12.0"


@pytest.mark.parametrize(
    ("soname", "package"),
    [
        ("libEGL.so.1", "libegl1"),
        ("libGL.so.1", "libgl1"),
        ("libX11.so.6", "libx11-6"),
        ("libxkbcommon-x11.so.0", "libxkbcommon-x11-0"),
        ("libxcb-cursor.so.0", "libxcb-cursor0"),
        ("libxcb-icccm.so.4", "libxcb-icccm4"),
        ("libdbus-1.so.3", "libdbus-1-3"),
        ("libfontconfig.so.1", "libfontconfig1"),
        ("libgssapi_krb5.so.2", "libgssapi-krb5-2"),
        ("libglib-2.0.so.0", "libglib2.0-0"),
    ],
)
def test_a_library_is_named_as_debian_names_it(soname: str, package: str):
    assert SYSTEM_NEEDS["debian_package"](soname) == package


@pytest.mark.parametrize(
    ("manager", "line"),
    [
        ("apt-get", "sudo apt-get install libegl1 xvfb"),
        ("dnf", "sudo dnf install 'libEGL.so.1()(64bit)' xvfb"),
        ("zypper", "sudo zypper install 'libEGL.so.1()(64bit)' xvfb"),
        ("", "please install with your system's packages: libEGL.so.1 xvfb"),
    ],
)
def test_the_line_to_run_fits_the_system(monkeypatch: pytest.MonkeyPatch, manager: str, line: str):
    monkeypatch.setattr("shutil.which", lambda name: name if name == manager else None)
    assert SYSTEM_NEEDS["line_for"](["libEGL.so.1"], ["xvfb"]) == line


def test_without_a_display_one_sentence_says_how_else():
    found = subprocess.run(
        ["sh", "scripts/run.sh"], cwd=ROOT, env={"PATH": "/usr/bin:/bin"}, capture_output=True, text=True
    )
    assert found.returncode == 3
    assert "There is no display" in found.stderr
    assert "xvfb-run -a make run" in found.stderr


def _names(requirements: list[str]) -> set[str]:
    return {re.split(r"[<>=!~ ;\[]", line, maxsplit=1)[0].lower() for line in requirements}
