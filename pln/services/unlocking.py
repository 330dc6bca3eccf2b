"""Taking a profile for this process and opening its vault: the first half of opening, without the store.

Nothing here imports SQLAlchemy, so that a window can show what was kept before the rest is there.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field

from pln.durable.files import write_atomically
from pln.services.vault import new_recovery_code, open_vault
from pln.store.passphrase import Cost
from pln.store.vault import StoreKey
from pln.system.instance import InstanceLock, acquire
from pln.system.paths import Profile
from pln.system.secrets import Secrets

_BEGUN = ".beginning"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unlocked:
    """A profile taken for this process, its vault open. first: it never had a store. way: the slot that opened it.

    recovery_code: of a new vault, to be shown once, else "".
    """

    profile: Profile
    lock: InstanceLock
    key: StoreKey
    way: str
    first: bool
    recovery_code: str = field(default="", repr=False)

    def begun(self) -> None:
        """The store stands: from now on its absence is a loss."""
        (self.profile.root / _BEGUN).unlink(missing_ok=True)


def unlock(
    profile: Profile, secrets: Secrets, passphrase: Callable[[], str] | None, cost: Cost | None = None
) -> Unlocked:
    """Take the profile and open its vault; passphrase, cost and faults as in `vault.open_vault`.

    Whoever gets the answer lets go of its lock. A second process is refused with StoreFault.
    """
    profile.create()
    with ExitStack() as on_fault:
        lock = on_fault.enter_context(acquire(profile))
        first = _first_start(profile)
        vault = open_vault(profile, secrets, passphrase, cost)
        code = vault.recovery_code
        if first and not code:  # its code was never shown
            code = new_recovery_code(profile, vault.key)
        on_fault.pop_all()
    return Unlocked(profile=profile, lock=lock, key=vault.key, way=vault.way, first=first, recovery_code=code)


def _first_start(profile: Profile) -> bool:
    """True where this profile never had a store. The mark outlives a start that is broken off half-way."""
    mark = profile.root / _BEGUN
    remains = profile.store.exists() or any(profile.root.glob(f"{profile.store.name}-*"))
    if not profile.vault.exists() and not remains:
        write_atomically(mark, b"")
    return mark.exists() and not remains
