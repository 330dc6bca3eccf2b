"""The key of the file of pictures, derived from the store's: who can open the one can open the other."""

from __future__ import annotations

_PURPOSE = b"pln-pictures/1"


def picture_key(key: bytes, salt: bytes) -> tuple[bytes, bytes]:
    """32 bytes of key and 16 of salt. key, salt: the store's. Nothing of them can be learnt from what is derived."""
    from cryptography.hazmat.primitives.hashes import SHA256  # not before there are pictures: a start need not wait
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    both = HKDF(SHA256(), 48, salt=salt, info=_PURPOSE).derive(key)
    return both[:32], both[32:]
