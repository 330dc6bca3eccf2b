"""A program that sets the journal's lock up and ends it again, over and over. It is there to be killed."""

from __future__ import annotations

from pathlib import Path

from forked import say, serve
from journal_lock_fixtures import OWN_KEY, OWN_SALT, VAULT, VAULT_ID
from store_fixtures import make_store


def move(path: str) -> None:
    store = make_store(Path(path), create=False)
    if store.journal_vault is not None:
        store.attach_journal(OWN_KEY, OWN_SALT)
    say("go")
    while True:
        if store.journal_vault is None:
            store.move_journal_out(OWN_KEY, OWN_SALT, VAULT_ID, VAULT)
        else:
            store.move_journal_back()


if __name__ == "__main__":
    serve(move)
