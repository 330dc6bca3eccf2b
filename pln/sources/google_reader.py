"""A client of the Google Reader API, as FreshRSS, Miniflux and others speak it: feeds, read and starred state.

Nothing is published there; it is the owner's own server. Source of the calls: the servers' own documentation of the
API; tried against a real FreshRSS (tests/real).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, TypeVar
from urllib.parse import quote, urlencode

from pln.model.errors import NetworkFault
from pln.model.sync import RemoteFeed, RemoteItem
from pln.sources.http import Http, Response, never

READ = "user/-/state/com.google/read"
STARRED = "user/-/state/com.google/starred"
EVERYTHING = "user/-/state/com.google/reading-list"

_LABEL = "user/-/label/"
_PAGE = 1000  # ids in one answer
_BATCH = 100  # items in one request
_MOST_PAGES = 200  # so that a server that never says the end does not hold PLN for ever
_LONGEST_HTML = 1_000_000
_LONGEST_LINE = 300
_ITEM = "tag:google.com,2005:reader/item/"

Value = TypeVar("Value")


class GoogleReader:
    """One signed-in session. Every call raises NetworkFault where the server does not answer as agreed, Cancelled."""

    def __init__(self, http: Http, url: str, auth: str, *, cancelled: Callable[[], bool] = never) -> None:
        self._http, self._url, self._cancelled = http, url.rstrip("/"), cancelled
        self._headers = {"Authorization": f"GoogleLogin auth={auth}"}
        self._token = ""

    def feeds(self) -> tuple[RemoteFeed, ...]:
        """All subscriptions. Lines that are not understood are passed over."""
        found = self._json("subscription/list", {})
        return tuple(each for each in map(_feed, _lines(found, "subscriptions")) if each is not None)

    def ids(self, stream: str, without: str = "") -> frozenset[str]:
        """Ids of all items of a stream, but those that also have the tag `without`."""
        wanted = {"s": stream, "n": str(_PAGE), **({"xt": without} if without else {})}
        pages = self._pages("stream/items/ids", wanted, whole=True)
        names = (decimal_id(_text(each, "id")) for page in pages for each in _lines(page, "itemRefs"))
        return frozenset(filter(None, names))

    def items(self, feed_id: str, since: datetime | None, most: int) -> tuple[RemoteItem, ...]:
        """A feed's items, newest first: those since an instant, at most so many."""
        wanted = {"n": str(min(most, 250)), **({"ot": str(int(since.timestamp()))} if since else {})}
        found: list[RemoteItem] = []
        for page in self._pages(f"stream/contents/{quote(feed_id, safe='')}", wanted):
            found += (each for each in map(_item, _lines(page, "items")) if each is not None)
            if len(found) >= most:
                break
        return tuple(found[:most])

    def items_of(self, ids: Sequence[str]) -> tuple[RemoteItem, ...]:
        """Items by their ids."""
        found: list[RemoteItem] = []
        for batch in _batches(ids):
            answer = self._post("stream/items/contents", [("output", "json"), *(("i", each) for each in batch)])
            found += (each for each in map(_item, _lines(_read(answer), "items")) if each is not None)
        return tuple(found)

    def tag(self, ids: Sequence[str], tag: str, *, there: bool) -> Iterator[Sequence[str]]:
        """Give items a tag or take it away; yields each batch once the server has it."""
        for batch in _batches(ids):
            self._change("edit-tag", [("a" if there else "r", tag), *(("i", each) for each in batch)])
            yield batch

    def subscribe(self, url: str, title: str, folder: str) -> None:
        form = [("ac", "subscribe"), ("s", f"feed/{url}"), ("t", title)]
        self._change("subscription/edit", form + ([("a", _LABEL + folder)] if folder else []))

    def unsubscribe(self, feed_id: str) -> None:
        self._change("subscription/edit", [("ac", "unsubscribe"), ("s", feed_id)])

    def _pages(self, call: str, wanted: Mapping[str, str], *, whole: bool = False) -> Iterator[dict[str, Any]]:
        """whole: a part must not be taken for all of it, so a server that runs in circles was not understood."""
        further, met = "", set[str]()
        for _ in range(_MOST_PAGES):
            page = self._json(call, {**wanted, **({"c": further} if further else {})})
            yield page
            further = _text(page, "continuation")
            if not further:
                return
            if further in met:
                break
            met.add(further)
        if whole:
            raise _strange()

    def _json(self, call: str, wanted: Mapping[str, str]) -> dict[str, Any]:
        query = urlencode({**wanted, "output": "json"})
        answer = self._http.get(
            f"{self._url}/reader/api/0/{call}?{query}", headers=self._headers, cancelled=self._cancelled
        )
        return _read(_good(answer))

    def _change(self, call: str, form: Sequence[tuple[str, str]]) -> None:
        if not self._token:
            answer = self._http.get(f"{self._url}/reader/api/0/token", headers=self._headers, cancelled=self._cancelled)
            self._token = _good(answer).body.decode("ascii", "replace").strip()
        answer = self._post(call, [*form, ("T", self._token)])
        if b"OK" not in answer.body[:20]:
            raise _strange()

    def _post(self, call: str, form: Sequence[tuple[str, str]]) -> Response:
        url = f"{self._url}/reader/api/0/{call}"
        return _good(self._http.post(url, urlencode(form), headers=self._headers, cancelled=self._cancelled))


