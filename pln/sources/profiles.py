"""From a profile to its feeds: what the large places call them. Pure rules; nothing is asked here.

Understood: Mastodon and what speaks like it (@user@host, a profile's address, #tag@host), Bluesky, YouTube, GitHub,
Codeberg, Reddit (r/x, u/x), Lemmy (!x@host), Substack, Medium, WordPress, Tumblr, Blogger.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import parse_qs, quote, urlsplit

from pln.model.errors import UsageError
from pln.sources.links import web_address

_HOST = r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9](?::\d{1,5})?"
_FEDERATED = re.compile(rf"@(?P<user>[\w.-]+)@(?P<host>{_HOST})", re.IGNORECASE)
_TAG = re.compile(rf"#(?P<tag>\w+)(?:@(?P<host>{_HOST}))?", re.IGNORECASE)
_COMMUNITY = re.compile(rf"!(?P<name>\w+)@(?P<host>{_HOST})", re.IGNORECASE)
_BLUESKY = re.compile(r"@?(?P<name>[a-z0-9-]+\.bsky\.social)", re.IGNORECASE)
_REDDIT = re.compile(r"/?(?P<kind>r|u|user)/(?P<name>[\w+-]{2,60})/?", re.IGNORECASE)
_BARE = re.compile(rf"(?P<host>{_HOST})(?:[/?#]\S*)?", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:https?|feed):\S+", re.IGNORECASE)
_A_FEED = re.compile(r"feeds?|rss2?|atom|\.rss|.+\.(?:rss|atom|xml|rdf|json)", re.IGNORECASE)
_TRAILING = ".,;:!?)]}>\"'”’»"


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """urls: where its feeds should be, the likeliest first. several: all of them count, else the first that is there.

    page: where to look for named feeds if none of them is there, "" for nowhere.
    """

    urls: tuple[str, ...]
    page: str = ""
    several: bool = False


class ServerWanted(UsageError):
    """A hashtag lives on a server, and none was named."""

    def __init__(self, tag: str) -> None:
        super().__init__("On which server?", f"A hashtag is followed on one server: type #{tag}@mastodon.social.")
        self.tag = tag


def profile_of(typed: str) -> Profile | None:
    """The profile that a text means, None where it is none known. Raises ServerWanted for a bare hashtag."""
    text = typed.strip()
    for read in (_by_handle, _by_address):
        found = read(text)
        if found is not None:
            return found
    return None


def typed_addresses(text: str) -> tuple[str, ...]:
    """What in a pasted text can be looked for, each once: all of it where it is a single word or holds no address."""
    words = [word.strip("<([{\"'“‘«").rstrip(_TRAILING) for word in text.split()]
    if len(words) <= 1:
        return (text.strip(),) if text.strip() else ()
    found = [word for word in words if _ADDRESS.fullmatch(word) or _is_handle(word)]
    found = found or [word for word in words if _BARE.fullmatch(word)]
    return tuple(dict.fromkeys(found)) or (" ".join(text.split()),)


def _is_handle(word: str) -> bool:
    forms = (_FEDERATED, _COMMUNITY, _REDDIT)
    return any(form.fullmatch(word) for form in forms) or bool(_TAG.fullmatch(word) and "@" in word)


def _by_handle(text: str) -> Profile | None:
    if "://" in text:
        return None
    tag = _TAG.fullmatch(text)
    if tag:
        if not tag["host"]:
            raise ServerWanted(tag["tag"])
        return Profile(urls=(f"https://{tag['host'].lower()}/tags/{quote(tag['tag'])}.rss",))
    community = _COMMUNITY.fullmatch(text)
    if community:
        return Profile(urls=(f"https://{community['host'].lower()}/feeds/c/{community['name']}.xml",))
    reddit = _REDDIT.fullmatch(text)
    if reddit:
        return _reddit([reddit["kind"], reddit["name"]])
    bluesky = _BLUESKY.fullmatch(text)
    if bluesky:
        return _bluesky(["profile", bluesky["name"]])
    handle = _FEDERATED.fullmatch(text)
    return None if handle is None else _mastodon(handle["host"].lower(), handle["user"])


def _by_address(text: str) -> Profile | None:
    address = web_address(text if "://" in text else f"https://{text}")
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    path = [part for part in parts.path.split("/") if part]
    if any(_A_FEED.fullmatch(part) for part in path):
        return None
    known = _HOSTS.get(host)
    if known is not None:
        return known(path, parts.query)
    for ending, feed in _SITES.items():
        if host.endswith(ending) and host != ending[1:]:
            return Profile(urls=(f"https://{host}{feed}",), page=address)
    return _federated_page(path, address)


def _federated_page(path: list[str], address: str) -> Profile | None:
    bare = re.split("[?#]", address)[0].rstrip("/")
    if len(path) == 1 and path[0].startswith("@") and len(path[0]) > 1:
        if path[0].count("@") == 2:  # somebody of another server, as seen on this one
            away = _FEDERATED.fullmatch(path[0])
            return None if away is None else _mastodon(away["host"].lower(), away["user"])
        return Profile(urls=(f"{bare}.rss",), page=address)
    if len(path) == 2 and path[0] == "tags":
        return Profile(urls=(f"{bare}.rss",), page=address)
    return None


def _mastodon(host: str, user: str) -> Profile:
    return Profile(urls=(f"https://{host}/@{user}.rss", f"https://{host}/users/{user}.atom"),
                   page=f"https://{host}/@{user}")  # fmt: skip


def _bluesky(path: list[str], _query: str = "") -> Profile | None:
    if len(path) < 2 or path[0] != "profile" or (len(path) > 2 and path[2] != "post"):
        return None
    return Profile(urls=(f"https://bsky.app/profile/{path[1].lstrip('@')}/rss",))


def _youtube(path: list[str], query: str) -> Profile | None:
    feed, names = "https://www.youtube.com/feeds/videos.xml", parse_qs(query)
    if path[:1] == ["playlist"] and names.get("list"):
        return Profile(urls=(f"{feed}?playlist_id={quote(names['list'][0])}",))
    if len(path) >= 2 and path[0] == "channel":
        return Profile(urls=(f"{feed}?channel_id={quote(path[1])}",))
    if len(path) >= 2 and path[0] == "user":
        return Profile(urls=(f"{feed}?user={quote(path[1])}",), page=f"https://www.youtube.com/user/{path[1]}")
    return None  # the page of an @handle names its feed


def _github(path: list[str], _query: str) -> Profile | None:
    if not path or path[0] in ("features", "topics", "orgs", "search", "settings", "marketplace", "sponsors"):
        return None
    if len(path) == 1:
        return Profile(urls=(f"https://github.com/{path[0]}.atom",))
    repository = f"https://github.com/{path[0]}/{path[1].removesuffix('.git')}"
    if path[2:3] == ["commits"] and len(path) > 3:
        return Profile(urls=(f"{repository}/commits/{'/'.join(path[3:])}.atom",))
    return Profile(
        urls=(f"{repository}/releases.atom", f"{repository}/commits.atom", f"{repository}/tags.atom"), several=True
    )


def _codeberg(path: list[str], _query: str) -> Profile | None:
    if not path:
        return None
    if len(path) == 1:
        return Profile(urls=(f"https://codeberg.org/{path[0]}.rss",))
    repository = f"https://codeberg.org/{path[0]}/{path[1]}"
    return Profile(urls=(f"{repository}/releases.rss", f"{repository}.rss"), several=True)


def _reddit(path: list[str], _query: str = "") -> Profile | None:
    if len(path) < 2 or path[0].lower() not in ("r", "u", "user"):
        return None
    kind = "r" if path[0].lower() == "r" else "user"
    sorting = f"{path[2]}/" if kind == "r" and path[2:3] and path[2] in ("new", "top", "hot", "rising") else ""
    return Profile(urls=(f"https://www.reddit.com/{kind}/{path[1]}/{sorting}.rss",))


def _medium(path: list[str], _query: str) -> Profile | None:
    return Profile(urls=(f"https://medium.com/feed/{path[0]}",)) if path else None


def _tumblr(path: list[str], _query: str) -> Profile | None:
    names = [part.lstrip("@") for part in path if part not in ("blog", "view")]
    return Profile(urls=(f"https://{names[0]}.tumblr.com/rss",)) if names else None


_HOSTS: dict[str, Callable[[list[str], str], Profile | None]] = {
    "bsky.app": _bluesky, "youtube.com": _youtube, "github.com": _github, "codeberg.org": _codeberg,
    "reddit.com": _reddit, "old.reddit.com": _reddit, "medium.com": _medium, "tumblr.com": _tumblr,
}  # fmt: skip
_SITES = {
    ".substack.com": "/feed", ".medium.com": "/feed", ".wordpress.com": "/feed/", ".tumblr.com": "/rss",
    ".blogspot.com": "/feeds/posts/default",
}  # fmt: skip
