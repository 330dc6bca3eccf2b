"""The HTML pages of a shared folder: quiet, readable offline, asking nothing of anybody's server."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedPage:
    """A page of the folder. uid: of the share. article: its text as HTML, empty where it is not known."""

    uid: str
    file: str
    title: str
    published: datetime
    updated: datetime
    article: str = ""


STYLE = """
:root{color-scheme:light dark;--bg:#faf9f6;--ink:#22251f;--muted:#6a6e64;--line:#e5e2d9;--accent:#2c6a56;--soft:#f3f1eb}
@media (prefers-color-scheme:dark){
:root{--bg:#191b18;--ink:#e9e7e0;--muted:#a2a698;--line:#32362f;--accent:#7dc4a9;--soft:#21241f}}
body{margin:0;background:var(--bg);color:var(--ink);font:1.1rem/1.65 "Source Serif 4",Georgia,"Times New Roman",serif}
main{max-width:38rem;margin:0 auto;padding:3rem 1.25rem 5rem;overflow-wrap:break-word}
nav,time{font:.85rem/1.4 Inter,system-ui,sans-serif;color:var(--muted)}
h1,h2,h3,h4,h5,h6{line-height:1.25;font-weight:600;letter-spacing:-.01em;margin:2em 0 .6em}
h1{font-size:1.9rem;margin:1.2rem 0 .4rem}h2{font-size:1.35rem}h3,h4,h5,h6{font-size:1.1rem}
a{color:var(--accent);text-underline-offset:.15em}a:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
blockquote{margin:1.5em 0;padding-inline-start:1rem;border-inline-start:3px solid var(--line);color:var(--muted)}
pre,code{font:.9em/1.5 ui-monospace,Menlo,Consolas,monospace;background:var(--soft);border-radius:4px}
code{padding:.1em .3em}pre{padding:.9rem 1rem;overflow-x:auto}pre code{padding:0}
hr{border:0;border-top:1px solid var(--line);margin:2.5em 0}
table{border-collapse:collapse;display:block;overflow-x:auto}
th,td{border-bottom:1px solid var(--line);padding:.4em .9em .4em 0;text-align:start}
ul.pages{list-style:none;padding:0}ul.pages time{display:block}
ul.pages li{padding:.7rem 0;border-bottom:1px solid var(--line)}
"""
_STYLE_HASH = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
_POLICY = f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; base-uri 'none'; form-action 'none'"
_BEGIN, _END = '<article dir="auto">\n', "</article>\n"


def page(shared: SharedPage, folder_title: str) -> bytes:
    """One shared text."""
    home = f'<nav><a href="index.html">← {escape(folder_title)}</a></nav>\n'
    head = f'<h1 dir="auto">{escape(_title(shared))}</h1>\n{_time(shared.published)}\n'
    return _document(_title(shared), f"{home}{head}{_BEGIN}{shared.article}{_END}")


def article_in(content: bytes) -> str:
    """The text of a page that `page` made; empty where it is another's."""
    _, _, after = content.decode("utf-8", "replace").partition(_BEGIN)
    return after.rpartition(_END)[0]


def index(pages: Sequence[SharedPage], folder_title: str) -> bytes:
    """The list of all pages, newest first."""
    items = "".join(
        f'<li>{_time(shared.published)}<a href="{escape(shared.file)}" dir="auto">{escape(_title(shared))}</a></li>\n'
        for shared in newest_first(pages)
    )
    return _document(folder_title, f'<h1>{escape(folder_title)}</h1>\n<ul class="pages">\n{items}</ul>\n')


def newest_first(pages: Sequence[SharedPage]) -> list[SharedPage]:
    return sorted(pages, key=lambda shared: (shared.published, shared.file), reverse=True)


def _title(shared: SharedPage) -> str:
    return shared.title or f"{shared.published:%Y-%m-%d}"


def _time(when: datetime) -> str:
    return f'<time datetime="{when:%Y-%m-%d}">{when:%Y-%m-%d}</time>'


def _document(title: str, body: str) -> bytes:
    text = f"""<!DOCTYPE html>
<html>
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{_POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>{escape(title)}</title>
<link rel="alternate" type="application/atom+xml" href="feed.atom">
<style>{STYLE}</style>
</head>
<body>
<main>
{body}</main>
</body>
</html>
"""
    return text.encode()
