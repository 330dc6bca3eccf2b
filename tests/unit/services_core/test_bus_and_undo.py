"""Change notices after a commit, and taking back what was removed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from pln.model.changes import ChangeSet, Noun, Ref
from pln.model.errors import UsageError
from pln.model.feed import Feed
from pln.model.interaction import Interaction, InteractionKind
from pln.model.marks import MarkState
from pln.services.bus import Bus
from pln.services.contacts import add_person, person_ids, record_interaction, remove_person
from pln.services.context import Context, take_back
from pln.services.journal import entry_ids, remove_entry
from pln.services.meetups import close_mark, get_meetup, marks_of, past_ids, remove_meetup
from pln.services.reading import Shelf, article_ids, feed_rows, mark_all_read, mark_read, remove_feed, save_feed
from pln.services.undo import UndoStack, UndoStep
from store_fixtures import TODAY, assert_index_in_step, entry_of, fill


def test_every_listener_hears_of_a_commit_with_its_origin(context: Context) -> None:
    heard: list[ChangeSet] = []
    stop = context.bus.subscribe(heard.append)
    who = add_person(context, "Ines Okafor", origin="people-page")
    assert heard == [ChangeSet(origin="people-page", refs=frozenset({Ref(Noun.PERSON, who.id)}))]
    stop()
    stop()
    add_person(context, "Jon Ek")
    assert len(heard) == 1


def test_nothing_is_told_before_the_commit_nor_of_a_unit_that_failed(context: Context) -> None:
    seen: list[int] = []
    context.bus.subscribe(lambda _changes: seen.append(len(person_ids(context))))
    add_person(context, "Ines Okafor")
    assert seen == [1]
    with pytest.raises(UsageError):
        add_person(context, "   ")
    with pytest.raises(UsageError):
        remove_person(context, 99)
    assert seen == [1]


def test_a_listener_that_fails_keeps_the_news_from_nobody(context: Context) -> None:
    heard: list[ChangeSet] = []

    def broken(_changes: ChangeSet) -> None:
        raise ZeroDivisionError

    context.bus.subscribe(broken)
    context.bus.subscribe(heard.append)
    with pytest.raises(ZeroDivisionError):
        add_person(context, "Ines Okafor")
    assert (len(heard), len(person_ids(context))) == (1, 1)


def test_news_are_posted_home(context: Context) -> None:
    queue: list[Callable[[], None]] = []
    heard: list[ChangeSet] = []
    ctx = replace(context, bus=Bus(queue.append))
    ctx.bus.subscribe(heard.append)
    add_person(ctx, "Ines Okafor")
    assert heard == []
    queue.pop()()
    assert len(heard) == 1


def _state(ctx: Context) -> tuple[object, ...]:
    with ctx.store.read() as work:
        return (
            person_ids(ctx), past_ids(ctx), entry_ids(ctx), feed_rows(ctx), article_ids(ctx, Shelf()),
            work.meetups.open_marks(), work.contacts.contacts(), [hit.ref for hit in work.search.hits("kumquat")],
        )  # fmt: skip


REMOVALS: dict[str, Callable[[Context, dict[str, int]], UndoStep | None]] = {
    "Ines Okafor was removed": lambda ctx, ids: remove_person(ctx, ids["person"]),
    "The meetup was removed": lambda ctx, ids: remove_meetup(ctx, ids["meetup"]),
    "The entry was removed": lambda ctx, ids: remove_entry(ctx, ids["entry"]),
    "Orchard notes was removed": lambda ctx, ids: remove_feed(ctx, ids["feed"]),
    "Noted": lambda ctx, ids: record_interaction(
        ctx, Interaction(kind=InteractionKind.THANKS, person_id=ids["person"], day=TODAY)
    ),
    "Done: send the recipe": lambda ctx, ids: close_mark(ctx, marks_of(ctx, ids["meetup"])[0].id, MarkState.DONE),
    "Let go: send the recipe": lambda ctx, ids: close_mark(ctx, marks_of(ctx, ids["meetup"])[0].id, MarkState.LET_GO),
}


@pytest.mark.parametrize("label", REMOVALS)
def test_each_step_is_taken_back_whole(context: Context, label: str) -> None:
    ids = fill(context.store)
    before = _state(context)
    step = REMOVALS[label](context, ids)
    assert step is not None
    assert (step.label, context.undo.top) == (label, step)
    assert _state(context) != before
    heard: list[ChangeSet] = []
    context.bus.subscribe(heard.append)
    assert take_back(context) is step
    assert _state(context) == before
    assert [changes.origin for changes in heard] == ["undo"]
    assert take_back(context) is None
    assert_index_in_step(context.store)


def test_a_step_can_be_picked_out_and_only_once(context: Context) -> None:
    first, second = (remove_person(context, add_person(context, name).id) for name in ("A", "B"))
    assert take_back(context, first) is first
    assert take_back(context, first) is None
    assert context.undo.top is second
    assert len(person_ids(context)) == 1


def test_a_step_that_cannot_be_undone_now_stays(context: Context) -> None:
    def full(_work: object) -> None:
        raise UsageError("The disk is full", "Nothing was changed.")

    step = UndoStep(label="x", back=full)
    context.undo.push(step)
    with pytest.raises(UsageError):
        take_back(context)
    assert context.undo.top is step


def test_many_articles_marked_read_are_unread_again(context: Context) -> None:
    feed = save_feed(context, Feed(url="https://example.invalid/f"))
    with context.write("") as work:
        work.articles.take_in(feed.id, [entry_of(str(number)) for number in range(3)])
    ids = article_ids(context, Shelf())
    mark_read(context, ids[:1])
    assert context.undo.top is None
    step = mark_all_read(context, ids)
    assert step is not None
    assert step.label == "2 marked read"
    take_back(context)
    assert set(article_ids(context, Shelf(unread=True))) == set(ids[1:])


def test_only_so_many_steps_are_kept() -> None:
    stack = UndoStack()
    for number in range(250):
        stack.push(UndoStep(label=str(number), back=lambda _work: None))
    labels = []
    while (step := stack.pop()) is not None:
        labels.append(step.label)
    assert (len(labels), labels[0], labels[-1]) == (200, "249", "50")


def test_closing_a_promise_shows_in_the_note(context: Context) -> None:
    ids = fill(context.store)
    close_mark(context, marks_of(context, ids["meetup"])[0].id, MarkState.DONE)
    assert "[x] me: send the recipe" in get_meetup(context, ids["meetup"]).notes
    with pytest.raises(UsageError):
        close_mark(context, 999, MarkState.DONE)
