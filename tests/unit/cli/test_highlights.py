"""`pln highlights`: what it answers is what it tells, and its Markdown is that of the window."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from pln.cli.verbs.highlights import HIGHLIGHTS
from pln.model.contact import Person
from pln.model.feed import Feed
from pln.model.highlight import Highlight, HighlightKind
from pln.services.context import Context
from pln.services.highlight_pages import highlights_markdown
from store_fixtures import NOW, context, entry_of, store

__all__ = ["context", "store"]


def ask(ctx: Context, **given: Any) -> Any:
    wanted = SimpleNamespace(**{"text": [], "kind": None, "open": False, "markdown": False, **given})
    return HIGHLIGHTS.run(SimpleNamespace(ctx=ctx), wanted)  # type: ignore[arg-type]


def test_it_lists_filters_and_quotes(context: Context) -> None:
    with context.write("") as work:
        who = work.people.add(Person(name="Ines Okafor"))
        feed = work.feeds.add(Feed(url="https://example.invalid/feed", title="Edges"))
        work.articles.take_in(feed.id, [entry_of("a", title="On edges", text="One. Two.")])
        article = work.articles.by_guid(feed.id, "a") or 0
        plain = work.highlights.add(Highlight(article_id=article, quote="One.", note="mine", created=NOW))
        asked = Highlight(article_id=article, quote="Two.", kind=HighlightKind.QUESTION, person_id=who.id, created=NOW)
        question = work.highlights.add(asked)
    answer = ask(context)
    assert [each["id"] for each in answer.data["highlights"]] == [question.id, plain.id]
    assert {f"highlights[].{key}" for key in answer.data["highlights"][0]} == set(HIGHLIGHTS.shape)
    assert any("“One.” mine" in line for line in answer.lines)
    assert [each["for"] for each in ask(context, open=True).data["highlights"]] == ["Ines Okafor"]
    assert [each["quote"] for each in ask(context, text=["mine"]).data["highlights"]] == ["One."]
    assert ask(context, kind="lesson").lines == ("There is none.",)
    markdown = "\n".join(ask(context, markdown=True).lines) + "\n"
    assert markdown == highlights_markdown(context, (question.id, plain.id))
