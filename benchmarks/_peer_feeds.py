"""A server in a process of its own for reader_peer.py: large invented feeds, half RSS and half Atom, with validators.

_peer_feeds.py FEEDS ENTRIES     prints its port and serves /0.xml, /1.xml, ... on 127.0.0.1 until its input is closed

/set?newer=1 lets one feed in five have one entry more; /set?delay=MS waits so long, on the average, before each answer.
"""

from __future__ import annotations

import asyncio
import hashlib
import html
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from urllib.parse import parse_qs, urlsplit
from urllib.request import urlopen

from _words import Words

_NEWEST = datetime(2026, 11, 20, 12, tzinfo=UTC)
_CHANGED = 5  # one feed in so many has something new


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


def tell(port: int, *, newer: bool = False, delay: int = 0) -> None:
    """Change what is served."""
    with urlopen(f"http://127.0.0.1:{port}/set?newer={int(newer)}&delay={delay}") as answer:
        answer.read()


class Feeds:
    """Bodies by number, as they are at first and as they are later."""

    def __init__(self, feeds: int, entries: int) -> None:
        self._words = Words(7)
        self.first = [self._feed(number, entries, more=False) for number in range(feeds)]
        self.later = [
            self._feed(number, entries, more=True) if number % _CHANGED == 0 else self.first[number]
            for number in range(feeds)
        ]

    def _feed(self, number: int, entries: int, *, more: bool) -> bytes:
        self._words.chance = Random(number)
        write = _rss if number % 2 else _atom
        parts = [self._entry(number, each) for each in range(entries)]
        if more:
            parts = [self._entry(number, entries), *parts[:-1]]
        return write(number, parts).encode()

    def _entry(self, number: int, each: int) -> tuple[str, str, datetime, str]:
        """(link, title, date, html): two to four thousand characters, as feeds with whole texts have."""
        self._words.chance = Random(number * 1009 + each)
        blocks: list[str] = []
        wanted = self._words.chance.randint(800, 4200)
        while sum(map(len, blocks)) < wanted:
            blocks.append(self._block(f"/picture/{number}/{each}-{len(blocks)}.jpg"))
        day = _NEWEST - timedelta(hours=31 * (60 - each), minutes=number)
        return f"https://site{number}.example/{each}", self._words.title(), day, "\n".join(blocks)

    def _block(self, picture: str) -> str:
        chance, some = self._words.chance, self._words.some
        kind = chance.random()
        if kind < 0.7:
            link = f'<a href="/{some(1)[0]}?utm_source=feed&amp;id=3">{some(1)[0]}</a>'
            return f"<p>{' '.join(some(chance.randint(20, 70)))} {link}, <em>{some(1)[0]}</em>.</p>"
        if kind < 0.8:
            return "<ul>" + "".join(f"<li>{' '.join(some(9))}</li>" for _ in range(4)) + "</ul>"
        if kind < 0.9:
            return (
                f'<figure><img src="{picture}" width="1024" height="683" loading="lazy" alt="{some(1)[0]}">'
                f"<figcaption>{' '.join(some(8))}</figcaption></figure>"
            )
        if kind < 0.95:
            return f"<blockquote><p>{' '.join(some(20))}</p></blockquote>"
        return f"<h2>{' '.join(some(4))}</h2><pre><code>{' '.join(some(6))}</code></pre>"


def _rss(number: int, entries: list[tuple[str, str, datetime, str]]) -> str:
    items = "".join(
        f"<item><title>{html.escape(title)}</title><link>{link}</link><guid>{link}</guid>"
        f"<pubDate>{day:%a, %d %b %Y %H:%M:%S} +0000</pubDate>"
        f"<content:encoded><![CDATA[{body}]]></content:encoded></item>\n"
        for link, title, day, body in entries
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<title>Site {number}</title><link>https://site{number}.example/</link>\n{items}</channel></rss>"
    )


def _atom(number: int, entries: list[tuple[str, str, datetime, str]]) -> str:
    items = "".join(
        f'<entry><title>{html.escape(title)}</title><link href="{link}"/><id>{link}</id>'
        f"<updated>{day:%Y-%m-%dT%H:%M:%SZ}</updated>"
        f'<content type="html">{html.escape(body)}</content></entry>\n'
        for link, title, day, body in entries
    )
    site = f"https://site{number}.example/"
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">'
        f'<title>Site {number}</title><id>{site}</id><link href="{site}"/>'
        f"<updated>{_NEWEST:%Y-%m-%dT%H:%M:%SZ}</updated>\n{items}</feed>"
    )


class _Server:
    def __init__(self, feeds: Feeds) -> None:
        self._bodies = {False: feeds.first, True: feeds.later}
        self._newer, self._delay, self._chance = False, 0.0, Random(3)

    async def connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
                headers = dict(line.lower().split(": ", 1) for line in lines[1:] if ": " in line)
                writer.write(await self._answer(lines[0].split(" ")[1], headers.get("if-none-match", "")))
                await writer.drain()
                if headers.get("connection") == "close":
                    break
        except (asyncio.IncompleteReadError, ConnectionError):
            pass  # a reader that goes closes its connections without a word
        finally:
            writer.close()

    async def _answer(self, target: str, known: str) -> bytes:
        parts = urlsplit(target)
        if parts.path == "/set":
            wished = parse_qs(parts.query)
            self._newer, self._delay = wished["newer"] == ["1"], float(wished["delay"][0]) / 1e3
            return b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        if self._delay:
            await asyncio.sleep(self._delay * self._chance.uniform(0.5, 1.5))
        body = self._bodies[self._newer][int(Path(parts.path).stem)]
        tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        head = f"ETag: {tag}\r\nContent-Type: application/xml\r\n"
        if known == tag:
            return f"HTTP/1.1 304 Not Modified\r\n{head}\r\n".encode()
        return f"HTTP/1.1 200 OK\r\n{head}Content-Length: {len(body)}\r\n\r\n".encode() + body


async def _serve(feeds: Feeds) -> None:
    server = await asyncio.start_server(_Server(feeds).connected, "127.0.0.1", 0, backlog=512)
    print(server.sockets[0].getsockname()[1], flush=True)
    ended = asyncio.Event()
    loop = asyncio.get_running_loop()

    def wait() -> None:
        sys.stdin.read()
        loop.call_soon_threadsafe(ended.set)

    threading.Thread(target=wait, daemon=True).start()
    await ended.wait()
    server.close()


if __name__ == "__main__":
    asyncio.run(_serve(Feeds(*map(int, sys.argv[1:]))))
