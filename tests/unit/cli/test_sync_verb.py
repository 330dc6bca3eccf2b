"""`pln sync` against a server of the same calls, in the documented shape."""

from __future__ import annotations

from pathlib import Path

from reader_server import LOGIN, PASSWORD, Held, ReaderServer

from .conftest import Pln
from .test_docs import assert_documented, paths, verb_of


def test_a_server_is_named_synced_and_forgotten(pln: Pln, home: Path) -> None:
    (home / "api").write_text(PASSWORD + "\n")
    with ReaderServer() as server:
        server.feeds["feed/1"] = Held("https://example.invalid/feed", "Orchard notes")
        named = ("sync", "--server", server.url, "--login", LOGIN, "--password-file", "api")
        refused = pln(*named)
        assert refused.code == 3 and "--allow-local" in refused.err
        ran = pln(*named, "--allow-local", "--json")
        assert ran.code == 0, ran.err
        assert ran.data["feeds"]["added_here"] == 1
        assert_documented("sync", verb_of("sync"), set(paths(ran.data)))
        again = pln("sync", "--password-file", "api")
        assert again.code == 0 and "0 changes sent" in again.out
        assert pln("sync").code == 3  # this profile uses no password store
    assert pln("sync", "--forget").code == 0
    assert pln("sync").code == 2


def test_a_server_without_a_password_is_not_asked(pln: Pln) -> None:
    ran = pln("sync", "--server", "https://example.invalid", "--login", "ada")
    assert ran.code == 2 and "--password-file" in ran.err
