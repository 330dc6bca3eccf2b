"""What articles from outside may hold once they are stored, and what they look like then."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pln.sources.picture_links import MAX_PICTURES, key_of
from pln.sources.sanitize import MAX_DEPTH, one_line, prepare, prepare_plain
from pln.sources.sanitize_tree import MAX_CELLS, MAX_ITEMS, MAX_ROWS, MAX_TABLE_DEPTH

BASE = "https://tea.example/leaf/1"


def picture(address: str, alt: str = "", size: str = "") -> str:
    return f'<img src="pln-img:{key_of(address)}" alt="{alt}"{size}>'


ALLOWED_TAGS = """
a abbr aside b bdi bdo blockquote br caption cite code col colgroup dd del dfn div dl dt em h1 h2 h3 h4 h5 h6 hr i ins
kbd img li mark ol p pre q s samp small span strike strong sub sup table tbody td tfoot th thead time tr tt u ul var
"""
TAG = re.compile(r"<(/?)([a-z0-9]+)((?:[^>\"]|\"[^\"]*\")*)>")
ATTRIBUTE = re.compile(r"([a-z]+)=\"([^\"]*)\"")
PIECES = """
<p>|</p>|<div>|</div>|<b>|</b>|<i>|</i>|</a>|<table>|</table>|<tr>|<td>|</td>|<ul>|<li>|</ul>|<pre>|</pre>|<br/>|<hr>
<a href="x">|<a href='javascript:x()'>|<a href="https://a.example/?q=a>b&c">|<A HREF=" JaVaScRiPt:x()">|<blockquote>
<script>|</script>|<style>|<svg>|<math>|<noscript>|<template>|<title>|<textarea>|<form>|<input>|<object data=x>
<embed src=x>|<img src=x onerror=y>|<img width=1 src="https://t.example/p.gif">|<img alt="a>b" src="data:image/png,x">
<img src="/a b.png">|<iframe src="//evil.example">|<base href="//evil.example/">|<meta http-equiv=refresh>|<font x=y>
<details>|<summary>|<p id=n>|<a name=m>|<a href='#n'>|<img data-src=/c.png srcset='x'>
<a href='https://tea.example/leaf/1#m'>
<P STYLE="x" CLASS=y>|<td colspan=99999999999>|<p dir="rtl" lang='x">'>|<!--|-->|<![CDATA[|]]>|<?x
<|>|"|'|&|&lt;|&amp;
=|&#0;|&#x1;|&#xD800;|&#99999999;|&nosuch;|word|wörter|茶|\x0b|\ufffe|\u202e|\ud800| |\t
"""
MARKUP = st.lists(st.sampled_from([*PIECES.replace("\n", "|").split("|"), "\n", "\n\n"]), max_size=60).map("".join)


@given(MARKUP | st.text())
def test_whatever_comes_in_only_the_allowed_comes_out(html: str) -> None:
    done = prepare(html, BASE)
    for _, tag, attributes in TAG.findall(done.html):
        assert tag in ALLOWED_TAGS.split()
        for name, value in ATTRIBUTE.findall(attributes):
            _check_attribute(tag, name, value)
        assert not ATTRIBUTE.sub("", attributes).strip(" /")
    assert "<" not in TAG.sub("", done.html)
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe]", done.html + done.text)


@given(MARKUP | st.text())
def test_cleaning_what_is_clean_changes_no_words(html: str) -> None:
    once = prepare(html, BASE)
    assert prepare(once.html, BASE).text.split() == once.text.split()


@given(st.text())
def test_plain_text_keeps_its_words(text: str) -> None:
    kept = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]", "", text)
    assert prepare_plain(text).text.split() == kept.split()


def _check_attribute(tag: str, name: str, value: str) -> None:
    if name == "href":
        assert value.startswith(("http://", "https://", "mailto:", "#in-"))
    elif name == "src":
        assert tag == "img"
        assert re.fullmatch("pln-img:[0-9a-f]{24}", value)
    elif name in {"alt", "width", "height"}:
        assert tag == "img"
    elif name == "id":
        assert re.fullmatch(r"in-[\w.:-]*", value)
    elif name == "style":
        assert (tag, value) == ("pre", "white-space:pre-wrap")
    else:
        assert name in {"colspan", "rowspan", "align", "start", "dir"}


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ("<p onclick=x()>a<script>alert(1)</script></p>", "<p>a</p>"),
        ("<a href='javascript:alert(1)'>j</a> <a href='data:text/html,x'>d</a> <a>n</a>", "j d n"),
        ("<a href=' java\nscript:x()'>j</a> <a href='file:///etc/passwd'>f</a>", "j f"),
        ("<a href='/more?utm_source=feed&amp;id=2#x'>m</a>", '<a href="https://tea.example/more?id=2#x">m</a>'),
        ("<a href='mailto:ada@tea.example'>m</a>", '<a href="mailto:ada@tea.example">m</a>'),
        ("<img src='https://t.example/p.gif' width=1 height=1>x", "x"),
        ("<img src='https://t.example/p.gif' style='height: 1px'>x", "x"),
        ("<img src='/cup.jpg' alt='A \"cup\"'>", picture("https://tea.example/cup.jpg", "A &quot;cup&quot;")),
        ("<a href='/x'><img src='/cup.jpg'></a>",
         f'<a href="https://tea.example/x">{picture("https://tea.example/cup.jpg")}</a>'),
        ("<img src='/a.png' width=640 height='50%' class=x>", picture("https://tea.example/a.png", "", ' width="640"')),
        ("<img src='data:image/gif;base64,x' data-src='/a.png'>", picture("https://tea.example/a.png")),
        ("<img src='/blank.gif' data-original='/a.png'>", picture("https://tea.example/a.png")),
        ("<img src='/a.png' srcset='/w_4,c_f/s.png 400w, /m.png 1600w, /l.png 3000w'>",
         picture("https://tea.example/m.png")),
        ("<img src='/a.png' srcset='/b.png 2x'>", picture("https://tea.example/a.png")),
        ("<img src='file:///etc/passwd' alt='Secret'>", "[picture: Secret]"),
        ("<img src='pln-img:../secret' alt='Secret'>", "[picture: Secret]"),
        ("<p>a<a href='#n1' id=r1>1</a></p><ol><li id=n1>b<a href='#r1'>back</a><li id=n2>c</ol>",
         '<p>a<a href="#in-n1" id="in-r1">1</a></p><ol><li id="in-n1">b<a href="#in-r1">back</a></li><li>c</li></ol>'),
        ("<a href='https://tea.example/leaf/1#n'>1</a><p><a name='n'>b</a></p>",
         '<a href="#in-n">1</a><p><a id="in-n">b</a></p>'),
        ("<a href='#gone'>1</a><p id='here'>b</p>", '<a href="https://tea.example/leaf/1#gone">1</a><p>b</p>'),
        ("<img src='data:image/png;base64,xx'>", "[picture]"),
        ("Yes <img src='https://s.example/1f642.png' alt='🙂'> no", "Yes 🙂 no"),
        ("<figure><img src='/a.png'><figcaption>Cap</figcaption></figure>",
         f'<div>{picture("https://tea.example/a.png")}<p>Cap</p></div>'),
        ("<dl><dt>a<dd>b</dl>", "<dl><dt>a</dt><dd>b</dd></dl>"),
        ("<section>a</section><section>b</section>", "<div>a</div><div>b</div>"),
        ("<pre>a\n  b</pre>", '<pre style="white-space:pre-wrap">a\n  b</pre>'),
        ("<font color=red>a <b>b</b> c</font> d", "a <b>b</b> c d"),
        ("<p style='position:fixed' class='x' id='y'>a</p>", "<p>a</p>"),
        ("<p dir='rtl'>a</p><p dir='evil'>b</p>", '<p dir="rtl">a</p><p>b</p>'),
        ("a < b & c", "a &lt; b &amp; c"),
        ("no tags\n\nbut &amp; paragraphs", "<p>no tags</p><p>but &amp; paragraphs</p>"),
    ],
)  # fmt: skip
def test_shown_form(html: str, shown: str) -> None:
    assert prepare(html, BASE).html == shown


def test_text_has_a_line_for_each_block_and_no_glued_words() -> None:
    html = "<h2>Tea</h2><p>one<br>two</p><ul><li>a</li><li>b</li></ul><table><tr><td>c</td><td>d</td></tr></table>e"
    assert prepare(html, BASE).text == "Tea\none\ntwo\na\nb\nc d\ne"


def test_pictures_are_named_once_and_in_their_order() -> None:
    done = prepare("<img src='/b.png'><img src='/a.png' alt='A cup'><p>x<img src='/b.png?utm_source=f'>", BASE)
    assert [each.url for each in done.pictures] == ["https://tea.example/b.png", "https://tea.example/a.png"]
    assert [each.key for each in done.pictures] == [key_of(each.url) for each in done.pictures]
    assert done.html.count("<img") == 3
    assert done.text == "[picture][picture: A cup]\nx[picture]"


def test_pictures_beyond_the_bound_are_told_by_their_words() -> None:
    done = prepare("".join(f"<img src='/{n}.png' alt='cup {n}'>" for n in range(MAX_PICTURES + 5)), BASE)
    assert len(done.pictures) == done.html.count("<img") == MAX_PICTURES
    assert done.html.count("[picture: cup") == 5


@given(MARKUP)
def test_what_is_prepared_stays_as_it_is(html: str) -> None:
    """Articles come back from exports and other readers: their pictures and footnotes must live through that."""
    once = prepare(html, BASE)
    twice = prepare(once.html, BASE)
    assert re.findall('src="[^"]*"|href="#[^"]*"', twice.html) == re.findall('src="[^"]*"|href="#[^"]*"', once.html)


def test_without_a_base_relative_links_become_their_words() -> None:
    assert (
        prepare("<a href='x'>a</a> <a href='https://b.example/'>b</a>", "").html
        == 'a <a href="https://b.example/">b</a>'
    )


@pytest.mark.parametrize(
    "start",
    ["<div>", "<div></b>", "<DIV></Span>", "<div></p>", "<b><div></i>", "<div><span></div></b><div>"],
    ids=["alone", "another's end", "another's end in capitals", "end of what never nests", "two kinds", "ended within"],
)
def test_too_deep_an_article_becomes_plain_paragraphs(start: str) -> None:
    done = prepare(start * (MAX_DEPTH + 1) + "one <b>two</b>", BASE)
    assert done.text.split() == ["one", "two"]
    assert "<div>" not in done.html


def test_what_was_ended_is_not_deep() -> None:
    done = prepare("<div><span>one</div> <b>two<i>three</b></i>" * 500, BASE)
    assert done.html.count("<b>") == 500


def test_depth_is_not_mistaken_for_length() -> None:
    assert prepare("<p><b>x</b><li>y<br>" * 1000, BASE).html.count("<b>") == 1000


def test_nested_tables_are_taken_apart() -> None:
    done = prepare("<table><tr><td>" * 20 + "tea", BASE)
    assert done.html.count("<table") == MAX_TABLE_DEPTH
    assert done.text == "tea"


@pytest.mark.parametrize(
    "table",
    [
        "<table>" + "<tr><td>tea</td></tr>" * (MAX_ROWS + 1),
        "<table><tr>" + "<td>tea</td>" * (MAX_CELLS + 1),
        "<table><tr><td colspan=1000 rowspan=1000>tea</td></tr>",
    ],
    ids=["rows", "cells", "spans"],
)
def test_table_that_qt_would_hang_on_becomes_blocks(table: str) -> None:
    done = prepare(table, BASE)
    assert not re.search("<t[drh]|<table|span=", done.html)
    assert done.text.count("tea") == table.count("tea")


def test_list_that_qt_would_hang_on_is_a_list_only_at_its_beginning() -> None:
    done = prepare("<ul>" + "<li>tea</li>" * (MAX_ITEMS * 3) + "</ul>", BASE)
    assert done.html.count("<li>") == MAX_ITEMS
    assert done.text.count("tea") == MAX_ITEMS * 3


def test_title_is_cut_with_a_mark() -> None:
    assert one_line("x" * 600, is_html=False) == "x" * 499 + "…"
    assert one_line(" a\n<b>b</b>\tc ", is_html=True) == "a b c"
    assert one_line("Tea \u202egnp.exe &#x202D;kettle", is_html=True) == "Tea gnp.exe kettle", (
        "no letters turned around"
    )
    assert one_line("\u2067שלום\u2069 tea", is_html=False) == "\u2067שלום\u2069 tea", "what sets scripts apart stays"


@pytest.mark.parametrize("tag", ["iframe", "script", "object", "textarea", "form", "svg", "IFRAME"])
def test_a_tag_that_closes_itself_takes_no_more_than_itself_along(tag: str) -> None:
    assert prepare(f'<p>before</p><{tag} src="x"/><p>after</p>', BASE).text == "before\nafter"
    assert prepare(f"<p>before</p><{tag} /><p>after</p>", BASE).text == "before\nafter"
    assert prepare(f"<p>before</p><{tag}>x/></{tag}><p>after</p>", BASE).text == "before\nafter"
