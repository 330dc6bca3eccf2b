"""What the parser makes of feeds of every kind, and that its worker comes and goes as it should."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime

import pytest

from feed_documents import item, rss
from pln.model.errors import Cancelled, UnreadableInput
from pln.model.feed import Attachment
from pln.sources.feed_document import MAX_ENTRIES
from pln.sources.feed_entry import Draft, finish, problem_of
from pln.sources.parse import Parser, WorkerError

URL = "https://tea.example/feed.xml"
SOUND = {"url": "/a.mp3", "mime_type": "audio/mpeg", "size_in_bytes": 9}
NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)


def test_rss(parser: Parser) -> None:
    feed = parser.parse(rss(item(1, "<p>Green <b>tea</b></p>", "<author>ada@tea.example (Ada)</author>")), url=URL)
    (entry,) = feed.entries
    assert (feed.title, feed.site_url, feed.problem) == ("Tea Notes", "https://tea.example/", "")
    assert (entry.guid, entry.title, entry.url) == ("leaf-1", "Leaf 1", "https://tea.example/1")
    assert (entry.published, entry.html, entry.text) == (NOON, "<p>Green <b>tea</b></p>", "Green tea")
    assert entry.author == "Ada"


def test_atom_takes_content_before_summary_and_published_before_updated(parser: Parser) -> None:
    body = b"""<feed xmlns="http://www.w3.org/2005/Atom"><title type="html">Tea &amp;amp; Cake</title>
    <link href="/"/><entry><id>urn:1</id><title>a &lt;b&gt; c</title><link href="one"/>
    <summary>short</summary><content type="xhtml">
    <div xmlns="http://www.w3.org/1999/xhtml"><p>long text</p></div></content>
    <published>2026-11-01T12:00:00Z</published><updated>2026-11-09T12:00:00Z</updated></entry>
    <entry><id>urn:2</id><title>Later</title><updated>2026-11-01T14:00:00+02:00</updated></entry></feed>"""
    feed = parser.parse(body, url=URL)
    first, second = feed.entries
    assert feed.title == "Tea & Cake"
    assert first.title == "a <b> c"
    assert (first.url, first.text, first.published) == ("https://tea.example/one", "long text", NOON)
    assert (second.published, second.html, second.url) == (NOON, "", "")


def test_rdf(parser: Parser) -> None:
    body = b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
    xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Old</title></channel><item rdf:about="https://tea.example/1">
    <title>One</title><link>https://tea.example/1</link><dc:date>2026-11-01T12:00:00Z</dc:date></item></rdf:RDF>"""
    feed = parser.parse(body, url=URL)
    assert [(entry.title, entry.published) for entry in feed.entries] == [("One", NOON)]


def test_json_feed(parser: Parser) -> None:
    items = [
        {"id": "1", "title": "One", "content_html": "<p>a <a href='/x?utm_source=j'>b</a></p>", "url": "/1"},
        {"id": 2, "content_text": "x < y\n\nsecond", "date_published": "2026-11-01T13:00:00+01:00"},
        {"title": "No id", "authors": [{"name": "Ada"}, {"name": "Bo"}, "odd"], "attachments": [SOUND]},
        "not an item",
    ]
    body = json.dumps(
        {"version": "https://jsonfeed.org/version/1.1", "title": "J", "home_page_url": "/", "items": items}
    )
    feed = parser.parse(b"\xef\xbb\xbf" + body.encode(), url=URL)
    one, two, three = feed.entries
    assert (feed.title, feed.site_url) == ("J", "https://tea.example/")
    assert feed.problem
    assert one.html == '<p>a <a href="https://tea.example/x">b</a></p>'
    assert (two.guid, two.html, two.published) == ("2", "<p>x &lt; y</p><p>second</p>", NOON)
    assert (three.author, three.guid[:4]) == ("Ada, Bo", "pln:")
    assert three.attached == (Attachment(url="https://tea.example/a.mp3", kind="audio/mpeg", size=9),)


def test_guids_are_never_empty_and_never_the_same(parser: Parser) -> None:
    bare = "<item><title>T</title></item>"
    linked = "<item><title>T</title><link>https://tea.example/9</link></item>"
    same = "<item><guid>g</guid><link>https://tea.example/{}</link></item>"
    feed = parser.parse(rss(bare, bare, linked, same.format(1), same.format(2), same.format(2)), url=URL)
    guids = [entry.guid for entry in feed.entries]
    assert len(set(guids)) == 6
    assert all(guids)
    assert guids[2:4] == ["https://tea.example/9", "g"]
    again = parser.parse(rss(bare, bare, linked, same.format(1), same.format(2), same.format(2)), url=URL)
    assert [entry.guid for entry in again.entries] == guids


