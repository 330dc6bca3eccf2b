"""A tie that was rich and has long been quiet: at most two, one familiar and one whose turn it is this week."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from hashlib import blake2b

from pln.model.changes import Noun, Ref
from pln.model.contact import Person, RhythmWish
from pln.model.suggestion import (
    ArticleMatch,
    ArticleText,
    Candidate,
    Fact,
    Network,
    Pace,
    StepAction,
    StepKind,
)
from pln.suggest.phrasing import OVER, letter
from pln.suggest.reasons import calendar_day, every, long_ago, shortened, spelt
from pln.suggest.rhythm import is_paused
from pln.suggest.verdicts import verdicts

_RICH = 4
_QUIET_DAYS, _QUIET_BEATS = 240, 4
_VALUE, _WITH_A_WAY_IN = 0.4, 0.06


def is_dormant(pace: Pace) -> bool:
    """Four days of contact at least, and then a silence of eight months and of four usual pauses."""
    if pace.silence is None or pace.gap is None or pace.n < _RICH:
        return False
    return pace.silence >= max(_QUIET_DAYS, _QUIET_BEATS * pace.gap)


def find(network: Network, paces: Mapping[int, Pace], matches: Sequence[ArticleMatch]) -> Iterator[Candidate]:
    """People the owner set aside before, planned to meet, let rest or wants no rhythm with are left out."""
    said = verdicts(network.responses, network.today)
    found = [
        person
        for person in network.people.values()
        if is_dormant(paces[person.id])
        and person.id not in network.planned
        and person.rhythm_wish is not RhythmWish.NONE
        and not is_paused(person, network.today)
        and not said.against(_key(person, network), StepKind.DORMANT, (person.id,))
    ]
    for person in _two(found, paces, network):
        yield _step(person, paces[person.id], network, _way_in(person, network, matches))


def _key(person: Person, network: Network) -> str:
    return f"dormant:{person.id}:{network.contacts[person.id][-1].day.isoformat()}"


def _two(found: Sequence[Person], paces: Mapping[int, Pace], network: Network) -> list[Person]:
    """The one best known, and one of the others by the turn of the week."""
    if len(found) < 2:
        return list(found)
    familiar = max(found, key=lambda person: (paces[person.id].n, -person.id))
    year, week, _ = network.today.isocalendar()
    others = (person for person in found if person is not familiar)
    return [familiar, min(others, key=lambda person: blake2b(f"{year}-{week}:{person.id}".encode()).digest())]


def _way_in(person: Person, network: Network, matches: Sequence[ArticleMatch]) -> tuple[ArticleText, Fact] | None:
    """Something of their own that can be read now, else an article that fits them."""
    own = [article for article in network.articles if article.voice_id == person.id]
    if own:
        newest = max(own, key=lambda article: (article.published.replace(tzinfo=None), article.id))
        text = f"{person.first_name} wrote something new"
        return newest, Fact(
            text=text, day=newest.published.date(), quote=newest.title, ref=Ref(Noun.ARTICLE, newest.id)
        )  # fmt: skip
    best = next((match for match in matches if match.person_id == person.id), None)
    article = next((one for one in network.articles if best and one.id == best.article_id), None)
    if article is None:
        return None
    day = article.published.date()
    return article, Fact(text="An article fits them", day=day, quote=article.title, ref=Ref(Noun.ARTICLE, article.id))


def _step(person: Person, pace: Pace, network: Network, way_in: tuple[ArticleText, Fact] | None) -> Candidate:
    name = person.first_name
    article, fact = way_in or (None, None)
    return Candidate(
        key=_key(person, network),
        kind=StepKind.DORMANT,
        people=(person.id,),
        title=f"Pick the thread up with {name}",
        chip="Old friend",
        facts=(_quiet(person, pace, network), *((fact,) if fact else ()), _last_words(person, network)),
        action=StepAction.READ if article else StepAction.WRITE,
        action_label="Read, then write" if article else f"Write to {name}",
        value=_VALUE + _WITH_A_WAY_IN * (article is not None),
        draft=_draft(person, article),
        subject="Hello again",
        ref=Ref(Noun.ARTICLE, article.id) if article else Ref(Noun.PERSON, person.id),
    )


def _quiet(person: Person, pace: Pace, network: Network) -> Fact:
    last = network.contacts[person.id][-1].day
    text = f"You used to be in touch {spelt(every(pace.gap or 0))}; the last time was {long_ago(last, network.today)}"
    return Fact(text=text, day=last, ref=Ref(Noun.PERSON, person.id))


def _last_words(person: Person, network: Network) -> Fact:
    last = network.contacts[person.id][-1]
    day = calendar_day(last.day, network.today)
    return Fact(text=f"That was {OVER.get(last.kind, 'in person')} on {day}", day=last.day)


def _draft(person: Person, article: ArticleText | None) -> str:
    return letter(
        person.first_name,
        "It has been a while, and I thought of you.",
        _about(article, person) if article else "",
        "How are you, and what are you working on these days? Just a hello is enough.",
    )


def _about(article: ArticleText, person: Person) -> str:
    title = shortened(article.title, 120)
    if article.voice_id == person.id:
        return f"I have just read “{title}” of yours, and would enjoy hearing more."
    return f"I have just read “{title}”; it made me think of you."
