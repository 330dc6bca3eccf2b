"""Laws of sharing: nothing but allowed Markdown leaves, and no undecided name does."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from pln.share.blocks import clean
from pln.share.inline import is_public
from pln.share.paragraphs import compose, split

PIECES = st.sampled_from(
    ["a", "word", " ", "  ", "\n", "\n\n", "*", "**", "_", "__", "~~", "`", "```", "```private", "<!-- private -->", "<!-- /private -->",
     "<!--", "-->", "<b>", "</b>", "<script>", "</script>", "<div", ">", "<", "&copy;", "&", "\\", "[", "](", ")", "]", "![", "[x]: ", "http://a.example/",
     "pln:person/3", "file:///x", "- ", "1. ", "# ", "> ", "    ", "\t", "| ", "|---|", "---", "===", "***", "+++", "%%", "@", "#tag", "!", ":", "[ ] ",
     "Next small step: ", "[[", "]]", "é", "王", "\u200b", "\r\n", "<http://a.example/>", "<file:///y>", "<a@b.example>", "\"t\""]
)  # fmt: skip
MARKDOWN = st.one_of(st.lists(PIECES, max_size=40).map("".join), st.text(max_size=80))
READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def everything(text: str) -> list[Token]:
    tokens = READER.parse(text)
    return [*tokens, *(child for token in tokens for child in token.children or [])]


@given(MARKDOWN, st.booleans())
def test_what_is_cleaned_holds_no_html_no_picture_and_no_local_link(text: str, keep_tags: bool) -> None:
    for token in everything(clean(text, keep_tags=keep_tags)):
        assert token.type not in ("html_block", "html_inline", "image")
        assert token.type != "link_open" or is_public(str(token.attrGet("href")))
        assert not token.attrGet("title")


@given(MARKDOWN, st.booleans())
def test_cleaning_twice_is_cleaning_once(text: str, keep_tags: bool) -> None:
    once = clean(text, keep_tags=keep_tags)
    assert clean(once, keep_tags=keep_tags) == once


@given(MARKDOWN)
def test_a_draft_is_made_of_chosen_paragraphs_only(text: str) -> None:
    paragraphs = split(text)
    assert [each.index for each in paragraphs] == list(range(len(paragraphs)))
    assert compose(paragraphs, frozenset(), keep_tags=True) == ""
    withheld = frozenset(each.index for each in paragraphs if not each.offered)
    assert compose(paragraphs, withheld, keep_tags=True) == ""
    assert all(bool(each.why_not) is not each.offered for each in paragraphs)
