"""The steps from one version of the file to the next: literal SQL, never changed once released.

Each module `vNNNN_name` holds `STATEMENTS`. They are run in one transaction together with the new version number.
"""

from __future__ import annotations

from pln.store.migrations import v0001_first_tables, v0002_kept_pages

STEPS: tuple[tuple[str, ...], ...] = (v0001_first_tables.STATEMENTS, v0002_kept_pages.STATEMENTS)
NEWEST = len(STEPS)
