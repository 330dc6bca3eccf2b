"""Opening a profile to look at it, where its folder can be read and not written. Nothing in it is ever changed."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from pln.model.errors import StoreFault, Trouble
from pln.services.bus import Bus, Post, at_once
from pln.services.context import Context
from pln.services.opening import Opened, new_uid
from pln.services.restoring import vault_key
from pln.store.connection import check_file
from pln.store.look_only import LookOnlyStore
from pln.system.clock import Clock
from pln.system.paths import Profile
from pln.system.secrets import NoSecrets, Secrets

_PREFIX = "pln-look-"


class _Copy:
    """The folder of the copy, held while it is looked at."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def release(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)


def open_to_look(
    profile: Profile, secrets: Secrets, words: str, clock: Clock, *, ask_keyring: bool = True,
    post: Post = at_once,
) -> Opened:  # fmt: skip
    """Open a copy of the store, made in the system's folder for what is temporary; it is encrypted as the store is.

    words: passphrase or recovery code; "" asks this computer's password store. Closing removes the copy.
    Raises NeedsPassphrase, WrongSecret, and StoreFault where the store is missing, damaged or cannot be read.
    """
    if not check_file(profile.store):
        raise StoreFault(
            "The store is missing", f"{profile.store} is not there. Nothing was changed.", Trouble.STORE_MISSING
        )
    # Words go with no password store: what it keeps would be renewed, and the key file with it.
    key = vault_key(profile, NoSecrets() if words or not ask_keyring else secrets, words)
    copy = _Copy(Path(tempfile.mkdtemp(prefix=_PREFIX)))
    try:
        store = LookOnlyStore(profile.store, key.key, key.salt, copy.folder, now=clock.now, new_uid=new_uid)
    except BaseException:
        copy.release()
        raise
    context = Context(store=store, profile=profile, clock=clock, bus=Bus(post), secrets=secrets)
    return Opened(context=context, lock=copy, looks=True)
