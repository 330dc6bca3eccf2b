from __future__ import annotations

import pytest

from pln.model.changes import Noun
from pln.model.errors import UsageError
from pln.model.feed import Feed
from pln.services.article_tags import article_tags, tag_article
from pln.services.context import Context, take_back
from pln.services.reading import Shelf, article_ids
from store_fixtures import entry_of


@pytest.fixture
def articles(context: Context) -> tuple[int, ...]:
    with context.write("") as work:
        feed = work.feeds.add(Feed(url="https://edges.example/f", title="Edges", tags=("Craft",))).id
        work.articles.take_in(feed, [entry_of(f"e{n}", text="weak ties") for n in range(2)])
        work.rules.tag(work.articles.ids(Shelf()), "by rule")
    return article_ids(context, Shelf())


def test_tags_are_given_taken_and_brought_back(context: Context, articles: tuple[int, ...]) -> None:
    first, second = articles
    step = tag_article(context, first, [" Weak   ties ", "weak TIES", "pilot", ""])
    assert article_tags(context, first) == ("Weak ties", "pilot")
    assert article_tags(context, second) == ("by rule",)
    assert article_ids(context, Shelf(tag="weak ties")) == (first,)
    assert step is not None
    take_back(context, step)
    assert article_tags(context, first) == ("by rule",)


def test_a_known_tag_keeps_its_letters(context: Context, articles: tuple[int, ...]) -> None:
    tag_article(context, articles[0], ["craft", "BY RULE"])
    assert article_tags(context, articles[0]) == ("Craft", "by rule")


def test_the_same_tags_are_no_step(context: Context, articles: tuple[int, ...]) -> None:
    assert tag_article(context, articles[0], ["by rule"]) is None
    assert context.undo.top is None


def test_the_change_is_told_and_an_unknown_article_refused(context: Context, articles: tuple[int, ...]) -> None:
    heard: list[frozenset[int]] = []
    context.bus.subscribe(lambda changes: heard.append(changes.ids(Noun.ARTICLE)))
    tag_article(context, articles[0], [])
    assert heard == [frozenset({articles[0]})]
    with pytest.raises(UsageError, match="No such article"):
        tag_article(context, 99_999, ["x"])
