"""The program's one way to the network: GET within bounds, to public addresses, over http and https only."""

from __future__ import annotations

import base64
import logging
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from types import MappingProxyType
from urllib.parse import unquote_to_bytes

import httpcore
import httpx

from pln import __version__
from pln.model.errors import NetworkFault
from pln.sources.flight import refuse_in_flight
from pln.sources.http_body import RAW_LIMIT, read_body, too_large
from pln.sources.http_budget import Budget
from pln.sources.http_connection import GuardedNetwork
from pln.sources.http_pool import Pool
from pln.sources.http_proxy import Proxies, direct

USER_AGENT = f"PLN/{__version__} (feed reader)"
MAX_HOPS = 5
MAX_BYTES = 20 * 1024 * 1024
DEADLINE_SECONDS = 20.0

_MOVED_FOR_GOOD = (301, 308)
_MOVED = (301, 302, 303, 307, 308)
_HOST = re.compile(rb"[A-Za-z0-9._:-]+")  # a name (IDNA has made it ASCII) or a number

for _noisy in ("httpx", "httpcore"):  # at INFO they print addresses, with the secrets some feeds carry in them
    logging.getLogger(_noisy).setLevel(logging.WARNING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """An answer. url: where it came from, after redirects. headers: names in lower case.

    body: unpacked; empty for every status from 300 on.
    permanent_url: the address after an unbroken chain of permanent redirects (301, 308) from the start, "" without one.
    """

    status: int
    url: str
    headers: Mapping[str, str]
    body: bytes
    permanent_url: str = ""


def never() -> bool:
    """The `cancelled` of work that nobody can cancel."""
    return False


def _anywhere(url: str) -> None:
    """The `before_hop` of a request that may go to any address."""


class Http:
    """A pool of connections; used from several threads, closed by `with`.

    allow: places ("host:port", see `address_guard.place`) that may be reached though they are not public.
    proxies: the way to all other servers.
    """

    def __init__(self, *, allow: frozenset[str] = frozenset(), proxies: Proxies = direct) -> None:
        self._network = GuardedNetwork(allow, proxies)
        self._pool = Pool(self._network.open)

    def __enter__(self) -> Http:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def close(self) -> None:
        self._pool.close()

    def get(
        self,
        url: str,
        *,
        headers: Mapping[str, str] = MappingProxyType({}),
        etag: str = "",
        last_modified: str = "",
        max_bytes: int = MAX_BYTES,
        deadline_seconds: float = DEADLINE_SECONDS,
        cancelled: Callable[[], bool] = never,
        auth: tuple[str, str] | None = None,
        before_hop: Callable[[str], None] = _anywhere,
    ) -> Response:
        """Fetch an address. etag, last_modified: validators as the server gave them; 304 then has an empty body.

        auth: user and password, told to the address's own host alone. before_hop: is given each address before it is
        asked, and may raise. Any status comes back as a Response. Raises NetworkFault (PrivateAddressRefused among
        them), UnreadableInput where the body passes its bounds, Cancelled.
        """
        conditions = {"If-None-Match": etag, "If-Modified-Since": last_modified}
        wanted = {**headers, **{name: value for name, value in conditions.items() if value}}
        with self._network.spending(Budget(deadline_seconds, cancelled)):
            return self._follow(_usable(url), wanted, max_bytes, auth, before_hop)

    def post(
        self,
        url: str,
        form: str,
        *,
        headers: Mapping[str, str] = MappingProxyType({}),
        max_bytes: int = MAX_BYTES,
        deadline_seconds: float = DEADLINE_SECONDS,
        cancelled: Callable[[], bool] = never,
    ) -> Response:
        """Send a form, encoded already. No redirect is followed: what is sent goes to nobody else. Raises as `get`."""
        told = {"Content-Type": "application/x-www-form-urlencoded", **headers}
        with self._network.spending(Budget(deadline_seconds, cancelled)):
            there = _usable(url)
            with self._ask(there, told, form.encode("ascii")) as answer:
                return _response(there, answer, max_bytes, "")

    def _follow(
        self, url: httpx.URL, headers: Mapping[str, str], max_bytes: int, auth: tuple[str, str] | None,
        before_hop: Callable[[str], None],
    ) -> Response:  # fmt: skip
        permanent, unbroken, first = "", True, url
        for _ in range(MAX_HOPS + 1):
            before_hop(str(url))
            told = {**headers, **_basic(auth)} if auth is not None and _may_tell(first, url) else headers
            with self._ask(url, told) as answer:
                target = _redirect_target(url, answer)
                if target is None:
                    return _response(url, answer, max_bytes, permanent)
                unbroken = unbroken and answer.status in _MOVED_FOR_GOOD
            url = target
            permanent = str(url) if unbroken else permanent
        raise NetworkFault(
            "The address leads in circles",
            f"{url.host} passed PLN on more than {MAX_HOPS} times. Check the address; what is stored is untouched.",
        )

    @contextmanager
    def _ask(
        self, url: httpx.URL, headers: Mapping[str, str], form: bytes | None = None
    ) -> Iterator[httpcore.Response]:
        refuse_in_flight()
        told, sent = _request_headers(url, headers), form or b""
        if form is not None:
            told.append((b"Content-Length", str(len(sent)).encode("ascii")))
        try:
            there = self._addressed(_core_url(url), told)
            request = httpcore.Request("GET" if form is None else "POST", there, headers=told, content=sent)
            with self._pool.answer(request) as answer:
                yield answer
        except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.TimeoutException) as fault:
            raise NetworkFault(
                "The connection broke off",
                f"{url.host} did not give a whole answer. What is stored is untouched; PLN will try again later.",
            ) from fault

    def _addressed(self, url: httpcore.URL, told: list[tuple[bytes, bytes]]) -> httpcore.URL:
        """As the connection must ask for it: an http proxy is told the whole address, beside what it wants to know."""
        proxy = self._network.proxy_for(url.origin)
        if proxy is None or proxy.kind != "http" or url.scheme != b"http":
            return url
        told += [(name.encode("ascii"), value.encode("ascii")) for name, value in proxy.headers.items()]
        return httpcore.URL(scheme=url.scheme, host=url.host, port=url.port, target=bytes(url))


