"""`pln`: the window without arguments, a verb otherwise."""

from __future__ import annotations

import multiprocessing
import sys


def main() -> int:
    """Run PLN; the exit code is 0 done, 1 partly, 2 wrong use, 3 the environment."""
    multiprocessing.freeze_support()  # the feed parser's process, in a frozen build
    from pln.cli import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
