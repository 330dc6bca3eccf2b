"""What is mended in damaged feeds, and that what is whole is left as it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feed_documents import item, rss
from pln.sources.feed_mending import beginning, with_whole_ampersands
from pln.sources.parse import Parser

URL = "https://tea.example/feed.xml"


@pytest.mark.parametrize(
    ("written", "whole"),
    [
        ("AT&T", "AT&amp;T"), ("a & b", "a &amp; b"), ("?a=1&b=2", "?a=1&amp;b=2"), ("&&amp;", "&amp;&amp;"),
        ("&#8230;&#xA0;&eacute;&a.b;", "&#8230;&#xA0;&eacute;&a.b;"), ("&#;&#xg;&-;", "&amp;#;&amp;#xg;&amp;-;"),
        ("<![CDATA[a & b]]>&", "<![CDATA[a & b]]>&amp;"), ("<!-- a & b -->&", "<!-- a & b -->&amp;"),
        ("<![CDATA[a & b", "<![CDATA[a & b"), ("\x1b$B&\x1b(B", "\x1b$B&\x1b(B"), ("\0&", "\0&"),
    ],
)  # fmt: skip
def test_ampersands(written: str, whole: str) -> None:
    assert with_whole_ampersands(written.encode()) == whole.encode()


@given(st.text("&;#x1a<![CDATA]>-", max_size=40))
def test_mending_twice_mends_nothing_more(text: str) -> None:
    once = with_whole_ampersands(text.encode())
    assert with_whole_ampersands(once) == once


@pytest.mark.parametrize("size", [10, 4000])
def test_of_a_large_feed_the_first_entries_are_read(size: int) -> None:
    whole = rss(*(item(number, "x" * size) for number in range(1200)))
    part = beginning(whole, 1000)
    if size == 10:
        assert part == whole
    else:
        assert (part.count(b"<item>"), part[-16:]) == (1000, b"</channel></rss>")


@pytest.mark.parametrize("end", ["", "<junk>", "<title>Q&A</title>"])
def test_addresses_of_a_damaged_feed_are_those_of_the_whole_one(parser: Parser, end: str) -> None:
    address = "https://tea.example/?a=1&amp;b=2"
    entry = f"<item><title>Tea &amp; cake</title><link>{address}</link><guid>{address}</guid></item>"
    body = rss(entry).replace(b"<link>https://tea.example/</link>", f"<link>{address}</link>".encode())
    feed = parser.parse(body.replace(b"</channel>", f"{end}</channel>".encode()), url=URL)
    (found,) = feed.entries
    assert {feed.site_url, found.url, found.guid} == {"https://tea.example/?a=1&b=2"}
    assert bool(feed.problem) == bool(end)
