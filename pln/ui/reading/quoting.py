"""An article as the beginning of a journal entry."""

from __future__ import annotations

import re

_MARKS = re.compile(r"([\\\[\]*_`<>#])")


def quoted_link(title: str, url: str, selected: str = "") -> str:
    """A Markdown quotation: the words selected, if any, then the link; an empty line to write on below.

    Words from outside are escaped, so that they stay words.
    """
    words = [_plain(line) for line in selected.replace("\u2029", "\n").split("\n") if line.strip()]
    paragraphs = [f"> {line}" for line in words]
    return "\n>\n".join([*paragraphs, f"> {_link(title, url)}"]) + "\n\n"


def _link(title: str, url: str) -> str:
    safe = url.replace("<", "%3C").replace(">", "%3E").replace(" ", "%20").replace("\n", "")
    return f"[{_plain(title)}](<{safe}>)" if safe else _plain(title)


def _plain(text: str) -> str:
    return _MARKS.sub(r"\\\1", " ".join(text.split()))
