"""What the C library does with memory that is free again."""

from __future__ import annotations

import ctypes
import sys

_M_ARENA_MAX = -8
_ARENAS = 1


def few_arenas() -> None:
    """Let all threads share one pool of memory: each thread's own would keep what it once needed.

    Linux with glibc; elsewhere nothing happens. Call it before the first thread is started.
    """
    _call("mallopt", _M_ARENA_MAX, _ARENAS)


def give_back() -> None:
    """Return free memory to the system; the allocator would keep it for what may come. Takes some milliseconds."""
    _call("malloc_trim", 0)


def _call(name: str, *numbers: int) -> None:
    if sys.platform.startswith("linux"):
        function = getattr(ctypes.CDLL(None), name, None)  # musl has neither
        if function is not None:
            function(*numbers)
