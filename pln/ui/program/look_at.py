"""Opening a profile only to look at it, for `Start`; off the window's thread."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from pln.model.errors import StoreFault

if TYPE_CHECKING:
    from pln.services.opening import Opened
    from pln.system.clock import Clock
    from pln.ui.program.start import Start


def open_copy(
    start: Start, words: str | None, clock: Clock, post: Callable[[Callable[[], None]], None], *, keyring: bool
) -> Opened:
    """The store of a profile that cannot be written, to be looked at. words, keyring: as for `Start.open_profile`."""
    from pln.services.looking import open_to_look

    if start.passphrase_file is not None and words is None:
        words = first_line(start.passphrase_file)
    return open_to_look(start.profile, start.secrets, words or "", clock, ask_keyring=keyring, post=post)


def first_line(file: Path | None) -> str:
    """The passphrase in a file. Raises StoreFault where it cannot be read."""
    assert file is not None
    try:
        return file.read_text("utf-8").split("\n", 1)[0].removesuffix("\r")
    except (OSError, UnicodeDecodeError) as error:
        raise StoreFault("The passphrase file cannot be read", f"PLN needs a text file at {file}.") from error
