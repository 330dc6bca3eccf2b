"""What every benchmark prints: a table, or with --json a list of {name, value, unit, baseline, ratio, goal, holds}."""

from __future__ import annotations

import argparse
import json
import statistics
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One line. ratio: value / baseline, None without a baseline.

    goal: the most that the ratio may be (`times`) or that the value may be (`at_most`), None where there is no goal.
    """

    name: str
    value: float
    unit: str
    baseline: float | None = None
    ratio: float | None = None
    goal: float | None = None
    holds: bool = True


def told(name: str, value: float, unit: str, baseline: float | None = None) -> Figure:
    """A figure without a goal."""
    return Figure(name=name, value=value, unit=unit, baseline=baseline, ratio=_ratio(value, baseline))


def times(name: str, value: float, unit: str, baseline: float, most: float) -> Figure:
    """A figure that may be at most so many times its baseline."""
    ratio = value / baseline
    return Figure(
        name=name, value=value, unit=unit, baseline=baseline, ratio=ratio, goal=most, holds=ratio <= most
    )  # fmt: skip


def at_most(name: str, value: float, unit: str, most: float, baseline: float | None = None) -> Figure:
    """A figure that may be at most so large."""
    return Figure(
        name=name, value=value, unit=unit, baseline=baseline, ratio=_ratio(value, baseline), goal=most,
        holds=value <= most,
    )  # fmt: skip


def spread(values: Iterable[float]) -> dict[str, float]:
    """min, p50, p95 and max."""
    found = sorted(values)
    last = len(found) - 1
    return {"min": found[0], "p50": statistics.median(found), "p95": found[round(last * 0.95)], "max": found[last]}


def run(doc: str | None, measure: Callable[[bool], Sequence[Figure]], *, beside: str) -> int:
    """The command line of a benchmark: [--json] [--quick]. measure(quick). beside: heading of the baseline's column.

    Exit code 1 where a goal does not hold; a quick run is too small to judge and always gives 0.
    """
    parser = argparse.ArgumentParser(description=doc, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true", help="print a list of figures")
    parser.add_argument("--quick", action="store_true", help="a tiny size, to see that the benchmark works")
    chosen = parser.parse_args()
    figures = measure(chosen.quick)
    print(json.dumps([asdict(each) for each in figures], indent=1) if chosen.json else table(figures, beside))
    return 0 if chosen.quick or all(each.holds for each in figures) else 1


def table(figures: Sequence[Figure], beside: str) -> str:
    head = f"{'what':50}{'value':>10} {'unit':6}{beside:>12}{'ratio':>8}{'goal':>9}"
    return "\n".join([head, *(_row(each) for each in figures)])


def _row(each: Figure) -> str:
    baseline, ratio = ("" if number is None else f"{number:.2f}" for number in (each.baseline, each.ratio))
    goal = "" if each.goal is None else f"≤ {each.goal:g}"
    verdict = "" if each.holds else "  FAILS"
    return f"{each.name:50}{each.value:10.2f} {each.unit:6}{baseline:>12}{ratio:>8}{goal:>9}{verdict}"


def _ratio(value: float, baseline: float | None) -> float | None:
    return value / baseline if baseline else None
