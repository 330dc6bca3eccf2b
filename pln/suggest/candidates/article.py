"""An article that fits somebody: the best one for each person one has been in touch with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pln.model.changes import Noun, Ref
from pln.model.contact import Person
from pln.model.suggestion import ArticleMatch, ArticleText, Candidate, Network, Pace, StepAction, StepKind
from pln.suggest.phrasing import letter
from pln.suggest.reasons import shortened, spoken_words

_BASE, _BY_FIT, _STARRED = 0.42, 0.3, 0.05


def find(network: Network, paces: Mapping[int, Pace], matches: Sequence[ArticleMatch]) -> Iterator[Candidate]:
    """One candidate a person; `matches` come best first. Not for people with whom there was no contact yet."""
    articles = {article.id: article for article in network.articles}
    served: set[int] = set()
    for match in matches:
        if match.person_id in served or not network.contacts.get(match.person_id):
            continue
        served.add(match.person_id)
        if match.article_id in articles and match.person_id in network.people:
            yield _step(match, articles[match.article_id], network.people[match.person_id])


def _step(match: ArticleMatch, article: ArticleText, person: Person) -> Candidate:
    name = person.first_name
    subject = spoken_words(match.words)
    return Candidate(
        key=f"article:{article.id}:{person.id}",
        kind=StepKind.ARTICLE,
        people=(person.id,),
        title=f"Send {name} “{shortened(article.title, 52)}”",
        chip="Worth passing on",
        facts=match.facts,
        action=StepAction.READ,
        action_label="Read, then send",
        value=_BASE + _BY_FIT * match.weight + _STARRED * article.starred,
        draft=letter(
            name,
            f"I read this and thought of you, because of {subject}:\n“{article.title}” ({article.feed_title})",
            "No need to answer. If you read it, I would enjoy hearing what you make of it.",
        ),
        subject=shortened(article.title, 70),
        ref=Ref(Noun.ARTICLE, article.id),
    )
