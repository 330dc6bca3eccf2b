"""One form of an address, by which the same page is known again."""

from __future__ import annotations

import re

_ADDRESS = re.compile(
    r"(https?)://(?:[^/?#@\s]*@)?([\w.-]+|\[[0-9a-f:.]+\])(?::(\d{0,5}))?([^?#\s]*)(?:\?([^#\s]*))?(?:#\S*)?",
    re.IGNORECASE,
)
_TRACKING = re.compile(
    r"utm_\w+|fbclid|gclid|dclid|msclkid|yclid|igshid|mc_[ce]id|_hsenc|_hsmi|mkt_tok|ref_src|at_(?:medium|campaign)",
    re.IGNORECASE,
)
_USUAL_PORTS = {("http", "80"), ("https", "443")}


def link_key(url: str) -> str:
    """The address without what does not name the page; "" for what is no page of the web.

    Away go scheme, www, the usual port, fragment, trailing slashes, and the parameters that only count visitors; the
    others are sorted. Case is kept but in the host.
    """
    parts = _ADDRESS.fullmatch(url.strip())
    if parts is None or (parts[4] and not parts[4].startswith("/")):
        return ""
    host = parts[2].lower().removeprefix("www.").strip(".")
    if not host:
        return ""
    port = f":{parts[3]}" if parts[3] and (parts[1].lower(), parts[3]) not in _USUAL_PORTS else ""
    return f"{host}{port}{parts[4].rstrip('/')}{_query(parts[5]) if parts[5] else ''}"


def names_a_page(key: str) -> bool:
    """False for "" and for a whole site: many feeds give every entry the address of their site."""
    return "/" in key or "?" in key


def _query(query: str) -> str:
    kept = [each for each in query.split("&") if each and not _TRACKING.fullmatch(each.partition("=")[0])]
    return f"?{'&'.join(sorted(kept))}" if kept else ""
