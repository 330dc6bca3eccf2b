"""Lists of feeds: what is read, what is skipped and why, and that writing loses nothing."""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pln.model.errors import UnreadableInput
from pln.model.feed import Feed
from pln.sources.opml import MAX_BYTES, MAX_DEPTH, MAX_OUTLINES, OpmlFeed, OpmlFile, read_opml, write_opml

CREATED = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def opml(body: str) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?><opml version="1.0"><body>{body}</body></opml>'.encode()


def test_nested_folders_are_joined_and_attributes_read_in_any_case() -> None:
    found = read_opml(
        opml(
            """<outline text="Craft"><outline title="Learning" text="x">
            <outline text="Tea &amp; cake" XMLURL="https://tea.example/f" htmlurl="https://tea.example/" type="rss"/>
            </outline></outline><outline xmlUrl="http://b.example/f"/>"""
        )
    )
    assert found == OpmlFile(
        feeds=(
            OpmlFeed(
                url="https://tea.example/f",
                title="Tea & cake",
                site_url="https://tea.example/",
                folder="Craft/Learning",
            ),
            OpmlFeed(url="http://b.example/f"),
        )
    )


@pytest.mark.parametrize(
    ("outline", "reason"),
    [
        ('<outline text="a" xmlUrl="file:///etc/passwd"/>', "no web address"),
        ('<outline text="a" xmlUrl="javascript:alert(1)"/>', "no web address"),
        ('<outline text="a" xmlUrl="tea.example"/>', "no web address"),
        ('<outline text="a" type="include" url="https://tea.example/more.opml"/>', "another list"),
        ('<outline text="b" xmlUrl="https://t.example/"/><outline text="a" xmlUrl="https://t.example/"/>', "already"),
        ('<outline text="f">' * 21 + '<outline text="a" xmlUrl="https://t.example/"/>' + "</outline>" * 21, "deep"),
    ],
)
def test_what_is_not_taken_has_its_reason(outline: str, reason: str) -> None:
    (skipped,) = read_opml(opml(outline)).skipped
    assert skipped.name == "a"
    assert reason in skipped.reason


def test_long_list_is_capped_with_a_reason() -> None:
    found = read_opml(opml("".join(f'<outline xmlUrl="https://t.example/{n}"/>' for n in range(MAX_OUTLINES + 3))))
    assert len(found.feeds) == MAX_OUTLINES
    assert len(found.skipped) == 3
    assert "beyond" in found.skipped[0].reason


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "damaged or not XML"),
        (b"just words", "damaged or not XML"),
        (b"\x00\x01\x02", "damaged or not XML"),
        (opml('<outline text="a"')[:-20], "damaged or not XML"),
        (b"<?xml version='1.0' encoding='nope'?><opml/>", "damaged or not XML"),
        (b"<rss version='2.0'><channel/></rss>", "no list of feeds"),
        (b'<!DOCTYPE opml [<!ENTITY a "b">]><opml><body>&a;</body></opml>', "definitions of its own"),
        (b'<!DOCTYPE opml SYSTEM "file:///etc/passwd"><opml/>', "definitions of its own"),
        (b"<opml>" + b" " * MAX_BYTES, "larger than"),
    ],
)
def test_what_is_no_list_is_refused_with_a_sentence(data: bytes, sentence: str) -> None:
    with pytest.raises(UnreadableInput, match=sentence):
        read_opml(data)


def test_very_deep_list_is_read_without_harm() -> None:
    depth = 100_000
    found = read_opml(
        opml("<outline text='a'>" * depth + "<outline xmlUrl='https://t.example/'/>" + "</outline>" * depth)
    )
    assert not found.feeds
    assert len(found.skipped) == 1


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "iso-8859-1", "windows-1252"])
def test_encodings(encoding: str) -> None:
    name = encoding.removesuffix("-sig")
    text = f'<?xml version="1.0" encoding="{name}"?><opml><outline text="café" xmlUrl="https://t.example/"/></opml>'
    assert read_opml(text.encode(encoding)).feeds[0].title == "café"


