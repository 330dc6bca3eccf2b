"""A release of PySide6 lost a reference to True at every emit() and aborted the interpreter after some hundreds."""

from __future__ import annotations

import sys

from PySide6.QtCore import QObject, Signal


class Speaker(QObject):
    spoke = Signal()


def test_emitting_leaves_true_as_it_was():
    speaker = Speaker()
    before = sys.getrefcount(True)
    for _ in range(100):
        speaker.spoke.emit()
    assert abs(sys.getrefcount(True) - before) < 50
