"""The process that reads feeds: bounded in memory, killed when it takes too long, started again for the next feed.

Importing this module is cheap; what reads feeds is imported in the process only.
"""

from __future__ import annotations

import contextlib
import os
import signal
import traceback
import warnings
from multiprocessing.connection import Connection
from typing import Any

from pln.model.errors import UnreadableInput

MEMORY_BYTES = 1 << 30
IDLE_SECONDS = 120.0  # without work for so long, the process ends and gives its memory back
READY = "ready"

FEED, PAGE = "feed", "page"  # kinds of task
OK, REFUSED, BUG = "ok", "refused", "bug"  # kinds of answer


def serve(connection: Connection, idle_seconds: float = IDLE_SECONDS, memory_bytes: int = MEMORY_BYTES) -> None:
    """Answer (kind, body, url, content_type) tasks until the other side closes or nothing comes for a while.

    An answer is (OK, value), (REFUSED, title, sentence) or (BUG, traceback).
    """
    _settle(memory_bytes)
    _import_readers()
    with contextlib.suppress(EOFError, OSError):
        connection.send(READY)
        while connection.poll(idle_seconds):
            connection.send(_answer(*connection.recv()))


def _settle(memory_bytes: int) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the program, which then ends this process
    warnings.simplefilter("ignore")  # of the libraries, about feeds
    with contextlib.suppress(ImportError, ValueError, OSError):  # Windows has no such limits; macOS refuses some
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    with contextlib.suppress(AttributeError, OSError):
        os.nice(5)  # the window goes first


def _import_readers() -> None:
    from pln.sources import feed_document, page_links  # noqa: F401  - so that no feed's deadline pays for it


def _answer(kind: str, body: bytes, url: str, content_type: str) -> tuple[Any, ...]:
    try:
        return OK, _read(kind, body, url, content_type)
    except UnreadableInput as fault:
        return REFUSED, fault.title, fault.sentence
    except (MemoryError, RecursionError):
        return REFUSED, "The feed is too large", "It needs more memory than a feed may take; PLN did not read it."
    except Exception:
        return BUG, traceback.format_exc()


def _read(kind: str, body: bytes, url: str, content_type: str) -> Any:
    from pln.sources.feed_document import read_feed
    from pln.sources.page_links import feed_links

    return read_feed(body, url, content_type) if kind == FEED else feed_links(body, url)
