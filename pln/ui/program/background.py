"""Longer jobs of the task runner, shown in the status line."""

from __future__ import annotations

from pln.services.tasks import Task, Tasks
from pln.ui.status_line import StatusLine, Work


class Background:
    """Keeps a line of the status line for each running task."""

    def __init__(self, tasks: Tasks, line: StatusLine) -> None:
        self._line = line
        self._shown: dict[int, Work] = {}
        tasks.listen(self._heard)

    def _heard(self, task: Task) -> None:
        if task.finished:
            work = self._shown.pop(task.id, None)
            if work is not None:
                work.finish()
            return
        if task.id not in self._shown:
            self._shown[task.id] = self._line.start(task.title, task.cancel)
        if task.done or task.total:
            self._shown[task.id].progress(task.done, task.total, task.text)
