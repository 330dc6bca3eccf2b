"""A marked passage is found again where it was, or not at all."""

from __future__ import annotations

import re

from hypothesis import assume, given
from hypothesis import strategies as st

from pln.model.anchoring import AROUND, Anchor, Readable, Span, anchor_of, find

SOME = "garden ties people learn slow edge surprise often network coffee walk Ärger straße 学ぶ “quoted” don’t dahlia"
WORDS = st.sampled_from(SOME.split())
SENTENCE = st.lists(WORDS, min_size=4, max_size=14).map(lambda words: " ".join(words).capitalize() + ".")
TEXT = st.lists(SENTENCE, min_size=3, max_size=9).map("\n\n".join)
SPACES = st.sampled_from([" ", "\n", "\n\n", "\u00a0", "\t ", "\u2029", " \u200b"])


@st.composite
def marked(draw: st.DrawFn) -> tuple[str, Anchor]:
    text = draw(TEXT)
    start = draw(st.integers(0, len(text) - 1))
    anchor = anchor_of(text, start, draw(st.integers(1, 200)))
    assume(anchor is not None)
    assert anchor is not None
    return text, anchor


def unspaced(text: str) -> str:
    return re.sub(r"[\s\u200b]+", "", text)


@given(marked())
def test_it_is_found_in_the_same_text(made: tuple[str, Anchor]) -> None:
    text, anchor = made
    found = find(text, anchor)
    assert found == Span(anchor.start, len(anchor.quote))
    assert text[found.start : found.end] == anchor.quote


@given(marked(), st.text(max_size=300), st.text(max_size=300))
def test_it_survives_what_is_written_before_and_after(made: tuple[str, Anchor], above: str, below: str) -> None:
    text, anchor = made
    assume(unspaced(anchor.quote + anchor.after) not in unspaced(above + below))
    found = find(f"{above}\n\n{text}\n\n{below}", anchor)
    assume(anchor.before or anchor.after)
    assert found is not None
    here = f"{above}\n\n{text}\n\n{below}"[found.start : found.end]
    assert here == anchor.quote


@given(marked(), st.data())
def test_it_survives_another_setting(made: tuple[str, Anchor], data: st.DataObject) -> None:
    """Other spaces, other quotation marks, other case."""
    text, anchor = made
    parts = re.split(r"(\s+)", text)
    new = "".join(data.draw(SPACES) if part.isspace() else part for part in parts)
    new = new.replace("“", '"').replace("”", '"').replace("’", "'")
    new = new.upper() if data.draw(st.booleans()) else new
    found = find(new, anchor)
    assert found is not None
    assert unspaced(new[found.start : found.end]).casefold() == unspaced(anchor.quote).casefold().translate(
        str.maketrans("“”’", '""\'')
    )


LONG = st.text("abcdefghijklmnop ", min_size=200, max_size=300)


@given(LONG, st.text("uvwxyz ", min_size=12, max_size=60).filter(str.strip), LONG, LONG, LONG)
def test_it_never_lands_where_the_same_words_stand_among_others(a: str, quote: str, b: str, c: str, d: str) -> None:
    """Its own place was cut out; the words stand elsewhere, with nothing alike around."""
    text = f"{a}{quote}{b}"
    anchor = anchor_of(text, len(a), len(quote))
    assume(anchor is not None)
    assert anchor is not None
    elsewhere = f"{c.upper().translate(OTHER)}{quote}{d.upper().translate(OTHER)}"
    assert find(elsewhere, anchor) is None
    found = find(f"{elsewhere} {text}", anchor)  # with its own place there, that one is taken
    assert found is not None and found.start >= len(elsewhere)


OTHER = str.maketrans("ABCDEFGHIJKLMNOP", "0123456789+*/=#%")


@given(marked(), st.data())
def test_what_is_found_lies_in_the_text(made: tuple[str, Anchor], data: st.DataObject) -> None:
    """In any text, however much was changed."""
    text, anchor = made
    cut = data.draw(st.integers(0, len(text)))
    new = text[:cut] + data.draw(st.text(max_size=80)) + text[cut + data.draw(st.integers(0, 200)) :]
    found = find(new, anchor)
    assert found is None or (0 <= found.start < found.end <= len(new))


@given(st.text(max_size=400), st.text(max_size=50), st.text(max_size=64), st.text(max_size=64), st.integers(-9, 9**9))
def test_any_anchor_in_any_text(text: str, quote: str, before: str, after: str, start: int) -> None:
    found = find(text, Anchor(quote, before, after, start))
    assert found is None or (0 <= found.start < found.end <= len(text))


TEXT_AS_IT_WAS = (
    "The people we know best tend to know what we know. That makes them good company.\n\n"
    "Most of what changed my mind last year came from someone I had spoken to twice. A facilitator in Accra, "
    "a librarian who breeds dahlias.\n\nNone of it was luck, exactly."
)
PASSAGE = "Most of what changed my mind last year came from someone I had spoken to twice."


def made(quote: str = PASSAGE) -> Anchor:
    anchor = anchor_of(TEXT_AS_IT_WAS, TEXT_AS_IT_WAS.index(quote), len(quote))
    assert anchor is not None
    return anchor


def test_small_edits_inside_are_followed() -> None:
    new = TEXT_AS_IT_WAS.replace("last year came from someone", "this past year came from somebody")
    found = find(new, made())
    assert found is not None
    assert new[found.start : found.end] == PASSAGE.replace(
        "last year came from someone", "this past year came from somebody"
    )


def test_an_edit_at_its_end_is_followed() -> None:
    new = TEXT_AS_IT_WAS.replace("spoken to twice.", "spoken to only twice!")
    found = find(new, made())
    assert found is not None
    assert new[found.start : found.end].startswith("Most of what") and "twice" in new[found.start : found.end]


def test_a_passage_that_was_rewritten_is_lost() -> None:
    assert find(TEXT_AS_IT_WAS.replace(PASSAGE, "It rained."), made()) is None


def test_a_short_word_is_told_by_what_stands_around() -> None:
    anchor = anchor_of(TEXT_AS_IT_WAS, TEXT_AS_IT_WAS.rindex("know."), 4)
    assert anchor is not None
    found = find("You know. We know. " + TEXT_AS_IT_WAS, anchor)
    assert found is not None and found.start == TEXT_AS_IT_WAS.rindex("know.") + 19


def test_the_surroundings_are_short_and_nothing_is_made_of_spaces() -> None:
    anchor = anchor_of("x" * 500 + " here " + "y" * 500, 500, 6)
    assert anchor is not None
    assert (anchor.quote, len(anchor.before), len(anchor.after), anchor.start) == ("here", AROUND, AROUND, 501)
    assert anchor_of("a  \n b", 1, 4) is None and anchor_of("", 0, 9) is None and anchor_of("abc", 7, 2) is None


def test_a_long_text_that_repeats_itself_is_gone_through_soon() -> None:
    """Bounded work: what took minutes by comparing everywhere would run into the limit of every test."""
    text = "ab " * 100_000
    page = Readable(text)
    for quote in ("ab ab ab", "abba " * 4000, "c" * 20_000):
        assert find(page, Anchor(quote, "x" * 60, "y" * 60, 5)) is None
