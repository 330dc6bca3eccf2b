"""A promise of mine that is still open."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from pln.model.changes import Noun, Ref
from pln.model.contact import Person
from pln.model.marks import Mark, MarkKind, MarkState
from pln.model.suggestion import ArticleMatch, ArticleText, Candidate, Fact, Network, Pace, StepAction, StepKind
from pln.suggest.noted import noted, occasion
from pln.suggest.phrasing import letter
from pln.suggest.reasons import duration, shortened
from pln.suggest.wording import promised_step
from pln.suggest.words import content

_FRESH, _SAME_DAY, _OLD = 0.92, 0.8, 0.75
_OLD_AFTER = 60
# Words for things one sends: they do not tell which one.
_KIND_OF_THING = frozenset(
    content("article book email link list mail note paper piece post photo send text talk video")
)


def find(network: Network, paces: Mapping[int, Pace], matches: Sequence[ArticleMatch]) -> Iterator[Candidate]:
    """One candidate for each open promise whose person is known."""
    titles = _by_word(network.articles)
    for mark in network.marks:
        if mark.kind is MarkKind.MINE and mark.state is MarkState.OPEN and mark.made_on <= network.today:
            person = network.people.get(promised_to(mark, network) or 0)
            if person is not None:
                yield _step(mark, person, network, _meant(mark, titles))


def promised_to(mark: Mark, network: Network) -> int | None:
    """Whom a promise was made to: as recorded, else the one of the meetup it names, else the first one met."""
    meetup = network.meetups.get(mark.meetup_id)
    if mark.person_id is not None or meetup is None or not meetup.people:
        return mark.person_id
    said = set(re.findall(r"\w+", mark.text.casefold()))
    named = (id_ for id_ in meetup.people if id_ in network.people)
    return next((id_ for id_ in named if network.people[id_].first_name.casefold() in said), meetup.people[0])


def _by_word(articles: Sequence[ArticleText]) -> dict[str, list[ArticleText]]:
    """The articles that have a word in their title, by its stem."""
    found: defaultdict[str, list[ArticleText]] = defaultdict(list)
    for article in articles:
        for stem in content(article.title):
            found[stem].append(article)
    return found


def _meant(mark: Mark, titles: Mapping[str, Sequence[ArticleText]]) -> ArticleText | None:
    """The saved article that a promise speaks of: most words in common, two at least (one where there is but one)."""
    wanted = content(mark.text).keys() - _KIND_OF_THING
    articles = {article.id: article for stem in wanted for article in titles.get(stem, ())}
    shared = Counter(article.id for stem in wanted for article in titles.get(stem, ()))
    best = max(shared, key=lambda id_: (shared[id_], articles[id_].starred, id_), default=None)
    return articles[best] if best is not None and shared[best] >= min(2, len(wanted)) else None


def _step(mark: Mark, person: Person, network: Network, article: ArticleText | None) -> Candidate:
    name, age = person.first_name, (network.today - mark.made_on).days
    return Candidate(
        key=f"promise:{mark.id}",
        kind=StepKind.PROMISE,
        people=(person.id,),
        title=promised_step(mark.text, name),
        chip="Promise · today" if age == 0 else f"Promise · {duration(age)}",
        facts=(noted(mark, network, "You promised it"), *_saved(article)),
        action=StepAction.WRITE,
        action_label=f"Write to {name}",
        value=_SAME_DAY if age == 0 else _OLD if age > _OLD_AFTER else _FRESH,
        draft=_draft(mark, name, network, article),
        subject=once_said(article.title if article else mark.text),
        ref=Ref(Noun.MARK, mark.id),
    )


def once_said(text: str) -> str:
    """A subject line from the words of a mark or a title."""
    flat = shortened(text, 70)
    return flat[:1].upper() + flat[1:]


def _saved(article: ArticleText | None) -> Iterator[Fact]:
    if article is not None:
        yield Fact(
            text="It may be this one, saved in Reading" if not article.starred else "It is saved in Reading",
            day=article.published.date(),
            quote=article.title,
            ref=Ref(Noun.ARTICLE, article.id),
        )


def _draft(mark: Mark, name: str, network: Network, article: ArticleText | None) -> str:
    here = f"Here it is: “{article.title}” ({article.feed_title})." if article else ""
    return letter(
        name,
        f"I promised you something{occasion(mark, network)}: “{shortened(mark.text, 200)}”.",
        here,
        "I hope it is useful. No need to answer.",
    )
