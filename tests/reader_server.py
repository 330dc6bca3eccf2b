"""A sync server for tests: the calls of the Google Reader API that PLN makes, over a few feeds in memory.

with ReaderServer() as server:
    server.feeds["feed/1"] = Held("https://example.invalid/feed", "Orchard notes")
    server.items["7"] = Kept("feed/1", "https://example.invalid/a", "Pears")
"""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from pln.sources.google_reader import STARRED

LOGIN, PASSWORD = "ada", "an api password"


@dataclass
class Held:
    url: str
    title: str = ""
    folder: str = ""


@dataclass
class Kept:
    feed: str
    url: str
    title: str
    tags: set[str] = field(default_factory=set)
    published: int = 1_795_000_000
    html: str = "<p>words</p>"


class ReaderServer:
    """fail: a path that answers 500. writes: every change that was asked for, as (call, form)."""

    def __init__(self) -> None:
        self.feeds: dict[str, Held] = {}
        self.items: dict[str, Kept] = {}
        self.fail: set[str] = set()
        self.writes: list[tuple[str, dict[str, list[str]]]] = []
        self.page = 2
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self.port = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), name="reader-server")

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def place(self) -> str:
        return f"127.0.0.1:{self.port}"

    def __enter__(self) -> ReaderServer:
        self._thread.start()
        return self

    def __exit__(self, *exc: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def answer(self, call: str, query: dict[str, list[str]]) -> dict[str, Any] | str:
        if call == "token":
            return "a-token"
        if call == "subscription/list":
            return {"subscriptions": [_subscription(name, each) for name, each in self.feeds.items()]}
        if call == "stream/items/ids":
            return self._ids(query)
        if call.startswith("stream/contents/"):
            feed = unquote(call.removeprefix("stream/contents/"))
            return {"items": [_item(name, each) for name, each in self.items.items() if each.feed == feed]}
        return {}

    def _ids(self, query: dict[str, list[str]]) -> dict[str, Any]:
        """A few at a time, so that asking for more is tried too."""
        stream, without = query["s"][0], query.get("xt", [""])[0]
        names = [
            name
            for name, each in self.items.items()
            if (stream != STARRED or STARRED in each.tags) and without not in each.tags
        ]
        start = int(query.get("c", ["0"])[0])
        page = {"itemRefs": [{"id": name} for name in names[start : start + self.page]]}
        return {**page, "continuation": str(start + self.page)} if start + self.page < len(names) else page

    def change(self, call: str, form: dict[str, list[str]]) -> dict[str, Any] | str:
        if call == "stream/items/contents":
            return {"items": [_item(name, self.items[name]) for name in form["i"] if name in self.items]}
        assert form["T"] == ["a-token"]
        self.writes.append((call, form))
        if call == "edit-tag":
            for name in form["i"]:
                self.items[name].tags |= set(form.get("a", []))
                self.items[name].tags -= set(form.get("r", []))
        elif form["ac"] == ["subscribe"]:
            folder = form.get("a", [""])[0].removeprefix("user/-/label/")
            url = form["s"][0].removeprefix("feed/")
            self.feeds[f"feed/{len(self.feeds) + 10}"] = Held(url, form["t"][0], folder)
        else:
            del self.feeds[form["s"][0]]
        return "OK"


def _subscription(name: str, each: Held) -> dict[str, Any]:
    labels = [{"id": f"user/-/label/{each.folder}", "label": each.folder}] if each.folder else []
    return {"id": name, "title": each.title, "url": each.url, "categories": labels}


def _item(name: str, each: Kept) -> dict[str, Any]:
    return {
        "id": f"tag:google.com,2005:reader/item/{int(name):016x}", "title": each.title, "published": each.published,
        "canonical": [{"href": each.url}], "origin": {"streamId": each.feed}, "categories": sorted(each.tags),
        "summary": {"content": each.html},
    }  # fmt: skip


def _handler(server: ReaderServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            self._answer(parts.path, lambda call: server.answer(call, parse_qs(parts.query)))

        def do_POST(self) -> None:
            form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            if self.path == "/accounts/ClientLogin":
                right = form["Email"] == [LOGIN] and form["Passwd"] == [PASSWORD]
                self._send(200 if right else 401, b"SID=x\nAuth=ticket\n" if right else b"Error=BadAuthentication")
                return
            self._answer(self.path, lambda call: server.change(call, form))

        def _answer(self, path: str, found: Any) -> None:
            call = path.removeprefix("/reader/api/0/")
            if call in server.fail:
                self._send(500, b"")
            elif self.headers["Authorization"] != "GoogleLogin auth=ticket" or call == path:
                self._send(401 if call != path else 404, b"")
            else:
                told = found(call)
                self._send(200, told.encode() if isinstance(told, str) else json.dumps(told).encode())

        def _send(self, status: int, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            """Quiet."""

    return Handler
