"""Every benchmark runs, in a tiny size, and says what it found in the documented shape."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BENCHMARKS = sorted(path for path in (ROOT / "benchmarks").glob("*.py") if not path.name.startswith("_"))


@pytest.mark.long
@pytest.mark.parametrize("benchmark", BENCHMARKS, ids=lambda path: path.stem)
def test_a_benchmark_tells_figures_in_the_documented_shape(benchmark: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(benchmark), "--quick", "--json"], capture_output=True, text=True, timeout=100, check=False,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    figures = json.loads(done.stdout)
    assert figures
    for figure in figures:
        assert set(figure) == {"name", "value", "unit", "baseline", "ratio", "goal", "holds"}
        assert isinstance(figure["name"], str)
        assert isinstance(figure["unit"], str)
        assert isinstance(figure["value"], int | float)
        assert isinstance(figure["holds"], bool)
        assert all(figure[key] is None or isinstance(figure[key], int | float) for key in ("baseline", "ratio", "goal"))


def test_the_benchmarks_of_the_speed_goals_are_there() -> None:
    assert {"startup", "search", "refresh", "memory", "scroll", "store", "parsing"} <= {one.stem for one in BENCHMARKS}
