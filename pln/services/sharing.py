"""Sharing: exactly the bytes that were seen and approved are written, and each attempt is recorded before it is made.

`preparing` makes the copy, `shared` looks after what was shared; their verbs are found here too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from pln.model.errors import PlnError, UsageError
from pln.model.share import DestinationKind, NameDecision, Rendered, ShareDraft, ShareRecord, ShareState
from pln.services.context import Context
from pln.services.preferences import preferences, save_preferences
from pln.services.preparing import (
    NamesIn,
    SharePlace,
    ShareStart,
    as_read,
    decided,
    draft_of,
    known_names,
    names_in,
    names_standing,
    preview,
    rendered_for,
    start,
    still_named,
)
from pln.services.shared import (
    destination,
    everything_shared,
    history,
    latest,
    look,
    settle_interrupted,
    shares_of,
    take_back,
    under_way,
)
from pln.share.destinations.folder import FolderDestination
from pln.share.folding import key
from pln.share.names import KnownNames
from pln.share.outbox import Approval, ShareEvent, approve, attempt, next_state, still_valid
from pln.share.paragraphs import Paragraph, split
from pln.share.render import exact_text
from pln.share.replacing import initials
from pln.store.unit_of_work import Work

__all__ = [
    "Approval",
    "KnownNames",
    "NamesIn",
    "Paragraph",
    "SharePlace",
    "ShareStart",
    "approve",
    "as_read",
    "decided",
    "draft_of",
    "everything_shared",
    "history",
    "hold",
    "initials",
    "key",
    "known_names",
    "look",
    "names_in",
    "place_of",
    "places",
    "preview",
    "rendered_for",
    "settle_interrupted",
    "share",
    "shares_of",
    "start",
    "start_again",
    "still_named",
    "still_valid",
    "switch_on",
    "take_back",
]

_FILE_PLACE = "share_file_place"


def share(
    ctx: Context, draft: ShareDraft, rendered: Rendered, approval: Approval, place: SharePlace,
    decisions: Sequence[NameDecision], *, known: KnownNames | None = None, origin: str = "",
) -> ShareRecord:  # fmt: skip
    """Write exactly the approved bytes; the last line of the log is returned: SENT, FAILED or UNSURE.

    The attempt is recorded before it is made. Raises UsageError where sharing is off, where the approval is not for
    these bytes, or where a name stands in them that was not decided to be kept; nothing is written or recorded then.
    """
    known = known or known_names(ctx)
    _check(ctx, rendered, approval, decisions, known)
    with under_way(draft.uid):
        copy = decided(names_in(ctx, draft, known), decisions)
        record = _recorded(ctx, copy, _first_line(ctx, copy, rendered, place, known, ShareState.APPROVED), origin)
        log = lambda line: _log(ctx, line, origin)  # noqa: E731
        return attempt(record, lambda: _deliver(ctx, rendered, place), log, ctx.clock.now)


def hold(
    ctx: Context, draft: ShareDraft, rendered: Rendered, place: SharePlace, decisions: Sequence[NameDecision], *,
    known: KnownNames | None = None, origin: str = "",
) -> ShareRecord:  # fmt: skip
    """Lay a copy aside for another day. It waits for the user and is never sent by itself."""
    known = known or known_names(ctx)
    copy = decided(names_in(ctx, draft, known), decisions)
    return _recorded(ctx, copy, _first_line(ctx, copy, rendered, place, known, ShareState.WAITING), origin)


def start_again(ctx: Context, held: ShareRecord) -> ShareStart:
    """A held copy, to be looked at anew; its entry is not read again."""
    with ctx.store.read() as work:
        work.need_journal()
        draft = _stored(work, held.uid)
    if draft is None:
        raise UsageError("This copy is not there any more", "Prepare it from the entry once more.")
    return ShareStart(
        uid=draft.uid, entry_id=draft.entry_id, title=draft.title, paragraphs=split(draft.body), kept=held.names_kept
    )


def place_of(record: ShareRecord) -> SharePlace:
    """Where a share went, or was to go."""
    return SharePlace(kind=record.kind, path=Path(record.target).parent)


def switch_on(ctx: Context, place: SharePlace, *, origin: str = "") -> None:
    """Let sharing happen, and remember a destination. Raises UsageError for a place that is no full path."""
    if not place.path.is_absolute():
        raise UsageError("The folder needs its full path", "Nothing was changed. Choose the folder from the list.")
    wishes = replace(preferences(ctx), sharing=True)
    if place.kind is DestinationKind.FOLDER:
        wishes = replace(wishes, share_folder=str(place.path))
    save_preferences(ctx, wishes, origin=origin)
    if place.kind is DestinationKind.FILE:
        with ctx.write(origin) as work:
            work.settings.put(_FILE_PLACE, str(place.path))


def places(ctx: Context) -> dict[DestinationKind, Path]:
    """The destinations that were added by hand."""
    with ctx.store.read() as work:
        file_place = work.settings.get(_FILE_PLACE, "")
    known = {DestinationKind.FILE: file_place, DestinationKind.FOLDER: preferences(ctx).share_folder}
    return {kind: Path(path) for kind, path in known.items() if path}


def _check(
    ctx: Context, rendered: Rendered, approval: Approval, decisions: Sequence[NameDecision], known: KnownNames
) -> None:
    if not preferences(ctx).sharing:
        raise UsageError("Sharing is off", "Nothing was shared. Switch it on first if you like.")
    if not still_valid(approval, rendered):
        raise UsageError("The text has changed since you approved it", "Nothing was shared. Look at it once more.")
    if still_named(rendered, decisions, known):
        raise UsageError("A name in it is not decided", "Nothing was shared. Choose what happens to each name.")


def _first_line(
    ctx: Context, copy: ShareDraft, rendered: Rendered, place: SharePlace, known: KnownNames, state: ShareState
) -> ShareRecord:
    kept = dict.fromkeys(hit.text for hit in names_standing(rendered, known))
    return ShareRecord(
        uid=copy.uid, kind=rendered.kind, state=state, at=ctx.clock.now(),
        target=str(place.path / rendered.files[0][0]), audience=rendered.audience, text=exact_text(rendered),
        sha256=rendered.sha256, names_kept=tuple(kept), entry_id=copy.entry_id,
    )  # fmt: skip


def _recorded(ctx: Context, copy: ShareDraft, line: ShareRecord, origin: str) -> ShareRecord:
    """Store the copy and the first line about it in one unit of work."""
    with ctx.write(origin) as work:
        before = latest(work.shares.of_share(copy.uid))
        if before and line.state is ShareState.APPROVED:
            next_state(before[0].state, ShareEvent.APPROVE)
        stored = _stored(work, copy.uid) or work.shares.add_draft(copy)
        return work.shares.log(replace(line, draft_id=stored.id))


def _stored(work: Work, uid: str) -> ShareDraft | None:
    return next((draft for draft in work.shares.drafts() if draft.uid == uid), None)


def _deliver(ctx: Context, rendered: Rendered, place: SharePlace) -> str:
    target = destination(ctx, place.kind, place.path)
    if isinstance(target, FolderDestination):
        return target.deliver(rendered, place.path)
    if not place.path.is_dir():
        raise PlnError("The folder is not there", "Nothing was shared. Choose another folder for the file.")
    return target.deliver(rendered, place.path / rendered.files[0][0])


def _log(ctx: Context, line: ShareRecord, origin: str) -> None:
    with ctx.write(origin) as work:
        work.shares.log(line)
