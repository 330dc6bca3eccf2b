"""Fetch many single pages and pictures: a few at once, two at one host with a breath between."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from typing import TypeVar

from pln.model.errors import Cancelled
from pln.model.feed import Feed
from pln.sources.flight import FlightMode, refuse_in_flight
from pln.sources.host_queue import HostQueue, host_of
from pln.sources.http import never

Found = TypeVar("Found")

_WORKERS, _AT_ONE_HOST, HOST_GAP = 6, 2, 0.2
_GLANCE_SECONDS = 0.05


class HostIsBusy(Exception):
    """The server asked for patience (429, 503), now or before: nothing is asked of its host in this run.

    sentence: until when. It may be another host than that of the address that was asked, after a hop.
    """

    def __init__(self, host: str, sentence: str) -> None:
        super().__init__(sentence)
        self.host, self.sentence = host, sentence


def gather(
    urls: Sequence[str], fetch: Callable[[int, Callable[[], bool]], Found], *,
    wanted: Callable[[int], bool] = lambda number: True, cancelled: Callable[[], bool] = never, gap: float = HOST_GAP,
) -> Iterator[tuple[int, Found]]:  # fmt: skip
    """(number, what fetch found) of each address, as they come, on the calling thread.

    fetch: called in other threads with a number and a way to see whether the run is over. wanted: asked just before,
    on the calling thread. Raises Cancelled and FlightMode soon after the one or the other begins; what came until then
    was handed over. No thread is left behind.
    """
    # A queue of feeds serves: it looks at nothing of them but their address.
    queue = HostQueue([Feed(id=number, url=url) for number, url in enumerate(urls)], _AT_ONE_HOST, gap, time.monotonic)
    running: dict[Future[Found], Feed] = {}
    over = False

    def is_over() -> bool:
        return over or cancelled()

    with ThreadPoolExecutor(_WORKERS, thread_name_prefix="pln-gather") as pool:
        try:
            while queue or running:
                if cancelled():
                    raise Cancelled
                refuse_in_flight()
                while len(running) < _WORKERS and (one := queue.take()) is not None:
                    if wanted(one.id):
                        running[pool.submit(fetch, one.id, is_over)] = one
                    else:
                        queue.release(one)
                if not running:
                    time.sleep(_GLANCE_SECONDS)  # every host that is left wants a breath
                    continue
                ended, _ = wait(running, timeout=_GLANCE_SECONDS, return_when=FIRST_COMPLETED)
                for future in ended:
                    one = running.pop(future)
                    queue.release(one)
                    try:
                        yield one.id, future.result()
                    except HostIsBusy as busy:
                        if busy.host == host_of(one):
                            queue.drop_host(one)
        finally:
            over = True


__all__ = ["FlightMode", "HostIsBusy", "gather"]
