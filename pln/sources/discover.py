"""From an address that somebody typed to the feeds behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Protocol

from pln.model.errors import NetworkFault, NoConnection, UnreadableInput
from pln.model.feed import ParsedFeed
from pln.sources.address_guard import PrivateAddressRefused
from pln.sources.http import Http, Response, never
from pln.sources.profiles import Profile, profile_of

_COMMON_PLACES = ("/feed", "/rss.xml", "/atom.xml", "/feed.xml", "/index.xml")
_PLACE_SECONDS = 8.0  # for each common place; a site that hangs must not cost them all


class PageParser(Protocol):
    """What `discover` needs of `parse.Parser`."""

    def parse(self, body: bytes, *, url: str, content_type: str, cancelled: Callable[[], bool]) -> ParsedFeed: ...

    def feed_links(self, body: bytes, *, url: str, cancelled: Callable[[], bool]) -> tuple[tuple[str, str], ...]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundFeed:
    """A feed to subscribe to. title: "" where the page does not tell. parsed: what is in it, where it was read."""

    url: str
    title: str
    parsed: ParsedFeed | None = field(default=None, compare=False)


def discover(http: Http, address: str, parser: PageParser, *, cancelled: Callable[[], bool] = never) -> list[FoundFeed]:
    """The feeds behind a feed's, a site's or a profile's address, the site's own order, never empty.

    A bare host is asked with https first, then http. Raises NetworkFault or UnreadableInput where there is no feed,
    ServerWanted for a hashtag without one.
    """
    profile = profile_of(address)
    if profile is not None:
        found = _of_profile(http, profile, parser, cancelled)
        if found:
            return found
        address = profile.page or profile.urls[0]
    return _at_address(http, address, parser, cancelled)


def read_found(http: Http, found: FoundFeed, parser: PageParser, *, cancelled: Callable[[], bool] = never) -> FoundFeed:
    """A feed that a page named, read as well. Raises NetworkFault, UnreadableInput."""
    response = _good(http.get(found.url, cancelled=cancelled))
    content_type = response.headers.get("content-type", "")
    parsed = parser.parse(response.body, url=response.url, content_type=content_type, cancelled=cancelled)
    return FoundFeed(url=response.permanent_url or found.url, title=parsed.title or found.title, parsed=parsed)


def _of_profile(http: Http, profile: Profile, parser: PageParser, cancelled: Callable[[], bool]) -> list[FoundFeed]:
    """Those of its feeds that are there. A server that cannot be reached at all is asked once."""
    found: list[FoundFeed] = []
    for url in profile.urls:
        try:
            response = http.get(url, cancelled=cancelled)
        except (NoConnection, PrivateAddressRefused):
            if found:
                break
            raise
        except (NetworkFault, UnreadableInput):
            continue
        feed = _as_feed(url, response, parser, cancelled) if response.status < 300 else None
        found += [feed] if feed is not None else []
        if found and not profile.several:
            break
    return found


def _at_address(http: Http, address: str, parser: PageParser, cancelled: Callable[[], bool]) -> list[FoundFeed]:
    asked, response = _first_answer(http, addresses(address), cancelled)
    _good(response)
    feed = _as_feed(asked, response, parser, cancelled)
    if feed is not None:
        return [feed]
    named = parser.feed_links(response.body, url=response.url, cancelled=cancelled)
    if named:
        return [FoundFeed(url=url, title=title) for url, title in named]
    return [_at_common_places(http, response.url, parser, cancelled)]


def _good(response: Response) -> Response:
    if response.status >= 400:
        raise NetworkFault(
            "The address could not be read", f"The server answered with a fault ({response.status}). Check the address."
        )
    return response


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
    return FoundFeed(url=response.permanent_url or asked, title=parsed.title, parsed=parsed)


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
