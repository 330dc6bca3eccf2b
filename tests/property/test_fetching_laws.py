"""The laws of when a feed is asked again: whatever was answered before, no server is pressed and no feed forgotten."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from pln.model.feed import Feed, FeedState, FetchResult, Outcome, ParsedFeed
from pln.model.fetching import (
    LEAST_OWN,
    LEAST_WITH_VALIDATORS,
    LEAST_WITHOUT,
    MOVE_AFTER,
    VALIDATORS_LAST,
    Moment,
    after,
    chance_of,
    is_due,
    moved,
    posting_wait,
    validators,
)

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
DAY = timedelta(days=1)

FEEDS = st.builds(
    Feed,
    url=st.just("https://tea.example/feed"),
    etag=st.sampled_from(["", '"a"', 'W/"b"']),
    last_modified=st.sampled_from(["", "Sat,  1 Nov 2026 12:00:00 +0000"]),
    validators_since=st.none() | st.timedeltas(-20 * DAY, 20 * DAY).map(lambda ago: NOW - ago),
    body_hash=st.text(max_size=4),
    error_count=st.integers(0, 60),
    interval_minutes=st.none() | st.integers(1, 60 * 24 * 30),
    ttl_minutes=st.none() | st.integers(0, 10**6),
    next_check=st.none() | st.timedeltas(-5 * DAY, 5 * DAY).map(lambda ago: NOW - ago),
)
MOMENTS = st.builds(
    Moment,
    now=st.just(NOW),
    posts=st.integers(0, 100_000),
    chance=st.floats(0, 1),
    at_most_every=st.timedeltas(timedelta(), DAY),
)
PARSED = ParsedFeed(title="Tea", site_url="", entries=())


@st.composite
def results(draw: st.DrawFn, feed: Feed, *outcomes: Outcome) -> FetchResult:
    outcome = draw(st.sampled_from(outcomes or list(Outcome)))
    good = outcome in (Outcome.CHANGED, Outcome.UNCHANGED)
    return FetchResult(
        feed_id=feed.id,
        outcome=outcome,
        etag=draw(st.sampled_from(["", '"c"'])) if good else feed.etag,
        last_modified=feed.last_modified,
        body_hash="h" if good else feed.body_hash,
        parsed=PARSED if outcome is Outcome.CHANGED else None,
        error="" if good else "It did not answer.",
        status=draw(st.sampled_from([200, 304])) if good else draw(st.sampled_from([0, 404, 429, 500])),
        fresh_until=draw(st.none() | st.timedeltas(-DAY, 400 * DAY).map(lambda wait: NOW + wait)) if good else None,
        retry_after=NOW + draw(st.timedeltas(timedelta(minutes=1), 7 * DAY)) if outcome is Outcome.PATIENCE else None,
        asked=outcome is not Outcome.PATIENCE or draw(st.booleans()),
    )


@given(st.data(), FEEDS, MOMENTS)
def test_no_server_is_asked_sooner_than_is_gentle_or_wished(data: st.DataObject, feed: Feed, moment: Moment) -> None:
    result = data.draw(results(feed, Outcome.CHANGED, Outcome.UNCHANGED, Outcome.FAILED))
    told = after(feed, result, moment)
    assert told.next_check is not None
    wait = told.next_check - NOW
    if feed.interval_minutes is not None:
        assert wait >= max(timedelta(minutes=feed.interval_minutes), LEAST_OWN)
    else:
        good = result.outcome is not Outcome.FAILED
        bare = good and not (told.etag or told.last_modified)
        wished = moment.at_most_every if good and moment.at_most_every else LEAST_WITH_VALIDATORS
        assert wait >= (LEAST_WITHOUT if bare else min(wished, LEAST_WITH_VALIDATORS))
        assert not good or wait >= moment.at_most_every
    assert not is_due(told, NOW)


@given(st.data(), FEEDS, MOMENTS)
def test_no_feed_is_forgotten(data: st.DataObject, feed: Feed, moment: Moment) -> None:
    """However long its server promises, whatever chance says, it is asked within a day and some, or as wished."""
    result = data.draw(results(feed, Outcome.CHANGED, Outcome.UNCHANGED, Outcome.FAILED))
    told = after(feed, result, moment)
    wished = timedelta(minutes=feed.interval_minutes or 0)
    assert told.next_check is not None
    assert told.next_check - NOW <= max(DAY, wished) * 1.1 + timedelta(seconds=1)


@given(st.data(), FEEDS, MOMENTS)
def test_patience_is_granted_in_full(data: st.DataObject, feed: Feed, moment: Moment) -> None:
    result = data.draw(results(feed, Outcome.PATIENCE))
    told = after(feed, result, moment)
    assert told.next_check is not None
    assert result.retry_after is not None
    assert told.next_check >= result.retry_after
    assert told.error_count == feed.error_count + result.asked


@given(st.data(), FEEDS, MOMENTS)
def test_a_failure_loses_nothing_that_is_known(data: st.DataObject, feed: Feed, moment: Moment) -> None:
    result = data.draw(results(feed, Outcome.FAILED, Outcome.GONE, Outcome.PATIENCE))
    told = after(feed, result, moment)
    kept = ("etag", "last_modified", "body_hash", "validators_since", "url", "title", "ttl_minutes", "interval_minutes")
    assert {name: getattr(told, name) for name in kept} == {name: getattr(feed, name) for name in kept}
    assert (told.state is FeedState.GONE) == (result.outcome is Outcome.GONE)


@given(FEEDS, st.integers(1, 60), st.floats(0, 1))
def test_each_failure_waits_at_least_as_long_as_the_last(feed: Feed, failures: int, chance: float) -> None:
    result = FetchResult(feed_id=0, outcome=Outcome.FAILED, error="It did not answer.")

    def wait(count: int) -> timedelta:
        told = after(replace(feed, error_count=count), result, Moment(now=NOW, chance=chance))
        assert told.next_check is not None
        return told.next_check - NOW

    assert wait(failures) >= wait(failures - 1)


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_who_posts_more_often_is_not_asked_more_rarely(one: int, other: int) -> None:
    assert (posting_wait(one) <= posting_wait(other)) or one < other


@given(FEEDS, st.timedeltas(-30 * DAY, 30 * DAY))
def test_validators_go_out_as_they_came_or_not_at_all(feed: Feed, ago: timedelta) -> None:
    sent = validators(replace(feed, validators_since=NOW - ago), NOW)
    assert sent == ((feed.etag, feed.last_modified) if timedelta() <= ago < VALIDATORS_LAST else ("", ""))


@given(FEEDS, st.lists(st.tuples(st.sampled_from(["", "https://new.example/a", "https://new.example/b"]),
                                 st.timedeltas(timedelta(), 5 * DAY)), max_size=12))  # fmt: skip
def test_an_address_changes_only_after_a_week_of_the_same_answer(
    feed: Feed, answers: list[tuple[str, timedelta]]
) -> None:
    """Against a plain reading of the rule: the run of equal answers that ends now, and how long it is."""
    now, run, since = NOW, "", NOW
    for said, later in answers:
        now += later
        if said != run:
            run, since = said, now
        told = moved(feed, said, now)
        if run and run != feed.url and now - since >= MOVE_AFTER:
            assert told.url == run
        else:
            assert told.url == feed.url
        if told.url != feed.url:
            run = ""
        feed = told


@given(st.integers(0, 10**9), st.text(max_size=8), st.datetimes(timezones=st.just(UTC)))
def test_chance_lies_between_nothing_and_one(number: int, uid: str, now: datetime) -> None:
    assert 0 <= chance_of(Feed(url="", id=number, uid=uid), now) < 1


def test_https_is_taken_at_once_and_nothing_else_is() -> None:
    feed = Feed(url="http://tea.example/feed?a=1")
    assert moved(feed, "https://tea.example/feed?a=1", NOW).url == "https://tea.example/feed?a=1"
    for other in ("https://tea.example/login", "https://other.example/feed?a=1", "https://tea.example:8443/feed?a=1"):
        told = moved(feed, other, NOW)
        assert (told.url, told.moving_to, told.moving_since) == (feed.url, other, NOW)
