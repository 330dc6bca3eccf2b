"""Invented feeds for tests."""

from __future__ import annotations

from html import escape


def rss(*items: str, title: str = "Tea Notes", head: str = "", before: str = "") -> bytes:
    text = f'<?xml version="1.0" encoding="UTF-8"?>{before}<rss version="2.0"><channel><title>{escape(title)}</title>'
    return f"{text}<link>https://tea.example/</link>{head}{''.join(items)}</channel></rss>".encode()


def item(number: int = 1, body: str = "", extra: str = "", *, title: str | None = None) -> str:
    """An item; body is HTML, escaped as feeds do."""
    name = f"Leaf {number}" if title is None else title
    return (
        f"<item><title>{escape(name)}</title><guid>leaf-{number}</guid><link>https://tea.example/{number}</link>"
        f"<pubDate>Sun, 01 Nov 2026 12:00:00 GMT</pubDate><description>{escape(body)}</description>{extra}</item>"
    )