@pytest.mark.parametrize("date", ["", "yesterday", "Sun, 99 Foo 2026", "0000-00-00", "9999999999999"])
def test_unreadable_date_is_none(parser: Parser, date: str) -> None:
    feed = parser.parse(rss(f"<item><title>T</title><pubDate>{date}</pubDate></item>"), url=URL)
    assert feed.entries[0].published is None


def test_future_date_is_kept(parser: Parser) -> None:
    feed = parser.parse(rss("<item><title>T</title><pubDate>Fri, 01 Jan 2100 00:00:00 GMT</pubDate></item>"), url=URL)
    assert feed.entries[0].published == datetime(2100, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("xml", "shown"),
    [
        ("Tom &amp; Jerry", "Tom & Jerry"),
        ("Tom &amp;amp; Jerry", "Tom & Jerry"),
        ("<![CDATA[A <i>fine</i>\n day]]>", "A fine day"),
        ("&lt;script&gt;x()&lt;/script&gt;News", "News"),
        ("it&amp;#8217;s", "it’s"),
        ("5 &lt; 6", "5 < 6"),
        ("#include &lt;stdio.h&gt;", "#include <stdio.h>"),
        ("From Vec&lt;T&gt; to &lt;dyn Any&gt;", "From Vec<T> to <dyn Any>"),
        ("&lt;B&gt;Old&lt;/B&gt; &lt;o:p&gt;Word&lt;/o:p&gt;&lt;br/&gt;", "Old Word"),
    ],
)
def test_titles_become_one_line_of_plain_text(parser: Parser, xml: str, shown: str) -> None:
    feed = parser.parse(rss(f"<item><title>{xml}</title></item>"), url=URL)
    assert feed.entries[0].title == shown


def test_post_without_title_gets_its_first_words(parser: Parser) -> None:
    feed = parser.parse(rss(item(1, "<p>" + "some words " * 20 + "</p>", title="")), url=URL)
    title = feed.entries[0].title
    assert title.startswith("some words")
    assert title.endswith("…")
    assert len(title) <= 81


@pytest.mark.parametrize("broken", ["", "<junk>"])
def test_text_of_a_link_to_an_enclosure_is_no_page(parser: Parser, broken: str) -> None:
    """broken: read by feedparser, which takes it for one."""
    page, sound = '<link href="https://tea.example/1"/>', '<link rel="enclosure">https://tea.example/1.mp3</link>'
    orders = (page + sound, sound + page, sound)
    entries = "".join(f"<entry><id>https://tea.example/id/{n}</id>{links}</entry>" for n, links in enumerate(orders))
    feed = parser.parse(f'<feed xmlns="http://www.w3.org/2005/Atom">{entries}</feed>{broken}'.encode(), url=URL)
    assert [entry.url for entry in feed.entries] == [*["https://tea.example/1"] * 2, "https://tea.example/id/2"]


def test_relative_links_start_from_the_entry_and_its_base(parser: Parser) -> None:
    based = (
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://cdn.example/d/"><title>T</title><entry><id>1</id>'
    )
    body = f'{based}<link href="e"/><content type="html">&lt;a href="f"&gt;x&lt;/a&gt;</content></entry></feed>'
    feed = parser.parse(body.encode(), url=URL)
    assert feed.entries[0].url == "https://cdn.example/d/e"
    assert 'href="https://cdn.example/d/f"' in feed.entries[0].html
    feed = parser.parse(rss(item(7, '<a href="more">x</a><a href="//b.example/y">y</a>')), url=URL)
    assert 'href="https://tea.example/more"' in feed.entries[0].html
    assert 'href="https://b.example/y"' in feed.entries[0].html


def test_sound_film_and_documents_are_attached_and_pictures_are_not(parser: Parser) -> None:
    sound = '<enclosure url="https://tea.example/talk%201.mp3?utm_source=x" type="audio/mpeg" length="12"/>'
    film = '<m:content url="/film.mp4" medium="video" fileSize="7"/><m:content url="/cup.jpg" medium="image"/>'
    named = '<m:group xmlns:m="http://search.yahoo.com/mrss/">' + film + "</m:group>"
    picture = '<enclosure url="https://tea.example/p.png" type="image/png" length="1"/>'
    (entry,) = parser.parse(rss(item(1, "Talk", sound + picture + sound + named)), url=URL).entries
    assert entry.attached == (
        Attachment(url="https://tea.example/talk%201.mp3", kind="audio/mpeg", size=12),
        Attachment(url="https://tea.example/film.mp4", kind="video/*", size=7),
    )
    assert entry.html.endswith("<p>Talk</p>")
    assert [link.url for link in entry.pictures] == ["https://tea.example/p.png"]


