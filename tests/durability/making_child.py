"""Makes a new store. It is there to be killed."""

from __future__ import annotations

from pathlib import Path

from forked import say, serve
from store_fixtures import make_store


def make(path: str) -> None:
    say("begun")
    make_store(Path(path))


if __name__ == "__main__":
    serve(make)
