"""Proxies: which one a request goes through, and how a connection is made through it.

A proxy looks names up by itself, so that only numbers and this computer's own names can be kept from it here.
"""

from __future__ import annotations

import base64
import ipaddress
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import SplitResult, unquote, urlsplit

from pln.model.errors import NetworkFault, UsageError
from pln.sources.address_guard import as_number, is_public

DIRECT, SYSTEM = "none", "system"
_PORTS = {"http": 8080, "socks5": 1080}
_HEAD_BYTES = 16 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Proxy:
    """kind: "http" or "socks5". auth: "user:password", "" for none."""

    kind: str
    host: str
    port: int
    auth: str = ""

    @property
    def headers(self) -> dict[str, str]:
        """What an http proxy is told beside the request."""
        if not self.auth:
            return {}
        return {"Proxy-Authorization": "Basic " + base64.b64encode(self.auth.encode()).decode("ascii")}


Proxies = Callable[[str, str, int], Proxy | None]
"""(scheme, host, port) of a server -> the proxy to reach it through, None for the direct way."""


class Wire(Protocol):
    """A connected stream."""

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes: ...

    def write(self, buffer: bytes, timeout: float | None = None) -> None: ...


def direct(scheme: str, host: str, port: int) -> Proxy | None:
    """No proxy at all."""
    return None


def chosen(setting: str) -> Proxies:
    """The proxies of a setting: "none", "system", or an address as `parsed` reads it. Raises UsageError."""
    if setting in ("", DIRECT):
        return direct
    if setting == SYSTEM:
        return _of_system()
    one = parsed(setting)
    return lambda scheme, host, port: one


def parsed(address: str) -> Proxy:
    """A proxy from "http://host:port" or "socks5://host:port". Raises UsageError for anything else."""
    try:
        parts = urlsplit(address.strip() if "://" in address else f"http://{address.strip()}")
        kind = {"socks5h": "socks5", "socks": "socks5"}.get(parts.scheme, parts.scheme)
        host, port = parts.hostname, parts.port or _PORTS[kind]
    except (ValueError, KeyError):
        host = None
    if not host or parts.path not in ("", "/") or parts.query:
        raise UsageError(
            "This is no address of a proxy", "Write it as http://name:port or socks5://name:port. Nothing was changed."
        )
    return Proxy(kind=kind, host=host, port=port, auth=_auth(parts))


def may_be_asked_for(host: str) -> bool:
    """Whether a proxy may be asked for this host: no private number, and not this computer."""
    number = as_number(host)
    if number is not None:
        return is_public(str(number))
    name = host.rstrip(".").lower()
    return name != "localhost" and not name.endswith((".localhost", ".local"))


def tunnel(wire: Wire, proxy: Proxy, host: str, port: int) -> None:
    """Let an http proxy connect this stream to a server. Raises NetworkFault where it does not."""
    there = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    told = "".join(f"{name}: {value}\r\n" for name, value in proxy.headers.items())
    wire.write(f"CONNECT {there} HTTP/1.1\r\nHost: {there}\r\n{told}\r\n".encode("ascii"))
    head = b""
    while b"\r\n\r\n" not in head:
        part = wire.read(1)  # not a byte more: what follows belongs to the server
        head += part
        if not part or len(head) > _HEAD_BYTES:
            raise _refused("It did not answer as a proxy does.")
    status = head.split(b" ", 2)[1:2]
    if status == [b"407"]:
        raise _refused("It wants a user and a password.")
    if not status or not status[0].startswith(b"2"):
        raise _refused(f"It did not connect PLN to {host}.")


def through_socks(wire: Wire, proxy: Proxy, host: str, port: int) -> None:
    """The same by SOCKS 5; the proxy looks the name up."""
    user, _, password = proxy.auth.partition(":")
    wire.write(b"\x05\x02\x00\x02" if proxy.auth else b"\x05\x01\x00")
    version, method = _exactly(wire, 2)
    if version != 5 or method not in ((0, 2) if proxy.auth else (0,)):
        raise _refused("It wants a user and a password." if version == 5 else "It does not speak SOCKS 5.")
    if method == 2:
        wire.write(b"\x01" + _short(user) + _short(password))
        if _exactly(wire, 2)[1] != 0:
            raise _refused("It did not take the user and the password.")
    wire.write(b"\x05\x01\x00" + _address(host) + port.to_bytes(2, "big"))
    _, reply, _, kind = _exactly(wire, 4)
    if reply != 0:
        raise _refused(f"It did not connect PLN to {host}.")
    _exactly(wire, {1: 4, 4: 16}.get(kind) or _exactly(wire, 1)[0])
    _exactly(wire, 2)


def _of_system() -> Proxies:
    """What the environment says, and on Windows and macOS the system's settings; an unreadable one is passed over."""
    from urllib.request import getproxies, proxy_bypass  # imports a good part of the standard library

    known = {kind: one for kind, address in getproxies().items() if (one := _readable(address)) is not None}
    if not known:
        return direct

    def way(scheme: str, host: str, port: int) -> Proxy | None:
        one = known.get(scheme) or known.get("all")
        return None if one is None or proxy_bypass(f"{host}:{port}") else one

    return way


def _readable(address: str) -> Proxy | None:
    try:
        return parsed(address)
    except UsageError:
        return None


def _auth(parts: SplitResult) -> str:
    if parts.username is None:
        return ""
    return f"{unquote(parts.username)}:{unquote(parts.password or '')}"


def _exactly(wire: Wire, count: int) -> bytes:
    found = b""
    while len(found) < count:
        part = wire.read(count - len(found))
        if not part:
            raise _refused("It broke off.")
        found += part
    return found


def _short(text: str) -> bytes:
    data = text.encode()[:255]
    return bytes([len(data)]) + data


def _address(host: str) -> bytes:
    try:
        number = ipaddress.ip_address(host)
    except ValueError:
        return b"\x03" + _short(host)
    return (b"\x01" if number.version == 4 else b"\x04") + number.packed


def _refused(why: str) -> NetworkFault:
    return NetworkFault("The proxy did not help", f"{why} See the settings of reading; what is stored is untouched.")
