"""Lists of subscriptions (OPML) in and out, with one undo for all that a list brought."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pln.durable.files import write_atomically
from pln.model.errors import UnreadableInput
from pln.model.feed import Feed
from pln.services.context import Context
from pln.services.undo import UndoStep
from pln.sources.opml import MAX_BYTES, OpmlFeed, read_opml, write_opml
from pln.store.unit_of_work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class OpmlReport:
    """What a list brought. skipped: "name: reason" of each line that was not taken. step: removes what was added."""

    added: tuple[Feed, ...]
    known: int
    skipped: tuple[str, ...]
    step: UndoStep | None = None


def import_opml(ctx: Context, data: bytes, *, origin: str = "") -> OpmlReport:
    """Subscribe to everything in an OPML file, folders kept. Raises UnreadableInput where it is none."""
    file = read_opml(data)
    with ctx.write(origin) as work:
        here = {feed.url for feed in work.feeds.everything()}
        added = tuple(work.feeds.add(_subscription(work, each)) for each in file.feeds if each.url not in here)
    skipped = tuple(f"{each.name}: {each.reason}" for each in file.skipped)
    return OpmlReport(added=added, known=len(file.feeds) - len(added), skipped=skipped, step=_step(ctx, added))


def export_opml(ctx: Context) -> bytes:
    """All subscriptions as OPML."""
    with ctx.store.read() as work:
        feeds = work.feeds.everything()
        owners = [feed.person_id for feed in feeds if feed.person_id is not None]
        voices = {person.id: person.uid for person in work.people.get_many(owners)}
    outlines = [
        OpmlFeed(
            url=each.url, title=each.title, site_url=each.site_url, folder=each.folder, tags=each.tags,
            full_text=each.full_text, voice=voices.get(each.person_id or 0, ""),
        )
        for each in feeds
    ]  # fmt: skip
    return write_opml(outlines, title="PLN feeds", created=ctx.clock.now())


def import_opml_file(ctx: Context, path: Path, *, origin: str = "") -> OpmlReport:
    """The same from a file. Raises UnreadableInput also where it cannot be opened."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as fault:
        raise UnreadableInput(
            "The file could not be opened", "Nothing was changed. See whether it is still there and may be read."
        ) from fault
    return import_opml(ctx, data, origin=origin)


def export_opml_file(ctx: Context, path: Path) -> None:
    """Write all subscriptions to a file, whole or not at all. Raises StoreFault."""
    write_atomically(path, export_opml(ctx))


def _subscription(work: Work, each: OpmlFeed) -> Feed:
    person = work.people.by_uid(each.voice) if each.voice else None
    return Feed(
        url=each.url, title=each.title, site_url=each.site_url, folder=each.folder, tags=each.tags,
        full_text=each.full_text, person_id=None if person is None else person.id,
    )  # fmt: skip


def _step(ctx: Context, added: tuple[Feed, ...]) -> UndoStep | None:
    if not added:
        return None
    label = "One feed was added" if len(added) == 1 else f"{len(added):,} feeds were added"
    step = UndoStep(label=label, back=lambda work: [work.feeds.remove(feed.id) for feed in added])
    ctx.undo.push(step)
    return step
