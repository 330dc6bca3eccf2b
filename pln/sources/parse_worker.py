"""The process that reads feeds: bounded in memory, killed when it takes too long, started again for the next feed.

Importing this module is cheap; what reads feeds is imported in the process only.
"""

from __future__ import annotations

import contextlib
import os
import signal
import traceback
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from multiprocessing.connection import Connection
from typing import Any

from pln.model.errors import UnreadableInput
from pln.model.feed import ParsedEntry, ParsedFeed

MEMORY_BYTES = 1 << 30
IDLE_SECONDS = 120.0  # without work for so long, the process ends and gives its memory back
READY = "ready"

FEED, PAGE, ARTICLE, PICTURE, ITEM = "feed", "page", "article", "picture", "item"  # kinds of task
OK, REFUSED, BUG, IN_PARTS = "ok", "refused", "bug", "in parts"  # kinds of answer

# Unpacking one message is one step of the interpreter that nobody else can cut in: 9 MB kept the window for 50 ms.
_PART_CHARACTERS = 128 * 1024


def nothing_more() -> None:
    """What is done first in a worker that needs no settling beyond the usual."""


def serve(
    connection: Connection, idle_seconds: float = IDLE_SECONDS, memory_bytes: int = MEMORY_BYTES,
    settle: Callable[[], object] = nothing_more,
) -> None:  # fmt: skip
    """Answer tasks until the other side closes or nothing comes for a while.

    A task is (kind, url, content_type) and, as bytes, the body after it. An answer is (OK, value),
    (REFUSED, title, sentence), (BUG, traceback), or (IN_PARTS, feed without entries, number) and so many tuples of
    entries after it.
    """
    settle()
    _settle(memory_bytes)
    _import_readers()
    with contextlib.suppress(EOFError, OSError):
        connection.send(READY)
        while connection.poll(idle_seconds):
            kind, url, content_type = connection.recv()
            for message in in_parts(_answer(kind, connection.recv_bytes(), url, content_type)):
                connection.send(message)


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
    if kind == ARTICLE:
        from pln.sources.page_text import page_text

        return page_text(body, url, content_type)
    if kind == PICTURE:
        from pln.sources.picture_decode import decode

        return decode(body)
    if kind == ITEM:
        from pln.sources import single_entry

        return single_entry.read(body, url)
    from pln.sources.feed_document import read_feed
    from pln.sources.page_links import feed_links

    return read_feed(body, url, content_type) if kind == FEED else feed_links(body, url)


def in_parts(answer: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
    """The messages of an answer: several where it holds a feed."""
    if answer[0] != OK or not isinstance(answer[1], ParsedFeed):
        yield answer
        return
    parts = tuple(_parts(answer[1].entries))
    yield IN_PARTS, replace(answer[1], entries=()), len(parts)
    yield from parts


def _parts(entries: Sequence[ParsedEntry]) -> Iterator[tuple[ParsedEntry, ...]]:
    part: list[ParsedEntry] = []
    size = 0
    for entry in entries:
        part.append(entry)
        size += len(entry.html) + len(entry.text)
        if size >= _PART_CHARACTERS:
            yield tuple(part)
            part, size = [], 0
    if part:
        yield tuple(part)
