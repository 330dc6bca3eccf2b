"""What a page that is shown without an open store may ask of the program around it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from pln.system.secrets import NoSecrets, Secrets

Job = Callable[[Any], Any]
"""Gets its `pln.services.tasks.Task`, for telling how far it is; runs off the window's thread."""
Done = Callable[[Any], object]
Failed = Callable[[BaseException], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageActions:
    """retry: open the profile once more. leave: close PLN. raise_other: show the window that has the profile open.

    restored(words, said): the files of the profile were replaced, open what is there now; words: what opens it where
    somebody typed it, else None; said: to be told once it is open. run(title, job, done, failed): do a longer job in
    the background; done and failed are called on the window's thread. look: open the store without ever writing, None
    where that cannot be had. secrets: the password store, to be asked off the window's thread.
    """

    retry: Callable[[], object]
    leave: Callable[[], object]
    raise_other: Callable[[], object]
    restored: Callable[[str | None, str], object]
    run: Callable[[str, Job, Done, Failed], object]
    look: Callable[[], object] | None = None
    secrets: Secrets = field(default_factory=NoSecrets)
