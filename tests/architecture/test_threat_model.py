"""The page about what is promised is linked from where people look, and every test that it names is there."""

from __future__ import annotations

import ast
import re
from functools import cache

import pytest

from architecture.source_tree import ROOT

PAGE = ROOT / "docs" / "technotes" / "threat-model.md"
TEXT = PAGE.read_text("utf-8")
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", TEXT)))


def promises() -> list[tuple[str, str]]:
    """(promise, what holds it) of each row."""
    table = TEXT.split("## What is promised\n")[1].split("\n## ")[0]
    rows = [line.strip("| ").split(" | ") for line in table.splitlines() if line.startswith("|")]
    return [(row[0], row[1]) for row in rows[2:]]


@cache
def functions_of(path: str) -> dict[str, ast.FunctionDef]:
    tree = ast.parse((ROOT / path).read_text("utf-8"))
    return {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize("page", ["README.md", "docs/architecture.md"])
def test_it_is_linked(page: str) -> None:
    links = re.findall(r"\]\(([^)#]+)", (ROOT / page).read_text("utf-8"))
    assert PAGE in [((ROOT / page).parent / link).resolve() for link in links]


@pytest.mark.parametrize(("path", "name"), NAMED)
def test_every_test_that_it_names_is_there_and_runs_in_the_short_form(path: str, name: str) -> None:
    assert (ROOT / path).is_file()
    found = functions_of(path)
    assert name in found
    marks = [ast.unparse(each) for each in found[name].decorator_list]
    assert not any(mark.startswith(("pytest.mark.long", "pytest.mark.real")) for mark in marks)


def test_every_promise_names_a_test() -> None:
    told = promises()
    assert len(told) > 15
    assert [promise for promise, held in told if not re.search(r"`tests/[\w/]+\.py::\w+`", held)] == []


@pytest.mark.parametrize("word", ["run as you", "Memory", "hibernation", "Old backups", "how large", "address"])
def test_it_says_what_is_not_promised(word: str) -> None:
    assert word in TEXT.split("## What is not promised\n")[1].split("\n## ")[0]
