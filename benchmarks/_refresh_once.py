"""One refresh of PLN's, or of lemon24/reader's, in a process of its own.

_refresh_once.py pln PROFILE PORT FEEDS
_refresh_once.py reader FILE PORT FEEDS     with an interpreter that has `reader`

FEEDS: so many are subscribed to, and nothing is asked; 0: those that are there are refreshed.
Prints {"entries": number of articles then, "seconds": of the refresh itself, without the start of the process,
"processor": seconds of the processor that it took, those of its ended workers included}.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path

WORKERS = 20


def ours(root: Path, port: int, feeds: int) -> tuple[int, float, float]:
    from _profile import opened_at

    from pln.model.feed import Feed
    from pln.services.refreshing import allow_place, refresh_feeds
    from pln.sources.refresh import Pace

    opened = opened_at(root)
    try:
        ctx, began, used = opened.context, time.perf_counter(), processor()
        if feeds:
            with ctx.write("bench") as work:
                for each in range(feeds):
                    work.feeds.add(Feed(url=f"http://127.0.0.1:{port}/{each}.xml"))
            allow_place(ctx, f"127.0.0.1:{port}")
        else:  # the server is one host; 500 real feeds are many
            report = refresh_feeds(ctx, force=True, pace=Pace(workers=WORKERS, at_one_host=WORKERS, host_gap=0))
            if report.failed:
                raise RuntimeError(f"{len(report.failed)} feeds failed: {report.failed[0]}")
        seconds = time.perf_counter() - began
        ctx.parser.close()
        used = processor() - used
        with ctx.store.read() as work:
            return work.articles.total(), seconds, used
    finally:
        opened.close()


def theirs(path: Path, port: int, feeds: int) -> tuple[int, float, float]:
    from reader import make_reader  # type: ignore[import-not-found]

    reader, began, used = make_reader(str(path)), time.perf_counter(), processor()
    for each in range(feeds):
        reader.add_feed(f"http://127.0.0.1:{port}/{each}.xml")
    if not feeds:
        reader.update_feeds(workers=WORKERS, scheduled=False)
        reader.enable_search()
        reader.update_search()
    seconds = time.perf_counter() - began
    return int(reader.get_entry_counts().total), seconds, processor() - used


def processor() -> float:
    kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return sum(used.ru_utime + used.ru_stime for used in map(resource.getrusage, kinds))


if __name__ == "__main__":
    who, where, port, feeds = sys.argv[1:]
    refresh = ours if who == "pln" else theirs
    entries, seconds, used = refresh(Path(where), int(port), int(feeds))
    print(json.dumps({"entries": entries, "seconds": seconds, "processor": used}))
