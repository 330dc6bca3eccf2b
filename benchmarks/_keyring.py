"""Stands in for the desktop's password store, which a machine without a desktop lacks: a file, named by PLN_BENCH_KEYS.

It goes through the keyring package as the real ones do, but for the call over the session bus.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

from keyring.backend import KeyringBackend


class FileKeyring(KeyringBackend):
    priority = 5  # type: ignore[assignment]

    def get_password(self, service: str, username: str) -> str | None:
        found = _read().get(f"{service}/{username}")
        return None if found is None else str(found)

    def set_password(self, service: str, username: str, password: str) -> None:
        _file().write_text(json.dumps({**_read(), f"{service}/{username}": password}))

    def delete_password(self, service: str, username: str) -> None:
        _file().write_text(json.dumps({key: value for key, value in _read().items() if key != f"{service}/{username}"}))


def _file() -> Path:
    return Path(os.environ["PLN_BENCH_KEYS"])


def _read() -> dict[str, object]:
    return dict(json.loads(_file().read_text())) if _file().exists() else {}
