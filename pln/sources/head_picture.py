"""The picture that a feed gives beside an entry's text, put at its head where the text does not show it already."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

from pln.model.feed import PictureLink
from pln.sources.links import web_address
from pln.sources.picture_kinds import MAX_BYTES
from pln.sources.picture_links import WIDEST, counts_readers, key_of, name_of
from pln.sources.sanitize import Prepared

_PICTURE_NAME = re.compile(r"\.(?:jpe?g|png|gif|webp|avif)$", re.I)
# Sites give one picture in several sizes; WordPress tells the size in the name, and has a host that hands them on.
_SIZE_IN_NAME = re.compile(r"(?:-scaled|-\d{2,5}x\d{2,5})(?=\.\w{3,4}$)")
_HANDED_ON = re.compile(r"^i\d\.wp\.com/")
_FACE = re.compile(r"https?://[\w.-]*gravatar\.com/", re.I)  # of who wrote it, in every feed of wordpress.com
_MOST_OFFERS = 100


class Place(IntEnum):
    """Where a feed gives a picture; the first of these counts."""

    ENCLOSURE = 0
    MEDIA = 1
    THUMBNAIL = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """A picture beside an entry's text. url: as it was written. width: in pixels, 0 where it is not told."""

    place: Place
    url: str
    width: int = 0


def offered(
    place: Place, url: str, kind: str = "", medium: str = "", *, width: str = "", height: str = "", size: object = "",
) -> Offered | None:  # fmt: skip
    """What an enclosure or an element of media offers; None where it is no picture, or one that is not to be shown."""
    url = url.strip()
    if not url or not (place is Place.THUMBNAIL or _is_picture(url, kind.strip().lower(), medium.strip().lower())):
        return None
    if _number(size) > MAX_BYTES or counts_readers({"width": width.strip(), "height": height.strip()}):
        return None
    return Offered(place=place, url=url, width=_number(width))


def media_offered(place: Place, url: str, said: Mapping[str, object]) -> Offered | None:
    """What an element of media offers. said: its attributes."""
    kind, medium, width, height, size = (
        str(said.get(name) or "") for name in ("type", "medium", "width", "height", "filesize")
    )
    return offered(place, url, kind, medium, width=width, height=height, size=size)


def is_picture_name(url: str) -> bool:
    """Whether an address ends as the names of pictures do."""
    return _PICTURE_NAME.search(url.partition("?")[0].partition("#")[0].strip()) is not None


def with_head_picture(body: Prepared, offers: Sequence[Offered], base: str) -> Prepared:
    """The text with its feed's picture first: one picture, and none where the text shows any of those offered.

    base: the address that relative ones start from.
    """
    sorted_offers = sorted(offers, key=lambda each: each.place)[:_MOST_OFFERS]
    found = [each for each in (_absolute(offer, base) for offer in sorted_offers) if each is not None]
    shown = {_same(link.url) for link in body.pictures}
    if not found or any(_same(each.url) in shown for each in found):
        return body
    url = _best(found).url
    head = f'<p><img src="{name_of(key_of(url))}" alt=""></p>'
    return replace(body, html=head + body.html, pictures=(PictureLink(key=key_of(url), url=url), *body.pictures))


def _is_picture(url: str, kind: str, medium: str) -> bool:
    if kind or medium:
        return kind.startswith("image/") or (not kind and medium == "image")
    return is_picture_name(url)


def _absolute(offer: Offered, base: str) -> Offered | None:
    url = web_address(offer.url, base)
    return replace(offer, url=url) if url and not _FACE.match(url) else None


def _best(offers: Sequence[Offered]) -> Offered:
    """The widest that is not wider than WIDEST, else the least wide; the first where no width is told."""
    alike = [each for each in offers if each.place is offers[0].place]
    told = [each for each in alike if each.width]
    fitting = [each for each in told if each.width <= WIDEST]
    if fitting:
        return max(fitting, key=lambda each: each.width)
    return min(told, key=lambda each: each.width, default=alike[0])


def _same(url: str) -> str:
    """What two addresses of one picture have in common, whatever the scheme and the size that they ask for."""
    rest = url.partition("#")[0].partition("://")[2]
    path = rest.partition("?")[0]
    if not _PICTURE_NAME.search(path):
        return rest
    return _SIZE_IN_NAME.sub("", _HANDED_ON.sub("", path))


def _number(said: object) -> int:
    text = str(said or "").strip()
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 16 else 0
