from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pln.model.feed import Feed
from pln.sources.host_queue import HostQueue, host_of


@given(
    st.lists(st.integers(0, 4), max_size=30),
    st.integers(1, 3),
    st.sampled_from([0.0, 1.0, 2.5]),
    st.lists(st.tuples(st.booleans(), st.sampled_from([0.0, 0.5, 1.0])), max_size=200),
)
def test_no_host_is_pressed_and_no_feed_is_lost(
    hosts: list[int], at_once: int, gap: float, steps: list[tuple[bool, float]]
) -> None:
    now = [0.0]
    queue = HostQueue(
        [Feed(id=number, url=f"https://host{host}.example/{number}") for number, host in enumerate(hosts)],
        at_once,
        gap,
        lambda: now[0],
    )
    taken: list[Feed] = []
    active: list[Feed] = []
    starts: dict[str, float] = {}
    for take, passed in [*steps, *[(True, 3.0), (False, 3.0)] * (len(hosts) + 1)]:
        now[0] += passed
        if not take and active:
            queue.release(active.pop(0))
        feed = queue.take() if take else None
        if feed is None:
            continue
        host = host_of(feed)
        assert now[0] - starts.get(host, -100.0) >= gap
        starts[host] = now[0]
        taken.append(feed)
        active.append(feed)
        assert sum(host_of(each) == host for each in active) <= at_once
    while queue:
        now[0] += gap
        if active:
            queue.release(active.pop())
        feed = queue.take()
        if feed is not None:
            taken.append(feed)
            active.append(feed)
    assert sorted(feed.id for feed in taken) == list(range(len(hosts)))


def test_hosts_take_turns() -> None:
    queue = HostQueue([Feed(url=f"https://{host}.example/") for host in "aaabb"], 9, 0.0, lambda: 0.0)
    order = [host_of(feed)[0] for feed in iter(queue.take, None)]
    assert order == ["a", "b", "a", "b", "a"]


def test_dropped_host_is_not_asked_any_more() -> None:
    one, two, other = (Feed(id=n, url=f"https://{name}.example/") for n, name in enumerate(["a", "a", "b"]))
    queue = HostQueue([one, two, other], 9, 0.0, lambda: 0.0)
    assert queue.drop_host(one) == [one, two]
    assert list(iter(queue.take, None)) == [other]
    assert not queue
    assert queue.drop_host(one) == []


def test_host_is_read_from_any_address() -> None:
    assert host_of(Feed(url="https://ada:pw@Tea.Example:8443/x")) == "tea.example:8443"
    assert host_of(Feed(url="http://[::1")) == ""