@pytest.mark.parametrize(
    ("said", "minutes"),
    [
        ("<ttl>60</ttl>", 60),
        ("<s:updatePeriod>daily</s:updatePeriod><s:updateFrequency>4</s:updateFrequency>", 360),
        ("<s:updatePeriod>hourly</s:updatePeriod>", 60),
        ("<ttl>soon</ttl>", None),
        ("<ttl>999999999</ttl>", None),
        ("<ttl>99999999</ttl>", 44_640),
        ("", None),
    ],
)
def test_feed_says_how_long_it_wants_to_be_left_alone(parser: Parser, said: str, minutes: int | None) -> None:
    body = f"<rss version='2.0' xmlns:s='http://purl.org/rss/1.0/modules/syndication/'><channel>{said}</channel></rss>"
    assert parser.parse(body.encode(), url=URL).ttl_minutes == minutes


def test_bad_entry_costs_no_other_entry() -> None:
    items = [{"id": "1", "title": "One"}, {"id": "2", "content_html": "<p>x", "title": "Two"}]
    found, failed = finish([*items, None], lambda each: _draft_of(each))
    assert [entry.title for entry in found] == ["One", "Two"]
    assert failed == 1
    assert problem_of("", failed) == "One entry of the feed could not be read."
    assert problem_of("A. B.", 3) == "A. B. 3 entries of the feed could not be read."


def _draft_of(each: dict[str, str] | None) -> Draft:
    assert each is not None
    return Draft(
        guid=each["id"], title=each["title"], link="", author="", published=None, body="", is_html=True, base=""
    )


@pytest.mark.parametrize(
    ("encoded", "content_type"),
    [
        (rss(item(1, title="café")), "application/rss+xml"),
        (rss(item(1, title="café")), "application/rss+xml; charset=iso-8859-1"),
        (rss(item(1, title="café")).decode().encode("latin-1"), ""),
        (rss(item(1, title="café")).replace(b"UTF-8", b"UTF-16").decode().encode("utf-16"), ""),
        (rss(item(1, title="café")).split(b"?>", 1)[1].decode().encode("cp1252"), "text/xml; charset=windows-1252"),
        (b"\n\n " + rss(item(1, title="café")), ""),
        (b"\xef\xbb\xbf" + rss(item(1, title="café")), ""),
    ],
    ids=["utf-8", "wrong header", "latin-1 called utf-8", "utf-16", "header only", "leading blanks", "mark of utf-8"],
)
def test_encodings(parser: Parser, encoded: bytes, content_type: str) -> None:
    assert parser.parse(encoded, url=URL, content_type=content_type).entries[0].title == "café"


@pytest.mark.parametrize(
    ("body", "kept"),
    [
        (rss(*(item(n) for n in range(30)))[:-1500], 20),
        (rss("".join(item(n) for n in range(30)).replace("Leaf", "Q&A")), 30),
        (rss("".join(item(n) for n in range(30)).replace("Leaf", "\x0b\x00")), 30),
        (rss(*("<item><foo:bar>x</foo:bar><title>t</title></item>" for _ in range(30))), 30),
        (rss(*(item(n) for n in range(30))) + b"<!-- x --><junk/>", 30),
    ],
    ids=["cut off", "bare ampersand", "control characters", "undeclared prefix", "junk after the end"],
)
def test_broken_feed_gives_what_it_holds_and_says_what_is_wrong(parser: Parser, body: bytes, kept: int) -> None:
    feed = parser.parse(body, url=URL)
    assert len(feed.entries) >= kept
    assert feed.problem.startswith("The feed is not well-formed")


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (b"", "empty"),
        (b" \r\n ", "empty"),
        (b"<!DOCTYPE html><html><head><title>Login</title></head><body>Hi</body></html>", "web page, not a feed"),
        (b"<?xml version='1.0'?><!-- x --><html xmlns='http://www.w3.org/1999/xhtml'></html>", "web page, not a feed"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "picture"),
        (b"%PDF-1.7 ...", "picture, an archive or a document"),
        (b"PK\x03\x04....", "archive"),
        (b'{"a": 1}', "not a JSON Feed"),
        (b'{"items": [', "damaged or cut off"),
        (b"Just some words.", "neither RSS, Atom nor JSON Feed"),
        (b"<opml version='1.0'><body/></opml>", "neither"),
    ],
)
def test_what_is_no_feed_is_refused_with_a_sentence(parser: Parser, body: bytes, sentence: str) -> None:
    with pytest.raises(UnreadableInput, match=sentence):
        parser.parse(body, url=URL)


