"""The real program under a virtual display: a first day, then a second start where everything is still there."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from feed_documents import item, rss
from feed_server import FeedServer

HERE = Path(__file__).parent
PEOPLE = (
    "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Anna Lindqvist\r\nEMAIL:anna@example.org\r\nORG:Northlight\r\nEND:VCARD\r\n"
    "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Bilal Osman\r\nN:Osman;Bilal;;;\r\nNOTE:CANARYNOTE\r\nEND:VCARD\r\n"
)
ARTICLES = rss(
    item(1, "<p>Nobody needs a name badge to talk about soup.</p>", title="A quieter kind of meeting"),
    item(2, "<p>The second question is the good one.</p>", title="The second question"),
    title="Harbour notes",
)
PAGE = b'<html><head><link rel="alternate" type="application/rss+xml" href="/feed.xml"></head></html>'

pytestmark = [
    pytest.mark.timeout(300),
    pytest.mark.skipif(shutil.which("xvfb-run") is None, reason="xvfb-run is not installed"),
]


@pytest.fixture
def server() -> Iterator[FeedServer]:
    with FeedServer({"/": PAGE, "/feed.xml": ARTICLES}) as running:
        yield running


def environment() -> dict[str, str]:
    """A real X display instead of the offscreen platform of the other tests."""
    kept = {name: value for name, value in os.environ.items() if name != "QT_QPA_PLATFORM"}
    return {**kept, "PYTHONPATH": str(HERE.parent), "QT_QPA_PLATFORM": "xcb"}


@contextmanager
def start(script: str, *words: str | Path) -> Iterator[subprocess.Popen[str]]:
    """The program on a display of its own. Both are ended with the block, whatever happens."""
    line = ["xvfb-run", "-a", "-s", "-screen 0 1400x900x24", sys.executable, str(HERE / script), *map(str, words)]
    pipe = subprocess.PIPE
    with subprocess.Popen(
        line, env=environment(), text=True, stdin=pipe, stdout=pipe, stderr=pipe, start_new_session=True
    ) as running:
        try:
            yield running
        finally:
            if running.poll() is None:
                os.killpg(running.pid, signal.SIGTERM)


def pln(tmp_path: Path, *words: str) -> Any:
    line = [
        sys.executable,
        "-m",
        "pln",
        *words,
        "--profile",
        str(tmp_path / "p"),
        "--passphrase-file",
        str(tmp_path / "pf"),
    ]
    done = subprocess.run([*line, "--json"], capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_a_first_day_and_the_next(tmp_path: Path, server: FeedServer) -> None:
    card, shares, pictures = tmp_path / "people.vcf", tmp_path / "shared", tmp_path / "pictures"
    card.write_text(PEOPLE)
    pictures.mkdir()
    (tmp_path / "pf").write_text("a calm sentence\n")
    with start("first_day.py", tmp_path / "p", tmp_path / "pf", card, server.url("/"), shares, pictures) as day:
        assert day.stdout is not None
        said = day.stdout.readline()
        server.stop()
        asked = sum(server.counts.values())
        rest, errors = day.communicate("go on\n" if said == "OFFLINE\n" else "", timeout=200)
    assert day.returncode == 0, f"{said}{rest}{errors}"
    assert sum(server.counts.values()) == asked, "reading offline asks nothing of the network"
    _all_still_there(tmp_path)
    _nothing_private_went_out(shares)
    _a_second_start(tmp_path, pictures)


def _all_still_there(tmp_path: Path) -> None:
    assert [person["name"] for person in pln(tmp_path, "person", "list")["people"]] == ["Anna Lindqvist", "Bilal Osman"]
    (meetup,) = pln(tmp_path, "meetup", "list")["past"]
    assert (meetup["names"], meetup["open_promises"]) == (["Anna Lindqvist"], 1)
    (feed,) = pln(tmp_path, "feeds", "list")["feeds"]
    assert (feed["title"], feed["unread"]) == ("Harbour notes", 1)
    assert {hit["kind"] for hit in pln(tmp_path, "search", "question")["hits"]} == {"meetup", "article", "entry"}
    assert any("Anna" in step["title"] for step in pln(tmp_path, "today")["steps"])
    assert pln(tmp_path, "check")["sound"]


def _nothing_private_went_out(shares: Path) -> None:
    files = [path for path in shares.rglob("*") if path.is_file()]
    assert {path.name for path in files} >= {"index.html", "feed.atom"}
    everything = b"\n".join(path.read_bytes() for path in files)
    assert b"begins with a question" in everything
    for private in (b"SECRETSTEP", b"Anna", b"Lindqvist", b"CANARYNOTE", b"anna@example.org"):
        assert private not in everything


def _a_second_start(tmp_path: Path, pictures: Path) -> None:
    with start("second_day.py", tmp_path / "p", tmp_path / "pf", pictures) as again:
        out, errors = again.communicate(timeout=100)
    assert again.returncode == 0, f"{out}{errors}"
