"""Pages made to keep their reader busy, or to bring in what is nobody's text: read, or refused in words."""

from __future__ import annotations

import time
import warnings

import pytest

from pln.model.errors import UnreadableInput
from pln.sources.page_text import page_text

URL = "https://tea.example/page"
PAGES = {
    "pictures begun": b"<img " * 200_000,
    "widths begun": b"<img width" * 100_000,
    "a picture of blanks": b"<img" + b" " * 1_000_000,
    "deep": b"<div>" * 200_000 + b"x",
    "tables within tables": b"<table><tr><td>" * 30_000,
    "comments": b"<!--" * 200_000,
    "halves of characters": b"<meta charset=unicode_escape><p>" + b"\\ud800 words, and words. " * 300,
    "another encoding than text": b"<meta charset=hex><p>x",
    "nothing": b" ",
    "zeros": b"\0" * 500_000,
}


@pytest.mark.parametrize("name", PAGES)
def test_page_is_read_or_refused_soon(name: str) -> None:
    begun = time.process_time()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the libraries, about pages, as in the worker
        try:
            found = page_text(PAGES[name], URL, "text/html")
        except UnreadableInput:
            return
    assert time.process_time() - begun < 6
    repr(found).encode()  # no half of a character may get into the store


def test_script_in_an_encoding_of_its_own_is_no_script() -> None:
    page = b"<meta charset=utf-7><p>Words, and words. +ADw-script+AD4-alert(1)+ADw-/script+AD4-</p>"
    assert "<script" not in page_text(page, URL, "text/html").html
