"""Connections of the HTTP layer: guarded against private addresses, with a deadline and a way to cancel every wait."""

from __future__ import annotations

import selectors
import socket
import ssl
import threading
from collections.abc import Iterator
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeout
from contextlib import contextmanager
from functools import cache
from typing import Any

import httpcore
import httpx

from pln.model.errors import NetworkFault, NoConnection
from pln.sources.address_guard import Address, PrivateAddressRefused, as_number, is_public, place
from pln.sources.flight import refuse_in_flight
from pln.sources.http_budget import Budget
from pln.sources.http_proxy import Proxies, Proxy, direct, may_be_asked_for, through_socks, tunnel

_CONNECT_SECONDS = 6.0  # for one of a host's addresses, before the next is tried

# One that needs no descriptor of its own: it is made for a single look.
_SELECTOR = getattr(selectors, "PollSelector", selectors.SelectSelector)

_SocketAddress = tuple[int, Any]  # family, sockaddr


class GuardedNetwork:
    """Opens connections to public addresses and to the places in `allow` ("host:port").

    A request runs wholly in its caller's thread; its budget is found there by the connection that serves it.
    """

    def __init__(self, allow: frozenset[str], proxies: Proxies = direct) -> None:
        self._allow, self._proxies = allow, proxies
        self._current = threading.local()

    @contextmanager
    def spending(self, budget: Budget) -> Iterator[None]:
        """Put all waiting of this thread's connections on one budget."""
        self._current.budget = budget
        try:
            yield
        finally:
            del self._current.budget

    @property
    def budget(self) -> Budget:
        budget: Budget = self._current.budget
        return budget

    def open(self, origin: httpcore.Origin) -> httpcore.NetworkStream:
        """Connect to a server, with TLS where it is https; through its proxy, where there is one."""
        host, secure = origin.host.decode("ascii"), origin.scheme == b"https"
        proxy = self.proxy_for(origin)
        stream = self.connect(host, origin.port) if proxy is None else self._through(proxy, host, origin.port, secure)
        return self.secured(stream, host) if secure else stream

    def proxy_for(self, origin: httpcore.Origin) -> Proxy | None:
        """The proxy on the way to a server. What the owner allowed in the home network is reached directly."""
        host = origin.host.decode("ascii")
        if place(host, origin.port) in self._allow:
            return None
        return self._proxies(origin.scheme.decode("ascii"), host, origin.port)

    def _through(self, proxy: Proxy, host: str, port: int, secure: bool) -> GuardedStream:
        """The proxy itself may lie anywhere: the owner named it."""
        if not may_be_asked_for(host):
            raise PrivateAddressRefused(place(host, port))
        found = _look_up(proxy.host, proxy.port, self.budget)
        stream = GuardedStream(self, _connect_to_first(found, proxy.host, self.budget))
        try:
            if proxy.kind == "socks5":
                through_socks(stream, proxy, host, port)
            elif secure:
                tunnel(stream, proxy, host, port)
        except BaseException:
            stream.close()
            raise
        return stream

    def connect(self, host: str, port: int) -> GuardedStream:
        """Look the name up, drop private addresses, and connect to one that was checked."""
        refuse_in_flight()
        found = _look_up(host, port, self.budget)
        reachable = [each for each in found if self._may_reach(host, port, each)]
        if not reachable:
            raise PrivateAddressRefused(place(host, port))
        return GuardedStream(self, _connect_to_first(reachable, host, self.budget))

    def secured(self, stream: GuardedStream, host: str) -> httpcore.NetworkStream:
        """The same with TLS; closed where that fails."""
        try:
            return stream.start_tls(_tls(), server_hostname=host)
        except BaseException:
            stream.close()
            raise

    def _may_reach(self, host: str, port: int, address: _SocketAddress) -> bool:
        return place(host, port) in self._allow or is_public(str(address[1][0]))


