"""A picture that a feed gives beside the text stands at its head: once, and only where the text lacks it."""

from __future__ import annotations

import json

import pytest

from feed_documents import item, rss
from pln.model.feed import ParsedEntry
from pln.sources import feed_tree, loose_feed
from pln.sources.feed_document import MAX_ENTRIES, read_feed
from pln.sources.parse import Parser
from pln.sources.picture_kinds import MAX_BYTES
from pln.sources.picture_links import key_of

URL = "https://tea.example/feed.xml"
LEAF = "https://pictures.example/leaf.jpg"
MEDIA = ' xmlns:media="http://search.yahoo.com/mrss/"'
TEXT = "<p>Green tea</p>"


def _first(body: bytes) -> ParsedEntry:
    """The first entry; what the quick reader makes of it is what feedparser makes of it."""
    feed = read_feed(body, URL, "")
    quick = feed_tree.read(body, URL, MAX_ENTRIES)
    if quick is not None:
        assert quick == loose_feed.read(body, URL, "", MAX_ENTRIES)
    return feed.entries[0]


def _entry(extra: str, text: str = TEXT) -> ParsedEntry:
    body = rss(item(1, text, extra)).replace(b'<rss version="2.0"', f'<rss version="2.0"{MEDIA}'.encode())
    assert feed_tree.read(body, URL, MAX_ENTRIES) is not None
    return _first(body)


def _head(url: str) -> str:
    return f'<p><img src="pln-img:{key_of(url)}" alt=""></p>'


def _addresses(entry: ParsedEntry) -> list[str]:
    return [link.url for link in entry.pictures]


@pytest.mark.parametrize(
    "extra",
    [
        f'<media:thumbnail url="{LEAF}"/>',
        f"<media:thumbnail>{LEAF}</media:thumbnail>",
        f'<media:group><media:thumbnail url="{LEAF}" width="480" height="360"/></media:group>',
        f'<media:content url="{LEAF}" medium="image"/>',
        f'<media:content url="{LEAF}" type="image/jpeg" width="800"/>',
        f'<media:content url="{LEAF}"/>',
        f'<enclosure url="{LEAF}" type="image/jpeg" length="12345"/>',
        f'<enclosure url="{LEAF}"/>',
        '<enclosure url="//pictures.example/leaf.jpg" type="image/jpeg"/>',
    ],
)
def test_the_picture_of_an_rss_item_stands_before_its_text(extra: str) -> None:
    entry = _entry(extra)
    assert entry.html == _head(LEAF) + TEXT
    assert (entry.text, _addresses(entry), entry.attached) == ("Green tea", [LEAF], ())


def test_the_worker_hands_it_over(parser: Parser) -> None:
    (entry,) = parser.parse(rss(item(1, TEXT, f'<enclosure url="{LEAF}" type="image/png"/>')), url=URL).entries
    assert entry.html == _head(LEAF) + TEXT


def test_a_picture_without_any_text_is_shown_too() -> None:
    assert _entry(f'<media:content url="{LEAF}" medium="image"/>', "").html == _head(LEAF)


