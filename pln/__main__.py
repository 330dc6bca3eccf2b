"""`pln`: the window without arguments, a verb otherwise."""

from __future__ import annotations

import sys

from pln.system import hooks, hygiene


def main() -> int:
    """Run PLN; the exit code is 0 done, 1 partly, 2 wrong use, 3 the environment."""
    hygiene.harden_process()
    hooks.take_over()
    if getattr(sys, "frozen", False):  # the feed parser's process begins here too, in a frozen build
        import multiprocessing

        multiprocessing.freeze_support()
    from pln.cli import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
