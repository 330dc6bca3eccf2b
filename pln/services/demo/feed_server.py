"""Serves the invented feeds on this computer alone, so that refreshing can be tried for real."""

from __future__ import annotations

from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from types import TracebackType


class FeedServer:
    """A loopback server over one folder, on a port that is free. Use it as a context; `at` is its address.

    It answers "not modified" where nothing changed, so that a second refresh costs next to nothing.
    """

    def __init__(self, folder: Path) -> None:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
        self._thread = Thread(target=self._server.serve_forever, args=(0.1,), name="pln-demo-feeds", daemon=True)

    @property
    def at(self) -> str:
        """ "http://127.0.0.1:43210"."""
        return f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> FeedServer:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


class _Quiet(SimpleHTTPRequestHandler):
    """Plain files, nothing written to the terminal, one request a connection so that closing waits for nobody."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  - the name in the base class
        pass

    def list_directory(self, path: object) -> None:
        self.send_error(404)