class GuardedStream(httpcore.NetworkStream):
    """A connected socket whose every wait is on the budget of the request in hand."""

    def __init__(self, network: GuardedNetwork, sock: socket.socket) -> None:
        self._network = network
        self._sock = sock

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        while True:
            self._sock.settimeout(self._network.budget.next_wait())
            try:
                return self._sock.recv(max_bytes)
            except TimeoutError:
                continue
            except OSError as fault:
                raise httpcore.ReadError(str(fault)) from fault

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        left = memoryview(buffer)
        while left:
            self._sock.settimeout(self._network.budget.next_wait())
            try:
                left = left[self._sock.send(left) :]
            except TimeoutError:
                continue
            except OSError as fault:
                raise httpcore.WriteError(str(fault)) from fault

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        wrapped = ssl_context.wrap_socket(self._sock, server_hostname=server_hostname, do_handshake_on_connect=False)
        try:
            self._shake_hands(wrapped, server_hostname or "")
        except BaseException:
            wrapped.close()
            raise
        return GuardedStream(self._network, wrapped)

    def _shake_hands(self, sock: ssl.SSLSocket, host: str) -> None:
        while True:
            sock.settimeout(self._network.budget.next_wait())
            try:
                return sock.do_handshake()
            except TimeoutError:
                continue
            except ssl.SSLCertVerificationError as fault:
                raise _certificate_fault(host, fault) from fault
            except OSError as fault:
                raise _no_connection(host) from fault

    def close(self) -> None:
        self._sock.close()

    def get_extra_info(self, info: str) -> Any:
        if info == "is_readable":  # an idle connection that can be read was closed by the server
            return self._sock.fileno() < 0 or _is_ready(self._sock, selectors.EVENT_READ, 0.0)
        if info == "socket":
            return self._sock
        return self._sock if info == "ssl_object" and isinstance(self._sock, ssl.SSLSocket) else None


@cache
def _tls() -> ssl.SSLContext:
    made = httpx.create_ssl_context(trust_env=False)
    made.set_alpn_protocols(["http/1.1"])
    return made


def _look_up(host: str, port: int, budget: Budget) -> list[_SocketAddress]:
    """A host's addresses. The system call cannot be interrupted, so a name is asked for beside, and waited for."""
    number = as_number(host)
    if number is not None:
        return [_numeric(number, port)]
    answer: Future[list[_SocketAddress]] = Future()
    threading.Thread(target=_resolve, args=(host, port, answer), daemon=True, name="pln-name-lookup").start()
    while True:
        try:
            return answer.result(timeout=budget.next_wait())
        except FutureTimeout:
            continue
        except (OSError, UnicodeError) as fault:
            raise NoConnection(
                "The server was not found",
                f"The name {host} leads nowhere. Check the address and the connection; what is stored is untouched.",
            ) from fault


def _numeric(number: Address, port: int) -> _SocketAddress:
    if number.version == 4:
        return socket.AF_INET, (str(number), port)
    return socket.AF_INET6, (str(number), port, 0, 0)


def _resolve(host: str, port: int, answer: Future[list[_SocketAddress]]) -> None:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except BaseException as fault:
        answer.set_exception(fault)
    else:
        answer.set_result([(family, sockaddr) for family, _, _, _, sockaddr in found])


def _connect_to_first(addresses: list[_SocketAddress], host: str, budget: Budget) -> socket.socket:
    fault: OSError | None = None
    for family, sockaddr in addresses:
        sock = socket.socket(family, socket.SOCK_STREAM)
        try:
            _connect(sock, sockaddr, budget)
        except OSError as failed:
            sock.close()
            fault = failed
        except BaseException:
            sock.close()
            raise
        else:
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            return sock
    raise _no_connection(host) from fault


def _connect(sock: socket.socket, sockaddr: Any, budget: Budget) -> None:
    sock.setblocking(False)
    try:
        sock.connect(sockaddr)
    except BlockingIOError:
        waited = 0.0
        while not _is_ready(sock, selectors.EVENT_WRITE, step := budget.next_wait()):
            waited += step
            if waited >= _CONNECT_SECONDS:
                raise TimeoutError("no answer to the connection") from None
    error = sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
    if error:
        raise OSError(error, "connection failed")


def _is_ready(sock: socket.socket, event: int, seconds: float) -> bool:
    with _SELECTOR() as selector:
        selector.register(sock, event)
        return bool(selector.select(seconds))


def _no_connection(host: str) -> NoConnection:
    return NoConnection(
        "The server does not answer",
        f"No connection to {host} could be made. It may be down, or this computer offline; PLN will try again later.",
    )


def _certificate_fault(host: str, fault: ssl.SSLCertVerificationError) -> NetworkFault:
    return NetworkFault(
        "The server could not prove who it is",
        f"The certificate of {host} is not valid ({fault.verify_message}), so nothing was sent or read. "
        "Check the address and this computer's date.",
    )
