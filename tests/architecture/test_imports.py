"""Each package from outside has its room, and the model needs none.

The floors themselves are contracts of import-linter in pyproject.toml; `test_the_floors_hold` proves that they bite.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from architecture.source_tree import ROOT, Module, imports, modules, parse

# Package as it is imported -> the rooms that may.
HOMES = {
    "PySide6": ("pln.ui", "pln.app"),
    "shiboken6": ("pln.ui", "pln.app"),
    "sqlalchemy": ("pln.store",),
    "sqlcipher3": ("pln.store",),
    "cryptography": ("pln.store",),
    "keyring": ("pln.system",),
    "platformdirs": ("pln.system",),
    "httpx": ("pln.sources.http", "pln.sources.http_connection", "pln.share.destinations"),
    "httpcore": ("pln.sources.http", "pln.sources.http_connection", "pln.sources.http_pool", "pln.sources.http_proxy"),
    "feedparser": ("pln.sources",),
    "readability": ("pln.sources",),
    "PIL": ("pln.sources",),
    "lxml": ("pln.sources",),
    "defusedxml": ("pln.sources",),
    "icalendar": ("pln.sources",),
    "charset_normalizer": ("pln.sources",),
    "nh3": ("pln.sources", "pln.share", "pln.ui"),
    "markdown_it": ("pln.share", "pln.ui", "pln.services"),
}
PROJECT_NAMES = {
    "pyside6-essentials": "PySide6", "markdown-it-py": "markdown_it", "readability-lxml": "readability",
    "pillow": "PIL",
}  # fmt: skip

# Ways of the standard library out of this machine.
NETWORK = {"socket", "ssl", "http.client", "urllib.request", "smtplib", "ftplib", "imaplib", "asyncio", "socketserver"}
NETWORK_HOMES = (
    *("pln.sources.http", "pln.sources.http_connection", "pln.sources.http_proxy", "pln.sources.address_guard"),
    "pln.share.destinations",
)

# What would let the model touch the world.
WORLDLY = {
    *("io", "os", "pathlib", "shutil", "tempfile", "subprocess", "threading", "multiprocessing", "logging", "sqlite3"),
    *("time", "random", "secrets", "uuid", "platform", "locale", "sys", "socket", "urllib", "http"),
}

PURE = "urllib.parse"
"""Takes addresses apart and asks nobody; the rest of its package goes out."""


def stray_packages(module: Module) -> Iterator[str]:
    for name, statement in imports(module):
        package = name.partition(".")[0]
        if package in sys.stdlib_module_names or package == "pln":
            continue
        if not module.within(*HOMES.get(package, ())):
            yield f"{module.at(statement)} imports {package}"


def stray_network(module: Module) -> Iterator[str]:
    for name, statement in imports(module):
        if name in NETWORK and not module.within(*NETWORK_HOMES):
            yield f"{module.at(statement)} imports {name}"


def worldly_model(module: Module) -> Iterator[str]:
    for name, statement in imports(module):
        package = name.partition(".")[0]
        foreign = package not in sys.stdlib_module_names and not name.startswith("pln.model")
        if foreign or (package in WORLDLY and name != PURE):
            yield f"{module.at(statement)} imports {name}"


@pytest.mark.parametrize("rule", [stray_packages, stray_network])
def test_every_package_stays_in_its_room(rule):
    assert [fault for module in modules() for fault in rule(module)] == []


def test_the_model_needs_the_standard_library_alone():
    assert [fault for module in modules() if module.within("pln.model") for fault in worldly_model(module)] == []


@pytest.mark.parametrize(
    ("rule", "name", "text"),
    [
        (stray_packages, "pln.services.reading", "import feedparser"),
        (stray_packages, "pln.sources.parse", "def f():\n    from PySide6.QtCore import Qt"),
        (stray_packages, "pln.sources.parse", "import requests"),
        (stray_packages, "pln.sources.https", "import httpx"),
        (stray_network, "pln.services.today", "from urllib.request import urlopen"),
        (worldly_model, "pln.model.contact", "from pathlib import Path"),
        (worldly_model, "pln.model.contact", "from urllib.request import urlopen"),
        (worldly_model, "pln.model.contact", "from pln.store import schema"),
    ],
)
def test_the_rules_bite(rule, name, text):
    assert list(rule(parse(name, text)))


def test_every_dependency_has_a_home_and_a_reason():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    reasons = (ROOT / "docs" / "technotes" / "dependencies.md").read_text().lower()
    homes = {PROJECT_NAMES.get(name, name.replace("-", "_")) for name in map(_name, project["dependencies"])}
    assert homes <= set(HOMES)
    everything = project["dependencies"] + [
        line for extra in project["optional-dependencies"].values() for line in extra
    ]
    assert [name for name in map(_name, everything) if f"**{name}**" not in reasons] == []


def _name(requirement: str) -> str:
    return re.split(r"[<>=!~ ;\[]", requirement, maxsplit=1)[0].lower()


@pytest.mark.parametrize(
    ("room", "line"),
    [
        ("model", "from pln.store import schema"),
        ("sources", "from pln.store import schema"),
        ("share", "from pln.model.journal import Entry"),
        ("services", "from pln import ui"),
        ("store", "from PySide6.QtCore import Qt"),
        ("durable", "from pln.store import schema"),
    ],
)
@pytest.mark.long
def test_the_floors_hold(tmp_path: Path, room: str, line: str):
    """A copy of the program with one forbidden import does not pass."""
    shutil.copytree(ROOT / "pln", tmp_path / "pln", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    assert _lint(tmp_path).returncode == 0
    (tmp_path / "pln" / room / "intruder.py").write_text(f"{line}\n")
    found = _lint(tmp_path)
    assert found.returncode == 1
    assert f"pln.{room}.intruder" in found.stdout


def _lint(folder: Path) -> subprocess.CompletedProcess[str]:
    code = (
        "import sys; sys.path.insert(0, '.'); from importlinter.cli import lint_imports_command;"
        "lint_imports_command(['--no-cache', '--no-logo'])"
    )
    return subprocess.run([sys.executable, "-P", "-c", code], cwd=folder, capture_output=True, text=True, check=False)
