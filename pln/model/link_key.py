"""One form of an address, by which the same page is known again."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urlsplit

_TRACKING = re.compile(
    r"utm_\w+|fbclid|gclid|dclid|msclkid|yclid|igshid|mc_[ce]id|_hsenc|_hsmi|mkt_tok|ref_src|at_(?:medium|campaign)"
)
_USUAL_PORT = {"http": "80", "https": "443"}


def link_key(url: str) -> str:
    """The address without what does not name the page; "" for what is no page of the web.

    Away go scheme, www, the usual port, fragment, trailing slashes, and the parameters that only count visitors; the
    others are sorted. Case is kept but in the host.
    """
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return ""
    if parts.scheme not in _USUAL_PORT or not host:
        return ""
    named = "" if port is None or str(port) == _USUAL_PORT[parts.scheme] else f":{port}"
    query = _query(parts.query) if parts.query else ""
    return f"{host.removeprefix('www.').rstrip('.')}{named}{parts.path.rstrip('/')}{query}"


def names_a_page(key: str) -> bool:
    """False for "" and for a whole site: many feeds give every entry the address of their site."""
    return "/" in key or "?" in key


def _query(query: str) -> str:
    kept = [each for each in parse_qsl(query, keep_blank_values=True) if not _TRACKING.fullmatch(each[0].lower())]
    return f"?{urlencode(sorted(kept))}" if kept else ""
