"""What can be done from anywhere about Today."""

from __future__ import annotations

from collections.abc import Iterator

from pln.ui.commands import Command
from pln.ui.shell import Shell


def commands(shell: Shell) -> Iterator[Command]:
    """Today's steps are answered on their cards; the window's own commands bring one here."""
    return iter(())
