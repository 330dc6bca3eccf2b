"""What of an entry is offered for sharing, and what a draft made of it holds."""

from __future__ import annotations

import time

import pytest

from pln.share import paragraphs
from pln.share.blocks import clean
from pln.share.paragraphs import compose, split

EVERYTHING = frozenset(range(1000))


def draft(body, *, keep_tags=True, chosen=EVERYTHING):
    return compose(split(body), chosen, keep_tags=keep_tags)


def refused(body):
    return {each.text: each.why_not for each in split(body) if not each.offered}


def test_blocks_are_offered_as_they_stand():
    offered = split(
        "# Title\n\nOne\nline.\n\n- a\n- b\n\n> said\n\n```py\ncode\n```\n\n| a | b |\n|---|---|\n| c | d |\n"
    )
    assert [each.text for each in offered] == [
        *("# Title", "One\nline.", "- a", "- b", "> said", "```py\ncode\n```"),
        "| a | b |\n| --- | --- |\n| c | d |",
    ]
    assert all(each.offered and not each.why_not for each in offered)
    assert [each.index for each in offered] == list(range(7))


def test_only_chosen_paragraphs_enter():
    assert draft("one\n\ntwo\n\nthree", chosen=frozenset({0, 2})) == "one\n\nthree"


def test_chosen_items_stay_one_list():
    assert draft("- one\n- two\n- three", chosen=frozenset({0, 2})) == "- one\n- three"


def test_a_paragraph_that_is_not_offered_does_not_enter_even_if_chosen():
    assert draft("open\n\n```private\nhidden\n```\n", chosen=frozenset({0, 1})) == "open"


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("---\nmood: hidden\n---\nopen", paragraphs.FRONT_MATTER),
        ("+++\nmood = 'hidden'\n+++\nopen", paragraphs.FRONT_MATTER),
        ("\ufeff---\nmood: hidden\n...\nopen", paragraphs.FRONT_MATTER),
        ("---\nmood: hidden\n\nopen", paragraphs.FRONT_MATTER),
        ("open\n\n<!-- private -->\nhidden\n\nhidden\n<!-- /private -->\n", paragraphs.PRIVATE),
        ("open\n\n<!-- Private: for me -->\n\nhidden\n\nhidden too\n", paragraphs.PRIVATE),
        ("open\n\nhidden <!-- private -->", paragraphs.PRIVATE),
        ("<!-- private -->\nhidden\n\nopen", paragraphs.PRIVATE),
        ("<!-- private --> hidden\nhidden\n\nopen", paragraphs.PRIVATE),
        ("hidden <!--private--> hidden <!--/private-->\n\nopen", paragraphs.PRIVATE),
        ("hidden <!-- private -->\n\nhidden\n\nhidden <!-- /private -->\n\nopen", paragraphs.PRIVATE),
        ("- open\n- hidden <!-- private -->\n", paragraphs.PRIVATE),
        ("open\n\n~~~ Private\nhidden\n~~~", paragraphs.PRIVATE),
        ("> ```private\n> hidden\n> ```\n\nopen", paragraphs.PRIVATE),
        ("open\n\n<!-- hidden -->", paragraphs.COMMENT),
        ("open\n\nhidden <!-- hidden\n\nhidden\n\nhidden --> hidden", paragraphs.COMMENT),
        ("open\n\n<details><summary>hidden</summary></details>", paragraphs.HTML),
        ("open\n\nNext small step: hidden", paragraphs.NEXT_SMALL_STEP),
        ("open\n**Next small step:** hidden\nhidden", paragraphs.NEXT_SMALL_STEP),
        ("- open\n- [ ] Next small step: hidden", paragraphs.NEXT_SMALL_STEP),
        ("open\n\n## Next small step\n\nhidden\n\n### hidden\n\nhidden\n\n## open", paragraphs.NEXT_SMALL_STEP),
        ("open\n\n![hidden](hidden.png)", paragraphs.NOTHING_LEFT),
    ],
)
def test_what_is_private_is_refused_with_its_reason(body, why):
    assert why in refused(body).values()
    assert "hidden" not in draft(body)
    assert "open" in draft(body)


