"""Leaving in good order when the system asks for it (SIGTERM, Ctrl+C at the terminal)."""

from __future__ import annotations

import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QSocketNotifier
from PySide6.QtWidgets import QApplication


@contextmanager
def quit_on_signals(app: QApplication) -> Iterator[None]:
    """Quit the event loop on SIGTERM and SIGINT.

    Python runs signal handlers between two of its own steps, and an idle window takes none: the signal's wake-up
    byte arrives at a socket that Qt watches, whose slot is such a step.
    """
    reader, writer = socket.socketpair()
    reader.setblocking(False)
    writer.setblocking(False)
    notifier = QSocketNotifier(reader.fileno(), QSocketNotifier.Type.Read)
    notifier.activated.connect(lambda *_: reader.recv(64))
    woken = signal.set_wakeup_fd(writer.fileno(), warn_on_full_buffer=False)
    before = {number: signal.signal(number, lambda *_: app.quit()) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(woken)
        notifier.setEnabled(False)
        reader.close()
        writer.close()
