"""Laws of sharing: nothing but allowed Markdown leaves, and no undecided name does."""

from __future__ import annotations

from collections.abc import Callable
from unicodedata import normalize
from urllib.parse import quote

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from pln.model.share import KnownPerson, NameAction, NameDecision
from pln.share.blocks import clean
from pln.share.folding import folded_words, key, words
from pln.share.inline import is_public
from pln.share.names import KnownNames, apply, find_names
from pln.share.paragraphs import compose, split

PIECES = st.sampled_from(
    [
        "a",
        "word",
        " ",
        "  ",
        "\n",
        "\n\n",
        "*",
        "**",
        "_",
        "__",
        "~~",
        "`",
        "```",
        "```private",
        "<!-- private -->",
        "<!-- /private -->",
        "<!--",
        "-->",
        "<b>",
        "</b>",
        "<script>",
        "</script>",
        "<div",
        ">",
        "<",
        "&copy;",
        "&",
        "\\",
        "[",
        "](",
        ")",
        "]",
        "![",
        "[x]: ",
        "http://a.example/",
        "pln:person/3",
        "file:///x",
        "- ",
        "1. ",
        "# ",
        "> ",
        "    ",
        "\t",
        "| ",
        "|---|",
        "---",
        "===",
        "***",
        "+++",
        "%%",
        "@",
        "#tag",
        "!",
        ":",
        "[ ] ",
        "Next small step: ",
        "[[",
        "]]",
        "é",
        "王",
        "\u200b",
        "\r\n",
        "<http://a.example/>",
        "<file:///y>",
        "<a@b.example>",
        '"t"',
    ]
)
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


# Names of at least three letters: initials and the role words below can then name nobody else.
LATIN = st.text(st.sampled_from("abdgklmnrtzéöåčøß"), min_size=3, max_size=7).map(str.capitalize)
CYRILLIC = st.text(st.sampled_from("бвгдклмнрт"), min_size=3, max_size=7).map(str.capitalize)
ARABIC = st.text(st.sampled_from("حدرسصعمن"), min_size=3, max_size=6)
CHINESE = st.text(st.sampled_from("王李张刘陈杨赵黄"), min_size=2, max_size=3)
WORD = st.one_of(LATIN, CYRILLIC, ARABIC)
FULL_NAME = st.one_of(
    st.tuples(WORD, WORD).map(" ".join),
    st.tuples(LATIN, LATIN).map("-".join),
    st.tuples(LATIN, LATIN).map("'".join),
    CHINESE,
)
DIGITS = st.text(st.sampled_from("123456789"), min_size=8, max_size=10)


@st.composite
def address_books(draw: st.DrawFn) -> list[KnownPerson]:
    names = draw(st.lists(FULL_NAME, min_size=1, max_size=4, unique=True))
    return [
        KnownPerson(
            person_id=number,
            name=name,
            sure=(draw(DIGITS), f"x{number}@{draw(LATIN).encode('ascii', 'ignore').decode().lower()}q.example"),
            soft=tuple(draw(st.lists(WORD, max_size=1))),
            naming=draw(st.sampled_from(["yes", "no", "ask"])),
        )
        for number, name in enumerate(names, 1)
    ]


DISGUISES = st.sampled_from(
    [
        str,
        str.upper,
        str.lower,
        lambda t: t.replace(" ", "\n"),
        lambda t: "\u200b".join(t),
        lambda t: quote(t),
        lambda t: f"{t}'s",
        lambda t: f"@{t}",
        lambda t: f"**{t}**",
        lambda t: f"[x](https://a.example/{quote(t)})",
        lambda t: f"[{t}](https://a.example/)",
        lambda t: f"({t})",
        lambda t: t.replace(" ", " [", 1) + "](https://c.example/)",
        lambda t: f"{t}’s",
        lambda t: normalize("NFD", t),
        lambda t: "  ".join(t.split()),
        lambda t: f"https://b.example/{quote(t)}/c",
    ]
)


@st.composite
def naming_texts(draw: st.DrawFn) -> tuple[list[KnownPerson], str]:
    people = draw(address_books())
    said = [word for person in people for word in (person.name, *person.name.split(), *person.sure, *person.soft)]
    parts = draw(
        st.lists(
            st.one_of(st.sampled_from(["so", "then", "it went", ".", ",\n\n", "- "]), st.sampled_from(said)),
            max_size=10,
        )
    )
    return people, " ".join(draw(DISGUISES)(part) if part in said else part for part in parts)


@given(naming_texts(), st.data())
def test_after_the_names_pass_only_kept_names_are_found(
    case: tuple[list[KnownPerson], str], data: st.DataObject
) -> None:
    people, text = case
    known = KnownNames(people)
    hits = known.find(text)
    actions = {key(hit.text): data.draw(st.sampled_from(NameAction)) for hit in hits}
    decisions = [NameDecision(matched=each, action=action, role="someone") for each, action in actions.items()]
    out = apply(text, hits, decisions)
    kept = {word for each, action in actions.items() if action is NameAction.KEEP for word in each.split()}
    for left in known.find(out):
        assert set(key(left.text).split()) <= kept, (text, out, left)


@given(naming_texts())
def test_hits_are_in_order_apart_and_where_they_say(case: tuple[list[KnownPerson], str]) -> None:
    people, text = case
    end = 0
    for hit in find_names(text, people):
        assert end <= hit.start < hit.end
        assert text[hit.start : hit.end] == hit.text
        assert hit.person_ids
        end = hit.end


@given(st.one_of(FULL_NAME, st.text(max_size=30)))
def test_words_are_the_same_with_and_without_their_places(text: str) -> None:
    assert folded_words(text) == tuple(word.text for word in words(text))


ALIKE = str.maketrans("aceopxyABEHKMOPTX", "асеорхуАВЕНКМОРТХ")
HIDINGS = st.sampled_from(
    [" ".join, "-".join, "_".join, lambda t: f"{t}7", lambda t: f"12{t}", lambda t: t.translate(ALIKE)]
)


@given(st.text(st.sampled_from("acegnorstABGT"), min_size=4, max_size=9), HIDINGS, st.data())
def test_a_name_is_found_however_its_letters_are_written(
    name: str, hide: Callable[[str], str], data: st.DataObject
) -> None:
    people = [KnownPerson(person_id=1, name=f"{name.capitalize()} Qvist", sure=(), soft=(), naming="ask")]
    hidden = hide(data.draw(st.sampled_from([name.capitalize(), name.upper()])))
    (hit,) = find_names(f"so, {hidden}, it was", people)
    assert hit.text == hidden


@given(address_books(), st.data())
def test_a_full_name_is_found_in_every_disguise(people: list[KnownPerson], data: st.DataObject) -> None:
    who = data.draw(st.sampled_from(people))
    text = f"so {data.draw(DISGUISES)(who.name)} it was"
    assert any(who.person_id in hit.person_ids for hit in find_names(text, people))
