"""A store whose head was destroyed, but whose keys still open it: copied whole into the place of the old file."""

from __future__ import annotations

import logging
from pathlib import Path

from pln.model.errors import StoreFault
from pln.services.restoring import STAGE, drop_stage, replace_store
from pln.store.connection import PLAIN_HEADER
from pln.store.copying import copy_store
from pln.store.set_aside import is_waiting
from pln.store.soundness import examine
from pln.store.vault import StoreKey
from pln.system.clock import Clock
from pln.system.paths import Profile

_log = logging.getLogger(__name__)


def mend_head(profile: Profile, key: StoreKey, clock: Clock) -> Path | None:
    """Give a store its head back where only that is wrong. Hold the profile, with nothing of it open.

    The first bytes of the file are a salt that the key slots hold too, so the store opens without them; but a copy of
    the file alone, without its keys' salt, would be lost. Returns the folder where the file lies as it was, None where
    nothing was mended: what else is wrong is told by the opening, which follows.
    """
    if not _head_is_wrong(profile, key):
        return None
    stage = Profile(profile.root / STAGE)
    try:
        drop_stage(profile)
        stage.root.mkdir(mode=0o700)
        copy_store(profile.store, key.key, key.salt, stage.store)
        if examine(stage.store, key.key, key.salt).faults:
            return None
        return replace_store(profile, STAGE, (profile.store.name,), clock.now())
    except (StoreFault, OSError) as fault:
        _log.info("the head of the store is destroyed and was not mended: %s", type(fault).__name__)
        return None
    finally:
        if not is_waiting(profile.root):
            drop_stage(profile)


def _head_is_wrong(profile: Profile, key: StoreKey) -> bool:
    try:
        with profile.store.open("rb") as file:
            head = file.read(len(key.salt))
    except OSError:
        return False
    return len(head) == len(key.salt) and head not in (key.salt, PLAIN_HEADER)
