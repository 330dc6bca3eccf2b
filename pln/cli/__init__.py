"""The same verbs without a window. Each verb is a file in `verbs/`; docs/cli.md is made from them."""

from __future__ import annotations

from collections.abc import Sequence

from pln.cli.window_options import window_options


def run(argv: Sequence[str]) -> int:
    """Run one command line and return its exit code. Without a verb the window opens."""
    options = window_options(argv)
    if options is not None:
        from pln.app import open_window

        return open_window(*options)
    from pln.cli.command_line import run_command_line

    return run_command_line(argv)
