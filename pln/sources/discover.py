"""From an address that somebody typed to the feeds behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

from pln.model.errors import NetworkFault, UnreadableInput
from pln.model.feed import ParsedFeed
from pln.sources.address_guard import PrivateAddressRefused
from pln.sources.http import Http, Response, never

_COMMON_PLACES = ("/feed", "/rss.xml", "/atom.xml", "/feed.xml", "/index.xml")
_PLACE_SECONDS = 8.0  # for each common place; a site that hangs must not cost them all


class PageParser(Protocol):
    """What `discover` needs of `parse.Parser`."""

    def parse(self, body: bytes, *, url: str, content_type: str, cancelled: Callable[[], bool]) -> ParsedFeed: ...

    def feed_links(self, body: bytes, *, url: str, cancelled: Callable[[], bool]) -> tuple[tuple[str, str], ...]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundFeed:
    """A feed to subscribe to. title: "" where the page does not tell."""

    url: str
    title: str


def discover(http: Http, address: str, parser: PageParser, *, cancelled: Callable[[], bool] = never) -> list[FoundFeed]:
    """The feeds behind a feed's or a site's address, the site's own order, never empty.

    A bare host is asked with https first, then http. Raises NetworkFault or UnreadableInput where there is no feed.
    """
    asked, response = _first_answer(http, addresses(address), cancelled)
    if response.status >= 400:
        raise NetworkFault(
            "The address could not be read", f"The server answered with a fault ({response.status}). Check the address."
        )
    feed = _as_feed(asked, response, parser, cancelled)
    if feed is not None:
        return [feed]
    named = parser.feed_links(response.body, url=response.url, cancelled=cancelled)
    if named:
        return [FoundFeed(url=url, title=title) for url, title in named]
    return [_at_common_places(http, response.url, parser, cancelled)]


def addresses(typed: str) -> tuple[str, ...]:
    """The addresses that a typed text can mean, in the order to try them."""
    text = typed.strip()
    for prefix in ("feed://", "feed:"):
        if text.lower().startswith(prefix):
            text = text[len(prefix) :]
            break
    if "://" in text:
        return (text,)
    return (f"https://{text}", f"http://{text}") if text else ()


def _first_answer(http: Http, candidates: tuple[str, ...], cancelled: Callable[[], bool]) -> tuple[str, Response]:
    fault: NetworkFault = NetworkFault("This is no web address", "Type the address of a feed or of a site.")
    for number, url in enumerate(candidates):
        try:
            return url, http.get(url, cancelled=cancelled)
        except NetworkFault as failed:
            if number == 0 or isinstance(failed, PrivateAddressRefused):
                fault = failed  # what the first try met says most, unless the user can allow the second
    raise fault


def _as_feed(asked: str, response: Response, parser: PageParser, cancelled: Callable[[], bool]) -> FoundFeed | None:
    """The feed in an answer. After a temporary redirect its address stays the one that was asked."""
    content_type = response.headers.get("content-type", "")
    try:
        parsed = parser.parse(response.body, url=response.url, content_type=content_type, cancelled=cancelled)
    except UnreadableInput:
        return None
    return FoundFeed(url=response.permanent_url or asked, title=parsed.title)


def _at_common_places(http: Http, site: str, parser: PageParser, cancelled: Callable[[], bool]) -> FoundFeed:
    for url in _places(site):
        try:
            response = http.get(url, deadline_seconds=_PLACE_SECONDS, cancelled=cancelled)
        except (NetworkFault, UnreadableInput):
            continue
        found = _as_feed(url, response, parser, cancelled) if response.status < 300 else None
        if found is not None:
            return found
    raise UnreadableInput(
        "No feed was found", "The page names no feed, and none is in the usual places. Look on the site for “RSS”."
    )


def _places(site: str) -> Iterator[str]:
    scheme, _, rest = site.partition("://")
    root = f"{scheme}://{rest.partition('/')[0].partition('?')[0]}"
    return (root + place for place in _COMMON_PLACES)
