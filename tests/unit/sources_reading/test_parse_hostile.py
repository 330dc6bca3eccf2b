"""Feeds made to freeze, fill, crash or spy: each is cut in time, none takes the next feed with it."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from feed_documents import item, rss
from feed_server import FeedServer
from pln.model.errors import UnreadableInput
from pln.sources.parse import Parser

URL = "https://tea.example/feed.xml"


def _entities() -> str:
    steps = "".join(f'<!ENTITY {chr(98 + n)} "{("&" + chr(97 + n) + ";") * 10}">' for n in range(9))
    return f'<!DOCTYPE rss [<!ENTITY a "lol lol lol lol ">{steps}]>'


def _cdata(html: str) -> str:
    return f"<item><title>t</title><description><![CDATA[{html}]]></description></item>"


def _for_feedparser(body: bytes) -> bytes:
    """Not well-formed, so that the quick reader leaves it alone."""
    return body.replace(b"</channel>", b"<left-open></channel>")


def _author() -> bytes:
    return rss(f"<item><title>t</title><author>{'a.' * 39_000}</author></item>")


def _attributes() -> bytes:
    return rss("<item " + " ".join(f"a{n}='x'" for n in range(100_000)) + "/>")


SLOW: dict[str, Callable[[], bytes]] = {
    "author that backtracks": lambda: _for_feedparser(_author()),
    "100,000 attributes": lambda: _for_feedparser(_attributes()),
    "millions of brackets": lambda: b"<" * 3_000_000,
}
HARMLESS: dict[str, Callable[[], bytes]] = {
    "billion laughs": lambda: rss("<item><title>t</title><description>&j;</description></item>", before=_entities()),
    "quadratic entities": lambda: rss(
        f"<item><title>{'&a;' * 20_000}</title></item>", before=f'<!DOCTYPE rss [<!ENTITY a "{"A" * 50_000}">]>'
    ),
    "100,000 tags deep": lambda: rss(
        f"<item><title>t</title><description>{'<a>' * 100_000}x{'</a>' * 100_000}</description></item>"
    ),
    "50,000 elements deep": lambda: rss(_cdata("<div>" * 50_000 + "x")),
    "formatting that multiplies": lambda: rss(_cdata("<b><p></b>" * 50_000)),
    "unclosed comments": lambda: rss(_cdata("<!--" * 200_000)),
    "brackets": lambda: rss(_cdata("<" * 900_000)),
    "author that would backtrack": _author,
    "100,000 attributes": _attributes,
    "a table in a table in a table": lambda: rss(_cdata("<table><tr><td>" * 5_000 + "x")),
    "a giant table": lambda: rss(_cdata("<table>" + "<tr><td colspan=1000>x" * 20_000)),
    "a giant list": lambda: rss(_cdata("<ul>" + "<li>x" * 100_000)),
    "links to places": lambda: rss(_cdata("<a href='#x' id='x'>" * 50_000)),
    "pictures of every size": lambda: rss(_cdata(f"<img srcset='{'/a.png 10w, ' * 60_000}'>")),
    "commas in a srcset": lambda: rss(_cdata("<img srcset='" + "," * 200_000 + "x'>")),
    "blanks in a srcset": lambda: rss(_cdata("<img srcset='" + " " * 200_000 + "x'>")),
    "JSON lists within lists": lambda: b'{"items":' + b"[" * 500_000,
}


@pytest.mark.parametrize("name", SLOW)
def test_slow_feed_is_cut_and_the_next_one_is_fine(name: str) -> None:
    with Parser(deadline_seconds=1.0) as parser:
        parser.parse(rss(), url=URL)
        started = time.monotonic()
        with pytest.raises(UnreadableInput, match="more than 1 seconds"):
            parser.parse(SLOW[name](), url=URL)
        assert time.monotonic() - started < 2.5
        assert parser.parse(rss(item(1)), url=URL).entries[0].title == "Leaf 1"


def test_other_threads_run_on_while_a_hostile_feed_is_read() -> None:
    """The author field holds the interpreter's lock of whoever reads it: it must not be ours."""
    late: list[float] = []
    stop = threading.Event()

    def tick() -> None:
        while not stop.is_set():
            before = time.monotonic()
            time.sleep(0.01)
            late.append(time.monotonic() - before - 0.01)

    with Parser(deadline_seconds=1.0) as parser:
        parser.parse(rss(), url=URL)
        ticker = threading.Thread(target=tick)
        ticker.start()
        try:
            with pytest.raises(UnreadableInput):
                parser.parse(SLOW["author that backtracks"](), url=URL)
        finally:
            stop.set()
            ticker.join()
    assert max(late) < 0.5


def _worked(parser: Parser) -> float:
    """Processor seconds of the worker; where the system does not tell, those of a clock on the wall."""
    try:
        said = Path(f"/proc/{parser.worker_id}/stat").read_text(encoding="ascii")
    except OSError:
        return time.monotonic()
    after_name = said.rpartition(")")[2].split()
    return (int(after_name[11]) + int(after_name[12])) / os.sysconf("SC_CLK_TCK")


@pytest.mark.parametrize("name", HARMLESS)
def test_hostile_feed_is_read_or_refused_soon(parser: Parser, name: str) -> None:
    before = _worked(parser)
    try:
        feed = parser.parse(HARMLESS[name](), url=URL)
    except UnreadableInput:
        feed = None
    assert _worked(parser) - before < 8, "seconds of the worker, however busy the machine is"
    assert feed is None or sum(len(entry.html) for entry in feed.entries) < 6_000_000


@pytest.mark.skipif(not Path("/proc").exists(), reason="the system has no such bound on memory")
def test_feed_that_needs_too_much_memory_is_refused_and_the_next_one_is_fine() -> None:
    with Parser(memory_bytes=220 << 20, deadline_seconds=30) as parser:
        with pytest.raises(UnreadableInput, match="memory"):
            parser.parse(rss(item(1, extra=f"<category>{'x' * 2000}</category>" * 40_000)), url=URL)
        assert parser.parse(rss(item(1)), url=URL).entries[0].title == "Leaf 1"


def test_no_feed_reads_files_or_reaches_the_network(parser: Parser, tmp_path: Path) -> None:
    canary = tmp_path / "secret.txt"
    canary.write_text("CANARY")
    with FeedServer({"/x": b"CANARY"}) as outside:
        for place in (canary.as_uri(), outside.url("/x")):
            for before in (
                f'<!DOCTYPE rss [<!ENTITY x SYSTEM "{place}">]>',
                f'<!DOCTYPE rss [<!ENTITY % x SYSTEM "{place}"> %x;]>',
                f'<!DOCTYPE rss SYSTEM "{place}">',
                f'<?xml-stylesheet href="{place}"?>',
            ):
                body = rss("<item><title>[&x;]</title><description>&x;</description></item>", before=before)
                assert "CANARY" not in repr(parser.parse(body, url=URL))
        body = rss(_cdata(f'<img src="{outside.url("/x")}"><iframe src="{outside.url("/x")}"></iframe>'))
        parser.parse(body, url=URL)
        assert outside.connections == 0


def test_body_that_is_a_path_is_not_opened(parser: Parser, tmp_path: Path) -> None:
    feed = tmp_path / "feed.xml"
    feed.write_bytes(rss(item(1)))
    with pytest.raises(UnreadableInput):
        parser.parse(str(feed).encode(), url=URL)
    with pytest.raises(UnreadableInput):
        parser.parse(feed.as_uri().encode(), url=URL)