def test_text_after_a_closed_private_region_is_offered_again():
    assert draft("<!-- private -->\n\nhidden\n\n<!-- /private -->\n\nopen") == "open"


@pytest.mark.parametrize(
    ("source", "sent"),
    [
        ("a <!-- hidden --> b", "a b"),
        ("a %%hidden%% b", "a b"),
        ("a <b title='hidden'>bold</b> b", "a bold b"),
        ("a <script>hidden()</script> b", "a b"),
        ("see [notes](pln:meetup/3 'hidden')", "see notes"),
        ("see [notes](file:///home/hidden)", "see notes"),
        ("see [notes](../hidden.md) and [more](C:\\hidden)", "see notes and more"),
        ("see [it](http://localhost/hidden) [or](http://192.168.1.2/hidden)", "see it or"),
        ("see [mail](mailto:hidden@x.example)", "see mail"),
        ("see [notes][n]\n\n[n]: hidden.md 'hidden'", "see notes"),
        ("see [web][n]\n\n[n]: https://open.example/a 'hidden'", "see [web](https://open.example/a)"),
        ("see <file:///hidden> pln:hidden/3", "see"),
        ("a ![hidden](https://x.example/hidden.png 'hidden') b", "a b"),
        ("[[hidden/Shown|label]] ![[hidden.png]] [[Page]]", "label Page"),
        ("thanks @Anna Lindqvist, mail a@b.example", "thanks Anna Lindqvist, mail a@b.example"),
        ("```py title=hidden\nx = 1\n```", "```py\nx = 1\n```"),
        ("1 < 2 & a_b *c* `d` &copy; \\<i> \\# x", "1 < 2 & a_b *c* `d` © \\<i> # x"),
        ("\\# no heading", "\\# no heading"),
        ("\\![a](https://x.example/)", "\\![a](https://x.example/)"),
    ],
)
def test_inside_a_kept_paragraph_only_what_is_allowed_stays(source, sent):
    assert draft(source) == sent


def test_tags_go_unless_they_are_kept():
    body = "Learned #hidden today.\n\n#hidden #hidden/deep\n\n# Heading"
    assert draft(body, keep_tags=False) == "Learned today.\n\n# Heading"
    assert "#hidden" in draft(body)


def test_percent_signs_in_code_are_no_comment():
    assert draft("```\n%%time\nx\n```\n\nafter") == "```\n%%time\nx\n```\n\nafter"


@pytest.mark.parametrize(
    "text",
    [
        "```private\nhidden\n```",
        "- item\n\n  ```private\n  hidden\n  ```",
        "<!-- private -->\n\nhidden\n\n<!-- /private -->",
        "a <!-- private --> hidden <!-- /private --> b",
        "a <!-- private --> *hidden* hidden",
        "a\nNext small step: hidden",
    ],
)
def test_cleaning_alone_lets_nothing_private_through(text):
    """The second lock, for text that did not come through the choice of paragraphs."""
    assert "hidden" not in clean(text, keep_tags=True)


