"""Handing drafts and links over to other programs."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QUrl, QUrlQuery
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from pln.ui.program.outside import hand_over, is_openable, mail_address, open_outside


def test_a_draft_becomes_a_mailto_address() -> None:
    url = QUrl(mail_address(("anna@example.org",), "Pilots & more", "Dear Anna,\nsee the paper?"))
    assert url.scheme() == "mailto"
    assert url.path() == "anna@example.org"
    query = QUrlQuery(url)
    full = QUrl.ComponentFormattingOption.FullyDecoded
    assert query.queryItemValue("subject", full) == "Pilots & more"
    assert query.queryItemValue("body", full) == "Dear Anna,\nsee the paper?"


def test_a_recipient_cannot_add_headers() -> None:
    address = mail_address(("a@example.org?bcc=spy@example.net&body=x",), "s", "b")
    assert "bcc=" not in address


@pytest.mark.parametrize(("opens", "body"), [(False, "short"), (True, "long " * 1000)])
def test_without_a_mail_program_or_with_a_long_letter_the_text_is_on_the_clipboard(
    qtbot: QtBot, opens: bool, body: str
) -> None:
    said: list[str] = []
    hand_over((), "s", body, tell=said.append, open_url=lambda _url: opens)
    assert QGuiApplication.clipboard().text() == body
    assert "clipboard" in said[0]
    QGuiApplication.clipboard().clear()


@pytest.mark.parametrize(
    ("url", "goes"),
    [
        ("https://example.org/a", True),
        ("mailto:a@example.org", True),
        ("file:///etc/passwd", False),
        ("javascript:alert(1)", False),
        ("//host/share", False),
        ("C:\\x.exe", False),
        ("http://[::1", False),
        ("", False),
    ],
)
def test_only_web_and_mail_addresses_go_outside(url: str, goes: bool) -> None:
    opened: list[QUrl] = []
    said: list[str] = []
    assert is_openable(url) is goes
    open_outside(url, tell=said.append, open_url=lambda one: bool(opened.append(one)) or True)
    assert bool(opened) is goes
    assert bool(said) is not goes
