"""What the process does so that its memory stays its own."""

from __future__ import annotations

import ctypes
import sys

_PR_SET_DUMPABLE = 4


def harden_process() -> None:
    """Write no core dumps; on Linux also keep other processes of the same user from reading this one's memory.

    Call it first thing, in worker processes too: a newly started program begins without it. Where the system
    offers nothing of the kind, nothing happens. It cannot help against an administrator, swap or hibernation.
    """
    _no_core_dumps()
    _not_attachable()


def _no_core_dumps() -> None:
    try:
        import resource
    except ImportError:  # Windows
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _not_attachable() -> None:
    if not sys.platform.startswith("linux"):
        return
    prctl = getattr(ctypes.CDLL(None), "prctl", None)
    if prctl is not None:
        prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
