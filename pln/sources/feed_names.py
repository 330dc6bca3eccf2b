"""What the elements of feeds are, by their full names: the part of feedparser's table that `feed_tree` follows.

An element that is in none of these is passed over, as feedparser does. One that feedparser treats in a way that is not
followed here is UNSURE: the feed is left to feedparser.
"""

from __future__ import annotations

from enum import Enum, auto

ATOM = "http://www.w3.org/2005/Atom"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RSS_1 = "http://purl.org/rss/1.0/"
XHTML = "http://www.w3.org/1999/xhtml"


class Kind(Enum):
    OTHER = auto()  # nothing of interest, but what it holds may be
    CLOSED = auto()  # nothing of interest, whatever it holds
    TITLE = auto()
    SECOND_TITLE = auto()  # counts where there is no other
    LINK = auto()
    ID = auto()
    PUBLISHED = auto()
    UPDATED = auto()
    CREATED = auto()
    AUTHOR = auto()
    DESCRIPTION = auto()
    SUMMARY = auto()
    CONTENT = auto()
    ENCODED = auto()
    ENCLOSURE = auto()
    MEDIA = auto()
    THUMBNAIL = auto()
    TTL = auto()
    PERIOD = auto()
    FREQUENCY = auto()
    ENTRY = auto()
    UNSURE = auto()


_CORE = {
    "title": Kind.TITLE,
    "link": Kind.LINK,
    "id": Kind.ID,
    "guid": Kind.ID,
    "published": Kind.PUBLISHED,
    "issued": Kind.PUBLISHED,
    "pubdate": Kind.PUBLISHED,
    "updated": Kind.UPDATED,
    "modified": Kind.UPDATED,
    "lastbuilddate": Kind.UPDATED,
    "created": Kind.CREATED,
    "author": Kind.AUTHOR,
    "managingeditor": Kind.AUTHOR,
    "description": Kind.DESCRIPTION,
    "summary": Kind.SUMMARY,
    "content": Kind.CONTENT,
    "enclosure": Kind.ENCLOSURE,
    "ttl": Kind.TTL,
    "item": Kind.ENTRY,
    "entry": Kind.ENTRY,
    "source": Kind.CLOSED,
    "contributor": Kind.CLOSED,
    **dict.fromkeys(("image", "textinput", "abstract", "body", "fullitem", "svg", "rss", "feed"), Kind.UNSURE),
}
_DC = {
    "title": Kind.TITLE,
    "date": Kind.UPDATED,
    "creator": Kind.AUTHOR,
    "author": Kind.AUTHOR,
    "description": Kind.DESCRIPTION,
    "created": Kind.CREATED,
    "issued": Kind.PUBLISHED,
    "modified": Kind.UPDATED,
    "contributor": Kind.CLOSED,
}
_MEDIA = {
    "title": Kind.SECOND_TITLE,
    "description": Kind.DESCRIPTION,
    "content": Kind.MEDIA,
    "thumbnail": Kind.THUMBNAIL,
}
_ITUNES = {"author": Kind.AUTHOR, "summary": Kind.SUMMARY, "owner": Kind.CLOSED}
_BY_NAMESPACE = {
    "": _CORE,
    ATOM: _CORE,
    RSS_1: _CORE,
    "http://purl.org/dc/elements/1.1/": {
        name: kind for name, kind in _DC.items() if name not in ("created", "issued", "modified")
    },
    "http://purl.org/dc/terms/": {name: _DC[name] for name in ("created", "issued", "modified")},
    "http://purl.org/rss/1.0/modules/content/": {"encoded": Kind.ENCODED},
    "http://purl.org/rss/1.0/modules/syndication/": {
        "updateperiod": Kind.PERIOD,
        "updatefrequency": Kind.FREQUENCY,
    },
    "http://search.yahoo.com/mrss/": _MEDIA,
    "http://search.yahoo.com/mrss": _MEDIA,
    "http://www.itunes.com/dtds/podcast-1.0.dtd": _ITUNES,
    XHTML: {"body": Kind.UNSURE, "svg": Kind.UNSURE},
}
# Other names and older versions of the same formats, and prefixes that feedparser follows whatever they stand for.
_UNFOLLOWED: tuple[str, ...] = (
    "backend.userland.com/rss",
    "blogs.law.harvard.edu",
    "my.netscape.com",
    "example.com/",
    "purl.org/echo",
)
_UNFOLLOWED += ("purl.org/pie", "purl.org/atom", "rss091#", "uri/of/echo", "modules/link/", "podlove.org")
_FOLLOWED_PREFIXES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "media": "http://search.yahoo.com/mrss/",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "sy": "http://purl.org/rss/1.0/modules/syndication/",
    "xhtml": XHTML,
    "rdf": RDF.lower(),
}
_known: dict[str, Kind] = {}


def kind_of(name: str) -> Kind:
    """The kind of an element by its name as lxml writes it: {namespace}local."""
    kind = _known.get(name)
    if kind is None:
        namespace, _, local = name.removeprefix("{").rpartition("}")
        namespace = namespace if namespace in _BY_NAMESPACE else namespace.lower()
        kind = _BY_NAMESPACE.get(namespace, {}).get(local.lower(), Kind.OTHER)
        if len(_known) < 2000:
            _known[name] = kind
    return kind


def follows(prefix: str | None, namespace: str) -> bool:
    """Whether a namespace, and the prefix that a feed gives it, means here what it means to feedparser."""
    lower = namespace.lower()
    if any(part in lower for part in _UNFOLLOWED):
        return False
    own = _FOLLOWED_PREFIXES.get((prefix or "").lower())
    return own is None or lower.rstrip("/") == own.rstrip("/")
