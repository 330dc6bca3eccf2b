from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pln.sources.long_text import MAX_PARAGRAPH, MAX_WORD, needs_breaks, with_breaks
from pln.sources.sanitize import prepare

BREAK = "\u200b"


def test_ordinary_text_is_left_alone() -> None:
    assert not needs_breaks("word " * 3000 + "\n" + "x" * MAX_WORD)


def test_endless_word_gets_places_to_break() -> None:
    done = prepare("<p>" + "x" * 10_000 + "</p>", "")
    assert max(len(part) for part in done.html.removeprefix("<p>").split(BREAK)) <= MAX_WORD
    assert done.text == "x" * 10_000


def test_endless_word_is_seen_across_tags_and_entities() -> None:
    done = prepare("<b>xxxxxxxxx</b>&amp;" * 1000, "")
    assert done.html.count(BREAK) >= 4
    assert "&amp;" + BREAK in done.html or "x" + BREAK in done.html


def test_endless_paragraph_gets_new_blocks() -> None:
    done = prepare("<p>" + "lorem ipsum " * 10_000 + "</p><p>end</p>", "")
    assert done.html.count("<div></div>") >= len("lorem ipsum " * 10_000) // MAX_PARAGRAPH - 1
    assert done.html.endswith("<p>end</p>")


@given(st.text(alphabet=st.sampled_from("ab <>&;\n茶"), max_size=300), st.integers(1, 60))
def test_words_survive_breaking(text: str, times: int) -> None:
    html = prepare(text * times, "").html
    assert with_breaks(html).replace(BREAK, "").replace("<div></div>", "") == html.replace(BREAK, "").replace(
        "<div></div>", ""
    )
