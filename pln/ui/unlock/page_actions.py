"""What a page that is shown without an open store may ask of the program around it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Job = Callable[[Any], Any]
"""Gets its `pln.services.tasks.Task`, for telling how far it is; runs off the window's thread."""
Done = Callable[[Any], object]
Failed = Callable[[BaseException], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageActions:
    """retry: open the profile once more. leave: close PLN. raise_other: show the window that has the profile open.

    restored: the files of the profile were replaced, open what is there now. run(title, job, done, failed): do a longer
    job in the background; done and failed are called on the window's thread.
    """

    retry: Callable[[], object]
    leave: Callable[[], object]
    raise_other: Callable[[], object]
    restored: Callable[[], object]
    run: Callable[[str, Job, Done, Failed], object]
