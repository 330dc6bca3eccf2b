"""Names, sizes and notes of the source files, so that the folders say what the program does."""

from __future__ import annotations

import ast
import re

from architecture.source_tree import ROOT, modules

VAGUE = {"utils", "util", "helpers", "helper", "manager", "managers", "misc", "common", "stuff", "tools"}
MOST_LINES = 400
MACHINE_PATH = re.compile(r"(?<![\w.])/(?:work|root|Users|home/\w+)/\w")
"""A place on somebody's machine; invented ones in tests are written below /tmp or C:."""


def test_no_module_has_a_name_that_says_nothing():
    assert [module.name for module in modules() if VAGUE & set(module.name.split("."))] == []


def test_every_module_says_what_it_is_for():
    silent = [module.name for module in modules() if module.tree.body and ast.get_docstring(module.tree) is None]
    assert silent == []


def test_no_file_grows_beyond_what_one_can_oversee():
    sizes = {module.name: len(module.path.read_text("utf-8").splitlines()) for module in modules()}
    assert {name: lines for name, lines in sizes.items() if lines > MOST_LINES} == {}


def test_no_file_names_a_place_on_a_machine():
    suffixes = {".py", ".sh", ".md", ".toml", ".txt", ".json", ".qss", ".html"}
    folders = [ROOT / name for name in ("pln", "tests", "scripts", "docs", "resources", "benchmarks", ".ci")]
    files = [path for folder in folders for path in folder.rglob("*") if path.suffix in suffixes]
    files += [path for path in ROOT.iterdir() if path.suffix in suffixes]
    assert [
        str(path.relative_to(ROOT)) for path in files if MACHINE_PATH.search(path.read_text("utf-8", "replace"))
    ] == []
