from __future__ import annotations

from small_disk import small_disk
from store_fixtures import context, store

__all__ = ["context", "small_disk", "store"]
