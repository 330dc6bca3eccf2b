"""Ways back into a profile that does not open: a whole backup, the keys out of one, and what there is to choose from.

None of it needs an open store, and none of it takes anything away: what gives way is set aside and stays.
"""

from __future__ import annotations

import logging
import zipfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from pln.durable.files import write_atomically
from pln.model.errors import StoreFault, Trouble
from pln.services.kept_backups import Found, backups_in, folders, kept_of, vault_id
from pln.services.restoring import STAGE, Restored, bring_in, drop_stage, replace_store, vault_key
from pln.store import backup as files
from pln.store import set_aside as aside
from pln.store.connection import check_file, connect
from pln.store.migrations import STEPS
from pln.store.vault import StoreKey
from pln.system.clock import Clock
from pln.system.instance import acquire
from pln.system.paths import Profile
from pln.system.secrets import NoSecrets, Secrets

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """backups: those that this PLN can bring back, the newest first; the first of them was read to its end.

    damaged: how many newer than the first were passed over because their bytes are not what was written.
    """

    backups: tuple[Found, ...] = ()
    damaged: int = 0

    @property
    def newest(self) -> Found | None:
        return self.backups[0] if self.backups else None


def ways_of(profile: Profile) -> Ways:
    """What can be brought back into a profile. Reads the newest backup to its end, so never on the window's thread.

    Raises nothing for a folder that cannot be read: there is no way back in it then.
    """
    known = [each for each in _candidates(profile) if _is_known(each.path)]
    for number, each in enumerate(known):
        if _is_whole(each.path):
            return Ways(backups=tuple(known[number:]), damaged=number)
        _log.info("a backup is damaged and was passed over")
    return Ways(damaged=len(known))


def bring_back(profile: Profile, path: Path, secrets: Secrets, words: str, clock: Clock) -> Restored:
    """Let a backup take the place of what is in a profile; that is set aside whole and stays.

    words: the passphrase or recovery code of that backup; "" asks this computer's password store. It may wait for the
    desktop's own prompt, and reads the backup to its end: never on the window's thread.
    Raises NeedsPassphrase where words are needed, WrongSecret for wrong ones, and StoreFault where the backup is not
    whole, the profile is open, or it cannot be written; nothing is changed then.
    """
    return bring_in(path, profile, lambda stage: _key(stage, secrets, words), set_aside=True, clock=clock)


def take_keys(profile: Profile, path: Path, secrets: Secrets, words: str, clock: Clock) -> Path | None:
    """Let the key file of a backup take the place of the profile's, once it was shown that it opens the store there.

    Returns the folder where the earlier key file lies, None where there was none. secrets, words and faults as in
    `bring_back`; StoreFault too where the store does not open with these keys.
    """
    with acquire(profile.create()):
        aside.finish(profile.root)
        try:
            stage = Profile(profile.root / STAGE).create()
            write_atomically(stage.vault, files.read_vault(path))
            _refuse_other_keys(profile.store, _key(stage, secrets, words))
            # Only what is named takes the place of something: the stage has folders of its own beside it.
            return replace_store(profile, STAGE, (profile.vault.name,), clock.now())
        finally:
            if not aside.is_waiting(profile.root):
                drop_stage(profile)


def _key(stage: Profile, secrets: Secrets, words: str) -> StoreKey:
    """With words the password store is left alone: it keeps what opens the present store."""
    return vault_key(stage, NoSecrets() if words else secrets, words)


def _refuse_other_keys(store: Path, key: StoreKey) -> None:
    try:
        if not check_file(store):
            raise _not_its_keys(store)
        connect(store, key.key, key.salt, read_only=True).close()
    except StoreFault as fault:
        if fault.trouble in (Trouble.DAMAGED, Trouble.EMPTY):
            raise _not_its_keys(store) from fault
        raise


def _not_its_keys(store: Path) -> StoreFault:
    return StoreFault(
        "These keys do not open the store",
        f"{store.name} is damaged, or it belongs to other keys. Nothing was changed. Bring the whole backup back "
        "instead, or choose another one.",
        Trouble.DAMAGED,
    )


def _candidates(profile: Profile) -> tuple[Found, ...]:
    """Where the profile's own keys cannot be asked, the folder that took its last backups is looked into as well."""
    if vault_id(profile) is not None:
        return kept_of(profile)
    own = backups_in(profile.backups)
    ids = {each.vault for each in own}
    more = [each for folder in folders(profile)[1:] for each in backups_in(folder) if not ids or each.vault in ids]
    return tuple(sorted((*own, *more), key=lambda each: each.made, reverse=True))


def _is_known(path: Path) -> bool:
    """Whether this PLN knows the version of the store inside."""
    with suppress(StoreFault, OSError, ValueError, TypeError):
        return int(files.read_manifest(path).get("store_version", 0)) <= len(STEPS)
    return False


def _is_whole(path: Path) -> bool:
    """Whether its bytes are those that were written, by their checksums; that it opens is shown when it is laid."""
    try:
        with zipfile.ZipFile(path) as whole:
            return whole.testzip() is None
    except (OSError, zipfile.BadZipFile, RuntimeError, EOFError, NotImplementedError):
        return False
