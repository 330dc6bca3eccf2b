"""The program's own source, parsed once, for the rules that look at it."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Module:
    """name is dotted ("pln.model.contact"); a package goes by its own name."""

    name: str
    path: Path
    tree: ast.Module

    def within(self, *rooms: str) -> bool:
        return any(self.name == room or self.name.startswith(f"{room}.") for room in rooms)

    def at(self, node: ast.AST) -> str:
        """Where a node stands, as an editor understands it."""
        return f"{self.path.relative_to(ROOT)}:{getattr(node, 'lineno', 1)}"


@cache
def modules() -> tuple[Module, ...]:
    """Every module of the program."""
    return tuple(_parse(path) for path in sorted((ROOT / "pln").rglob("*.py")))


def parse(name: str, text: str) -> Module:
    """A module made up by a test of a rule."""
    return Module(name, ROOT / (name.replace(".", "/") + ".py"), ast.parse(text))


def _parse(path: Path) -> Module:
    parts = path.relative_to(ROOT).with_suffix("").parts
    name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
    return Module(name, path, ast.parse(path.read_text("utf-8"), str(path)))


def imports(module: Module) -> Iterator[tuple[str, ast.stmt]]:
    """Dotted names that a module imports anywhere, also inside functions, with the statement."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module, node


def dotted(node: ast.expr) -> str:
    """`a.b.c` of an attribute chain; "" where it starts with something other than a name."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        start = dotted(node.value)
        return f"{start}.{node.attr}" if start else ""
    return ""


def texts(module: Module) -> Iterator[tuple[str, ast.Constant]]:
    """String literals, also those inside f-strings, without the docstrings."""
    docs = {id(doc) for node in ast.walk(module.tree) for doc in _docstring(node)}
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield node.value, node


def _docstring(node: ast.AST) -> Iterable[ast.Constant]:
    """A string that stands alone is a comment: the docstring of a module, class, function or variable."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        yield node.value