def shown(url: str) -> str:
    """An address fit for messages and logs: without user, password, query and fragment."""
    try:
        return str(httpx.URL(url).copy_with(username=None, password=None, query=None, fragment=None))
    except (httpx.InvalidURL, TypeError, ValueError):
        return "the address"


def _usable(text: str, base: httpx.URL | None = None) -> httpx.URL:
    try:
        url = base.join(text) if base is not None else httpx.URL(text)
    except (httpx.InvalidURL, TypeError, ValueError) as fault:
        raise _unusable() from fault
    if url.scheme not in ("http", "https") or not _HOST.fullmatch(url.raw_host):
        raise _unusable()
    return url


def _unusable() -> NetworkFault:
    return NetworkFault("This is no web address", "PLN follows addresses that begin with http:// or https:// only.")


def _redirect_target(url: httpx.URL, answer: httpcore.Response) -> httpx.URL | None:
    location = _header(answer, b"location")
    if answer.status not in _MOVED or not location:
        return None
    return _usable(location, base=url)


def _response(url: httpx.URL, answer: httpcore.Response, max_bytes: int, permanent: str) -> Response:
    headers = _headers(answer)
    body = b""
    if answer.status < 300:
        length = headers.get("content-length", "")
        if length.isdecimal() and int(length[:18]) > min(RAW_LIMIT, max_bytes):
            raise too_large(min(RAW_LIMIT, max_bytes))
        body = read_body(answer.iter_stream(), headers.get("content-encoding", ""), max_bytes)
    elif answer.status == 304:
        for _ in answer.iter_stream():  # it has none by definition; read to its end, the connection can be used again
            pass
    return Response(status=answer.status, url=str(url), headers=headers, body=body, permanent_url=permanent)


def _headers(answer: httpcore.Response) -> Mapping[str, str]:
    joined: dict[str, str] = {}
    for raw_name, raw_value in answer.headers:
        name, value = raw_name.decode("ascii", "replace").lower(), raw_value.decode("latin-1")
        joined[name] = f"{joined[name]}, {value}" if name in joined else value
    return MappingProxyType(joined)


def _header(answer: httpcore.Response, name: bytes) -> str:
    for each, value in answer.headers:
        if each.lower() == name:
            return value.decode("utf-8", "replace")
    return ""


def _core_url(url: httpx.URL) -> httpcore.URL:
    return httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)


def _request_headers(url: httpx.URL, extra: Mapping[str, str]) -> list[tuple[bytes, bytes]]:
    """Headers of one hop. A user and password in its address are sent to its server, and to no other after it."""
    headers = {"Host": url.netloc.decode("ascii"), "User-Agent": USER_AGENT, "Accept": "*/*"}
    headers |= {"Accept-Encoding": "gzip", **extra}
    if url.userinfo and "Authorization" not in headers:
        headers["Authorization"] = "Basic " + base64.b64encode(unquote_to_bytes(url.userinfo)).decode("ascii")
    return [(name.encode("ascii"), value.encode("latin-1", "replace")) for name, value in headers.items()]


def _basic(auth: tuple[str, str]) -> dict[str, str]:
    return {"Authorization": "Basic " + base64.b64encode(":".join(auth).encode()).decode("ascii")}


def _may_tell(first: httpx.URL, url: httpx.URL) -> bool:
    """A password goes to the host it is for, and never from https to http or to another port of it."""
    upgrade = (first.scheme, first.port, url.scheme, url.port) == ("http", None, "https", None)
    return url.host == first.host and (upgrade or (url.scheme, url.port) == (first.scheme, first.port))
