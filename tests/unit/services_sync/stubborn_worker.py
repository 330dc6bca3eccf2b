"""A worker that is stubborn: certain articles keep it busy for ever, or end it. For `Parser(settle=...)`."""

from __future__ import annotations

import os
import time

from pln.model.feed import ParsedEntry
from pln.sources import single_entry

ENDLESS, DEADLY = b"keeps the worker busy for ever", b"ends the worker"


def be_stubborn() -> None:
    """Called in the new process: what it reads articles with meets its match from now on."""
    plain = single_entry.read

    def read(body: bytes, url: str) -> ParsedEntry:
        if ENDLESS in body:
            time.sleep(3600)
        if DEADLY in body:
            os._exit(9)
        return plain(body, url)

    single_entry.read = read