def test_the_enclosure_of_an_atom_entry() -> None:
    body = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Tea</title><entry><id>urn:1</id><title>One</title>
    <link href="https://tea.example/1"/><link rel="enclosure" type="image/webp" href="{LEAF}"/>
    <content type="html">&lt;p&gt;Green tea&lt;/p&gt;</content></entry></feed>"""
    entry = _first(body.encode())
    assert (entry.html, entry.url) == (_head(LEAF) + TEXT, "https://tea.example/1")


@pytest.mark.parametrize(
    "given",
    [
        {"image": LEAF},
        {"banner_image": LEAF},
        {"image": LEAF, "banner_image": "https://pictures.example/wide.jpg"},
        {"attachments": [{"url": LEAF, "mime_type": "image/jpeg"}]},
    ],
)
def test_the_picture_of_a_json_feed_item(given: dict[str, object]) -> None:
    entry = _first(json.dumps({"items": [{"id": "1", "content_html": TEXT, **given}]}).encode())
    assert (entry.html, _addresses(entry)) == (_head(LEAF) + TEXT, [LEAF])


@pytest.mark.parametrize(
    "shown",
    [
        LEAF,
        "http://pictures.example/leaf.jpg",
        "https://pictures.example/leaf.jpg?w=300",
        "https://pictures.example/leaf-300x200.jpg",
        "https://pictures.example/leaf-scaled.jpg",
        "https://i0.wp.com/pictures.example/leaf.jpg?ssl=1",
    ],
)
def test_a_picture_that_the_text_shows_is_shown_once(shown: str) -> None:
    entry = _entry(f'<media:content url="{LEAF}" medium="image"/>', f'<p>Green tea <img src="{shown}"></p>')
    assert (entry.html.count("<img"), _addresses(entry)) == (1, [shown])


def test_other_pictures_of_the_text_come_after_it() -> None:
    entry = _entry(f'<enclosure url="{LEAF}" type="image/jpeg"/>', '<p>Tea <img src="https://tea.example/pot.jpg"></p>')
    assert _addresses(entry) == [LEAF, "https://tea.example/pot.jpg"]
    assert entry.html.startswith(_head(LEAF))


def test_a_list_of_what_the_text_shows_adds_nothing() -> None:
    """As wordpress.com writes it: the author's face, then each picture of the text."""
    listed = (
        f'<media:content url="{LEAF}" medium="image"/><media:content url="https://tea.example/b.jpg" medium="image"/>'
    )
    entry = _entry(listed, '<p>Tea <img src="https://tea.example/b.jpg"></p>')
    assert _addresses(entry) == ["https://tea.example/b.jpg"]
    face = '<media:content url="https://1.gravatar.com/avatar/0a?s=96" medium="image"/>'
    assert _entry(face).html == TEXT
    assert _addresses(_entry(face + listed)) == [LEAF]


def test_of_several_sizes_the_widest_up_to_what_is_kept() -> None:
    sizes = "".join(
        f'<media:content url="https://pictures.example/{width}.jpg" medium="image" width="{width}"/>'
        for width in (140, 1200, 4000)
    )
    assert _addresses(_entry(f'<media:thumbnail url="{LEAF}" width="1500"/>{sizes}')) == [
        "https://pictures.example/1200.jpg"
    ]
    only_wide = '<media:content url="https://pictures.example/4000.jpg" type="image/jpeg" width="4000"/>'
    assert _addresses(_entry(only_wide)) == ["https://pictures.example/4000.jpg"]


def test_the_order_of_the_elements_does_not_matter() -> None:
    media = f'<media:content url="{LEAF}" medium="image"/>'
    enclosed = '<enclosure url="https://tea.example/enclosed.jpg" type="image/jpeg"/>'
    assert _addresses(_entry(media + enclosed)) == _addresses(_entry(enclosed + media))


@pytest.mark.parametrize(
    "extra",
    [
        f'<media:content url="{LEAF}" medium="image" width="1" height="1"/>',
        f'<media:thumbnail url="{LEAF}" width="0" height="0"/>',
        f'<enclosure url="{LEAF}" type="image/jpeg" length="{MAX_BYTES + 1}"/>',
        '<media:thumbnail url="file:///etc/hostname"/>',
        '<media:thumbnail url="javascript:alert(1)"/>',
        '<media:content url="data:image/png;base64,AAAA" medium="image"/>',
        '<media:content url="https://tea.example/film.mp4" medium="video"/>',
        '<media:thumbnail url=""/>',
        "<media:thumbnail/>",
    ],
)
def test_what_is_no_picture_to_be_seen_is_left_out(extra: str) -> None:
    entry = _entry(extra)
    assert (entry.html, entry.pictures) == (TEXT, ())


def test_the_still_of_a_film_is_shown_and_the_film_is_opened_outside() -> None:
    film = "https://tea.example/film.mp4"
    still = f'<media:thumbnail url="{LEAF}"/>'
    entry = _entry(f'<media:content url="{film}" type="video/mp4">{still}</media:content>')
    assert (_addresses(entry), [each.url for each in entry.attached]) == ([LEAF], [film])


def test_quotes_in_an_address_stay_out_of_the_page() -> None:
    entry = _entry('<media:thumbnail url="https://tea.example/&quot;&gt;&lt;script&gt;.jpg"/>')
    assert "script" not in entry.html
    assert len(entry.pictures) == 1
