"""Each form of export that other readers write, told by its content; the people and pages are invented."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pln.model.errors import UnreadableInput
from pln.model.reader_export import KeptArticle
from pln.sources.reader_export_items import when
from pln.sources.reader_exports import is_reader_export, read_export

AT = datetime(2026, 11, 1, 12, tzinfo=UTC)
SECONDS = int(AT.timestamp())
FEED = {"streamId": "feed/https://kiln.example/feed", "title": "Kiln", "htmlUrl": "https://kiln.example/"}
GOOGLE = {
    "id": "user/-/state/com.google/starred",
    "items": [
        {
            "id": "tag:google.com,2005:reader/item/1", "guid": "kiln-1", "title": "On clay", "author": "Ada",
            "published": SECONDS, "crawlTimeMsec": str(SECONDS * 1000), "canonical": [{"href": "https://kiln.example/1"}],
            "content": {"content": "<p>Clay</p>"}, "origin": FEED,
            "categories": ["user/-/state/com.google/reading-list", "user/-/state/com.google/starred",
                           "user/-/label/Craft"],
        },
        {"title": "Lost", "origin": FEED, "categories": []},
    ],
}  # fmt: skip
FEEDLY = [
    {
        "id": "x", "originId": "https://kiln.example/1", "title": "On clay", "published": SECONDS * 1000,
        "actionTimestamp": SECONDS * 1000, "canonicalUrl": "https://kiln.example/1", "origin": FEED,
        "content": {"content": "<p>Clay</p>", "direction": "ltr"},
        "tags": [{"id": "user/1/tag/global.saved"}, {"id": "user/1/tag/b2", "label": "Craft"}],
    }
]  # fmt: skip
MINIFLUX = {"total": 1, "entries": [{
    "title": "On clay", "url": "https://kiln.example/1", "content": "<p>Clay</p>",
    "published_at": "2026-11-01T12:00:00Z",
    "starred": True, "status": "read", "tags": ["Craft"], "changed_at": "2026-11-01T12:00:00Z",
    "feed": {"feed_url": "https://kiln.example/f", "title": "Kiln", "site_url": "https://kiln.example/"}}]}  # fmt: skip
NEWSBLUR = {"stories": [{
    "story_title": "On clay", "story_permalink": "https://kiln.example/1", "story_content": "<p>Clay</p>",
    "story_timestamp": str(SECONDS), "starred_timestamp": SECONDS, "user_tags": ["Craft"]}]}  # fmt: skip
WALLABAG = [{
    "title": "On clay", "url": "https://kiln.example/1", "content": "<p>Clay</p>", "is_archived": 1, "is_starred": 1,
    "created_at": "2026-11-01T12:00:00+0000", "domain_name": "kiln.example", "tags": [{"label": "Craft"}]}]  # fmt: skip
POCKET = {"status": 1, "list": {"7": {
    "given_url": "https://kiln.example/1", "resolved_title": "On clay", "favorite": "1", "status": "1",
    "time_added": str(SECONDS), "tags": {"Craft": {"tag": "Craft"}}}}}  # fmt: skip
TABLE = (
    f'title,url,time_added,tags,status\n"On clay",https://kiln.example/1,{SECONDS},Craft|Kiln,unread\nx,nowhere,,,\n'
)
PAGE = f"""<!DOCTYPE html><html><head><title>Export</title></head><body><h1>Read Archive</h1><ul>
<li><a href="https://kiln.example/1" time_added="{SECONDS}" tags="Craft">On clay</a></li>
<li><a href="javascript:alert(1)" time_added="1" tags="">bad</a></li></ul></body></html>"""


@pytest.mark.parametrize("data", [GOOGLE, FEEDLY, MINIFLUX, NEWSBLUR, WALLABAG, POCKET, TABLE, PAGE])
def test_every_form_gives_title_address_date_and_tag(data: object) -> None:
    raw = (data if isinstance(data, str) else json.dumps(data)).encode()
    assert is_reader_export(raw)
    (article,) = read_export(raw).articles
    assert (article.url, article.title) == ("https://kiln.example/1", "On clay")
    assert "Craft" in article.tags
    assert article.starred_at == AT
    if isinstance(data, dict | list):
        assert article.starred
    if data not in (TABLE, PAGE, POCKET):
        assert article.html == "<p>Clay</p>"


def test_what_google_readers_form_tells_is_kept() -> None:
    export = read_export(b"\xef\xbb\xbf" + json.dumps(GOOGLE).encode())
    assert export.articles == (
        KeptArticle(
            url="https://kiln.example/1", guid="kiln-1", title="On clay", author="Ada", html="<p>Clay</p>",
            published=AT, feed_url="https://kiln.example/feed", feed_title="Kiln", feed_site="https://kiln.example/",
            starred=True, starred_at=AT, read=False, tags=("Craft",),
        ),
    )  # fmt: skip
    assert export.skipped == (("Lost", "It has no address."),)


def test_lists_tell_what_waits_to_be_read() -> None:
    (from_table,) = read_export(TABLE.encode()).articles
    assert (from_table.later, from_table.read, from_table.starred) == (True, False, False)
    assert from_table.tags == ("Craft", "Kiln")
    export = read_export(PAGE.encode())
    assert (export.articles[0].later, export.articles[0].read) == (False, True)
    assert export.skipped == (("bad", "Its address is no web address."),)


@pytest.mark.parametrize(
    "data",
    [b"", b"{}", b'{"items": []}', b'{"items": [{"a": 1}]}', b'{"items": [', b"[" * 100_000, b"<html><p>x</p></html>",
     b"name,phone\na,b\n", b'{"items": [3, null]}', json.dumps([[[[]]]]).encode(), b"\x00\xff\xfe"],
)  # fmt: skip
def test_what_is_no_export_is_refused_in_a_sentence(data: bytes) -> None:
    with pytest.raises(UnreadableInput, match="Nothing was changed"):
        read_export(data)


def test_other_files_are_not_taken_for_one() -> None:
    for other in (b"BEGIN:VCARD\n", b"Name,E-mail\nAda,a@b.example\n", b'{"people": []}', b"<html>", b"",
                  b"First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"):  # fmt: skip
        assert not is_reader_export(other)


@given(st.binary(max_size=300) | st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=5),
       lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(
           ["items", "origin", "canonical", "alternate", "href", "title", "published", "tags", "categories", "list",
            "given_url", "url", "stories", "story_permalink", "feed", "published_at", "content"]), inner, max_size=4),
       max_leaves=20).map(lambda data: json.dumps(data).encode()))  # fmt: skip
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    is_reader_export(data)
    try:
        export = read_export(data)
    except UnreadableInput:
        return
    assert all(each.url.startswith("http") for each in export.articles)


@pytest.mark.parametrize(
    ("value", "found"),
    [(SECONDS, AT), (SECONDS * 1000, AT), (str(SECONDS * 1_000_000), AT), ("2026-11-01T12:00:00Z", AT),
     ("2026-11-01 12:00", AT), ("", None), (None, None), (True, None), ("x", None), (0, None), (-5, None), ([], None)],
)  # fmt: skip
def test_dates(value: object, found: datetime | None) -> None:
    assert when(value) == found


def test_time_without_end_is_no_time() -> None:
    """JSON as Python reads it has infinity: dividing it until it is small never ends."""
    data = b'{"items":[{"origin":{},"canonical":[{"href":"https://kiln.example/1"}],"published":1e999,"title":"t"}]}'
    assert read_export(data).articles[0].published is None
    assert when(float("-inf")) is None
    assert when(float("nan")) is None


def test_half_a_character_does_not_reach_the_store() -> None:
    data = json.loads(json.dumps(GOOGLE))
    data["items"][0] |= {"title": "Pots \ud83c", "categories": ["user/-/label/\ud83c"], "guid": "\udf36"}
    repr(read_export(json.dumps(data).encode()).articles[0]).encode()
    assert read_export(json.dumps(data).encode()).articles[0].title == "Pots ?"


@pytest.mark.parametrize("part", ["<!--", "<![CDATA[", "<?", "</", "<a ", "<h1>", "<a href='", "&#", "<title></tit"])
def test_page_made_to_keep_a_reader_busy(part: str) -> None:
    begun = time.process_time()
    data = (
        b"<!DOCTYPE NETSCAPE-Bookmark-file-1><dl><a href='https://kiln.example/1' add_date=1>Clay &amp; <b>pots</b></a>"
    )
    found = read_export(data + part.encode() * 300_000).articles
    assert (found[0].url, found[0].title) == ("https://kiln.example/1", "Clay & pots")
    assert time.process_time() - begun < 5


def test_table_with_a_long_text() -> None:
    data = b'url,title,time_added,tags\nhttps://kiln.example/1,"' + b"clay " * 40_000 + b'",1,a\n'
    assert len(read_export(data).articles) == 1
