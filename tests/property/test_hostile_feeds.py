"""Whatever stands where a feed, a page, an article or a subscription list should be: it is read, or refused in words.

Short in every run; for a quarter of an hour in the long one. No network and no file is touched, nothing active is left.
"""

from __future__ import annotations

import builtins
import contextlib
import os
import re
import socket
import time
import warnings
from collections.abc import Callable, Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pln.model.errors import UnreadableInput
from pln.model.feed import ParsedFeed
from pln.sources.feed_document import read_feed
from pln.sources.opml import read_opml
from pln.sources.page_links import feed_links
from pln.sources.page_text import page_text
from pln.sources.sanitize import prepare

URL = "https://tea.example/feed"
DEADLINE_SECONDS = 8.0  # as the worker has it
LONG_SECONDS = float(os.environ.get("PLN_FUZZ_SECONDS", "900"))
ACTIVE = re.compile(
    r"<(?:script|style|iframe|svg|form|object|link|meta|base|embed|input)\b|<[^>]*\son\w+=|"
    r"<[^>]*(?:href|src)=\"(?!https?://|mailto:|#in-|pln-img:[0-9a-f]{24}\")",
    re.IGNORECASE,
)
XML = """<rss version="2.0">|</rss>|<channel>|</channel>|<item>|</item>|<title>|</title>|<description>|</description>
<link>|</link>|<guid isPermaLink="false">|</guid>|<pubDate>|</pubDate>|<![CDATA[|]]>
<enclosure url="/a.mp3" length="x"/>
<feed xmlns="http://www.w3.org/2005/Atom">|</feed>|<entry>|</entry>|<content type="xhtml">|</content>|<id>|</id>
<div xmlns="http://www.w3.org/1999/xhtml">|</div>|<summary type="html">|</summary>|<author>|</author>|<name>|</name>
<?xml version="1.0" encoding="utf-8"?>|<?xml version="1.0" encoding="utf-16"?>|<!DOCTYPE x [<!ENTITY e "e">]>|&e;|&amp;
<!DOCTYPE x SYSTEM "file:///etc/passwd">|<!--|-->|<opml>|<body>|</body>|<outline text="a" xmlUrl="/f">
</outline>|</opml>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">|<ttl>|</ttl>|{"items":[|{"id":"1","content_html":"
"}|]}|<link rel="alternate" type="application/rss+xml" href="f">|<base href="//b">|<html>|<media:group>
<dc:date>|\x00"""
HTML = """<p>|</p>|<a href="/x">|<a href="#n">|<i id="n">|</a>|<img src="/a.png" srcset="/b 2w">|<script>
</script>|<svg>
<img src=x onerror=alert(1)>|<a href="javascript:x()">|<table>|<tr>|<td colspan="9">|</table>|<ul>|<li>|<pre>|</pre>
<iframe src="//e">|<iframe src="//e"/>|<script src="//e"/>|<textarea/>|/>|<Vec<T>>|Q&A|&
<style>|&lt;script&gt;|&#0;|&#106;avascript:|word|2026-11-01T12:00:00Z
Sun, 01 Nov 2026 12:00:00 GMT
<math>|<mtext>|<noscript>|<template>|<title>|<textarea>|<!--|-->|"|'|<|>|=|ü|茶|\u202e"""
PIECES = [*XML.replace("\n", "|").split("|"), *HTML.replace("\n", "|").split("|"), " ", "\n"]
BODIES = st.lists(st.sampled_from(PIECES) | st.text(max_size=8), max_size=50).map(
    lambda parts: "".join(parts).encode("utf-8", "surrogatepass")
)
WHOLE = BODIES.map(lambda inside: b"<rss version='2.0'><channel><item><description>" + inside)
CDATA = BODIES.map(
    lambda inside: (
        b"<rss version='2.0'><channel><item><description><![CDATA["
        + inside.replace(b"]]>", b"").replace(b"\0", b"")
        + b"]]></description></item></channel></rss>"
    )
)
DOCUMENTS = BODIES | WHOLE | CDATA | st.binary(max_size=200)


@pytest.fixture(autouse=True)
def imported_already() -> None:
    """What is imported late is there before files are refused."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the libraries, about feeds, as in the worker
        read_feed(b"<rss version='2.0'/><x", URL, "")
        page_text(b"<p>word</p>", URL, "")


def check(body: bytes) -> None:
    """Read a body in every way there is, and look at what comes out."""
    started = time.monotonic()
    with _refused(), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with contextlib.suppress(UnreadableInput):
            _check_feed(read_feed(body, URL, ""))
        for address, _ in feed_links(body, URL):
            assert address.startswith(("http://", "https://"))
        with contextlib.suppress(UnreadableInput):
            read_opml(body)
        with contextlib.suppress(UnreadableInput):
            _check_html(page_text(body, URL, "").html)
        text = body.decode("utf-8", "replace")
        _check_html(prepare(text, URL).html)
    assert time.monotonic() - started < DEADLINE_SECONDS


def _check_feed(feed: ParsedFeed) -> None:
    guids = [entry.guid for entry in feed.entries]
    assert all(guids)
    assert len(set(guids)) == len(guids)
    for entry in feed.entries:
        _check_html(entry.html)
        repr(entry).encode()  # no lone surrogate may get into the store
        assert entry.url == "" or entry.url.startswith(("http://", "https://"))
        named = set(re.findall('src="pln-img:([0-9a-f]+)"', entry.html))
        assert {picture.key for picture in entry.pictures} <= named


def _check_html(html: str) -> None:
    assert not ACTIVE.search(html), html


@contextlib.contextmanager
def _refused() -> Iterator[None]:
    """No socket and no file for as long as this lasts."""

    def refuse(*arguments: object, **named: object) -> object:
        raise AssertionError(f"a feed asked for something outside: {arguments!r}")

    kept: list[tuple[object, str, Callable[..., object]]] = [
        (socket, "socket", socket.socket),
        (socket, "getaddrinfo", socket.getaddrinfo),
        (builtins, "open", builtins.open),
    ]
    for place, name, _ in kept:
        setattr(place, name, refuse)
    try:
        yield
    finally:
        for place, name, old in kept:
            setattr(place, name, old)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(DOCUMENTS)
def test_documents(body: bytes) -> None:
    check(body)


@pytest.mark.long
@pytest.mark.timeout(LONG_SECONDS + 300)
def test_documents_for_a_quarter_of_an_hour() -> None:
    ends = time.monotonic() + LONG_SECONDS

    @settings(
        max_examples=2000, deadline=None, derandomize=False, database=None, suppress_health_check=list(HealthCheck)
    )
    @given(DOCUMENTS)
    def some(body: bytes) -> None:
        if time.monotonic() < ends:
            check(body)

    while time.monotonic() < ends:
        some()
