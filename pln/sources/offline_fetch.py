"""Get one page's article, or one picture, from the web."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from pln.model.errors import UnreadableInput
from pln.model.feed_health import HostWait
from pln.model.offline import FullState, FullText, PageToFetch, Picture, why_not_fuller
from pln.sources import page_bounds, picture_kinds
from pln.sources.freshness import patience_until
from pln.sources.gather import HostIsBusy
from pln.sources.http import Http, Response, never
from pln.sources.page_bounds import PageText
from pln.sources.patience import ASK_FOR_PATIENCE, HostWaits, Patience, host_of_url, told_wait

_PAGES = {"Accept": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.1"}
_PICTURES = {"Accept": "image/avif,image/webp,image/png,image/jpeg,image/gif"}


class OfflineReader(Protocol):
    """What reads pages and pictures in a process that can be killed."""

    def page_text(
        self, body: bytes, *, url: str, content_type: str = "", cancelled: Callable[[], bool] = never
    ) -> PageText: ...

    def picture(self, body: bytes, *, cancelled: Callable[[], bool] = never) -> Picture: ...


class Asking:
    """Asks for pages and pictures at one instant. patience: hosts in it are not asked; those that want it are added."""

    def __init__(self, http: Http, now: datetime, patience: Patience) -> None:
        self._http, self.now, self._patience = http, now, patience

    def get(self, url: str, headers: dict[str, str], max_bytes: int, cancelled: Callable[[], bool]) -> Response | None:
        """None where nothing usable came. Raises NetworkFault, Cancelled, HostIsBusy."""
        try:
            response = self._http.get(
                url, headers=headers, max_bytes=max_bytes, cancelled=cancelled, before_hop=self._check
            )
        except UnreadableInput:  # too large, or packed in a way that it should not be
            return None
        if response.status in ASK_FOR_PATIENCE:
            raise self._busy(response)
        return response if 200 <= response.status < 300 and response.body else None

    def _check(self, url: str) -> None:
        host = host_of_url(url)
        try:
            self._patience.check(host, self.now)
        except HostWaits as waits:
            raise HostIsBusy(host, waits.sentence) from None

    def _busy(self, response: Response) -> HostIsBusy:
        until = patience_until(response.headers, self.now)
        wait = HostWait(host=host_of_url(response.url), until=until, sentence=told_wait(until, self.now))
        self._patience.grant(wait)
        return HostIsBusy(wait.host, wait.sentence)


def fetch_page(
    asking: Asking, page: PageToFetch, reader: OfflineReader, cancelled: Callable[[], bool] = never
) -> tuple[FullText, PageText | None]:
    """The fuller text of an article, or why there is none; with what the page held.

    Raises NetworkFault, Cancelled, HostIsBusy: nothing is known of the page then.
    """
    now = asking.now
    response = asking.get(page.url, _PAGES, page_bounds.MAX_BYTES, cancelled)
    if response is None or "html" not in response.headers.get("content-type", "text/html").lower():
        return _failed(page, now, "The page could not be had. The feed's text is shown."), None
    try:
        found = reader.page_text(
            response.body, url=response.url, content_type=response.headers.get("content-type", ""),
            cancelled=cancelled,
        )  # fmt: skip
    except UnreadableInput:
        return _failed(page, now, "PLN found no article in the page. The feed's text is shown."), None
    why = why_not_fuller(page.title, page.text, found.title, found.text)
    if why:
        return _failed(page, now, why), None
    full = FullText(article_id=page.article_id, state=FullState.DONE, html=found.html, text=found.text, at=now)
    return full, found


def fetch_picture(
    asking: Asking, url: str, reader: OfflineReader, cancelled: Callable[[], bool] = never
) -> Picture | None:
    """A picture made anew; None where the address brings none that PLN shows. Raises as `fetch_page`."""
    response = asking.get(url, _PICTURES, picture_kinds.MAX_BYTES, cancelled)
    if response is None or not picture_kinds.picture_kind(response.body):
        return None
    try:
        return reader.picture(response.body, cancelled=cancelled)
    except UnreadableInput:
        return None


def _failed(page: PageToFetch, now: datetime, why: str) -> FullText:
    return FullText(article_id=page.article_id, state=FullState.FAILED, error=why, at=now)
