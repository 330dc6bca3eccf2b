"""A large feed comes from the worker in small messages: unpacking one keeps every other thread waiting."""

from __future__ import annotations

import pickle

import pytest

from feed_documents import item, rss
from pln.model.feed import ParsedEntry, ParsedFeed
from pln.sources.parse import Parser
from pln.sources.parse_worker import BUG, IN_PARTS, OK, in_parts

LARGEST = 400 * 1024  # bytes of a message, where no single entry is larger


def _feed(*lengths: int) -> ParsedFeed:
    entries = tuple(
        ParsedEntry(
            guid=f"leaf-{each}", title="", url="", author="", published=None, html="é" * length, text="e" * length
        )
        for each, length in enumerate(lengths)
    )
    return ParsedFeed(title="Tea", site_url="", entries=entries, problem="not quite")


@pytest.mark.parametrize("lengths", [(), (10,), (9000,) * 300, (10, 900_000, 10), (900_000,)])
def test_parts_hold_the_feed_in_its_order(lengths: tuple[int, ...]) -> None:
    feed = _feed(*lengths)
    (kind, head, number), *parts = in_parts((OK, feed))
    assert (kind, head.title, head.problem, head.entries) == (IN_PARTS, "Tea", "not quite", ())
    assert number == len(parts)
    assert tuple(entry for part in parts for entry in part) == feed.entries


def test_no_message_is_large() -> None:
    sizes = [len(pickle.dumps(message)) for message in in_parts((OK, _feed(*(9000,) * 300)))]
    assert sum(sizes) > 10 * LARGEST
    assert max(sizes) < LARGEST


@pytest.mark.parametrize("answer", [(OK, (("https://tea.example/feed", "Tea"),)), (BUG, "Traceback")])
def test_other_answers_are_one_message(answer: tuple[object, ...]) -> None:
    assert list(in_parts(answer)) == [answer]


def test_a_large_feed_arrives_whole_and_the_next_one_is_fine(parser: Parser) -> None:
    body = rss("".join(item(number, f"<p>{'green tea ' * 800}</p>") for number in range(300)))
    entries = parser.parse(body, url="https://tea.example/feed.xml").entries
    assert [entry.guid for entry in entries] == [f"leaf-{number}" for number in range(300)]
    assert {len(entry.text) for entry in entries} == {len("green tea ") * 800 - 1}
    assert len(parser.parse(rss(item(1, "next")), url="https://tea.example/feed.xml").entries) == 1
