from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pln.services.context import Context
from pln.services.demo import fill
from unit.services_demo.demo_store import DAY, demo_context


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Context]:
    """The invented network as of DAY. Tests that write make their own."""
    ctx = demo_context(tmp_path_factory.mktemp("demo"), DAY)
    fill(ctx, DAY)
    yield ctx
    ctx.close()


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Context]:
    ctx = demo_context(tmp_path, DAY)
    yield ctx
    ctx.close()
