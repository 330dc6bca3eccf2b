"""Leaving in good order when the system asks for it (SIGTERM, Ctrl+C at the terminal)."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QSocketNotifier
from PySide6.QtWidgets import QApplication


@contextmanager
def quit_on_signals(app: QApplication) -> Iterator[None]:
    """Quit the event loop on SIGTERM and SIGINT."""
    before = {number: signal.signal(number, lambda *_: app.quit()) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        with _waking():
            yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def _waking() -> Iterator[None]:
    """Let a signal wake the event loop.

    Python runs signal handlers between two of its own steps, and an idle window takes none: the signal's wake-up
    byte arrives in a pipe that Qt watches, whose slot is such a step. Qt watches pipes on posix only.
    """
    if os.name != "posix":
        yield
        return
    reader, writer = os.pipe()
    for end in (reader, writer):
        os.set_blocking(end, False)
    notifier = QSocketNotifier(reader, QSocketNotifier.Type.Read)
    notifier.activated.connect(lambda *_: os.read(reader, 64))
    woken = signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
    try:
        yield
    finally:
        signal.set_wakeup_fd(woken)
        notifier.setEnabled(False)
        os.close(reader)
        os.close(writer)
