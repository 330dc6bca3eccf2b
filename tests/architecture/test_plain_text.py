"""Text from outside is shown as plain text: a label or a tooltip that guesses reads an <img> from the disk."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from architecture.source_tree import Module, dotted, modules, parse

# Made in one place, which sets the format: pln.ui.widgets.labels (`label`, `rich`, `set_tip`).
LABELS = "pln.ui.widgets.labels"
GUESSING = {
    "QLabel": "label() or rich() of pln.ui.widgets.labels",
    "setToolTip": "set_tip() of pln.ui.widgets.labels",
    "setWhatsThis": "set_tip() of pln.ui.widgets.labels",
    "showText": "set_tip() of pln.ui.widgets.labels",
    "QMessageBox": "a dialog of pln.ui.widgets.dialog",
    "QErrorMessage": "a dialog of pln.ui.widgets.dialog",
    "setMarkdown": "markdown-it-py and nh3, then setHtml",
}


def guesses(module: Module) -> Iterator[str]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call):
            parts = dotted(node.func).split(".")
        elif isinstance(node, ast.ClassDef) and not _sets_plain_text(node):
            parts = [dotted(base).split(".")[-1] for base in node.bases]
        else:
            continue
        # QMessageBox.warning(...) guesses too, so any part of the chain counts.
        called = isinstance(node, ast.ClassDef) or parts[0].startswith("Q")
        for name in parts if called else parts[-1:]:
            if name in GUESSING and not module.within(LABELS):
                yield f"{module.at(node)} uses {name}: use {GUESSING[name]}"


def _sets_plain_text(kind: ast.ClassDef) -> bool:
    """A label of its own kind says in its own body that its text is plain."""
    return any(
        isinstance(node, ast.Call)
        and dotted(node.func) == "self.setTextFormat"
        and [dotted(given) for given in node.args] == ["Qt.TextFormat.PlainText"]
        for node in ast.walk(kind)
    )


def test_every_text_is_shown_as_what_it_is():
    assert [fault for module in modules() for fault in guesses(module)] == []


@pytest.mark.parametrize(
    "text",
    [
        "QLabel('x')",
        "QtWidgets.QLabel(name)",
        "button.setToolTip(name)",
        "self._edit.setToolTip(name)",
        "QMessageBox.warning(self, 'x', name)",
        "class Name(QLabel):\n    pass",
        "document.setMarkdown(text)",
    ],
)
def test_the_rule_bites(text: str):
    assert list(guesses(parse("pln.ui.people.page", text)))
    assert not list(guesses(parse(LABELS, text)))


def test_a_label_that_says_its_text_is_plain_is_fine():
    kind = "class Name(QLabel):\n    def __init__(self):\n        self.setTextFormat(Qt.TextFormat.PlainText)"
    assert not list(guesses(parse("pln.ui.people.page", kind)))
    assert list(guesses(parse("pln.ui.people.page", kind.replace("Plain", "Auto"))))