def sign_in(http: Http, url: str, login: str, password: str, *, cancelled: Callable[[], bool] = never) -> GoogleReader:
    """Raises NetworkFault, with a sentence of its own where the server refuses the words or is none of this kind."""
    form = urlencode([("Email", login), ("Passwd", password), ("service", "reader")])
    answer = http.post(f"{url.rstrip('/')}/accounts/ClientLogin", form, cancelled=cancelled)
    if answer.status in (401, 403):
        raise NetworkFault(
            "The server did not accept the words",
            "Check the user name and the API password; many servers want one of its own for programs. "
            "Nothing was changed, here or there.",
        )
    lines = _good(answer).body.decode("utf-8", "replace").splitlines()
    auth = next((line.removeprefix("Auth=") for line in lines if line.startswith("Auth=")), "")
    if not auth.strip():
        raise _strange()
    return GoogleReader(http, url, auth.strip(), cancelled=cancelled)


def _good(answer: Response) -> Response:
    if answer.status == 200:
        return answer
    if answer.status in (404, 405):
        raise NetworkFault(
            "No sync server there",
            "The address answers, but not in the way of the Google Reader API. For FreshRSS it ends in "
            "/api/greader.php, for Miniflux it is the address of the site. Nothing was changed.",
        )
    raise NetworkFault(
        "The sync server reported a fault",
        f"It answered with {answer.status}. What was not sent yet is sent with the next sync.",
    )


def _strange() -> NetworkFault:
    return NetworkFault(
        "The sync server's answer was not understood",
        "It is not in the form of the Google Reader API. What was not sent yet is sent with the next sync.",
    )


def _read(answer: Response) -> dict[str, Any]:
    try:
        found = json.loads(answer.body)
    except (ValueError, RecursionError) as fault:
        raise _strange() from fault
    if not isinstance(found, dict):
        raise _strange()
    return found


def _lines(answer: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    """The list that an answer is about. One without it was not understood: it must not be taken for an empty one."""
    if not isinstance(answer.get(name), list):
        raise _strange()
    return _list(answer, name)


def _list(answer: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    found = answer.get(name)
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def _text(each: Mapping[str, Any], name: str) -> str:
    """A text or a number as text, "" for all else. Halves of characters, which JSON may hold, cannot be stored."""
    found = each.get(name)
    if isinstance(found, bool) or not isinstance(found, str | int):
        return ""
    return str(found).encode("utf-8", "replace").decode()


def _line(each: Mapping[str, Any], name: str) -> str:
    return " ".join(_text(each, name)[:_LONGEST_LINE].replace("\0", "").split())


def _feed(each: Mapping[str, Any]) -> RemoteFeed | None:
    name = _text(each, "id")
    url = _text(each, "url") or name.removeprefix("feed/")
    if not name or not url.startswith(("http://", "https://")):
        return None
    labels = (_line(label, "label") for label in _list(each, "categories"))
    return RemoteFeed(id=name, url=url, title=_line(each, "title"), folder=next(filter(None, labels), ""))


def _item(each: Mapping[str, Any]) -> RemoteItem | None:
    number = decimal_id(_text(each, "id"))
    origin = each.get("origin")
    if not number or not isinstance(origin, dict):
        return None
    links = [*_list(each, "canonical"), *_list(each, "alternate")]
    body = each.get("content") or each.get("summary")
    return RemoteItem(
        id=number,
        feed_id=_text(origin, "streamId"),
        url=next((_text(link, "href") for link in links if link.get("href")), ""),
        title=_text(each, "title"),
        author=_text(each, "author"),
        published=_moment(each.get("published")),
        html=_text(body, "content")[:_LONGEST_HTML] if isinstance(body, dict) else "",
    )


def decimal_id(name: str) -> str:
    """An item's id in decimal: servers write it so, or as sixteen hex digits behind a long name. "" for neither."""
    if name.startswith(_ITEM):
        try:
            number = int(name.removeprefix(_ITEM), 16)
        except ValueError:
            return ""
        return str(number if number < 1 << 63 else number - (1 << 64))
    return name if name.isascii() and name.removeprefix("-").isdecimal() else ""


def _moment(seconds: object) -> datetime | None:
    if not isinstance(seconds, (int, float)) or isinstance(seconds, bool):
        return None
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _batches(ids: Sequence[Value]) -> Iterator[Sequence[Value]]:
    for start in range(0, len(ids), _BATCH):
        yield ids[start : start + _BATCH]
