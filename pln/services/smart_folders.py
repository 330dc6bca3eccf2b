"""Smart folders: saved searches in the feed list."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pln.model.errors import UsageError
from pln.model.smart_folders import SmartFolder
from pln.services.context import Context
from pln.services.reading import Shelf, get_feed
from pln.services.undo import UndoStep


@dataclass(frozen=True, slots=True, kw_only=True)
class SmartRow:
    """A line of the feed list. unread: how many of its articles are."""

    id: int
    name: str
    unread: int


def smart_rows(ctx: Context) -> tuple[SmartRow, ...]:
    """All smart folders with their numbers."""
    with ctx.store.read() as work:
        return tuple(
            SmartRow(id=each.id, name=each.name, unread=work.smart_folders.unread(each))
            for each in work.smart_folders.everything()
        )


def smart_articles(ctx: Context, folder_id: int) -> tuple[tuple[int, ...], frozenset[int]]:
    """Ids of a smart folder's articles, newest first, and which of them are unread; nothing where it is gone."""
    with ctx.store.read() as work:
        folder = work.smart_folders.get(folder_id)
        if folder is None:
            return (), frozenset()
        return work.smart_folders.articles(folder), frozenset(work.smart_folders.articles(folder, unread=True))


def get_smart_folder(ctx: Context, folder_id: int) -> SmartFolder:
    """Raises UsageError for an unknown id."""
    with ctx.store.read() as work:
        folder = work.smart_folders.get(folder_id)
    if folder is None:
        raise UsageError("No such smart folder", "It may have been removed.")
    return folder


def count_smart(ctx: Context, folder: SmartFolder) -> int:
    """How many stored articles it would show."""
    with ctx.store.read() as work:
        return len(work.smart_folders.articles(folder))


def smart_folder_of(ctx: Context, shelf: Shelf, words: str = "") -> SmartFolder:
    """What is listed and looked for now as a smart folder to be saved; nothing is stored yet.

    Within a smart folder its own conditions hold, too. Raises UsageError where the feed or smart folder is gone.
    """
    words = " ".join(words.split())
    name = words or shelf.tag or ""
    if shelf.smart_id is not None:
        inside = get_smart_folder(ctx, shelf.smart_id)
        return replace(inside, id=0, uid="", name=name, words=f"{inside.words} {words}".strip())
    return SmartFolder(
        name=name, words=words, unread=shelf.unread, starred=shelf.starred, later=shelf.later, tag=shelf.tag or "",
        feed="" if shelf.feed_id is None else get_feed(ctx, shelf.feed_id).uid, folder=shelf.folder or "",
    )  # fmt: skip


def save_smart_folder(ctx: Context, folder: SmartFolder, *, origin: str = "") -> SmartFolder:
    """Raises UsageError without a name, or without any condition."""
    folder = replace(folder, name=" ".join(folder.name.split()), words=" ".join(folder.words.split()))
    if not folder.name:
        raise UsageError("A name is needed", "Give the smart folder a name. Nothing was saved.")
    if folder == SmartFolder(name=folder.name, id=folder.id, uid=folder.uid):
        raise UsageError("It would show everything", "Say what it should look for. Nothing was saved.")
    with ctx.write(origin) as work:
        return work.smart_folders.put(folder)


def remove_smart_folder(ctx: Context, folder_id: int, *, origin: str = "") -> UndoStep:
    """Its articles stay where they are."""
    folder = get_smart_folder(ctx, folder_id)
    with ctx.write(origin) as work:
        work.smart_folders.remove(folder_id)
    step = UndoStep(label=f"“{folder.name}” was removed", back=lambda work: work.smart_folders.restore(folder_id))
    ctx.undo.push(step)
    return step
