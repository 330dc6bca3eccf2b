"""The steps from one version of the file to the next: literal SQL, never changed once released.

Each module `vNNNN_name` holds `STATEMENTS`. They are run in one transaction together with the new version number.
The journal's own file has steps of its own (`journal_vNNNN_name`). A step that changes a table of the journal stands
in both lists, because that table may lie in either file.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pln.model.link_key import link_key
from pln.store.folding import spaced
from pln.store.migrations import (
    journal_v0001_first_tables,
    v0001_first_tables,
    v0002_kept_pages,
    v0003_journal_home,
    v0004_reading,
    v0005_found_sooner,
)

FUNCTIONS: Mapping[str, Callable[[str], object]] = {
    "link_key": link_key, "spaced": spaced, "word_count": lambda text: len((text or "").split()),
}  # fmt: skip
"""What a step may call beside the engine's own."""

STEPS: tuple[tuple[str, ...], ...] = (
    v0001_first_tables.STATEMENTS,
    v0002_kept_pages.STATEMENTS,
    v0003_journal_home.STATEMENTS,
    v0004_reading.STATEMENTS,
    v0005_found_sooner.STATEMENTS,
)
NEWEST = len(STEPS)

JOURNAL_STEPS: tuple[tuple[str, ...], ...] = (journal_v0001_first_tables.STATEMENTS,)
