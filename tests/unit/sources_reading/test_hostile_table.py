"""The table of hostile and broken input, row by row: what the best readers fail at, and what was seen to do harm.

"feed:" broken and hostile feeds; "threat:" what else comes from outside. Each row that is about feeds is read here, in
the worker, and leaves the other entries of its feed whole; nothing is asked of the network or of a file, and nothing
active is left. A row that has tests of its own elsewhere names them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from architecture.test_threat_model import functions_of
from feed_documents import item, rss
from feed_server import FeedServer
from pln.model.errors import UnreadableInput
from pln.model.feed import ParsedEntry, ParsedFeed
from pln.sources.feed_document import MAX_ENTRIES
from pln.sources.opml import read_opml
from pln.sources.parse import Parser
from property.test_hostile_feeds import ACTIVE
from unit.offline.test_picture_decode import HOSTILE as PICTURES
from unit.sources_reading.test_parse_hostile import HARMLESS, _worked

URL = "https://tea.example/feed.xml"
WORDS = "<p>" + "word after word " * 130 + "</p>"
SECRET = "CANARY"
SECONDS = 8  # of the processor; as long as the worker has by the clock


@dataclass(frozen=True, slots=True)
class Reader:
    """What a row is read with. places: a file and an address that hold a secret, and that nobody may look at."""

    parser: Parser
    places: tuple[str, ...]

    def read(self, body: bytes) -> ParsedFeed:
        """A feed as the worker reads it, with what must be true of every one."""
        before = _worked(self.parser)
        feed = self.parser.parse(body, url=URL)
        assert _worked(self.parser) - before < SECONDS
        assert SECRET not in repr(feed)
        for entry in feed.entries:
            assert not ACTIVE.search(entry.html)
            assert entry.url == "" or entry.url.startswith("https://")
        return feed

    def read_beside_others(self, odd: str, before: str = "") -> ParsedEntry:
        """An item among 29 others, which must all be there."""
        feed = self.read(rss(*map(item, range(15)), odd, *map(item, range(15, 29)), before=before))
        assert len(feed.entries) == 30
        (found,) = [entry for entry in feed.entries if not entry.title.startswith("Leaf")]
        return found

    def refused(self, body: bytes) -> str:
        with pytest.raises(UnreadableInput) as refusal:
            self.parser.parse(body, url=URL)
        return refusal.value.sentence


@pytest.fixture
def reader(parser: Parser, tmp_path: Path) -> Iterator[Reader]:
    file = tmp_path / "secret.txt"
    file.write_text(SECRET)
    with FeedServer({"/x": SECRET.encode()}) as outside:
        yield Reader(parser, (file.as_uri(), outside.url("/x")))
        assert outside.connections == 0, "a feed made a request"


def odd(title: str = "Odd", text: str = "") -> str:
    """An item whose title and text are put in as they are."""
    return f"<item><title>{title}</title><guid>odd</guid><description>{text}</description></item>"


def cdata(html: str) -> str:
    return odd(text=f"<![CDATA[{html}]]>")


def in_encoding(encoding: str, label: str, words: str) -> bytes:
    text = rss(*map(item, range(29)), odd(words, words)).decode()
    return text.replace("UTF-8", label).encode(encoding)


# The rows -----------------------------------------------------------------------------------------------------------


def billion_laughs(reader: Reader) -> None:
    steps = "".join(f'<!ENTITY {chr(98 + n)} "{("&" + chr(97 + n) + ";") * 10}">' for n in range(9))
    found = reader.read_beside_others(odd(text="&j;"), f'<!DOCTYPE rss [<!ENTITY a "lol">{steps}]>')
    assert len(found.text) < 10_000


def quadratic_entities(reader: Reader) -> None:
    before = f'<!DOCTYPE rss [<!ENTITY a "{"A" * 50_000}">]>'
    assert len(reader.read_beside_others(odd(text="&a;" * 20_000), before).text) < 1_000_000


def outside_entities(reader: Reader) -> None:
    for place in reader.places:
        for start in (f'<!ENTITY x SYSTEM "{place}">', f'<!ENTITY % x SYSTEM "{place}"> %x;'):
            reader.read_beside_others(odd(text="&x;"), f"<!DOCTYPE rss [{start}]>")
        reader.read_beside_others(odd(text="&x;"), f'<!DOCTYPE rss SYSTEM "{place}">')


def nested_xml(reader: Reader, depth: int = 100_000) -> None:
    reader.read_beside_others(odd(text="<a>" * depth + "x" + "</a>" * depth))


def nested_html(reader: Reader) -> None:
    assert reader.read_beside_others(cdata("<div>" * 50_000 + "word")).text == "word"


def many_entries(reader: Reader, count: int) -> None:
    """As many as are kept, also of a feed that is damaged, which is read another way."""
    body = rss(*(item(number, WORDS) for number in range(count)))
    for each in (body, body + b"<junk/>", body[: len(body) * 7 // 10]):
        feed = reader.read(each)
        assert [entry.guid for entry in feed.entries] == [f"leaf-{number}" for number in range(MAX_ENTRIES)]


def truncated(reader: Reader) -> None:
    body = rss(*(item(number, WORDS) for number in range(30)))
    feed = reader.read(body[: len(body) * 7 // 10])
    assert len(feed.entries) == 21
    assert all(entry.text == WORDS[3:-4].strip() for entry in feed.entries[:20])
    assert "not well-formed" in feed.problem


def bare_ampersand(reader: Reader) -> None:
    found = reader.read_beside_others(odd("AT&T and Q&A", "Salt & pepper &amp; AT&T"))
    assert (found.title, found.text) == ("AT&T and Q&A", "Salt & pepper & AT&T")


def html_entities(reader: Reader) -> None:
    found = reader.read_beside_others(odd("caf&eacute; &mdash; &hellip;", "na&iuml;ve&nbsp;&copy; AT&amp;T"))
    assert (found.title, found.text) == ("café — …", "naïve © AT&T")


def control_bytes(reader: Reader) -> None:
    found = reader.read_beside_others(odd("O\x01d\x08d", "w\x0co\x1brd"))
    assert (found.title, found.text) == ("Odd", "word")


def undeclared_prefix(reader: Reader) -> None:
    found = reader.read_beside_others(
        odd().replace("</item>", "<new:thing>x</new:thing><dc:creator>Ada</dc:creator></item>")
    )
    assert found.title == "Odd"


def blank_before_the_declaration(reader: Reader) -> None:
    for blank in (b"\n", b"  \r\n", b"\xef\xbb\xbf\n"):
        assert len(reader.read(blank + rss(*map(item, range(30)))).entries) == 30


def latin_1_labelled_utf_8(reader: Reader) -> None:
    feed = reader.read(in_encoding("iso-8859-1", "UTF-8", "café"))
    assert (len(feed.entries), feed.entries[-1].title, feed.entries[-1].text) == (30, "café", "café")


def encodings(reader: Reader) -> None:
    for encoding, label, words in ENCODINGS:
        feed = reader.read(in_encoding(encoding, label, words))
        assert (len(feed.entries), feed.entries[-1].title, feed.entries[-1].text) == (30, words, words), encoding


ENCODINGS = [
    ("cp1251", "windows-1251", "Привет, чай"), ("shift_jis", "Shift_JIS", "お茶の表"),
    ("utf-16", "UTF-16", "お茶, чай"), ("utf-16-be", "UTF-16BE", "чай"), ("euc_jp", "EUC-JP", "お茶の表"),
    ("gb18030", "GB2312", "茶与朋友"), ("big5", "Big5", "茶與朋友"), ("koi8_r", "KOI8-R", "чай"),
]  # fmt: skip


def empty_body(reader: Reader) -> None:
    for body in (b"", b" \n", b"\xef\xbb\xbf", b"\x00" * 9):
        assert "sent nothing" in reader.refused(body)


def html_page(reader: Reader) -> None:
    for body in (b"<!DOCTYPE html><html><title>Tea</title></html>", b"<html><body><p>Not here.", b"\n<!-- x --><HTML>"):
        assert "web page" in reader.refused(body)


def xss(reader: Reader) -> None:
    for payload in PAYLOADS.strip().splitlines():
        for each in (cdata(f"{payload}<p>word</p>"), odd(payload.replace("&", "&amp;").replace("<", "&lt;"), "word")):
            feed = reader.read(rss(item(1), each, item(2)))
            assert [entry.guid for entry in feed.entries] == ["leaf-1", "odd", "leaf-2"], payload
            tags = re.findall("<[^>]*>", "".join(entry.html for entry in feed.entries))
            assert not any("alert" in tag for tag in tags), payload


PAYLOADS = """
<script>alert(1)</script>
<img src=x onerror=alert(1)>
<a href="javascript:alert(1)">x</a>
<a href=" java&#x0A;script:alert(1)">x</a>
<a href="data:text/html,<script>alert(1)</script>">x</a>
<a href="vbscript:alert(1)">x</a>
<svg onload=alert(1)><script>alert(1)</script></svg>
<svg><a xlink:href="javascript:alert(1)"><text>x</text></a></svg>
<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table></mtext></math>
<form action="javascript:alert(1)"><button formaction="javascript:alert(1)">x</button></form>
<iframe src="javascript:alert(1)"></iframe>
<iframe srcdoc="<script>alert(1)</script>"></iframe>
<object data="javascript:alert(1)"></object>
<embed src="data:image/svg+xml,alert(1)">
<meta http-equiv=refresh content="0;url=javascript:alert(1)">
<link rel=stylesheet href="javascript:alert(1)">
<base href="javascript:alert(1)//">
<style>@import "javascript:alert(1)";</style>
<p style="background:url(javascript:alert(1))">x</p>
<template><script>alert(1)</script></template>
<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>
<textarea></textarea><script>alert(1)</script>
<scr<script>ipt>alert(1)</scr</script>ipt>
<img src="x` `<script>alert(1)</script>"` `>
<details open ontoggle=alert(1)>x</details>
<video><source onerror=alert(1)></video>
"""


def deep_xml(reader: Reader) -> None:
    nested_xml(reader, 200_000)
    outlines = "<outline text='a'>" * 200_000 + "<outline xmlUrl='https://t.example/'/>" + "</outline>" * 200_000
    (skipped,) = read_opml(f"<opml><body>{outlines}</body></opml>".encode()).skipped
    assert skipped.name == "https://t.example/"


def entities_in_lists(reader: Reader) -> None:
    for place in reader.places:
        for start in (f'<!ENTITY x SYSTEM "{place}">', '<!ENTITY x "lol">', f'<!ENTITY x "{"A" * 50_000}">'):
            body = f"<!DOCTYPE opml [{start}]><opml><outline text='&x;' xmlUrl='https://t.example/'/></opml>"
            with pytest.raises(UnreadableInput, match="definitions of its own"):
                read_opml(body.encode())


def costly_for_feedparser(reader: Reader) -> None:
    for name in ("author that would backtrack", "100,000 attributes", "unclosed comments", "brackets"):
        assert len(reader.read(HARMLESS[name]()).entries) == 1


def body_that_is_a_path(reader: Reader) -> None:
    for place in reader.places:
        assert "neither RSS" in reader.refused(place.encode())
        assert "neither RSS" in reader.refused(place.removeprefix("file://").encode())


def local_pictures_and_links(reader: Reader) -> None:
    places = (*reader.places[:1], "//host/share/x.png", "\\\\host\\share\\x.png", "file:///etc/passwd", "smb://host/x")
    links = "".join(f'<img src="{place}" alt="p"><a href="{place}">l</a>' for place in places)
    found = reader.read_beside_others(cdata(links))
    assert not re.search(r'(?:href|src)="(?!https://|pln-img:)', found.html)
    assert all(each.url.startswith("https://") for each in found.pictures), "none without a scheme, none local"


def pictures_that_are_none(reader: Reader) -> None:
    for name in ("an SVG that is called a PNG", "a TIFF", "an icon", "a page"):
        with pytest.raises(UnreadableInput):
            reader.parser.picture(PICTURES[name])


def picture_bombs(reader: Reader) -> None:
    for name in [each for each in PICTURES if "bomb" in each]:
        with pytest.raises(UnreadableInput):
            reader.parser.picture(PICTURES[name])


def counting_pictures(reader: Reader) -> None:
    pixel = '<img src="https://t.example/p.gif?reader=7" width="1" height="1">'
    link = '<a href="https://t.example/?utm_source=feed&amp;a=1&amp;fbclid=7">x</a>'
    found = reader.read_beside_others(cdata(f"{pixel}{link}"))
    assert (found.pictures, found.html) == ((), '<a href="https://t.example/?a=1">x</a>')


def lists_that_point_elsewhere(reader: Reader) -> None:
    outlines = [f'<outline text="a" xmlUrl="{place}"/>' for place in ("file:///etc/passwd", "javascript:alert(1)")]
    outlines += [f'<outline type="include" url="{place}"/>' for place in reader.places]
    found = read_opml(f"<opml>{''.join(outlines)}<outline xmlUrl='https://t.example/'/></opml>".encode())
    assert (len(found.feeds), len(found.skipped)) == (1, 4)


ROWS: dict[str, Callable[[Reader], None]] = {
    "feed: billion laughs": billion_laughs,
    "feed: quadratic entities": quadratic_entities,
    "feed: XXE of a file and of an address": outside_entities,
    "feed: 100,000 nested XML tags": nested_xml,
    "feed: 50,000 nested HTML divs": nested_html,
    "feed: 6 MB, 2,900 entries": lambda reader: many_entries(reader, 2_900),
    "feed: truncated at 70 %": truncated,
    "feed: bare &": bare_ampersand,
    "feed: HTML entities": html_entities,
    "feed: control bytes": control_bytes,
    "feed: undeclared prefix": undeclared_prefix,
    "feed: blank before <?xml": blank_before_the_declaration,
    "feed: Latin-1 labelled UTF-8": latin_1_labelled_utf_8,
    "feed: cp1251, Shift_JIS, UTF-16": encodings,
    "feed: empty body": empty_body,
    "feed: HTML page": html_page,
    "feed: XSS payload": xss,
    "threat: XXE, billion laughs, quadratic in OPML": entities_in_lists,
    "threat: deep XML (200,000)": deep_xml,
    "threat: feedparser CPU (author, attributes, comments)": costly_for_feedparser,
    "threat: body that is a path": body_that_is_a_path,
    "threat: HTML and JS injection, javascript:, data:, SVG, forms": xss,
    "threat: file:// and UNC pictures, local links": local_pictures_and_links,
    "threat: SVG as .png": pictures_that_are_none,
    "threat: image bombs": picture_bombs,
    "threat: pictures and links that count readers": counting_pictures,
    "threat: OPML include, file: and javascript:": lists_that_point_elsewhere,
}
SOURCES, UNITS = "tests/unit/sources_reading", "tests/unit"
ELSEWHERE = {
    "feed: damaged, and slow in feedparser (author, attributes, brackets)":
        f"{SOURCES}/test_parse_hostile.py::test_slow_feed_is_cut_and_the_next_one_is_fine",
    "feed: more memory than a feed may take":
        f"{SOURCES}/test_parse_hostile.py::test_feed_that_needs_too_much_memory_is_refused_and_the_next_one_is_fine",
    "threat: the window goes on meanwhile":
        "tests/ui/reading/test_hang_corpus.py::test_the_window_goes_on_and_the_next_feed_is_read",
    "threat: what is shown asks for no file and no address":
        "tests/ui/reading/test_safe_browser.py::test_what_asks_all_the_same_gets_nothing",
    "threat: UNC paths and local links do not go out":
        "tests/ui/program/test_outside.py::test_only_web_and_mail_addresses_go_outside",
    "threat: redirect to localhost":
        f"{SOURCES}/test_http_guard.py::test_redirect_from_an_allowed_place_to_a_private_one_is_refused",
    "threat: gzip bomb": f"{SOURCES}/test_http.py::test_gzip_bomb_is_cut_within_little_memory_and_time",
    "threat: br and zstd bomb": f"{SOURCES}/test_http.py::test_other_packing_than_gzip_is_refused",
    "threat: endless body": f"{SOURCES}/test_http.py::test_endless_body_is_cut",
    "threat: slow drip": f"{SOURCES}/test_http.py::test_deadline_ends_a_slow_answer",
    "threat: CSV formulas (PLN writes no CSV)": f"{UNITS}/sources_people/test_tables.py::test_formulas_stay_text",
    "threat: vCard injection": "tests/property/test_people_roundtrip.py::test_people_written_and_read_are_the_same",
    "threat: vCard nesting":
        f"{UNITS}/sources_people/test_bad_input.py::test_three_thousand_cards_within_cards_are_one_person",
    "threat: zip (backups alone are zips)":
        f"{UNITS}/store/test_backup_file.py::test_a_packed_bomb_is_refused_before_it_is_unpacked",
    "threat: secrets in logs": f"{UNITS}/system/test_private_log.py::test_messages_are_redacted_whole",
    "threat: secrets of addresses": f"{SOURCES}/test_http.py::test_secrets_of_addresses_reach_neither_messages_nor_log",
    "threat: clipboard": "tests/ui/first/test_secret_clipboard.py::test_a_program_that_ends_with_it_ends_well",
    "threat: journal leaking by sharing": f"{UNITS}/share/test_canaries.py::test_no_canary_leaves",
    "threat: journal leaking anywhere":
        "tests/e2e/canary_day/test_canary_day.py::test_a_day_everywhere_leaves_no_word_behind",
}  # fmt: skip


@pytest.mark.parametrize("row", ROWS)
def test_row(reader: Reader, row: str) -> None:
    ROWS[row](reader)


@pytest.mark.parametrize("row", ELSEWHERE)
def test_row_has_its_test_elsewhere(row: str) -> None:
    path, _, name = ELSEWHERE[row].partition("::")
    assert name in functions_of(path)
    marks = [each.id for each in functions_of(path)[name].decorator_list if hasattr(each, "id")]
    assert "long" not in marks


@pytest.mark.long
def test_row_53_mb_of_25_000_entries(reader: Reader) -> None:
    many_entries(reader, 25_000)
