"""What is found in an article's page, and how large one may be: light, for those who do not read pages themselves."""

from __future__ import annotations

from dataclasses import dataclass

from pln.model.feed import PictureLink

MAX_BYTES = 5 * 1024 * 1024
"""Of a page as it comes from the web."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageText:
    """The article of a page. title: the page's. html, text: as those of a feed's entry. pictures: what html shows."""

    title: str
    html: str
    text: str
    pictures: tuple[PictureLink, ...] = ()
