"""Where the files that come with PLN lie: fonts, icons, themes, prompts, templates."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pln
from pln.model.errors import PlnError


def resource(*parts: str) -> Path:
    """The path of a file or folder below resources/: `resource("icons", "sun.svg")`.

    Raises PlnError where the whole folder is missing (a broken installation), and FileNotFoundError where
    only this part is (a wrong name in our own code).
    """
    path = _root().joinpath(*parts)
    if not path.exists():
        raise FileNotFoundError(f"no resource named {'/'.join(parts)}")
    return path


@cache
def _root() -> Path:
    return find_root(Path(pln.__file__).parent)


def find_root(package: Path) -> Path:
    """The resources of an installed package lie inside it; those of a checkout beside it."""
    for folder in (package / "resources", package.parent / "resources"):
        if (folder / "icons").is_dir():
            return folder
    raise PlnError(
        "Part of PLN is missing",
        "The folder with PLN's fonts and icons is not where it was installed. "
        "Nothing of yours is touched; please install PLN again.",
    )
