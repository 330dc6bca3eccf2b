"""The outbox: an approval covers exact bytes, nothing goes by itself, every attempt is on record first."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from pln.model.errors import NetworkFault, PlnError, UsageError
from pln.model.share import DestinationKind, ShareDraft, ShareRecord, ShareState
from pln.share.delivery import UnsureDelivery
from pln.share.outbox import (
    ShareEvent,
    after_restart,
    approve,
    attempt,
    is_released,
    next_state,
    release_time,
    still_valid,
    tomorrow_morning,
)
from pln.share.render import render_file

NOW = datetime(2026, 3, 1, 22, 0, tzinfo=UTC)
DRAFT = ShareDraft(title="A title", body="Words.", uid="1" * 32)
RECORD = ShareRecord(
    uid="s1",
    kind=DestinationKind.FILE,
    state=ShareState.APPROVED,
    at=NOW,
    target="",
    audience="You.",
    text="t",
    sha256="x",
    id=7,
)


def test_an_approval_holds_for_the_same_bytes():
    assert still_valid(approve(render_file(DRAFT, NOW), NOW), render_file(DRAFT, NOW))


@pytest.mark.parametrize("draft", [replace(DRAFT, body="Words!"), replace(DRAFT, title="A titl")])
def test_any_edit_voids_an_approval(draft):
    assert not still_valid(approve(render_file(DRAFT, NOW), NOW), render_file(draft, NOW))


def test_other_bytes_under_the_old_digest_void_an_approval():
    rendered = render_file(DRAFT, NOW)
    forged = replace(rendered, files=((rendered.files[0][0], b"other"),))
    assert not still_valid(approve(rendered, NOW), forged)
    assert not still_valid(approve(rendered, NOW), replace(rendered, audience="Everyone."))


def test_a_cool_off_is_between_nothing_and_a_day():
    approval = approve(render_file(DRAFT, NOW), NOW)
    assert release_time(approval) == NOW + timedelta(minutes=10)
    assert release_time(approval, timedelta(0)) == NOW
    assert release_time(approval, timedelta(hours=24)) == NOW + timedelta(hours=24)
    for wrong in (timedelta(seconds=-1), timedelta(hours=24, seconds=1)):
        with pytest.raises(UsageError):
            release_time(approval, wrong)


def test_held_until_tomorrow_means_nine_in_the_morning_where_the_user_is():
    here = timezone(timedelta(hours=-5))
    assert tomorrow_morning(datetime(2026, 12, 31, 23, 59, tzinfo=here)) == datetime(2027, 1, 1, 9, tzinfo=here)


def test_only_an_approved_share_is_released_by_time():
    assert is_released(ShareState.APPROVED, NOW, NOW)
    assert not is_released(ShareState.APPROVED, NOW + timedelta(seconds=1), NOW)
    for state in set(ShareState) - {ShareState.APPROVED}:
        assert not is_released(state, NOW, NOW + timedelta(days=9))


def test_after_a_restart_nothing_is_released_and_what_was_under_way_is_unsure():
    assert after_restart(RECORD, NOW).state is ShareState.WAITING
    assert after_restart(replace(RECORD, state=ShareState.SENDING), NOW).state is ShareState.UNSURE
    for state in set(ShareState) - {ShareState.APPROVED, ShareState.SENDING}:
        assert after_restart(replace(RECORD, state=state), NOW) is None


def test_no_path_leads_to_sending_but_from_approved():
    for state in ShareState:
        for event in ShareEvent:
            try:
                reached = next_state(state, event)
            except UsageError:
                continue
            assert reached is not ShareState.SENDING or (state, event) == (ShareState.APPROVED, ShareEvent.START)
            assert state is not ShareState.TAKEN_BACK or reached is ShareState.TAKEN_BACK
            assert not (state is ShareState.UNSURE and reached is ShareState.APPROVED)


def run(deliver, record=RECORD):
    log = []
    return attempt(record, deliver, log.append, lambda: NOW), [each.state for each in log]


def test_an_attempt_is_on_record_before_it_is_made():
    log = []

    def deliver():
        assert [each.state for each in log] == [ShareState.SENDING]
        return "a.md"

    ended = attempt(RECORD, deliver, log.append, lambda: NOW)
    assert [each.state for each in log] == [ShareState.SENDING, ShareState.SENT]
    assert (ended.target, ended.uid, ended.id) == ("a.md", "s1", 0)


@pytest.mark.parametrize(
    ("fault", "state"),
    [
        (PlnError("T", "Told."), ShareState.FAILED),
        (UnsureDelivery("T", "Told."), ShareState.UNSURE),
        (NetworkFault("T", "Told."), ShareState.UNSURE),
    ],
)
def test_a_fault_is_on_record_with_its_sentence(fault, state):
    def deliver():
        raise fault

    ended, states = run(deliver)
    assert states == [ShareState.SENDING, state]
    assert ended.error == "Told."


def test_a_bug_in_between_is_unsure_and_passes_on():
    log = []
    with pytest.raises(ZeroDivisionError):
        attempt(RECORD, lambda: str(1 / 0), log.append, lambda: NOW)
    assert log[-1].state is ShareState.UNSURE


def test_where_the_log_cannot_be_written_nothing_is_sent():
    sent = []

    def full(record):
        raise PlnError("Full", "No room.")

    with pytest.raises(PlnError):
        attempt(RECORD, lambda: sent.append(1) or "x", full, lambda: NOW)
    assert not sent


@pytest.mark.parametrize("state", sorted(set(ShareState) - {ShareState.APPROVED}))
def test_only_an_approved_share_is_tried(state):
    sent = []
    with pytest.raises(UsageError):
        run(lambda: sent.append(1) or "x", replace(RECORD, state=state))
    assert not sent
