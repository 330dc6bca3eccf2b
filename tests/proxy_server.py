"""A proxy on this computer for tests: http (with CONNECT) or SOCKS 5. Whatever it is asked for, it leads to one server.

with ProxyServer(server.port) as proxy:
    Http(proxies=chosen(proxy.http))
    assert proxy.asked == ["CONNECT tea.example:443"]
"""

from __future__ import annotations

import contextlib
import socket
import threading

_STEP = 65536


class ProxyServer:
    """asked: what was asked for, in order. heads: the head of every http request. answer: instead of the real one."""

    def __init__(self, leads_to: int, *, answer: bytes = b"") -> None:
        self.asked: list[str] = []
        self.heads: list[str] = []
        self._leads_to, self._answer = leads_to, answer
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]
        self._sockets: list[socket.socket] = []
        self._threads = [threading.Thread(target=self._accept)]

    @property
    def http(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def socks(self) -> str:
        return f"socks5://127.0.0.1:{self.port}"

    def __enter__(self) -> ProxyServer:
        self._threads[0].start()
        return self

    def __exit__(self, *exc: object) -> None:
        for each in (self._listening, *self._sockets):
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()
        for thread in self._threads:
            thread.join()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listening.accept()
            except OSError:
                return
            self._sockets.append(client)
            thread = threading.Thread(target=self._serve, args=(client,))
            self._threads.append(thread)
            thread.start()

    def _serve(self, client: socket.socket) -> None:
        with contextlib.suppress(OSError):
            first = client.recv(_STEP)
            if self._answer:
                client.sendall(self._answer)
            elif first[:1] == b"\x05":
                self._socks(client, first)
            else:
                self._http(client, first)

    def _socks(self, client: socket.socket, hello: bytes) -> None:
        wants_password = 2 in hello[2:]
        client.sendall(b"\x05\x02" if wants_password else b"\x05\x00")
        if wants_password:
            self.heads.append(client.recv(_STEP)[1:].decode("latin-1"))
            client.sendall(b"\x01\x00")
        asked = client.recv(_STEP)
        host = asked[5:-2].decode() if asked[3] == 3 else socket.inet_ntoa(asked[4:-2])
        self.asked.append(f"SOCKS {host}:{int.from_bytes(asked[-2:], 'big')}")
        client.sendall(b"\x05\x00\x00\x01\0\0\0\0\0\0")
        self._pass_on(client, b"")

    def _http(self, client: socket.socket, head: bytes) -> None:
        self.heads.append(head.decode("latin-1"))
        method, target, _ = head.split(b"\r\n")[0].decode().split(" ")
        self.asked.append(f"{method} {target}")
        if method == "CONNECT":
            client.sendall(b"HTTP/1.1 200 Fine\r\n\r\n")
            self._pass_on(client, b"")
        else:
            path = "/" + target.partition("://")[2].partition("/")[2]
            self._pass_on(client, head.replace(target.encode(), path.encode(), 1))

    def _pass_on(self, client: socket.socket, head: bytes) -> None:
        there = socket.create_connection(("127.0.0.1", self._leads_to))
        self._sockets.append(there)
        there.sendall(head)
        thread = threading.Thread(target=_pump, args=(client, there))
        self._threads.append(thread)
        thread.start()
        _pump(there, client)


def _pump(source: socket.socket, target: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while data := source.recv(_STEP):
            target.sendall(data)
        target.shutdown(socket.SHUT_WR)
