"""Which recovery codes nobody has kept yet: a code that was made but never seen opens nothing for its owner.

The mark is a file beside the vault that names such codes (by the nonce of their slot, which tells nothing of them). It
is written before the vault, so that no crash leaves a code that passes for kept. It does not travel with backups.
"""

from __future__ import annotations

import logging

from pln.durable.files import InPlace, write_atomically
from pln.model.errors import StoreFault
from pln.store.vault import RECOVERY, VaultFile
from pln.system.paths import Profile

_NAME = ".code-unseen"
_MOST = 4096

_log = logging.getLogger(__name__)


def mark_unseen(profile: Profile, vault: VaultFile) -> None:
    """Call it before the vault with this new code is written. Raises StoreFault.

    Earlier names stay: until the vault is written, an earlier code is in force that may not have been kept either.
    """
    names = "".join(f"{name}\n" for name in (*_unseen(profile), _name(vault)))
    try:
        write_atomically(profile.root / _NAME, names.encode())
    except InPlace as fault:  # a name too many does no harm, and the vault is not written
        raise StoreFault(
            "No new recovery code was made",
            "The disk did not confirm what PLN wrote down about it. Nothing was changed. Check the disk and try again.",
        ) from fault


def is_unseen(profile: Profile, vault: VaultFile) -> bool:
    """True where this vault's code was never said to be kept."""
    return RECOVERY in vault.slots and _name(vault) in _unseen(profile)


def forget_mark(profile: Profile) -> None:
    """The code in force is kept."""
    try:
        (profile.root / _NAME).unlink(missing_ok=True)
    except OSError as fault:  # the next start asks once more, which is the safe side
        _log.info("the mark of an unseen recovery code stays: %s", fault.strerror)


def _name(vault: VaultFile) -> str:
    return vault.slots[RECOVERY].nonce.hex()


def _unseen(profile: Profile) -> tuple[str, ...]:
    try:
        with (profile.root / _NAME).open("rb") as file:
            return tuple(file.read(_MOST).decode("ascii", "replace").split()[-8:])
    except OSError:
        return ()
