"""What was dropped or pasted, as far as it can become a feed."""

from __future__ import annotations

from pathlib import Path

from pln.model.errors import UnreadableInput
from pln.services.input_file import read_input
from pln.sources.link_files import MAX_BYTES, SUFFIXES, link_in
from pln.sources.profiles import typed_addresses

LINK_FILES = SUFFIXES


def link_of(path: Path) -> str:
    """The address in a file that holds a link. Raises UnreadableInput where there is none."""
    found = link_in(read_input(path, MAX_BYTES))
    if not found:
        raise UnreadableInput(
            "There is no link in this file", f"{path.name} holds no web address. Nothing was changed."
        )
    return found


def holds_addresses(text: str) -> bool:
    """Whether a text is one address or handle, or has some in it."""
    found = typed_addresses(text[:100_000])
    return any("." in each or "@" in each or each.lower().startswith(("r/", "u/", "#")) for each in found) and (
        len(text.split()) == 1 or len(found) > 1 or " " not in found[0]
    )
