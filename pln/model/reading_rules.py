"""Rules of reading: what is done by itself with articles as they come in. Pure; storing and applying is elsewhere."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from pln.model.errors import UsageError
from pln.model.patterns import pattern

MOST_TEXT = 50_000
"""Characters of an article that are looked at; what a text is about stands before."""

_UNSPACED = re.compile("[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff]")


class Part(StrEnum):
    """Of an article. ANYWHERE: title, author and text."""

    ANYWHERE = "anywhere"
    TITLE = "title"
    AUTHOR = "author"
    TEXT = "text"
    LINK = "link"


class How(StrEnum):
    """WORDS: any of some words or phrases, as whole words. PATTERN: a regular expression."""

    WORDS = "words"
    PATTERN = "pattern"


class Act(StrEnum):
    """What a rule does. MUTE: the article counts as read, so that it does not come up; it stays findable.

    There is no act that hides an article: a word too many would take something away that nobody ever misses, and an
    owner who looks into the feed itself wants to see what it wrote. Read articles are out of Unread, of all numbers and
    of what is suggested, and a click makes them unread again.
    """

    MUTE = "mute"
    TAG = "tag"
    STAR = "star"
    LATER = "later"
    FULL_TEXT = "full_text"
    NOTIFY = "notify"


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """words: for How.PATTERN one pattern. unless: holds where it is *not* found."""

    part: Part = Part.ANYWHERE
    how: How = How.WORDS
    words: tuple[str, ...]
    unless: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """All conditions must hold; none means every article of its feeds.

    feed: a feed's uid, "" for every feed. folder: with the folders in it, "" for any. feed_tag: of the feed, "" for
    any. tags: what Act.TAG gives. mute_words: the one rule that the line of mute words writes.
    """

    id: int = 0
    uid: str = ""
    name: str = ""
    enabled: bool = True
    feed: str = ""
    folder: str = ""
    feed_tag: str = ""
    conditions: tuple[Condition, ...] = ()
    acts: tuple[Act, ...] = ()
    tags: tuple[str, ...] = ()
    mute_words: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """An article as rules see it, with what they ask of its feed."""

    id: int
    title: str
    author: str
    text: str
    url: str
    feed: str
    folder: str
    feed_tags: tuple[str, ...] = ()


def checked(rule: Rule) -> Rule:
    """The rule tidied up. Raises UsageError where it does nothing, matches everything, or holds a broken pattern."""
    conditions = tuple(each for each in map(_tidy, rule.conditions) if each.words)
    if not rule.acts or (rule.acts == (Act.TAG,) and not rule.tags):
        raise UsageError("The rule does nothing yet", "Choose what it should do. Nothing was saved.")
    if not conditions and not (rule.feed or rule.folder or rule.feed_tag):
        raise UsageError(
            "The rule would fit every article", "Choose a feed, a folder or some words. Nothing was saved."
        )
    for each in conditions:
        if each.how is How.PATTERN:
            pattern(each.words[0])
    return replace(rule, name=" ".join(rule.name.split()), conditions=conditions)


def fits(rule: Rule, article: Subject) -> bool:
    """Whether a rule speaks of an article."""
    return _in_scope(rule, article) and all(_holds(each, article) for each in rule.conditions)


def acts_on(rules: Iterable[Rule], articles: Sequence[Subject]) -> dict[tuple[Act, str], tuple[int, ...]]:
    """Ids of the articles for each act; for Act.TAG with the tag, "" for the others. Rules that rest do nothing,
    nor do those with a condition that this PLN cannot read: they must not keep the news of all feeds out.
    """
    found: dict[tuple[Act, str], dict[int, None]] = {}
    for rule in rules:
        if not rule.enabled or not all(map(_is_readable, rule.conditions)):
            continue
        ids = [each.id for each in articles if fits(rule, each)]
        for key in _keys(rule) if ids else ():
            found.setdefault(key, {}).update(dict.fromkeys(ids))
    return {key: tuple(ids) for key, ids in found.items()}


def split_words(typed: str) -> tuple[str, ...]:
    """Words and phrases as typed in one line, with commas or line ends between; each once."""
    parts = (" ".join(part.split()) for part in re.split(r"[,;\n]", typed))
    found: dict[str, str] = {}
    for part in parts:
        if part:
            found.setdefault(part.casefold(), part)
    return tuple(found.values())


def to_body(rule: Rule) -> str:
    """What of a rule has no column of its own, as JSON."""
    body: dict[str, Any] = {
        "conditions": [
            {"part": each.part.value, "how": each.how.value, "words": list(each.words), "unless": each.unless}
            for each in rule.conditions
        ],
        "acts": [act.value for act in rule.acts],
    }
    texts = {"feed": rule.feed, "folder": rule.folder, "feed_tag": rule.feed_tag}
    body |= {key: value for key, value in texts.items() if value}
    body |= {"tags": list(rule.tags)} if rule.tags else {}
    body |= {"mute_words": True} if rule.mute_words else {}
    return json.dumps(body, ensure_ascii=False)


def from_body(body: str) -> Rule:
    """The other way. What a newer PLN wrote and this one does not know is passed over; nonsense is an empty rule."""
    try:
        data = json.loads(body)
    except ValueError:
        data = {}
    data = data if isinstance(data, dict) else {}
    return Rule(
        feed=_text(data, "feed"), folder=_text(data, "folder"), feed_tag=_text(data, "feed_tag"),
        conditions=tuple(_condition(each) for each in _list(data, "conditions") if isinstance(each, dict)),
        acts=tuple(Act(each) for each in _list(data, "acts") if each in tuple(Act)),
        tags=_texts(data, "tags"), mute_words=data.get("mute_words") is True,
    )  # fmt: skip


def plain(text: str) -> str:
    """Case, accents and the width of blanks taken away, for comparing words."""
    if not text.isascii():
        parts = unicodedata.normalize("NFKD", text)
        text = "".join(char for char in parts if not unicodedata.combining(char))
    return " ".join(text.casefold().split())


def holds_words(words: str, text: str) -> bool:
    """Whether a word or phrase stands in a text as whole words. Both are given plain."""
    start = text.find(words) if words else -1
    while start >= 0:
        end = start + len(words)
        if not (_goes_on(text[start - 1 : start], words[0]) or _goes_on(text[end : end + 1], words[-1])):
            return True
        start = text.find(words, start + 1)
    return False


def _goes_on(beside: str, edge: str) -> bool:
    """A word goes on over its edge. Scripts without spaces have no edges between their words."""
    return beside.isalnum() and edge.isalnum() and not _UNSPACED.match(edge) and not _UNSPACED.match(beside)


def _in_scope(rule: Rule, article: Subject) -> bool:
    if rule.feed and rule.feed != article.feed:
        return False
    if rule.folder and article.folder != rule.folder and not article.folder.startswith(f"{rule.folder}/"):
        return False
    return not rule.feed_tag or rule.feed_tag.casefold() in (tag.casefold() for tag in article.feed_tags)


def _is_readable(condition: Condition) -> bool:
    """Whether it says something that is understood here. One from an import or a newer PLN may not."""
    if not condition.words or condition.how is How.WORDS:
        return bool(condition.words)
    try:
        pattern(condition.words[0])
    except UsageError:
        return False
    return True


def _holds(condition: Condition, article: Subject) -> bool:
    texts = _parts(condition.part, article)
    if condition.how is How.PATTERN:
        found = any(pattern(condition.words[0]).found_in(text) for text in texts)
    else:
        wanted = [plain(word) for word in condition.words]
        found = any(holds_words(word, text) for text in map(plain, texts) for word in wanted)
    return found != condition.unless


def _parts(part: Part, article: Subject) -> tuple[str, ...]:
    text = article.text[:MOST_TEXT]
    return {
        Part.ANYWHERE: (article.title, article.author, text), Part.TITLE: (article.title,),
        Part.AUTHOR: (article.author,), Part.TEXT: (text,), Part.LINK: (article.url,),
    }[part]  # fmt: skip


def _keys(rule: Rule) -> tuple[tuple[Act, str], ...]:
    plain_acts = tuple((act, "") for act in rule.acts if act is not Act.TAG)
    return (*plain_acts, *((Act.TAG, tag) for tag in rule.tags if Act.TAG in rule.acts))


def _tidy(condition: Condition) -> Condition:
    if condition.how is How.PATTERN:
        words = tuple(word for word in condition.words[:1] if word.strip())
    else:
        words = split_words(",".join(condition.words))
    return replace(condition, words=words)


def _condition(data: dict[str, Any]) -> Condition:
    part, how = data.get("part"), data.get("how")
    return Condition(
        part=Part(part) if part in tuple(Part) else Part.ANYWHERE,
        how=How(how) if how in tuple(How) else How.WORDS,
        words=_texts(data, "words"), unless=data.get("unless") is True,
    )  # fmt: skip


def _text(data: dict[str, Any], key: str) -> str:
    value = data.get(key)
    return value if isinstance(value, str) else ""


def _list(data: dict[str, Any], key: str) -> list[Any]:
    value = data.get(key)
    return value if isinstance(value, list) else []


def _texts(data: dict[str, Any], key: str) -> tuple[str, ...]:
    return tuple(each for each in _list(data, key) if isinstance(each, str))