@pytest.mark.parametrize(
    "body",
    [
        "<!-- private -->\n\nx\n\n<!-- private -->\n\ny\n\n<!-- /private -->\n\nhidden\n\n<!-- /private -->",
        "<!-- private -->\na\n\nhidden\n\n<!-- private -->\n\nb\n\n<!-- /private -->",
        "<!-- private -->\n\na\n\n<!-- /private -->\n\nhidden\n\n<!-- /private -->",
        "<!-- privat -->\n\nhidden\n\n<!-- /private -->",
        "<!-- privat -->\n\nhidden\n\nx <!-- /private --> <!-- private -->",
        "<!-- \u200bprivate -->\n\nhidden",
        "<!-- pri\u00advate -->\n\nhidden\n\n<!-- /private -->",
        "<!-- begin private -->\n\nhidden\n\n<!-- end private -->",
        "<!-- start private -->\n\nhidden",
        "<!-- private -->\n\n```\n<!-- /private -->\n```\n\nhidden\n\n<!-- /private -->",
        "<!-- private -->\n\nx\n\n- a <!-- b\n\nc -->\n\nhidden",
        "x <!-- b\n\n<!-- private -->\n\nhidden",
    ],
)
def test_nested_repeated_and_disguised_marks_hide_all_that_may_be_meant(body):
    assert "hidden" not in draft(body)


def test_what_is_between_two_closed_regions_is_offered():
    region = "<!-- private -->\n\nhidden\n\n<!-- /private -->"
    assert draft(f"one\n\n{region}\n\ntwo\n\n{region}\n\nthree") == "one\n\ntwo\n\nthree"


@pytest.mark.parametrize(
    ("body", "left"),
    [
        ("%%\n```\nhidden\n```\n%%\n\nhello", "hello"),
        ("%%\n\n    hidden\n\n%%\n\nhello", "hello"),
        ("- open\n\n  %%\n  ```\n  hidden\n  ```\n  %%\n\nhello", "- open\n\nhello"),
        ("hello\n\n%%\n```\nhidden\n```\n", "hello"),
        ("hello\n\n%%\n```\nhidden\n%%\n\nhidden", "hello"),
    ],
)
def test_code_inside_a_percent_comment_stays_here(body, left):
    assert draft(body) == left


def test_many_comments_that_nothing_closes_are_read_in_one_pass():
    started = time.perf_counter()
    assert not draft("<!-- " * 5000)
    assert not draft("a " + "<!-- " * 5000)
    assert time.perf_counter() - started < 2


@pytest.mark.parametrize(
    "text",
    [
        "a <!-- private --> b <!-- private --> c <!-- /private --> hidden <!-- /private --> d",
        "<!-- private -->\n\nb\n\n<!-- private -->\n\nc\n\n<!-- /private -->\n\nhidden\n\n<!-- /private -->\n\nd",
    ],
)
def test_cleaning_alone_knows_nested_marks(text):
    assert "hidden" not in clean(text, keep_tags=True)
    assert clean(text, keep_tags=True).endswith("d")


@pytest.mark.parametrize(
    "element",
    [
        "<span hidden>hidden</span>",
        "<span title='>' hidden=''>hidden</span>",
        '<span title="&quot;" hidden id="&quot;">hidden</span>',
        '<b style="color: red; display : none">hidden</b>',
        "<i class='note private'>hidden</i>",
    ],
)
def test_what_a_page_would_not_show_stays_here(element):
    assert draft(f"open\n\na {element} b\n\nopen") == "open\n\nopen"
    assert "hidden" not in clean(f"a {element} b", keep_tags=True)


def test_a_hidden_element_over_several_blocks_stays_here():
    assert draft("open\n\n<div hidden>\n\nhidden\n\n</div>") == "open"
    assert draft("open\n\n<div hidden>\n<p hidden>x</p>\n\nhidden\n\n</div>") == "open"
    assert draft("open\n\n<div class=private>\nhidden\n</div>\n\nopen") == "open\n\nopen"


@pytest.mark.parametrize(
    "host",
    ["0x7f.0.0.1", "0177.0.0.1", "127.1", "100.64.1.1", "１２７.0.0.1", "127。0。0。1", "%31%32%37.0.0.1", "1.0x7f"],
)
def test_links_to_disguised_near_hosts_lose_their_target(host):
    assert draft(f"see [it](http://{host}/hidden)") == "see it"


def test_links_to_numbers_of_the_open_web_stay():
    assert "8.8.8.8" in draft("see [it](http://8.8.8.8/a)")