@pytest.mark.parametrize(
    ("encoding", "name", "title"),
    [
        ("shift_jis", "Shift_JIS", "お茶の表"),  # 表 holds a backslash, as many do in it
        ("cp932", "Shift_JIS", "①お茶"),  # written by a system that calls its own set so
        ("cp932", "Windows-31J", "①お茶"), ("euc_jp", "EUC-JP", "お茶"), ("iso2022_jp", "ISO-2022-JP", "お茶"),
        ("gbk", "GB2312", "茶與朋友"), ("gb18030", "GB18030", "茶€𠀀"), ("big5", "Big5", "茶與朋友功"),
        ("euc_kr", "EUC-KR", "차와 친구"), ("cp949", "EUC-KR", "똠차"), ("utf-32", "UTF-32", "お茶"),
    ],
)  # fmt: skip
def test_encodings_of_several_bytes_for_a_character(encoding: str, name: str, title: str) -> None:
    text = f"""\n<?xml version='1.0' encoding="{name}"?><opml><outline text="{title}">
    <outline text="{title} 2" xmlUrl="https://t.example/"/></outline></opml>"""
    (feed,) = read_opml(text.encode(encoding)).feeds
    assert (feed.title, feed.folder) == (f"{title} 2", title)


def test_damaged_character_of_several_bytes_costs_itself_alone() -> None:
    text = '<?xml version="1.0" encoding="Shift_JIS"?><opml><outline text="茶\0茶" xmlUrl="https://t.example/"/></opml>'
    (feed,) = read_opml(text.encode("shift_jis").replace(b"\0", b"\x81 ")).feeds
    assert feed.title == "茶\ufffd 茶"


def test_an_encoding_hides_no_definitions() -> None:
    text = '<?xml version="1.0" encoding="Shift_JIS"?><!DOCTYPE opml [<!ENTITY a "b">]><opml><body>&a;茶</body></opml>'
    with pytest.raises(UnreadableInput, match="definitions of its own"):
        read_opml(text.encode("shift_jis"))


@pytest.mark.parametrize("name", ["zip", "punycode", "rot13"])
def test_what_is_no_encoding_of_a_document_is_refused(name: str) -> None:
    with pytest.raises(UnreadableInput, match="damaged or not XML"):
        read_opml(f"<?xml version='1.0' encoding='{name}'?><opml><outline text='茶'/></opml>".encode())


def test_feeds_of_the_model_can_be_written() -> None:
    feed = Feed(url="https://t.example/f", title="Tea", site_url="https://t.example/", folder="A/B")
    written = write_opml([feed], "PLN", CREATED)
    assert b"Sun, 22 Nov 2026 09:00:00 +0000" in written
    assert read_opml(written).feeds == (
        OpmlFeed(url=feed.url, title="Tea", site_url=feed.site_url, folder="A/B"),
    )  # fmt: skip


def test_what_is_our_own_stands_apart_from_the_standard() -> None:
    feed = OpmlFeed(url="https://t.example/f", title="Tea", voice="a" * 32, tags=("craft", "tea"), full_text=True)
    written = write_opml([feed], "PLN", CREATED)
    assert b'xmlns:pln="urn:pln:opml"' in written and b'pln:tags="craft,tea"' in written
    assert read_opml(written).feeds == (feed,)
    assert b"pln" not in write_opml([OpmlFeed(url="https://t.example/f", title="Tea")], "Feeds", CREATED)


WORDS = st.text(st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="/\ufffe\uffff"), max_size=20).map(
    lambda text: " ".join(text.split())
)
ADDRESS = st.integers(0, 10**9).map(lambda number: f"https://t{number % 7}.example/{number}?a=1&b=%20#c")
FEEDS = st.lists(
    st.builds(
        OpmlFeed,
        url=ADDRESS,
        title=WORDS,
        site_url=ADDRESS | st.just(""),
        folder=st.lists(WORDS.filter(bool), max_size=MAX_DEPTH - 1).map("/".join),
        voice=st.uuids().map(lambda uid: uid.hex) | st.just(""),
        tags=st.lists(WORDS.map(lambda word: " ".join(word.replace(",", " ").split())).filter(bool), unique=True).map(
            tuple
        ),
        full_text=st.booleans(),
    ),
    max_size=20,
    unique_by=lambda feed: feed.url,
)


@given(FEEDS, WORDS)
def test_writing_and_reading_gives_the_same_feeds(feeds: list[OpmlFeed], title: str) -> None:
    found = read_opml(write_opml(feeds, title, CREATED))
    assert set(found.feeds) == set(feeds)
    assert not found.skipped


@given(st.text(), st.text())
def test_any_text_can_be_written(title: str, folder: str) -> None:
    feed = OpmlFeed(url="https://t.example/", title=title, folder=folder[:20])
    assert read_opml(write_opml([feed], title, CREATED)).feeds[0].url == feed.url


@given(st.binary() | st.text().map(lambda text: opml(text)))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    with contextlib.suppress(UnreadableInput):
        read_opml(data)
