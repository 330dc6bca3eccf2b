"""What PySide does at every import, which PLN has no use for."""

from __future__ import annotations

import linecache
import sys
from types import ModuleType


def import_without_reading_sources() -> None:
    """Keep PySide from reading the source of every module that is imported after it.

    It looks there for its own name, to switch its naming styles (`from __feature__ import snake_case`) from module to
    module. PLN uses none; for its four hundred modules that is nearly a tenth of a second, and 5 MB of source text
    that `linecache` keeps. Where a later PySide does it otherwise, nothing happens.
    """
    feature = sys.modules.get("shibokensupport.feature")
    if feature is not None and hasattr(feature, "_mod_uses_pyside"):
        vars(feature)["_mod_uses_pyside"] = _uses_no_styles
        linecache.clearcache()  # a megabyte, of what was imported by then


def _uses_no_styles(module: ModuleType) -> bool:
    return False
