"""A page that is set piece by piece is the page that is set at once."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QObject
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QApplication

from pln.ui.reading.direction import by_content
from pln.ui.reading.page_style import style
from pln.ui.reading.pieces import pieces
from pln.ui.reading.safe_browser import Refusals
from pln.ui.reading.typeset import PageBuild, page_html
from pln.ui.theme import Theme

WORDS = st.text(alphabet="abcd é世 ", min_size=1, max_size=30).map(lambda text: f"x{text}")
LINE = st.one_of(WORDS, WORDS.map(lambda text: f"<b>{text}</b> <a href='https://x.example'>link</a>"))
BLOCK = st.one_of(
    LINE.map(lambda line: f"<p>{line}</p>"),
    LINE.map(lambda line: f'<p dir="rtl">{line}</p>'),
    LINE.map(lambda line: f"<h2>{line}</h2>"),
    st.lists(LINE, min_size=1, max_size=3).map(lambda items: f"<ul>{''.join(f'<li>{i}</li>' for i in items)}</ul>"),
    LINE.map(lambda line: f"<blockquote><p>{line}</p></blockquote>"),
    LINE.map(lambda line: f"<pre>{line}\nmore</pre>"),
    LINE.map(lambda line: f"<table><tbody><tr><td>{line}</td></tr></tbody></table>"),
    LINE.map(lambda line: f"<figure><figcaption>{line}</figcaption></figure>"),
    st.just("<p></p>"),  # beside <hr>, which is left out here, it may give one empty line more
)
BODY = st.recursive(
    st.lists(BLOCK, max_size=6).map("".join), lambda inner: inner.map(lambda body: f"<div>{body}</div>"), max_leaves=3
)  # fmt: skip
BODIES = st.lists(BODY, min_size=1, max_size=4).map("".join)


def texts(html: str) -> str:
    return re.sub(r"<[^>]*>", "", html)


@given(BODIES)
def test_nothing_is_lost_or_doubled(html: str) -> None:
    assert "".join(map(texts, pieces(html, 20, 20))) == texts(html)


def test_wrappers_are_closed_and_opened_anew() -> None:
    html = '<section><div dir="rtl"><p>one</p><p>two</p></div></section>'
    assert list(pieces(html, 5, 5)) == [
        '<section><div dir="rtl"><p>one</p></div></section>',
        '<section><div dir="rtl"><p>two</p></div></section>',
    ]


@pytest.mark.parametrize(
    "html", ["", "text alone", "<p>one</p><p>two", "<table><tr><td><p>a</p><p>b</p></td></tr></table>"]
)
def test_what_has_no_place_to_cut_stays_together(html: str) -> None:
    assert list(pieces(html, 1, 1))[-1].endswith(html[-3:])
    assert "".join(pieces(html, 1, 1)) == html


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<p dir="rtl">على حافة</p><p>b</p>', "<p>على حافة</p><p>b</p>"),
        ('<p dir="rtl"><b>PLN</b> على</p>', "<p>&#8207;<b>PLN</b> على</p>"),
        ('<div dir=\'rtl\'><p class="x" dir="ltr">a</p></div>', '<div><p class="x">a</p></div>'),
        ("<p>the text dir= stays</p>", "<p>the text dir= stays</p>"),
    ],
)
def test_lines_run_as_their_words_do(html: str, expected: str) -> None:
    assert by_content(html) == expected


def blocks(document: QTextDocument) -> list[object]:
    found: list[object] = []
    block = document.begin()
    while block.isValid():
        shape = {key: value for key, value in block.blockFormat().properties().items() if key and value}
        found.append((block.text(), block.textList() is not None, shape))
        block = block.next()
    return found


def built(html: str, monkeypatch: pytest.MonkeyPatch, size: int, parent: QObject) -> QTextDocument:
    monkeypatch.setattr("pln.ui.reading.typeset.pieces", lambda html: pieces(html, size, size))
    page = PageBuild(page_html("A title", "", html), style(), Refusals(), parent)
    while not page.whole:
        page.step()
    return page.document


@settings(max_examples=40, deadline=None)
@given(html=BODIES)
def test_piece_by_piece_is_the_same_page(qapp: QApplication, html: str) -> None:
    theme = Theme.install(qapp)
    parent = QObject()
    try:
        with pytest.MonkeyPatch.context() as monkeypatch:
            whole = blocks(built(html, monkeypatch, 10**9, parent))
            parts = blocks(built(html, monkeypatch, 20, parent))
        assert [each[:2] for each in parts] == [each[:2] for each in whole]  # type: ignore[index]
        assert parts == whole
    finally:
        theme.remove()
