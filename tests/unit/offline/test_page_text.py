"""The article of a page, found and cleaned in the worker; and when the page's text is no gain."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from pln.model.errors import UnreadableInput
from pln.model.offline import why_not_fuller
from pln.sources.parse import Parser

WORDS = " ".join(f"The ferry keeps its own time, said the keeper on day {n}." for n in range(40))


@pytest.fixture(scope="module")
def worker() -> Iterator[Parser]:
    with Parser(deadline_seconds=60, idle_seconds=3600) as running:
        running.page_text(page("<p>" + WORDS), url="https://ferry.example/a")
        yield running


def page(inside: str, head: str = "<title>The ferry | Harbour</title>") -> bytes:
    menu = "<nav><a href='/x'>Home</a> <a href='/y'>About</a></nav><footer>All rights reserved</footer>"
    return f"<html><head>{head}</head><body>{menu}<article>{inside}</article></body></html>".encode()


def test_the_article_is_found_without_its_surroundings(worker: Parser) -> None:
    found = worker.page_text(page(f"<h2>Ferry</h2><p>{WORDS}</p>"), url="https://ferry.example/a")
    assert found.title.startswith("The ferry")
    assert "said the keeper on day 39" in found.text
    assert "All rights reserved" not in found.text


def test_pictures_are_named_and_those_that_count_readers_are_not_among_them(worker: Parser) -> None:
    inside = (
        f"<p>{WORDS}</p><p><img src='/a.jpg' alt='A ferry'></p>"
        f"<img src='https://count.example/1.gif' width='1' height='1'><p>{WORDS}</p>"
        "<img data-src='/late.jpg' src='data:image/gif;base64,R0lGODlhAQABAAAAACw='>"
    )
    found = worker.page_text(page(inside), url="https://ferry.example/a/b")
    urls = {link.url for link in found.pictures}
    assert urls == {"https://ferry.example/a.jpg", "https://ferry.example/late.jpg"}
    assert all(f'src="pln-img:{link.key}"' in found.html for link in found.pictures)


def test_nothing_active_is_left(worker: Parser) -> None:
    inside = f"<p onclick='x()'>{WORDS}</p><script>alert(1)</script><iframe src='https://a.example'></iframe>"
    found = worker.page_text(page(inside), url="https://ferry.example/a")
    for bad in ("script", "iframe", "onclick", "alert", "http://", "file:"):
        assert bad not in found.html


@pytest.mark.parametrize(
    ("charset", "content_type", "head"),
    [
        ("utf-8", "text/html; charset=utf-8", ""),
        ("windows-1252", "text/html; charset=windows-1252", ""),
        ("koi8-r", "text/html", "<meta charset='koi8-r'>"),
        ("utf-8", "text/html", ""),
        ("utf-8", "text/html; charset=no-such-thing", ""),
    ],
)
def test_pages_of_several_charsets(worker: Parser, charset: str, content_type: str, head: str) -> None:
    word = "Паром" if charset == "koi8-r" else "Fähre"
    body = page(f"<p>{word}. {WORDS}</p>", head).decode().encode(charset)
    found = worker.page_text(body, url="https://ferry.example/a", content_type=content_type)
    assert word in found.text


@pytest.mark.parametrize(
    "body", [b"", b"\0" * 5000, b"<" * 20_000, b"<div>" * 30_000, b"\xff\xfe" + b"a" * 100, b"<p>" + b"x" * 500_000]
)
def test_odd_pages_cost_a_sentence_at_most(worker: Parser, body: bytes) -> None:
    try:
        found = worker.page_text(body, url="https://ferry.example/a")
    except UnreadableInput as refused:
        assert refused.sentence.endswith(".")
    else:
        assert "<script" not in found.html
    assert worker.page_text(page(f"<p>{WORDS}</p>"), url="https://ferry.example/a").text


LONG = " ".join(f"word{n}" for n in range(400))
SAID = " ".join(f"word{n}" for n in range(100))


@pytest.mark.parametrize(
    ("title", "said", "page_title", "found", "fuller"),
    [
        ("Ferries", SAID, "Ferries - Harbour", LONG, True),
        ("Ferries", "A teaser.", "Ferries", LONG, True),
        ("", "", "", LONG, True),
        ("Ferries", LONG, "Ferries", SAID, False),
        ("Ferries", LONG, "Ferries", LONG, False),
        ("Ferries", SAID, "Sign in", " ".join(f"other{n}" for n in range(400)), False),
        ("Ferries", SAID, "Harbour", LONG, True),
        ("Ferries", "A teaser.", "Ferries", "We value your privacy. Please accept cookies to go on.", False),
        ("Ferries", SAID, "Ferries", "", False),
    ],
)
def test_the_fuller_text_wins(title: str, said: str, page_title: str, found: str, fuller: bool) -> None:
    why = why_not_fuller(title, said, page_title, found)
    assert (why == "") is fuller
    assert fuller or why.endswith("The feed's text is shown.")
