"""Handing over to the mail program and the browser. Nothing is sent; the user sees where it goes."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote, urlsplit

from PySide6.QtCore import QCoreApplication, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication

_SCHEMES = ("http", "https", "mailto")
# Some mail programs cut longer addresses off, so a long letter goes by the clipboard.
_LONGEST_MAILTO = 1800


def mail_address(to: tuple[str, ...], subject: str, body: str) -> str:
    """A mailto address for a draft."""
    people = ",".join(quote(address, safe="@") for address in to)
    return f"mailto:{people}?subject={quote(subject)}&body={quote(body)}"


def hand_over(
    to: tuple[str, ...],
    subject: str,
    body: str,
    *,
    tell: Callable[[str], object],
    open_url: Callable[[QUrl], bool] | None = None,
) -> None:
    """Open the mail program with a draft. Without one, or with a long letter, the text goes to the clipboard."""
    address = mail_address(to, subject, body)
    open_url = open_url or QDesktopServices.openUrl
    if len(address) <= _LONGEST_MAILTO and open_url(QUrl(address)):
        tell(_tr("The draft is in your mail program. You send it, or not."))
        return
    QGuiApplication.clipboard().setText(body)
    tell(_tr("The draft is on the clipboard, ready to paste into a letter."))


def is_openable(url: str) -> bool:
    """Only web and mail addresses go outside; no files, no programs."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return False
    return parts.scheme.lower() in _SCHEMES and bool(parts.netloc or parts.path)


def open_outside(url: str, *, tell: Callable[[str], object], open_url: Callable[[QUrl], bool] | None = None) -> None:
    if not is_openable(url):
        tell(_tr("This link leads nowhere that PLN opens."))
        return
    if not (open_url or QDesktopServices.openUrl)(QUrl(url)):
        QGuiApplication.clipboard().setText(url)
        tell(_tr("No browser answered. The address is on the clipboard."))


def _tr(text: str) -> str:
    return QCoreApplication.translate("outside", text)
