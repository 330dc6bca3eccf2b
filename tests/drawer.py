"""A password store in memory, for tests that keep passwords or the store's key in one."""

from __future__ import annotations

from pln.model.errors import KeyringUnavailable


class Drawer:
    """shut: it fails as a locked one does. calls: what was asked of it ("put", "get", "delete"), in order."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}
        self.shut = False
        self.calls: list[str] = []

    def put(self, name: str, value: str) -> None:
        self._open("put")
        self.kept[name] = value

    def get(self, name: str) -> str | None:
        self._open("get")
        return self.kept.get(name)

    def delete(self, name: str) -> None:
        self._open("delete")
        self.kept.pop(name, None)

    def _open(self, call: str) -> None:
        self.calls.append(call)
        if self.shut:
            raise KeyringUnavailable("The password store is locked", "It was not unlocked. Nothing was changed.")
