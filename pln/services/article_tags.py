"""The tags of one article, given and taken by hand."""

from __future__ import annotations

from collections.abc import Iterable

from pln.model.errors import UsageError
from pln.services.context import Context
from pln.services.undo import UndoStep
from pln.store.unit_of_work import Work


def article_tags(ctx: Context, article_id: int) -> tuple[str, ...]:
    """An article's own tags by name, without those that its feed gives to all of its articles."""
    with ctx.store.read() as work:
        return work.rules.tags_of([article_id]).get(article_id, ())


def tag_article(ctx: Context, article_id: int, tags: Iterable[str], *, origin: str = "") -> UndoStep | None:
    """Give an article these tags of its own and no others. A tag that is in use keeps the letters it is written in.

    None where it has just these already. Raises UsageError for an unknown article.
    """
    with ctx.write(origin) as work:
        if not work.articles.titles([article_id]):
            raise UsageError("No such article", "Nothing was tagged. Its feed may have been removed.")
        before = work.rules.tags_of([article_id]).get(article_id, ())
        wanted = _as_known(tags, work.rules.known_tags())
        _put(work, article_id, before, wanted)
    if set(before) == set(wanted):
        return None
    label = "Tagged" if set(wanted) - set(before) else "The tag was taken away"
    step = UndoStep(label=label, back=lambda work: _put(work, article_id, wanted, before))
    ctx.undo.push(step)
    return step


def _as_known(tags: Iterable[str], known: Iterable[str]) -> tuple[str, ...]:
    """One spelling of each, that of the store where it has one."""
    found: dict[str, str] = {}
    spelled = {each.casefold(): each for each in known}
    for each in filter(None, (" ".join(tag.split()) for tag in tags)):
        found.setdefault(each.casefold(), spelled.get(each.casefold(), each))
    return tuple(found.values())


def _put(work: Work, article_id: int, before: Iterable[str], after: Iterable[str]) -> None:
    old, new = set(before), set(after)
    for each in sorted(old - new):
        work.rules.untag([article_id], each)
    for each in sorted(new - old):
        work.rules.tag([article_id], each)
