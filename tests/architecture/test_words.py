"""PLN's manners: words that judge or press are never shown."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from architecture.source_tree import ROOT, Module, modules, parse, texts

NEVER = re.compile(
    r"\b(?:overdue|streaks?|scor(?:e|es|ed|ing)|rank(?:s|ed|ing|ings)?|leaderboards?|pipelines?"
    r"|(?:an?|the|your|my|new|best|warm|cold|hot|sales) leads?"  # the noun of sellers, not the verb
    r"|you (?:haven['\u2019]t|have not|didn['\u2019]t|did not|forgot|failed))\b",
    re.IGNORECASE,
)
CODE = re.compile(r"[{}\[\]=;]|\b(?:SELECT|INSERT|UPDATE|DELETE|CREATE|FROM|WHERE|ORDER BY|JOIN)\b|</?\w")
WORDED = {".md", ".txt", ".json", ".toml", ".html", ".csv"}


def shown(text: str) -> bool:
    """Reads like words for a person: several of them, or one with a capital. Not SQL, style sheets or identifiers."""
    return not CODE.search(text) and bool(re.search(r"[A-Za-z]\W* \W*[A-Za-z]|^\s*[A-Z][a-z]+\W*$", text))


def pressing(module: Module) -> Iterator[str]:
    for text, node in texts(module):
        found = NEVER.search(text)
        if found and shown(text):
            yield f"{module.at(node)} says {found.group()!r}: {text!r}"


def test_no_text_of_the_program_judges_or_presses():
    assert [fault for module in modules() for fault in pressing(module)] == []


def test_no_text_that_comes_with_it_does_either():
    files = [path for path in (ROOT / "resources").rglob("*") if path.suffix in WORDED and "LICENSE" not in path.name]
    found = {path.name: match.group() for path in files if (match := NEVER.search(path.read_text("utf-8")))}
    assert found == {}


@pytest.mark.parametrize(
    "text",
    [
        "'This is overdue'",
        "f'{name} has a score of {n}'",
        "'Overdue'",
        "'You haven\u2019t met for long'",
        "'Your best lead'",
    ],
)
def test_the_rule_bites(text: str):
    assert list(pressing(parse("pln.ui.today", f"x = {text}")))


@pytest.mark.parametrize(
    "text",
    ["'rank'", "'SELECT id FROM x ORDER BY rank'", "'QLabel[role=\"lead\"] { color: red }'", "'misleading words here'"],
)
def test_identifiers_and_code_may_use_them(text: str):
    assert not list(pressing(parse("pln.ui.today", f"x = {text}")))