def test_feed_without_entries_is_a_feed(parser: Parser) -> None:
    assert parser.parse(rss(), url=URL).entries == ()


def test_page_of_a_site_around_a_feed_is_read_as_the_feed(parser: Parser) -> None:
    feed = parser.parse(b"<br/><b>Warning</b>: old module\n" + rss(item(1)), url=URL)
    assert [entry.title for entry in feed.entries] == ["Leaf 1"]


def test_entries_are_capped(parser: Parser) -> None:
    assert len(parser.parse(rss(*(item(n) for n in range(MAX_ENTRIES + 50))), url=URL).entries) == MAX_ENTRIES


def test_links_of_a_page(parser: Parser) -> None:
    page = b"""<html><head><base href="/blog/">
    <link rel="alternate" type="application/rss+xml" title="All &amp; more" href="f">
    <LINK REL="Alternate" TYPE="application/atom+xml; charset=utf-8" HREF="https://b.example/atom">
    <link rel="alternate" type="application/rss+xml" href="f"><link rel="stylesheet" type="text/css" href="x">
    <link rel="alternate" type="application/json" href="/wp-json/1"><link rel=alternate type=application/rss+xml href="file:///x">"""
    found = parser.feed_links(page, url="https://tea.example/a/b")
    assert found == (("https://tea.example/blog/f", "All & more"), ("https://b.example/atom", ""))
    assert parser.feed_links(b"", url=URL) == ()
    assert parser.feed_links(b"\0\xff\xfe<", url=URL) == ()


# The worker ----------------------------------------------------------------------------------------------------------


def test_worker_starts_at_the_first_feed_and_ends_with_the_parser() -> None:
    with Parser() as parser:
        assert parser.worker_id is None
        parser.parse(rss(), url=URL)
        worker = parser.worker_id
        assert worker is not None
    assert not _lives(worker)


def test_closed_parser_starts_again_when_it_is_used() -> None:
    with Parser() as parser:
        parser.parse(rss(), url=URL)
        parser.close()
        assert parser.parse(rss(), url=URL).title == "Tea Notes"


def test_idle_worker_ends_and_the_next_feed_is_fine() -> None:
    with Parser(idle_seconds=0.05) as parser:
        parser.parse(rss(), url=URL)
        deadline = time.monotonic() + 5
        while parser.worker_id is not None and time.monotonic() < deadline:
            time.sleep(0.02)
        assert parser.worker_id is None
        assert parser.parse(rss(), url=URL).title == "Tea Notes"


@pytest.mark.skipif(sys.platform == "win32", reason="kills by signal")
def test_worker_killed_from_outside_is_replaced() -> None:
    with Parser() as parser:
        parser.parse(rss(), url=URL)
        assert parser.worker_id is not None
        os.kill(parser.worker_id, signal.SIGKILL)
        assert parser.parse(rss(), url=URL).title == "Tea Notes"


def test_worker_that_cannot_start_is_a_bug_and_not_blamed_on_the_feed() -> None:
    with Parser(memory_bytes=20 << 20) as parser, pytest.raises(WorkerError, match="did not start"):
        parser.parse(rss(), url=URL)


def test_parser_is_shared_by_threads(parser: Parser) -> None:
    titles: list[str] = []

    def read(number: int) -> None:
        titles.append(parser.parse(rss(title=f"Feed {number}"), url=URL).title)

    threads = [threading.Thread(target=read, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(titles) == [f"Feed {number}" for number in range(8)]


def test_cancel_leaves_the_parser_usable() -> None:
    with Parser() as parser:
        with pytest.raises(Cancelled):
            parser.parse(b"<" * 3_000_000, url=URL, cancelled=lambda: True)
        assert parser.parse(rss(), url=URL).title == "Tea Notes"


def test_importing_the_parser_imports_no_reader_of_feeds() -> None:
    code = (
        "import sys, pln.sources.parse; print([m for m in ('feedparser', 'lxml', 'nh3', 'httpx') if m in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except OSError:
        return False
    return True
