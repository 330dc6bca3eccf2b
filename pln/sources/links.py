"""Addresses as feeds write them: made absolute, limited to the web, freed of what only follows the reader around."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

_MARKS_OF_TRACKING = ("utm_", "clid=", "mc_cid=", "mc_eid=")
_TRACKING_NAMES = frozenset({"fbclid", "gclid", "dclid", "msclkid", "yclid", "igshid", "mc_cid", "mc_eid"})
_LONGEST = 4000
_PLAINLY_ABSOLUTE = re.compile(r"https?://[a-zA-Z0-9.-]+(?:[/?#:]|$)")
_SITE = re.compile(r"https?://[a-zA-Z0-9.-]+(?::\d+)?(?=[/?#]|$)")


def web_address(link: str, base: str = "") -> str:
    """An absolute http or https address, or "" where the link is none."""
    address = _absolute(link, base)
    return without_tracking(address) if address.startswith(("http://", "https://")) else ""


def safe_target(link: str, base: str) -> str:
    """What a link in an article may lead to: a web address or a mail address, else ""."""
    if link[:7].lower() == "mailto:":
        return link
    return web_address(link, base)


def without_tracking(address: str) -> str:
    """The address without utm_* and the click marks of advertisers. Everything else stays as it was written."""
    if not any(mark in address for mark in _MARKS_OF_TRACKING):
        return address
    head, question, rest = address.partition("?")
    query, hash_sign, fragment = rest.partition("#")
    kept = "&".join(part for part in query.split("&") if not _is_tracking(part))
    return head + (question if kept else "") + kept + hash_sign + fragment


def _is_tracking(part: str) -> bool:
    name = part.partition("=")[0].removeprefix("amp;").lower()
    return name.startswith("utm_") or name in _TRACKING_NAMES


def _absolute(link: str, base: str) -> str:
    text = link.strip()
    if not text or len(text) > _LONGEST:
        return ""
    if _PLAINLY_ABSOLUTE.match(text):  # by far the most: spared the work of the library
        return text
    if text[0] in "/#" and text[:2] != "//" and "/." not in text and (site := _SITE.match(base)):
        return site[0] + text if text[0] == "/" else base.partition("#")[0] + text
    try:
        joined = urljoin(base, text) if base else text
        parts = urlsplit(joined)
    except ValueError:  # an IPv6 address with a bracket missing, and the like
        return ""
    return f"{parts.scheme}{joined[len(parts.scheme) :]}" if parts.netloc else ""  # the scheme in lower case
