"""A few words around a match."""

from __future__ import annotations

import re

from pln.store.folding import folded

_BEFORE, _LENGTH = 40, 160


def snippet(body: str, typed: str) -> str:
    """About 160 characters of plain text around the first typed word; the beginning where no word is found as typed."""
    flat = " ".join(body[:200_000].split())
    at = _first(flat, typed)
    start = 0 if at <= _BEFORE else flat.rfind(" ", 0, at - _BEFORE + 1) + 1
    cut = flat[start : start + _LENGTH]
    return ("… " if start else "") + cut + (" …" if start + _LENGTH < len(flat) else "")


def _first(flat: str, typed: str) -> int:
    words = sorted(re.findall(r"\w+", typed), key=len, reverse=True)
    lower = flat.lower()
    for word in words:
        at = lower.find(word.lower())
        if at >= 0:
            return at
    plain = lower if flat.isascii() else folded(flat)
    # Folding may change lengths, so its position is only near; good enough to show the surroundings.
    return max((plain.find(folded(word)) for word in words), default=0)
