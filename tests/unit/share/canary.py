"""Canaries: tokens that stand in private places, and a search for them in everything that leaves."""

from __future__ import annotations

import base64
import codecs
import html
import quopri
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import unquote_to_bytes


def token(place: str) -> str:
    """A word that names its place and stands nowhere else. Letters and digits only, so that no rewriting splits it."""
    return f"canary{zlib.crc32(place.encode()):08x}"


def escaped(tokens: Iterable[str], artefacts: Iterable[tuple[str, bytes]]) -> set[str]:
    """The tokens that some artefact holds, in its name or in its bytes, in plain or in a usual disguise."""
    wanted = [each.encode() for each in tokens]
    seen = [form for name, content in artefacts for part in (name.encode(), content) for form in _undisguised(part)]
    return {
        one.decode() for one in wanted if any(one in form for form in seen) or any(_hidden(one, form) for form in seen)
    }


def artefacts(folder: Path) -> list[tuple[str, bytes]]:
    return [(path.name, path.read_bytes()) for path in folder.rglob("*") if path.is_file()]


def _undisguised(content: bytes) -> Iterator[bytes]:
    plain = content.replace(b"\0", b"").lower()
    yield plain
    yield html.unescape(unquote_to_bytes(plain).decode("latin-1")).lower().encode("latin-1", "replace")
    yield quopri.decodestring(plain)
    yield codecs.encode(plain.decode("latin-1"), "rot13").encode("latin-1")


def _hidden(one: bytes, form: bytes) -> bool:
    return one.hex().encode() in form or any(_base64(one, shift).lower() in form for shift in range(3))


def _base64(one: bytes, shift: int) -> bytes:
    """What of a token is the same in any base64 text that holds it at this place of a group of three bytes."""
    whole = base64.b64encode(b"\0" * shift + one + b"\0" * (-(shift + len(one)) % 3))
    return whole[(0, 2, 3)[shift] : len(whole) - (0, 2, 3)[-(shift + len(one)) % 3]]
