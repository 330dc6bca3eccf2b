"""What a hostile server can cost: measured in a process of its own, since the peak of a process never goes down."""

from __future__ import annotations

import gzip
import os
import subprocess
import sys
import time
import zlib
from pathlib import Path

import pytest

from feed_server import FeedServer, Reply, Route, drip, endless
from pln.model.errors import UnreadableInput
from pln.sources import http_body
from pln.sources.http import DEADLINE_SECONDS

MOST_MB = 100
GIB = 1 << 30
ROOT = Path(__file__).parents[3]

FETCH = """
import sys, time
from pln.model.errors import PlnError
from pln.sources.http import Http
place, deadline, *paths = sys.argv[1:]
with Http(allow=frozenset({place})) as http:
    for path in paths:
        before = time.monotonic()
        try:
            said = f"{len(http.get(f'http://{place}{path}', deadline_seconds=float(deadline)).body)} bytes"
        except PlnError as fault:
            said = fault.title
        print(path, f"{time.monotonic() - before:.2f}", said, sep="|")
with open("/proc/self/status") as status:  # not getrusage: that begins with the peak of whoever started this process
    peak = next(line.split()[1] for line in status if line.startswith("VmHWM:"))
print("peak", int(peak) // 1024, "MB", sep="|")
"""

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere the unit of the peak differs")


def bomb(unpacked: int) -> bytes:
    """Zeros in gzip: one block of 1 MiB again and again, so that it is made at once."""
    block = bytes(1 << 20)
    packer = zlib.compressobj(9, wbits=-15)
    packed = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    return gzip.compress(b"")[:10] + packed * (unpacked // len(block)) + packer.flush()


def packed(body: bytes) -> Route:
    return lambda request: Reply(headers={"Content-Encoding": "gzip"}, body=body)


def fetched(server: FeedServer, *paths: str, deadline: float) -> tuple[int, dict[str, tuple[float, str]]]:
    """The peak of memory in MB; of each path how many seconds it took and what was said of it."""
    command = [sys.executable, "-c", FETCH, f"127.0.0.1:{server.port}", str(deadline), *paths]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    *told, peak = (line.split("|") for line in done.stdout.splitlines())
    return int(peak[1]), {path: (float(seconds), said) for path, seconds, said in told}


def test_the_bomb_is_what_it_says() -> None:
    unpacker = zlib.decompressobj(47)
    assert len(unpacker.decompress(bomb(3 << 20))) == 3 << 20
    assert len(bomb(GIB)) < 2 << 20


@pytest.mark.parametrize("more", [-1, 0, 1])
@pytest.mark.parametrize("parts", [1, 2, 7])
@pytest.mark.parametrize("pieces", [1, 50])
def test_unpacking_part_by_part_loses_nothing(parts: int, more: int, pieces: int) -> None:
    body = bytes(parts * http_body._PART + more)
    sent = gzip.compress(body)
    step = len(sent) // pieces + 1
    chunks = [sent[start : start + step] for start in range(0, len(sent), step)]
    assert http_body.read_body(chunks, "gzip", len(body)) == body
    with pytest.raises(UnreadableInput, match="too large"):
        http_body.read_body(chunks, "gzip", len(body) - 1)


def test_bombs_and_bodies_without_end_cost_little_memory_and_time() -> None:
    routes: dict[str, Route] = {
        "/bomb": packed(bomb(GIB)),
        "/endless": endless(),
        "/endless-bomb": endless(bomb(64 << 20), {"Content-Encoding": "gzip"}),
        "/drip": drip(b"x" * 1000, every=0.5),
        "/fine": b"<rss/>",
    }
    with FeedServer(routes) as server:
        peak, told = fetched(server, *routes, deadline=2.0)
    assert peak < MOST_MB
    assert told["/fine"][1] == "6 bytes"
    for path in routes:
        assert told[path][0] < 3.0, path
    assert [told[path][1] for path in ("/bomb", "/endless", "/endless-bomb")] == ["The answer is too large"] * 3
    assert "took too long" in told["/drip"][1]


@pytest.mark.long
def test_two_bytes_a_second_end_with_the_usual_deadline() -> None:
    with FeedServer({"/drip": drip(b"x" * 1000, every=0.5)}) as server:
        before = time.monotonic()
        _, told = fetched(server, "/drip", deadline=DEADLINE_SECONDS)
    assert "took too long" in told["/drip"][1]
    assert time.monotonic() - before < DEADLINE_SECONDS + 3
