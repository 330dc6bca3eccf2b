"""Taking a profile for this process and opening its vault: the first half of opening, without the store.

Nothing here imports SQLAlchemy, so that a window can show what was kept before the rest is there.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field

from pln.durable.files import write_atomically
from pln.model.errors import PlnError
from pln.services.vault import (
    OpenedVault,
    code_kept,
    code_unseen,
    mend_check,
    new_recovery_code,
    open_vault,
    refuse_lost,
)
from pln.store.passphrase import Cost
from pln.store.set_aside import finish
from pln.store.vault import RECOVERY, StoreKey
from pln.system.instance import InstanceLock, acquire
from pln.system.paths import Profile
from pln.system.secrets import Secrets

_BEGUN = ".beginning"

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unlocked:
    """A profile taken for this process, its vault open. first: it never had a store. way: the slot that opened it.

    recovery_code: to be shown once, of a new vault or because nobody has kept the last one; else "".
    code_unseen: the code in force counts as unseen until `vault.code_kept` is called.
    """

    profile: Profile
    lock: InstanceLock
    key: StoreKey
    way: str
    first: bool
    recovery_code: str = field(default="", repr=False)
    code_unseen: bool = False

    def begun(self) -> None:
        """The store stands: from now on its absence is a loss."""
        (self.profile.root / _BEGUN).unlink(missing_ok=True)


def unlock(
    profile: Profile, secrets: Secrets, passphrase: Callable[[], str] | None, cost: Cost | None = None, *,
    ask_keyring: bool = True, renew_unseen: bool = True,
) -> Unlocked:  # fmt: skip
    """Take the profile and open its vault; passphrase, cost, ask_keyring and faults as in `vault.open_vault`.

    renew_unseen: make another recovery code where the last one was never kept; needless where nobody would see it.
    Whoever gets the answer lets go of its lock. A second process is refused with StoreFault.
    """
    profile.create()
    with ExitStack() as on_fault:
        lock = on_fault.enter_context(acquire(profile))
        finish(profile.root)  # what a crash left half-done when a store gave way to a backup
        first = _first_start(profile)
        vault = open_vault(profile, secrets, passphrase, cost, ask_keyring=ask_keyring)
        mend_check(profile, vault.key)
        code = _code_to_show(profile, vault, first or (renew_unseen and code_unseen(profile)))
        unseen = code_unseen(profile)
        on_fault.pop_all()
    return Unlocked(
        profile=profile, lock=lock, key=vault.key, way=vault.way, first=first, recovery_code=code, code_unseen=unseen
    )


def _code_to_show(profile: Profile, vault: OpenedVault, renew: bool) -> str:
    if vault.way == RECOVERY:  # whoever uses it has it
        code_kept(profile)
        return ""
    if vault.recovery_code or not renew:
        return vault.recovery_code
    try:
        return new_recovery_code(profile, vault.key)
    except PlnError as fault:  # a full disk must not keep the store closed; the mark stands until next time
        _log.info("no new recovery code was made: %s", fault.title)
        return ""


def _first_start(profile: Profile) -> bool:
    """True where this profile never had a store. The mark outlives a start that is broken off half-way.

    Raises StoreFault where it had one, and nothing of it is there but what it left behind.
    """
    mark = profile.root / _BEGUN
    remains = profile.store.exists() or any(profile.root.glob(f"{profile.store.name}-*"))
    if not profile.vault.exists() and not remains:
        refuse_lost(profile)
        write_atomically(mark, b"")
    return mark.exists() and not remains
