"""The same verbs without a window. Each verb is a file in `verbs/`; docs/cli.md is made from them."""

from __future__ import annotations

import logging
from collections.abc import Sequence


def run(argv: Sequence[str]) -> int:
    """Run one command line and return its exit code. Without a verb the window opens."""
    from pln.cli.options import window_wanted

    wanted = window_wanted(argv)
    if wanted is not None:
        # Before the verbs are imported: they bring the store and the network with them, which the frame does not need.
        from pln.app import open_window

        if wanted.offline:
            from pln.sources.flight import Asked, switch_flight

            switch_flight(True, Asked.COMMAND_LINE)
        return open_window(
            wanted.profile, wanted.passphrase_file, logging.DEBUG if wanted.log == "debug" else logging.INFO
        )
    from pln.cli.command_line import run_command_line

    return run_command_line(argv)
