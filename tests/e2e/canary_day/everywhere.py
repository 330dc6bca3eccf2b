"""A store with a canary in every text of every kind of record, made from the types: a field that is added joins."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime, time
from typing import Any, get_args, get_origin, get_type_hints

import pln.model
from pln.model.changes import Noun, Ref
from pln.model.contact import Handle, HandleKind, PartialDate, Person
from pln.model.feed import Article, Attachment, Feed, FeedState
from pln.model.highlight import Highlight, HighlightKind
from pln.model.interaction import Interaction, InteractionKind
from pln.model.journal import Entry, EntryKind, Mention
from pln.model.marks import Mark
from pln.model.meetup import Meetup, MeetupKind, MeetupState
from pln.model.reading_rules import Condition, Rule
from pln.model.share import DestinationKind, ShareDraft, ShareRecord, ShareState
from pln.model.smart_folders import SmartFolder
from pln.model.suggestion import Response, StepKind, Verdict
from pln.model.sync import SyncAccount
from pln.services.context import Context
from pln.services.preferences import Preferences, save_preferences

CANARY = "zqcanary"
"""How every canary begins: small letters only, so that folding and word breaking leave it whole."""
TODAY = date(2026, 11, 22)

Key = tuple[type[Any], str]

FILLED: tuple[type[Any], ...] = (
    Person, Handle, Meetup, Mark, Feed, Article, Attachment, Highlight, Rule, Condition, SmartFolder, SyncAccount,
    Interaction, Entry, Mention, ShareDraft, ShareRecord, Response, Preferences,
)  # fmt: skip

# Texts that must have a form; the canary stands in it.
SHAPES: Mapping[Key, str] = {
    (Feed, "url"): "http://127.0.0.1:9/{}/feed.xml",
    (Feed, "site_url"): "https://{}.invalid/",
    (Article, "url"): "https://{}.invalid/article",
    (Article, "html"): "<p>{}</p>",
    (Attachment, "url"): "https://{}.invalid/talk.mp3",
    (SyncAccount, "url"): "http://127.0.0.1:9/{}",
    (Person, "source"): "import:{}",
    (Mention, "text"): "@{}",
}
# Choices without which a record would not be seen.
CHOSEN: Mapping[Key, Any] = {
    (Person, "paused_until"): None,
    (Person, "birthday"): PartialDate(11, 25),
    (Handle, "kind"): HandleKind.EMAIL,
    (Meetup, "kind"): MeetupKind.TEA,
    (Meetup, "state"): MeetupState.HAPPENED,
    (Meetup, "day"): date(2026, 11, 20),
    (Feed, "state"): FeedState.ACTIVE,
    (Feed, "next_check"): None,
    (Article, "read_at"): None,
    (Article, "twin_of"): None,
    (Highlight, "kind"): HighlightKind.QUESTION,
    (Highlight, "closed_on"): None,
    (Rule, "feed"): "",
    (Rule, "folder"): "",
    (Rule, "feed_tag"): "",
    (SmartFolder, "feed"): "",
    (Interaction, "kind"): InteractionKind.ARTICLE,
    (Entry, "kind"): EntryKind.NOTE,
    (ShareRecord, "kind"): DestinationKind.FILE,
    (ShareRecord, "state"): ShareState.SENT,
    (Response, "kind"): StepKind.DATE,
    (Response, "verdict"): Verdict.LATER,
    (Preferences, "paused_until"): None,
    (Preferences, "places"): ("reading", "journal", "network"),
    (Preferences, "welcomed"): True,
    (Preferences, "lock_minutes"): 0,
}
_PLAIN: Mapping[Any, Any] = {
    int: 7, bool: True, date: TODAY, datetime: datetime(2026, 11, 20, 9, tzinfo=UTC), time: time(10, 30),
    PartialDate: PartialDate(2, 28),
}  # fmt: skip
_NOT_KEPT = {(Mark, "uid"), (Response, "key")}  # made by the program


def canary(kind: type[Any], name: str) -> str:
    return f"{CANARY}{kind.__name__}{name}".replace("_", "").lower()


def texts(kind: type[Any]) -> Iterator[str]:
    """The fields that hold what somebody wrote: every text and list of texts."""
    hints = get_type_hints(kind)
    for each in fields(kind):
        hint = hints[each.name]
        if str in (hint, *get_args(hint)) and (kind, each.name) not in _NOT_KEPT | CHOSEN.keys():
            yield each.name


def canaries() -> frozenset[str]:
    return frozenset(canary(kind, name) for kind in FILLED for name in texts(kind))


def kinds_of_the_model() -> set[type[Any]]:
    """Every kind of record that the model knows: what has a uid, what such records are made of, and two without."""
    found: set[type[Any]] = {Preferences, Response}
    for module in pkgutil.iter_modules(pln.model.__path__, "pln.model."):
        for value in vars(importlib.import_module(module.name)).values():
            if isinstance(value, type) and is_dataclass(value) and {"id", "uid"} <= value.__dataclass_fields__.keys():
                found |= {value, *_parts(value)}
    return found


def _parts(kind: type[Any]) -> Iterator[type[Any]]:
    """Records within a record that hold texts of their own."""
    for hint in get_type_hints(kind).values():
        inner = (get_args(hint) or (None,))[0]
        if isinstance(inner, type) and is_dataclass(inner) and any(texts(inner)):
            yield inner


def full(kind: type[Any], **given: Any) -> Any:
    """A record with a canary in every text."""
    hints = get_type_hints(kind)
    values = {each.name: given.get(each.name, _value(kind, each.name, hints[each.name])) for each in fields(kind)}
    return kind(**{**values, **({"id": 0} if "id" in values else {})})


def _value(kind: type[Any], name: str, hint: Any) -> Any:
    if (kind, name) in CHOSEN:
        return CHOSEN[kind, name]
    if hint is str:
        return SHAPES.get((kind, name), "{}").format(canary(kind, name))
    if get_origin(hint) is tuple:
        inner = get_args(hint)[0]
        return (canary(kind, name),) if inner is str else (full(inner),) if is_dataclass(inner) else ()
    choices = [each for each in get_args(hint) if each is not type(None)]
    if choices:
        return None if choices[0] is Ref else _value(kind, name, choices[0])
    return _PLAIN[hint] if hint in _PLAIN else list(hint)[-1]


def fill_everywhere(ctx: Context) -> None:
    """One record of each kind, pointing at one another, with all canaries."""
    notes = f"{canary(Meetup, 'notes')}\n[ ] me: {canary(Mark, 'text')}\n[ ] {canary(Mark, 'who')}: come again\n? why"
    with ctx.write("") as work:
        who = work.people.add(full(Person, introduced_by=None)).id
        other = work.people.add(Person(name="Bilal Osman", introduced_by=who)).id
        meetup = work.meetups.add(full(Meetup, people=(who, other), notes=notes), TODAY).id
        feed = work.feeds.add(full(Feed, person_id=who)).id
        article = work.articles.add(full(Article, feed_id=feed)).id
        work.highlights.add(full(Highlight, article_id=article, person_id=who))
        work.rules.put(full(Rule))
        work.smart_folders.put(full(SmartFolder))
        work.sync.add(full(SyncAccount))
        work.interactions.add(full(Interaction, person_id=who, article_id=article, other_id=other))
        mention = full(Mention, person_id=who)
        entry = full(Entry, mentions=(mention,), about=Ref(Noun.MEETUP, meetup))
        entry = work.journal.add(replace(entry, body=f"{entry.body} {mention.text} #atag")).id
        draft = work.shares.add_draft(full(ShareDraft, entry_id=entry)).id
        work.shares.log(full(ShareRecord, entry_id=entry, draft_id=draft))
        work.responses.add(full(Response, person_id=who, key=f"date:{who}:2026"))
        work.settings.put("kept_for", {str(who): [article]})
        work.settings.put("recent_prompts", [f"{CANARY}prompt"])
        work.settings.put("allowed_places", ["127.0.0.1:9"])
    save_preferences(ctx, full(Preferences))
