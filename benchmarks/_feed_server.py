"""A web server in a process of its own: serves invented feeds, made before it begins, so that it needs little.

_feed_server.py FEEDS ENTRIES     prints its port and serves /0.xml, /1.xml, ... on 127.0.0.1 until its input is closed
"""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from random import Random

_WORDS = ["tea", "leaf", "cup", "steep", "slow", "river", "garden", "letter", "walk", "kiln", "wheel", "lamp", "bread"]


@contextmanager
def serving(feeds: int, entries: int) -> Iterator[int]:
    """The port of a server that runs while in the block."""
    process = subprocess.Popen(
        [sys.executable, __file__, str(feeds), str(entries)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout is not None
        yield int(process.stdout.readline())
    finally:
        process.communicate()


def feed(number: int, entries: int) -> bytes:
    chance = Random(number)
    items = "".join(
        f"<item><title>Leaf {each} of {number}</title><guid>{number}-{each}</guid>"
        f"<link>https://tea.example/{number}/{each}</link><pubDate>Sun, 01 Nov 2026 12:{each % 60:02}:00 GMT</pubDate>"
        f"<description><![CDATA[{_body(chance)}]]></description></item>"
        for each in range(entries)
    )
    return f"<rss version='2.0'><channel><title>Tea {number}</title>{items}</channel></rss>".encode()


def _body(chance: Random) -> str:
    def paragraph() -> str:
        return f"<p>{' '.join(chance.choices(_WORDS, k=60))} <a href='/more?utm_source=x'>more</a>.</p>"

    return "".join(paragraph() for _ in range(chance.randint(2, 12)))


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    bodies: tuple[bytes, ...] = ()

    def do_GET(self) -> None:
        body = self.bodies[int(Path(self.path).stem)]
        self.send_response(200)
        self.send_header("Content-Type", "application/rss+xml")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Nothing on the terminal."""


class _Server(ThreadingHTTPServer):
    request_queue_size = 64

    def handle_error(self, request: object, client_address: object) -> None:
        """A reader that goes closes its connections without a word; that is no fault."""


def main() -> None:
    feeds, entries = map(int, sys.argv[1:])
    _Handler.bodies = tuple(feed(number, entries) for number in range(feeds))
    server = _Server(("127.0.0.1", 0), _Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(server.server_address[1], flush=True)
    sys.stdin.read()
    server.shutdown()


if __name__ == "__main__":
    main()
