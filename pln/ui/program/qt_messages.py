"""What Qt has to say goes to the log, never to the terminal."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import qInstallMessageHandler

_log = logging.getLogger(__name__)


def to_the_log(_kind: object, _context: object, text: str) -> None:
    """A message handler for Qt."""
    _log.debug("qt: %s", text)


@contextmanager
def quiet_qt() -> Iterator[None]:
    """Keep Qt's messages off the terminal for so long; the handler before comes back."""
    before = qInstallMessageHandler(to_the_log)
    try:
        yield
    finally:
        qInstallMessageHandler(before)
