"""Words from outside in a Markdown text of one's own: escaped, so that they stay words."""

from __future__ import annotations

import re

_MARKS = re.compile(r"([\\\[\]*_`<>#])")


def quotation(text: str) -> str:
    """The words as a quotation, a paragraph for each line."""
    lines = [as_words(line) for line in text.replace("\u2029", "\n").split("\n") if line.strip()]
    return "\n>\n".join(f"> {line}" for line in lines)


def link(title: str, url: str) -> str:
    """A link under its title; the title alone where there is no address."""
    safe = url.replace("<", "%3C").replace(">", "%3E").replace(" ", "%20").replace("\n", "")
    return f"[{as_words(title)}](<{safe}>)" if safe else as_words(title)


def as_words(text: str) -> str:
    """One line in which nothing marks anything."""
    return _MARKS.sub(r"\\\1", " ".join(text.split()))
