"""The same verbs without a window. Each verb is a file in `verbs/`; docs/cli.md is made from them."""

from __future__ import annotations

from collections.abc import Sequence


def run(argv: Sequence[str]) -> int:
    """Run one command line and return its exit code."""
    from pln.cli.command_line import run_command_line

    return run_command_line(argv)
