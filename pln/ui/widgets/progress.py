"""A thin bar that shows how far something is."""

from __future__ import annotations

from PySide6.QtWidgets import QProgressBar


class Progress(QProgressBar):
    """done of total; total 0 means that nobody knows. name: what is measured, read aloud."""

    def __init__(self, name: str, done: int = 0, total: int = 0) -> None:
        super().__init__()
        self.setTextVisible(False)
        self.setAccessibleName(name)
        self.set(done, total)

    def set(self, done: int, total: int) -> None:
        self.setRange(0, max(total, 1))
        self.setValue(min(done, total))
