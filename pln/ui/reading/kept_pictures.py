"""The pictures kept for offline, as a page asks for them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pln.services.context import Context
from pln.services.offline import picture, pictures_there


class KeptPictures:
    """Reads from the encrypted file of pictures; quick enough for the window's thread."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx

    def sizes(self, keys: Iterable[str]) -> Mapping[str, tuple[int, int]]:
        return pictures_there(self._ctx, keys)

    def data(self, key: str) -> bytes | None:
        return picture(self._ctx, key)
