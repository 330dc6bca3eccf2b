"""Rules of reading: kept, tried on what is stored, applied to what comes in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice

from pln.model.errors import Cancelled, UsageError
from pln.model.feed import ArticleRow, Feed
from pln.model.reading_rules import Act, Condition, Rule, Subject, acts_on, checked, fits, split_words
from pln.services.context import Context
from pln.services.undo import UndoStep
from pln.store.articles import Shelf
from pln.store.unit_of_work import Work

_SHOWN = 50
_BATCH = 500
_Back = Callable[[Work], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What a rule would fit of the articles stored: the newest of them, how many in all, and of how many."""

    rows: tuple[ArticleRow, ...]
    fitting: int
    looked_at: int


def _never() -> bool:
    return False


def rules(ctx: Context) -> tuple[Rule, ...]:
    """All rules, without the one of mute words."""
    with ctx.store.read() as work:
        return tuple(rule for rule in work.rules.everything() if not rule.mute_words)


def save_rule(ctx: Context, rule: Rule, *, origin: str = "") -> Rule:
    """Store a rule; it speaks of what comes from now on. Raises UsageError where it does nothing or fits everything."""
    with ctx.write(origin) as work:
        return work.rules.put(checked(rule))


def remove_rule(ctx: Context, rule_id: int, *, origin: str = "") -> UndoStep:
    """What it did stays done. Raises UsageError for an unknown id."""
    with ctx.write(origin) as work:
        rule = work.rules.get(rule_id)
        if rule is None or not work.rules.remove(rule_id):
            raise UsageError("No such rule", "It may have been removed already.")
    step = UndoStep(label=f"The rule “{rule.name}” was removed", back=lambda work: work.rules.restore(rule_id))
    ctx.undo.push(step)
    return step


def mute_words(ctx: Context) -> tuple[str, ...]:
    """Words whose articles count as read when they come in."""
    rule = _mute_rule(ctx)
    return () if rule is None or not rule.conditions else rule.conditions[0].words


def set_mute_words(ctx: Context, typed: str, *, origin: str = "") -> tuple[str, ...]:
    """Words and phrases with commas between; none to end it. Returns them as they are kept."""
    words, old = split_words(typed), _mute_rule(ctx)
    with ctx.write(origin) as work:
        if words:
            rule = replace(old or Rule(mute_words=True), conditions=(Condition(words=words),), acts=(Act.MUTE,))
            work.rules.put(rule)
        elif old is not None:
            work.rules.remove(old.id)
    return words


def try_rule(ctx: Context, rule: Rule, *, cancelled: Callable[[], bool] = _never) -> Trial:
    """Which stored articles a rule would fit; nothing is written. Raises UsageError, Cancelled."""
    rule, found, looked = checked(rule), [], 0
    with ctx.store.read() as work:
        for batch in _batches(work, work.articles.ids(Shelf())):
            if cancelled():
                raise Cancelled
            looked += len(batch)
            found += [each.id for each in batch if fits(rule, each)]
        newest = work.articles.rows(found[:_SHOWN])
    return Trial(rows=newest, fitting=len(found), looked_at=looked)


def apply_to_stored(ctx: Context, rule: Rule, *, origin: str = "") -> UndoStep | None:
    """Let a rule work on what is stored. The step brings all of it back; None where nothing changed."""
    rule = replace(checked(rule), enabled=True)
    with ctx.write(origin) as work:
        back: list[_Back] = []
        fitting = [
            each.id for batch in _batches(work, work.articles.ids(Shelf())) for each in batch if fits(rule, each)
        ]
        every = {key: tuple(fitting) for key in acts_on([_everywhere(rule)], [_ANY])}
        changed = _carry_out(work, every, ctx.clock.now(), back)
    if not changed:
        return None
    step = UndoStep(label=f"The rule worked on {len(fitting):,} articles", back=lambda work: _all(work, back))
    ctx.undo.push(step)
    return step


def rules_on_new(work: Work, feeds: Sequence[Feed], after: int) -> tuple[int, ...]:
    """Let all rules work on what these feeds brought since the article `after`, in the unit of work that stored it.

    Returns the articles that the owner wants to be told of.
    """
    active = [rule for rule in work.rules.everything() if rule.enabled]
    loud = [feed for feed in feeds if feed.notify]
    if not active:
        return tuple(each for feed in loud for each in work.rules.newer_than(feed.id, after))
    new = {feed.id: work.rules.newer_than(feed.id, after) for feed in feeds}
    done = acts_on(active, tuple(work.rules.subjects([each for ids in new.values() for each in ids])))
    _carry_out(work, done, work.rules.room.now(), [])
    muted = frozenset(done.get((Act.MUTE, ""), ()))
    wanted = (*(each for feed in loud for each in new[feed.id]), *done.get((Act.NOTIFY, ""), ()))
    return tuple(each for each in dict.fromkeys(wanted) if each not in muted)


_ANY = Subject(id=0, title="", author="", text="", url="", feed="", folder="")


def _everywhere(rule: Rule) -> Rule:
    """A rule with the same acts that fits everything: which ids it works on is known already."""
    return replace(rule, conditions=(), feed="", folder="", feed_tag="")


def _carry_out(work: Work, done: Mapping[tuple[Act, str], Sequence[int]], now: datetime, back: list[_Back]) -> int:
    """Do what the rules want; what takes it back is added to `back`. Returns the number of changes."""
    changed = 0
    for (act, tag), ids in done.items():
        did, undo = _carry_out_one(work, act, tag, ids, now)
        changed += len(did)
        if did:
            back.append(undo)
    return changed


def _carry_out_one(work: Work, act: Act, tag: str, ids: Sequence[int], now: datetime) -> tuple[tuple[int, ...], _Back]:
    """The articles that changed, and what takes it back."""
    did: tuple[int, ...] = ()
    if act is Act.MUTE:
        did = work.articles.set_read(ids, now)
        return did, lambda later: later.articles.set_read(did, None)
    if act is Act.STAR:
        did = work.articles.set_starred(ids, now)
        return did, lambda later: later.articles.set_starred(did, None)
    if act is Act.LATER:
        did = work.rules.set_later(ids, now)
        return did, lambda later: later.rules.set_later(did, None)
    if act is Act.FULL_TEXT:  # what is fetched does no harm: it is not taken back
        return work.full_texts.want(ids), lambda later: None
    if act is Act.TAG:
        did = work.rules.tag(ids, tag)
        return did, lambda later: later.rules.untag(did, tag)
    return did, lambda later: None


def _all(work: Work, steps: Sequence[_Back]) -> None:
    for step in reversed(steps):
        step(work)


def _batches(work: Work, ids: Sequence[int]) -> Iterator[tuple[Subject, ...]]:
    """Newest first, so that the first that fit are the ones to show."""
    for start in range(0, len(ids), _BATCH):
        page = ids[start : start + _BATCH]
        found = {each.id: each for each in islice(work.rules.subjects(page), _BATCH)}
        yield tuple(found[each] for each in page if each in found)


def _mute_rule(ctx: Context) -> Rule | None:
    with ctx.store.read() as work:
        return next((rule for rule in work.rules.everything() if rule.mute_words), None)


def known_tags(ctx: Context) -> tuple[str, ...]:
    """Every tag of an article or a feed, by name."""
    with ctx.store.read() as work:
        return work.rules.known_tags()
