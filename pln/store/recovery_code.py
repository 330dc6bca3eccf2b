"""The recovery code: a 160-bit key that can be printed, read aloud and typed in again."""

from __future__ import annotations

from pln.model.errors import WrongSecret

CODE_BYTES = 20
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O or U, so that nothing can be mistaken for 1, 0 or V."""
_LENGTH = CODE_BYTES * 8 // 5
_ALIKE = str.maketrans("OIL", "011")


def written(secret: bytes) -> str:
    """20 bytes as eight groups of four, joined by hyphens."""
    number = int.from_bytes(secret, "big")
    letters = "".join(_ALPHABET[number >> shift & 31] for shift in range(CODE_BYTES * 8 - 5, -1, -5))
    return "-".join(letters[at : at + 4] for at in range(0, _LENGTH, 4))


def read(text: str) -> bytes:
    """The 20 bytes of a code as somebody typed it: either case, any spaces and dashes, O for 0, I or L for 1.

    Raises WrongSecret where it is no code. The words repeat nothing that was typed.
    """
    letters = _letters(text)
    if not looks_like_code(text):
        raise WrongSecret(
            "That is no recovery code",
            f"A code has {_LENGTH} digits and letters, and never a U; this has {len(letters)}. Please look again.",
        )
    number = 0
    for letter in letters:
        number = number << 5 | _ALPHABET.index(letter)
    return number.to_bytes(CODE_BYTES, "big")


def looks_like_code(text: str) -> bool:
    """True where the text can be read as a code, right or wrong."""
    letters = _letters(text)
    return len(letters) == _LENGTH and set(letters) <= set(_ALPHABET)


def _letters(text: str) -> str:
    return "".join(letter for letter in text.upper() if letter.isalnum()).translate(_ALIKE)
