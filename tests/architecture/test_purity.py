"""The clock and chance come in from outside: what decides can be asked about any day."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from architecture.source_tree import Module, dotted, modules, parse

# Told at the edge: the composition root, the commands of a script, and the clock that both hand on.
EDGE = ("pln.__main__", "pln.app", "pln.cli", "pln.system.clock")
CLOCK = {
    *("datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time", "time.time_ns"),
    *("time.localtime", "time.gmtime", "time.strftime", "QDate.currentDate", "QTime.currentTime"),
    *("QDateTime.currentDateTime", "QDateTime.currentDateTimeUtc", "QDateTime.currentMSecsSinceEpoch"),
}
CHANCE = {
    f"random.{name}"
    for name in ("random", "choice", "choices", "shuffle", "sample", "randint", "randrange", "uniform", "seed", "gauss")
}


def asks_the_world(module: Module) -> Iterator[str]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Attribute) and not module.within(*EDGE):
            name = ".".join(dotted(node).split(".")[-2:])
            if name in CLOCK | CHANCE:
                yield f"{module.at(node)} asks {name}"


def test_nothing_below_the_edge_asks_for_the_time_or_for_chance():
    assert [fault for module in modules() for fault in asks_the_world(module)] == []


@pytest.mark.parametrize(
    "text",
    [
        "from datetime import datetime\nx = datetime.now()",
        "import datetime\nx = datetime.date.today()",
        "from datetime import date\ndefault = date.today",
        "import time\nx = time.time()",
        "import random\nx = random.choice([1])",
        "x = QDate.currentDate()",
    ],
)
def test_the_rule_bites(text: str):
    assert list(asks_the_world(parse("pln.suggest.choose", text)))
    assert not list(asks_the_world(parse("pln.system.clock", text)))
