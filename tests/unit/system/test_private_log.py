"""The log holds ids and the way through the program, and nothing that anybody wrote."""

from __future__ import annotations

import logging
import os
import stat
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pln.model.errors import StoreFault
from pln.system.logs import described, redacted, start_logging, stop_logging, unexpected

pytestmark = pytest.mark.allow_logs


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "pln.log"
    levels = {name: logging.getLogger(name).level for name in ("pln", "httpx", "httpcore", "urllib3")}
    handler = start_logging(path, logging.DEBUG)
    yield path
    stop_logging(handler)
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("GET https://ada:pw@example.org/feed?token=canary#top failed", "GET <url> failed"),
        ("(http://example.org/a)", "(<url>"),
        ("feed://example.org/x, next", "<url> next"),
        ("mailto:ada@example.org?subject=canary now", "<url> now"),
        ("to Ada.Lovelace+x@example.org now", "to <address> now"),
        ("<ada@localhost>", "<<address>>"),
        ("@ada@social.example said", "<address> said"),
        ("person 17 read article 4: 200", "person 17 read article 4: 200"),
        (str(Path.home() / "pln" / "store.db"), str(Path("~") / "pln" / "store.db")),
    ],
)
def test_addresses_are_cut_out(text: str, expected: str) -> None:
    assert redacted(text) == expected


_word = st.text(
    st.characters(codec="utf-8", exclude_characters="'\"<>[](),;: \t\r\n", exclude_categories=["Z", "C"]), min_size=1
)


@given(_word, _word, _word)
def test_no_part_of_an_address_is_left(user: str, token: str, before: str) -> None:
    canary = "canary" + token
    assert "canary" not in redacted(f"{before} https://{user}:{canary}@example.org/{canary}?key={canary} end")
    assert "canary" not in redacted(f"{before} {canary}@{user} end")


@pytest.mark.parametrize("text", ["x" * 1_000_000, "a.-" * 300_000, "a@" * 500_000, "http:" * 200_000, "://" * 300_000])
def test_long_messages_take_no_long_time(text: str) -> None:
    start = time.perf_counter()
    redacted(text)
    assert time.perf_counter() - start < 3


def test_own_messages_and_others_warnings_are_written(log: Path) -> None:
    logging.getLogger("pln.store").debug("opened with %d people", 40)
    logging.getLogger("elsewhere").info("chatter")
    logging.getLogger("elsewhere").warning("a worry")
    written = log.read_text()
    assert "DEBUG pln.store opened with 40 people" in written
    assert "a worry" in written
    assert "chatter" not in written


@pytest.mark.parametrize("name", ["httpx", "httpcore", "httpcore.connection", "urllib3.connectionpool"])
def test_talkative_loggers_are_hushed(log: Path, name: str) -> None:
    logging.getLogger(name).info("HTTP Request: GET https://example.org/?token=canary")
    assert log.read_text() == ""


def test_messages_are_redacted_whole(log: Path) -> None:
    logging.getLogger("pln").warning("could not reach %s", "https://example.org/private-canary")
    assert "canary" not in log.read_text()
    assert "could not reach <url>" in log.read_text()


def _stumble(secret: str) -> None:
    held_in_a_local = secret
    try:
        {}[held_in_a_local]
    except KeyError as fault:
        raise ValueError(f"not a date: {held_in_a_local}") from fault


def test_a_traceback_quotes_nobody(log: Path) -> None:
    try:
        _stumble("canary")
    except ValueError:
        logging.getLogger("pln").exception("import failed")
    written = log.read_text()
    assert "canary" not in written
    assert "KeyError" in written
    assert "ValueError" in written
    assert "_stumble" in written


def test_an_unexpected_fault_is_logged_and_reported(log: Path) -> None:
    try:
        _stumble("canary")
    except ValueError as fault:
        report = unexpected(fault)
    assert "canary" not in report + log.read_text()
    assert report.index("KeyError") < report.index("ValueError")
    assert "_stumble" in report
    assert "_stumble" in log.read_text()


def test_our_own_faults_keep_their_words() -> None:
    assert (
        described(StoreFault("The disk is full", "Nothing was lost."))
        == "StoreFault: The disk is full. Nothing was lost."
    )


def test_a_fault_of_the_system_names_no_file() -> None:
    try:
        Path("/absent/canary.txt").read_text()
    except OSError as fault:
        described_fault = described(fault)
    assert described_fault.endswith("FileNotFoundError: No such file or directory")
    assert "canary" not in described_fault


def test_groups_and_circles_of_faults_come_to_an_end() -> None:
    first, second = ValueError("canary"), KeyError("canary")
    first.__cause__, second.__cause__ = second, first
    told = described(ExceptionGroup("canary", [first, OSError("canary")]))
    assert "canary" not in told
    assert told.splitlines() == ["ExceptionGroup", "KeyError", "ValueError", "OSError"]


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_the_files_are_private_and_rotate(tmp_path: Path) -> None:
    handler = start_logging(tmp_path / "pln.log")
    try:
        for number in range(60):
            logging.getLogger("pln").error("%d %s", number, "x" * 50_000)
    finally:
        stop_logging(handler)
    files = sorted(tmp_path.iterdir())
    assert len(files) == 4
    assert all(stat.S_IMODE(file.stat().st_mode) == 0o600 for file in files)
    assert all(file.stat().st_size <= 1_000_000 for file in files)


def test_stopping_closes_the_file(tmp_path: Path) -> None:
    before = list(logging.getLogger().handlers)
    stop_logging(start_logging(tmp_path / "pln.log"))
    assert logging.getLogger().handlers == before


def test_a_log_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreFault, match="log cannot be written"):
        start_logging(tmp_path / "absent" / "pln.log")
