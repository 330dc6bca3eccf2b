"""The outbox as decisions: what may follow what, what an approval covers, when a share is released, how one is tried.

Nothing here sends by itself, and a start of the program releases nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from enum import StrEnum

from pln.model.errors import NetworkFault, PlnError, UsageError
from pln.model.share import DestinationKind, Rendered, ShareRecord, ShareState
from pln.share.delivery import UnsureDelivery

LONGEST_COOL_OFF = timedelta(hours=24)
USUAL_COOL_OFF = timedelta(minutes=10)
MORNING = time(9)


class ShareEvent(StrEnum):
    APPROVE = "approve"
    START = "start"
    DELIVERED = "delivered"
    NOT_DELIVERED = "not delivered"
    LOST_TRACK = "lost track"
    FOUND = "found"
    NOT_FOUND = "not found"
    TAKE_BACK = "take back"
    RESTART = "restart"


_NEXT = {
    (ShareState.APPROVED, ShareEvent.START): ShareState.SENDING,
    (ShareState.APPROVED, ShareEvent.RESTART): ShareState.WAITING,
    (ShareState.APPROVED, ShareEvent.TAKE_BACK): ShareState.TAKEN_BACK,
    (ShareState.WAITING, ShareEvent.APPROVE): ShareState.APPROVED,
    (ShareState.WAITING, ShareEvent.TAKE_BACK): ShareState.TAKEN_BACK,
    (ShareState.SENDING, ShareEvent.DELIVERED): ShareState.SENT,
    (ShareState.SENDING, ShareEvent.NOT_DELIVERED): ShareState.FAILED,
    (ShareState.SENDING, ShareEvent.LOST_TRACK): ShareState.UNSURE,
    (ShareState.SENDING, ShareEvent.RESTART): ShareState.UNSURE,
    (ShareState.UNSURE, ShareEvent.FOUND): ShareState.SENT,
    (ShareState.UNSURE, ShareEvent.NOT_FOUND): ShareState.FAILED,
    (ShareState.UNSURE, ShareEvent.TAKE_BACK): ShareState.TAKEN_BACK,
    (ShareState.FAILED, ShareEvent.APPROVE): ShareState.APPROVED,
    (ShareState.FAILED, ShareEvent.TAKE_BACK): ShareState.TAKEN_BACK,
    (ShareState.SENT, ShareEvent.TAKE_BACK): ShareState.TAKEN_BACK,
}


def next_state(state: ShareState, event: ShareEvent) -> ShareState:
    """The state after an event. A restart changes only what was under way. Raises UsageError where it cannot follow."""
    if event is ShareEvent.RESTART:
        return _NEXT.get((state, event), state)
    try:
        return _NEXT[state, event]
    except KeyError:
        raise UsageError(
            "That cannot follow here", f"The share is {state.value}: nothing was sent and nothing changed."
        ) from None


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """One person's yes to these bytes, for this destination, at this moment."""

    kind: DestinationKind
    audience: str
    sha256: str
    at: datetime


def approve(rendered: Rendered, at: datetime) -> Approval:
    """Bind a yes to the bytes themselves, whatever digest they carry."""
    from pln.share.render import digest  # with Markdown and HTML behind it, which only looking at shares does not need

    return Approval(kind=rendered.kind, audience=rendered.audience, sha256=digest(rendered.files), at=at)


def still_valid(approval: Approval, rendered: Rendered) -> bool:
    """Any edit of the text, of a name, of the audience or of the destination voids an approval."""
    return approval == approve(rendered, approval.at)


def release_time(approval: Approval, cool_off: timedelta = USUAL_COOL_OFF) -> datetime:
    """When a share may go, at the earliest. Raises UsageError outside of 0 to 24 hours."""
    if not timedelta(0) <= cool_off <= LONGEST_COOL_OFF:
        raise UsageError("The waiting time does not fit", "It can be anything from nothing to 24 hours.")
    return approval.at + cool_off


def tomorrow_morning(now: datetime, morning: time = MORNING) -> datetime:
    """ "Hold until tomorrow": nine o'clock of the next day, in the time zone of `now`."""
    return datetime.combine(now.date() + timedelta(days=1), morning, tzinfo=now.tzinfo)


def is_released(state: ShareState, release: datetime, now: datetime) -> bool:
    """Whether the running program may try it now. What waits for the user is never released by time."""
    return state is ShareState.APPROVED and now >= release


def attempt(
    record: ShareRecord,
    deliver: Callable[[], str],
    log: Callable[[ShareRecord], None],
    clock: Callable[[], datetime],
) -> ShareRecord:
    """Try once: log SENDING, deliver, log how it ended; the last logged record is returned.

    deliver: gives the target written. Where the log cannot be written, nothing is delivered. A fault that is no
    PlnError is logged as UNSURE and passed on.
    """
    sending = _step(record, ShareEvent.START, clock())
    log(sending)
    try:
        target = deliver()
    except (UnsureDelivery, NetworkFault) as fault:
        ended = _step(sending, ShareEvent.LOST_TRACK, clock(), error=fault.sentence)
    except PlnError as fault:
        ended = _step(sending, ShareEvent.NOT_DELIVERED, clock(), error=fault.sentence)
    except BaseException:
        log(_step(sending, ShareEvent.LOST_TRACK, clock(), error="The program stopped while this was being shared."))
        raise
    else:
        ended = replace(_step(sending, ShareEvent.DELIVERED, clock()), target=target)
    log(ended)
    return ended


def after_restart(record: ShareRecord, now: datetime) -> ShareRecord | None:
    """The line to log for a share found at start, or None where it stays as it is."""
    state = next_state(record.state, ShareEvent.RESTART)
    return None if state is record.state else _step(record, ShareEvent.RESTART, now)


def _step(record: ShareRecord, event: ShareEvent, at: datetime, error: str = "") -> ShareRecord:
    """The next line of the log: a new record of the same share."""
    return replace(record, id=0, state=next_state(record.state, event), at=at, error=error)
