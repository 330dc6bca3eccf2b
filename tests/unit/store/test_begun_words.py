"""What a begun word finds among the newest articles is what the index finds."""

from __future__ import annotations

import pytest

import pln.store.begun_words as begun_words
from pln.model.changes import Noun
from pln.model.feed import Feed
from pln.store.folding import match_expression
from pln.store.unit_of_work import Store
from store_fixtures import entry_of

TEXTS = (
    "Antonín Dvořák wrote about façades in Århus",
    "Dvořa\u0301k, written with marks of their own",
    "Ｗｉｄｅ letters, and ﬁne ones",
    "Разговор о ремесле; Ёлка",
    "Ἀθήνα καὶ φιλοσοφία",
    "snake_case and under_scored, x2y and 3rd",
    "Siobhán O’Malley's garden",
    "İstanbul and Straße, naïve ŁÓDŹ",
    "plain words about the harbour",
    "a harbour of plainness",
)
TYPED = (
    "dv", "dvo", "dvořák", "DVO", "fac", "façad", "wi", "wid", "fi", "fin", "ра", "раз", "елк", "Ёл", "αθ",
    "φιλ", "sna", "cas", "sco", "x2", "3r", "2y", "stra", "straß",
    "mall", "gar", "ist", "lodz", "nai", "pla", "plain", "harb", "nothing",
    "plain ha", "harbour pl", "about façade", "wrote dvor", "zz plain", "plain zz",
)  # fmt: skip


@pytest.fixture
def filled(store: Store) -> Store:
    with store.write("") as work:
        feed = work.feeds.add(Feed(url="https://f.example/"))
        work.articles.take_in(feed.id, [entry_of(str(number), text=text) for number, text in enumerate(TEXTS)])
    return store


@pytest.mark.parametrize("typed", TYPED)
def test_finds_what_the_index_finds(filled: Store, typed: str) -> None:
    with filled.read() as work:
        rows = work.search.connection.exec_driver_sql(
            "SELECT rowid - (3 << 40) FROM search_article WHERE search_article MATCH ? ORDER BY rowid DESC",
            (match_expression(typed),),
        )
        indexed = tuple(rows.scalars())
        newest = begun_words.newest_begun(work.search.connection, typed, 3 << 40, 50)
        assert newest is not None
        assert tuple(row - (3 << 40) for row in newest) == work.search.ids(typed, Noun.ARTICLE) == indexed


def test_a_single_letter_after_a_word_counts_among_the_newest(filled: Store) -> None:
    """The index passes it over (see match_expression); what is looked through anyway can heed it."""
    with filled.read() as work:
        assert len(work.search.ids("wrote d", Noun.ARTICLE)) == 1
        assert work.search.ids("wrote q", Noun.ARTICLE) == ()


def test_where_the_newest_do_not_suffice_the_index_is_asked(filled: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(begun_words, "_LOOKED_AT", 3)
    with filled.read() as work:
        assert begun_words.newest_begun(work.search.connection, "plai", 3 << 40, 2) is None
        assert len(work.search.ids("plai", Noun.ARTICLE, 2)) == 2
        assert begun_words.newest_begun(work.search.connection, "dvo", 3 << 40, 2) is not None
        assert begun_words.newest_begun(work.search.connection, "dvo", 3 << 40, 4) is None  # more than are looked at
